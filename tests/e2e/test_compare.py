"""Two videos are compared: chosen in a list, played in lock-step, wiped, and told apart by their settings."""
import re
import sys

import services
import session
from program import xdotool
from session import wait

FIRST = 'A paper boat crosses a calm puddle at dawn'
SECOND = 'A paper boat crosses a wild puddle at dusk'


def open_picker(app, prompt):
    """By the menu of the chosen job."""
    app.open(prompt)
    app.press('More', role='toggle button')
    wait(lambda: app.all('menu item'), 10, 'the menu')
    app.key('c')
    return app.find('dialog', 'Compare With')


def pick(app, dialog, prompt):
    row = app.find('list item', re.compile('^' + prompt), dialog)
    app.click(row)
    wait(lambda: app.find('list item', re.compile('^' + prompt), dialog).description.startswith('Chosen'), 10,
         f'"{prompt}" to be chosen')


def test(s):
    sandbox = services.Sandbox(s, speed=20)
    app = s.program(environment=sandbox.environment)
    with s.step('two videos are made'):
        app.price_becomes('$0.50')
        app.choose('Resolution', '480p')
        app.slide('Duration', 4)
        app.generate(FIRST)
        app.slide('Duration', 5)
        app.generate(SECOND)
        app.becomes(FIRST, 'Ready', seconds=60)
        app.becomes(SECOND, 'Ready', seconds=60)
    with s.step('the picker finds another video by its words'):
        picker = open_picker(app, FIRST)
        app.reads('^0 of up to 3 videos chosen', picker)
        assert not app.find('button', 'Compare', picker).has('SENSITIVE')
        wait(lambda: app.find('entry', 'Search videos', picker).has('FOCUSED'), 10, 'the focus in the search')
        xdotool('type', '--delay', 5, 'wild')
        wait(lambda: len(app.all('list item', root=picker)) == 1, 10, 'one result')
        pick(app, picker, SECOND)
        app.press('Compare', root=picker)
    with s.step('both play, with the differences beneath'):
        dialog = app.find('dialog', 'Compare Videos')
        app.find('grouping', f'Video 1: {FIRST}', dialog)
        app.find('grouping', f'Video 2: {SECOND}', dialog)
        app.find('button', 'Pause', dialog)
        position = app.find('slider', 'Position', dialog)
        before = position.value()
        wait(lambda: position.value() != before, 20, 'the position to move')
        app.find('list item', f'Prompt. 1: {FIRST}, 2: {SECOND}', dialog)
        app.find('list item', 'Duration. 1: 4 seconds, 2: 5 seconds', dialog)
        app.reads('^The same for all: Model seedance-2.0 · .*Resolution 480p', dialog)
    with s.step('the keyboard pauses, steps and plays'):
        app.key('space')
        app.find('button', 'Play', dialog)
        app.key('Home')
        wait(lambda: position.value() < 0.01, 10, 'the start')
        app.key('period', 'period')
        wait(lambda: 0.07 < position.value() < 0.12, 10, 'two frames forward')
        app.key('comma')
        wait(lambda: 0.03 < position.value() < 0.07, 10, 'one frame back')
        app.key('m')
        wait(lambda: app.find('toggle button', 'Mute', dialog).has('PRESSED'), 10, 'no sound')
        app.key('2')
        app.find('toggle button', 'Sound of 2', dialog)
        app.key('space')
        app.find('button', 'Pause', dialog)
    with s.step('the wipe moves by keys'):
        app.key('w')
        wipe = app.find('slider', 'Wipe position', dialog)
        wait(lambda: wipe.has('FOCUSED'), 10, 'the focus on the wipe')
        assert wipe.value() == 50
        app.key('Right', 'Right')
        wait(lambda: wipe.value() == 54, 10, 'the wipe at 54')
        app.key('Home')
        wait(lambda: wipe.value() == 0, 10, 'the wipe at the left end')
        wipe.set_value(30)
        wait(lambda: wipe.value() == 30, 10, 'the wipe at 30')
        app.key('space')
        app.find('button', 'Play', dialog)
    with s.step('Escape closes it'):
        app.key('Escape')
        app.gone('dialog', 'Compare Videos')
    app.quit()


session.run(test, sys.argv[1])
