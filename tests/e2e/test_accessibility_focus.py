"""Tab leads once round through all that can be used, in the order of reading, and never into a trap; Escape leads back."""
import sys

import session
from accessible_steps import open_menu
from focus_tour import left_out, walk_round
from jobs_by_word import JobsByWord
from listener import Listener
from session import wait

PROMPT = 'A paper boat'

# The entry of the main menu that opens a dialog, by its mnemonic.
DIALOGS = {'Spending': 's', 'Adopt Video': 'i', 'Keyboard Shortcuts': 'k', 'About': 'a', 'Preferences': 'p'}


EVERYWHERE = 10_000


def find_panes(app, mirrored):
    """Where the form, the history and the video stand beside each other: their left and right edges."""
    x, _, width, _ = app.find('grouping', 'Videos').extents()
    panes = [(-EVERYWHERE, x), (x, x + width), (x + width, EVERYWHERE)]
    return panes[::-1] if mirrored else panes


def tour(app, listener, root, mirrored=False):
    panes = find_panes(app, mirrored) if root is app.frame else [(-EVERYWHERE, EVERYWHERE)]
    stops = walk_round(app, listener, panes, mirrored)
    missed = left_out(root, stops)
    assert not missed, 'not reached by Tab:\n' + '\n'.join(missed)
    print(f'# {len(stops)} stops', flush=True)


def go(app, listener, key):
    listener.focus = None
    app.key(key)
    return listener.read_focus()


def test(s):
    service = JobsByWord(s)
    listener = Listener()
    app = s.program(environment=service.environment)
    app.price_becomes('$0.50')
    with s.step('round the empty window'):
        go(app, listener, 'ctrl+n')
        tour(app, listener, app.frame)
    with s.step('round the window with a form that is filled and a video'):
        app.generate(PROMPT)
        app.becomes(PROMPT, 'Ready')
        app.open(PROMPT)
        app.plays()
        app.click(app.find('list item', 'More'))
        app.find('spin button', 'Count')
        go(app, listener, 'ctrl+n')
        tour(app, listener, app.frame)
    for name, mnemonic in DIALOGS.items():
        with s.step(f'round the dialog "{name}", and back out of it'):
            button = app.find('toggle button', 'Main menu')
            open_menu(app, 'Main menu')
            go(app, listener, mnemonic)
            dialog = app.find('dialog', name)
            app.settled(dialog)
            tour(app, listener, dialog)
            app.key('Escape')
            app.gone('dialog', name)
            wait(lambda: button.has('FOCUSED'), 10, 'the focus at the menu again')
    app.quit()


session.run(test, sys.argv[1])
