"""What is said aloud without being asked for: why nothing can be sent, a new price, what is wrong, what became of a job and of
an account. The window is used by keys alone, and of its tree only what has the focus is ever looked at."""
import re
import sys

import session
from account_steps import close_preferences
from jobs_by_word import FAILED, JobsByWord
from listener import Listener
from program import xdotool
from session import wait

PROMPT = 'A paper boat'


def move(app, listener, key):
    """Presses a key that moves the focus."""
    listener.focus = None
    app.key(key)


def tab_to(app, listener, role, name, key='Tab', most=30):
    """Presses Tab until something of a role and name has the focus."""
    for _ in range(most):
        node = listener.read_focus()
        if (node.role, node.name) == (role, name):
            return
        move(app, listener, key)
    raise AssertionError(f'no {role} "{name}" within {most} times {key}')


def write(text):
    xdotool('key', 'ctrl+a')
    xdotool('type', '--delay', 5, text)


def test(s):
    service = JobsByWord(s)
    listener = Listener()
    app = s.program(environment=service.environment, wait_for_window=False)
    app.window = wait(app.find_window, 30, 'the window')
    xdotool('windowactivate', '--sync', app.window)

    def hears(text):
        return listener.hears(re.compile(text))

    with s.step('why nothing can be sent'):
        move(app, listener, 'ctrl+n')
        tab_to(app, listener, 'text', 'Prompt')
        app.key('ctrl+Return')
        hears('^(Write a prompt to generate|Loading models)')
    with s.step('a new price, once it rests'):
        write(PROMPT)
        tab_to(app, listener, 'slider', 'Duration')
        app.key('Right', 'Right')
        hears(r'^\$0\.70$')
    with s.step('why a link is refused'):
        tab_to(app, listener, 'button', 'Add', 'shift+Tab')
        move(app, listener, 'space')
        tab_to(app, listener, 'text', 'Link (https://…)')
        write('http://example.com/a.jpg')
        app.key('Return')
        hears('^The service opens https links only')
        app.key('Escape')
    with s.step('that a video is ready'):
        app.key('ctrl+Return')
        hears(f'^Ready: {PROMPT}$')
    with s.step('that a video failed'):
        move(app, listener, 'ctrl+n')
        tab_to(app, listener, 'text', 'Prompt')
        write(f'{PROMPT} that is {FAILED}')
        app.key('ctrl+Return')
        hears(f'^Failed: {PROMPT} that is {FAILED}$')
    with s.step('that a key was refused, and that an account was saved'):
        move(app, listener, 'ctrl+comma')
        listener.read_focus()
        move(app, listener, 'alt+a')
        tab_to(app, listener, 'text', 'Base URL')
        write(service.url)
        tab_to(app, listener, 'text', 'API Key')
        write('sd2_live_wrong')
        app.key('Return')
        hears('did not accept the API key')
        write(service.key)
        app.key('Return')
        hears('The key is kept for this run only')
    app.meet()
    close_preferences(app)
    app.quit()


session.run(test, sys.argv[1])
