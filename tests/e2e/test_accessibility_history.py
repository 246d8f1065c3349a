"""The history as a screen reader finds it: its menus and filters, as a list and as a grid, one and many."""
import sys

import session
from accessible_steps import close_menu, open_menu, shows_item, the_menu
from jobs_by_word import RUNNING, JobsByWord
from program import xdotool
from screen_reader import HISTORY, Survey
from session import wait

KITES = ('A kite', f'A kite that is {RUNNING}')


def history(s, app, survey):
    with s.step('the menus of the history'):
        menu = open_menu(app, 'Main menu')
        survey.look('the main menu', menu)
        close_menu(app, menu)
        for mnemonic, first in (('d', 'Any Date'), ('m', 'Any Model'), ('a', 'Any Aspect Ratio'), ('s', 'Newest First')):
            menu = open_menu(app, 'Filter and sort')
            survey.look('the filters', menu)
            app.key(mnemonic)
            wait(lambda: shows_item(app, menu, first), 10, first)
            survey.look(f'the filters of {first}', menu)
            app.key('Escape')
            close_menu(app, menu)
    with s.step('a range of dates'):
        menu = open_menu(app, 'Filter and sort')
        app.key('d')
        wait(lambda: shows_item(app, menu, 'Any Date'), 10, 'the dates')
        app.key('r')
        dialog = app.find('alert', 'Date Range')
        survey.look('a range of dates', dialog)
        row = app.find('list item', 'From', dialog)
        app.focus(row)
        app.key('space')
        wait(lambda: row.has('EXPANDED'), 10, 'the calendar')
        survey.look('a calendar', dialog)
        year = int(app.reads(r'^\d+ \w+ (\d{4})$', dialog)[1])
        app.press('Previous Year', root=dialog)
        app.reads(rf'^\d+ \w+ {year - 1}$', dialog)
        app.press('Show', root=dialog)
        app.gone('alert', 'Date Range')
        app.find('button', 'Clear Filters')
        survey.look('filters in use')
        app.press('Clear Filters')
        app.gone('button', 'Clear Filters')
    with s.step('a search that finds nothing'):
        app.key('ctrl+f')
        entry = app.find('entry', 'Search videos')
        wait(lambda: entry.has('FOCUSED'), 10, 'the focus in the search')
        xdotool('type', '--delay', 5, 'nothing like it')
        wait(lambda: not app.rows(), 10, 'no row')
        survey.look('nothing found')
        app.key('Escape')
        app.row(KITES[0])
    with s.step('many videos at once, as a list and as a grid'):
        app.open(KITES[0])
        app.key('ctrl+a')
        app.reads('^2 selected$')
        assert all(row.has('SELECTED') for row in app.rows())
        survey.look('many in a list')
        app.press('Show as grid')
        wait(lambda: len(app.all('table cell')) == 2, 10, 'the tiles')
        survey.look('many in a grid')
        app.press('Stop selecting')
        app.gone('label', '2 selected')
        survey.look('the grid')
        app.press('Show as list')
        app.row(KITES[0])
    with s.step('the menu of a row'):
        app.open(KITES[0])
        app.key('Menu')
        menu = the_menu(app)
        survey.look('the menu of a row', menu)
        close_menu(app, menu)
    with s.step('hidden videos'):
        app.open(KITES[1])
        app.press('Hide')
        open_menu(app, 'Main menu')
        app.key('h')
        app.find('button', 'Back to Videos')
        survey.look('hidden videos')
        app.press('Back to Videos')


def test(s):
    app = s.program(environment=JobsByWord(s).environment)
    survey = Survey(app)
    app.price_becomes('$0.50')
    for prompt, state in zip(KITES, ('Ready', 'Generating')):
        app.generate(prompt)
        app.becomes(prompt, state)
    history(s, app, survey)
    with s.step('every view was visited'):
        survey.close(HISTORY)
    app.quit()


session.run(test, sys.argv[1])
