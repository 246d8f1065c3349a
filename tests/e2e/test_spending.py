"""What was spent is summed up and exported; several videos of one press; a job is hidden and shown again.

The jobs fail, so that nothing has to be rendered and played: they are charged all the same.
"""
import csv
import glob
import os
import sys
from decimal import Decimal

import services
import session
from program import xdotool
from session import wait

# GTK 4.18 leaves some blocks behind when a file is chosen in its own file dialog, as a program of nothing else shows.
WITHOUT_LEAKS = {'ASAN_OPTIONS': 'abort_on_error=1:detect_leaks=0:strict_string_checks=1'}

PROMPT = 'A paper boat for the ledger [fail]'
HIDDEN = 'A job out of sight [fail] [slow]'


def open_menu(app, mnemonic):
    """Takes an entry of the main menu by keys."""
    app.key('F10')
    wait(lambda: app.all('menu item'), 10, 'the main menu')
    app.key(mnemonic)


def has_file_dialog():
    return xdotool('search', '--onlyvisible', '--name', '^Export Spending$') != ''


def find_export():
    return next(iter(glob.glob(os.path.join(os.environ['HOME'], '**', 'seedreel-spending-*.csv'), recursive=True)), None)


def open_spending(app):
    open_menu(app, 's')
    app.find('list item', 'Total')


def close_spending(app):
    app.press('Close', root=app.find('dialog', 'Spending'))
    app.gone('list item', 'Total')


def test(s):
    sandbox = services.Sandbox(s, speed=4)
    app = s.program(environment=sandbox.environment)
    app.price_becomes('$0.50')
    with s.step('two videos of one press, with the arithmetic of both'):
        app.click(app.find('list item', 'More'))
        app.find('spin button', 'Count').set_value(2)
        app.price_becomes('$1.00')
        assert app.arithmetic().replace('\u00a0', ' ') == '5 s × $0.10 × 2 = $1.00', app.arithmetic()
        app.generate(PROMPT)
        wait(lambda: len(app.rows()) == 2, 10, 'two rows')
        wait(lambda: all(row.description.startswith('Failed') for row in app.rows()), 40, 'both to fail')
    with s.step('a running job is hidden and goes on, and is shown again'):
        app.find('spin button', 'Count').set_value(1)
        app.generate(HIDDEN)
        app.press('Hide')
        wait(lambda: len(app.rows()) == 2, 10, 'the row to go')
        open_menu(app, 'h')
        app.becomes(HIDDEN, 'Failed')
        assert len(app.rows()) == 1
        app.open(HIDDEN)
        app.press('Show in history')
        app.press('Back to Videos')
        wait(lambda: len(app.rows()) == 3, 10, 'all rows')
    with s.step('a deleted job stays in the sums'):
        app.open(PROMPT)
        app.press('Delete')
        app.press('Delete', root=app.find('alert', 'Delete Video?'))
        wait(lambda: len(app.rows()) == 2, 10, 'the row to go')
        open_spending(app)
        app.reads('^3 requests · 120 credits charged$')
        app.reads(r'^\$1\.50$')
        close_spending(app)
        app.quit()
    with s.step('the export has a line for each'):
        app = s.program(environment={**sandbox.environment, **WITHOUT_LEAKS})
        wait(lambda: len(app.rows()) == 2, 20, 'the history')
        open_spending(app)
        app.press('Export as CSV')
        wait(has_file_dialog, 10, 'the file dialog')
        app.key('Return')
        app.reads('^Saved as “seedreel-spending-')
        with open(find_export(), newline='', encoding='utf-8') as file:
            lines = list(csv.DictReader(file))
        assert len(lines) == 3, lines
        assert sum(Decimal(line['estimate_usd']) for line in lines) == Decimal('1.5'), lines
        assert {(line['outcome'], line['service_status']) for line in lines} == {('accepted', 'failed')}, lines
        assert PROMPT in [line['prompt'] for line in lines], lines
    close_spending(app)
    app.quit()


session.run(test, sys.argv[1])
