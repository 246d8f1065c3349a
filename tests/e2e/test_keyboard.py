"""The whole of the main job with the keyboard alone: not one click, not one action of the accessible tree."""
import sys

import services
import session
from program import xdotool
from seedreel import PROMPT


def focused(app):
    return next((node for node in app.nodes() if node.was('FOCUSED')), None)


def tab_to(app, role, name, most=40, key='Tab'):
    """Presses Tab until a widget has the focus."""
    for _ in range(most):
        node = focused(app)
        if node is not None and node.role == role and node.name.startswith(name):
            return node
        app.key(key)
    raise AssertionError(f'no {role} "{name}" within {most} times {key}')


def test(s):
    app = s.program(environment=services.Sandbox(s, speed=4).environment)
    with s.step('Ctrl+N leads to the prompt, and it is typed'):
        app.key('ctrl+n')
        node = tab_to(app, 'text', 'Prompt')
        xdotool('type', '--delay', 5, PROMPT)
        session.wait(lambda: node.text() == PROMPT, 10, 'the prompt')
    with s.step('the arrow keys change the duration, and the price follows'):
        app.price_becomes('$0.50')
        tab_to(app, 'slider', 'Duration')
        app.key('Right')
        app.price_becomes('$0.60')
        app.key('Home')
        app.price_becomes('$0.40')
    with s.step('the resolution is chosen by keys'):
        tab_to(app, 'radio button', '720p')
        app.key('Left')
        if app.price() == '$0.40':
            app.key('space')
        app.price_becomes('$0.20')
    with s.step('Ctrl+Enter sends it'):
        app.key('ctrl+Return')
        app.becomes(PROMPT, 'Ready')
    with s.step('the row is opened by keys, and the video plays'):
        tab_to(app, 'list item', PROMPT)
        app.key('Return')
        app.plays()
    with s.step('Space pauses and plays'):
        tab_to(app, 'button', 'Pause')
        app.key('space')
        app.find('button', 'Play')
        app.key('space')
        app.find('button', 'Pause')
    with s.step('search, preferences and shortcuts open and close by keys'):
        app.key('ctrl+f')
        session.wait(lambda: app.find('entry', 'Search videos').has('FOCUSED'), 10, 'the focus in the search')
        xdotool('type', '--delay', 5, 'nothing like it')
        session.wait(lambda: not app.rows(), 10, 'no row')
        app.key('Escape')
        session.wait(lambda: len(app.rows()) == 1, 10, 'the row again')
        app.key('ctrl+comma')
        app.reads('Accounts')
        app.key('Escape')
        app.gone('label', 'Accounts')
    with s.step('Ctrl+Q ends it'):
        session.running.remove(app)
        app.key('ctrl+q')
        app.process.wait(30)
        app.check_log()
        assert app.process.returncode == 0


session.run(test, sys.argv[1])
