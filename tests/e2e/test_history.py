"""The history by keyboard: a search without marks, a favourite and a filter, the grid, and many jobs deleted and undone."""
import sys

import services
import session
from program import xdotool

BOAT, CAT, RAIN = 'Con thuyền giấy trôi trên vũng nước', 'A cat walks over a roof', 'Rain on a neon street'
PROMPTS = (BOAT, CAT, RAIN)


def rows_are(app, *prompts):
    session.wait(lambda: sorted(row.name for row in app.rows()) == sorted(prompts), 20, f'the rows {prompts}')


def tab_to(app, role, name, key='shift+Tab', most=60):
    """Gives a widget the focus by Tab, or back by Shift+Tab."""
    node = app.find(role, name)
    for _ in range(most):
        if node.has('FOCUSED'):
            return
        before = app.focused()
        app.key(key)
        session.wait(lambda: before is None or not before.has('FOCUSED'), 5, 'the focus to move')
    raise AssertionError(f'{role} "{name}" does not get the focus by {key}')


def go_to(app, prompt):
    """Gives a row the focus, and chooses it, by keys."""
    if not any(row.has('FOCUSED') for row in app.rows()):
        for _ in range(60):
            focused = app.focused()
            if focused is not None and focused.role == 'list item' and focused in app.rows():
                break
            app.key('Tab')
    app.key('Home')
    for _ in range(len(PROMPTS)):
        focused = session.wait(app.focused, 10, 'the focus')
        if focused.name == prompt:
            break
        app.key('Down')
    session.wait(lambda: app.row(prompt).has('SELECTED'), 10, f'"{prompt}" to be chosen')


def test(s):
    sandbox = services.Sandbox(s, speed=20)
    app = s.program(environment=sandbox.environment)
    with s.step('three videos are made'):
        app.price_becomes('$0.50')
        app.choose('Resolution', '480p')
        for prompt in PROMPTS:
            app.generate(prompt)
        for prompt in PROMPTS:
            app.becomes(prompt, 'Ready')
    with s.step('a search finds words without their marks'):
        app.key('ctrl+f')
        session.wait(lambda: app.find('entry', 'Search videos').has('FOCUSED'), 10, 'the focus in the search')
        xdotool('type', '--delay', 5, 'thuyen giay')
        rows_are(app, BOAT)
        app.key('Escape')
        rows_are(app, *PROMPTS)
    with s.step('to write in the list begins a search'):
        go_to(app, CAT)
        xdotool('type', '--delay', 30, 'neon')
        rows_are(app, RAIN)
        app.key('Escape')
        rows_are(app, *PROMPTS)
    with s.step('Ctrl+D makes a favourite'):
        go_to(app, CAT)
        app.key('ctrl+d')
        session.wait(lambda: app.row(CAT).description.endswith('Favourite'), 10, 'the favourite')
        session.wait(lambda: [row['prompt'] for row in app.rows_on_disk() if row['favourite']] == [CAT], 10, 'it on disk')
    with s.step('the menu filters by favourites, which is said and taken back'):
        tab_to(app, 'toggle button', 'Filter and sort')
        app.key('space')
        session.wait(lambda: app.all('menu item'), 10, 'the menu')
        app.key('Return')
        rows_are(app, CAT)
        tab_to(app, 'button', 'Clear Filters', 'Tab')
        app.key('space')
        rows_are(app, *PROMPTS)
        session.wait(lambda: app.find('toggle button', 'Filter and sort').has('FOCUSED'), 10, 'the focus at the menu')
    with s.step('the grid shows the same'):
        tab_to(app, 'button', 'Show as grid', 'Tab')
        app.key('space')
        session.wait(lambda: len(app.all('table cell')) == len(PROMPTS), 10, 'the tiles')
        app.find('button', 'Show as list')
        app.key('space')
        rows_are(app, *PROMPTS)
    with s.step('Shift selects more, Escape does no longer'):
        go_to(app, RAIN)
        app.key('shift+Down')
        app.reads('^2 selected$')
        app.key('Escape')
        app.gone('label', '2 selected')
    with s.step('all are deleted at once, and one Undo brings all back'):
        go_to(app, RAIN)
        app.key('ctrl+a')
        app.reads('^3 selected$')
        app.key('Delete')
        app.reads('Delete 3 Videos')
        app.key('Return')
        app.reads('^3 videos deleted$')
        session.wait(lambda: not app.rows(), 10, 'no row')
        app.press('Undo')
        rows_are(app, *PROMPTS)
    with s.step('the same is there after a start'):
        go_to(app, CAT)
        app.quit()
        assert len(app.rows_on_disk()) == len(PROMPTS)
        app = s.program(environment=sandbox.environment)
        rows_are(app, *PROMPTS)
        session.wait(lambda: app.row(CAT).has('SELECTED'), 10, 'the chosen video')
        app.quit()


session.run(test, sys.argv[1])
