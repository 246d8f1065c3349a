"""Every dialog as a screen reader finds it: nothing to use is without a name, and what is wrong says why."""
import os
import re
import sys

import session
from accessible_steps import close_menu, open_menu
from jobs_by_word import RUNNING, UNKNOWN, JobsByWord
from screen_reader import DIALOGS, Survey
from session import wait

FIRST, SECOND, UNHEARD = 'A paper boat', 'A paper kite', f'A paper crane that is {UNKNOWN}'


def choose_settings(folder):
    """What a person chose before: another library, and to be asked when the window is closed."""
    path = os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f"[io/github/seedreel/Seedreel]\nlibrary-folder='{folder}'\n")


def close(app, role, name):
    app.key('Escape')
    app.gone(role, name)


def take(app, menu, mnemonic, role, name):
    """Opens a dialog by a menu."""
    open_menu(app, menu)
    app.key(mnemonic)
    dialog = app.find(role, name)
    app.settled(dialog)
    return dialog


def compare(s, app, survey):
    with s.step('what to compare with'):
        app.open(FIRST)
        app.find('grouping', FIRST)
        picker = take(app, 'More', 'c', 'dialog', 'Compare With')
        row = app.find('list item', SECOND, picker)
        app.click(row)
        wait(lambda: app.find('list item', SECOND, picker).description.startswith('Chosen'), 10, 'it to be chosen')
        survey.look('what to compare with', picker)
        app.press('Compare', root=picker)
    with s.step('two videos side by side'):
        dialog = app.find('dialog', 'Compare Videos')
        app.find('grouping', f'Video 2: {SECOND}', dialog)
        menu = open_menu(app, 'Sound of 1', dialog)
        survey.look('two videos', dialog)
        close_menu(app, menu)
    with s.step('two videos under a wipe'):
        app.press('Wipe', role='radio button', root=dialog)
        app.find('slider', 'Wipe position', dialog)
        menu = open_menu(app, 'Video at the left', dialog)
        survey.look('the wipe', dialog)
        close_menu(app, menu)
        close(app, 'dialog', 'Compare Videos')


def questions(s, app, survey, service):
    with s.step('what is asked about an outcome that is not known'):
        app.open(UNHEARD)
        app.find('grouping', UNHEARD)
        for mnemonic, name in (('l', re.compile('^Declare It Lost')), ('a', re.compile('^Risk Paying Twice'))):
            survey.look(name.pattern, take(app, 'More', mnemonic, 'alert', name))
            close(app, 'alert', name)
    with s.step('a request id that is wrong says so'):
        dialog = take(app, 'More', 'q', 'dialog', 'Adopt Video')
        survey.look('a request id', dialog)
        entry = app.put('Request ID', 'req_of_nobody')
        wait(lambda: entry.has('FOCUSED'), 10, 'the focus in the entry')
        app.key('Return')
        wait(lambda: entry.has('INVALID_ENTRY'), 10, 'it to be refused')
        survey.look('a request id that is wrong', dialog)
        close(app, 'dialog', 'Adopt Video')
    with s.step('to delete'):
        app.open(FIRST)
        app.press('Delete')
        alert = app.find('alert', re.compile('^Delete Video'))
        survey.look('to delete', alert)
        close(app, 'alert', re.compile('^Delete Video'))


def pages(s, app, survey):
    with s.step('spending, month by month'):
        dialog = take(app, 'Main menu', 's', 'dialog', 'Spending')
        row = app.find('list item', 'Total', dialog)
        assert '$' in row.description, row.description
        month = next(node for node in app.all('list item', root=dialog) if node.was('EXPANDABLE'))
        app.focus(month)
        app.key('space')
        wait(lambda: month.has('EXPANDED'), 10, 'the month')
        survey.look('spending', dialog)
        close(app, 'dialog', 'Spending')
    with s.step('the keyboard shortcuts'):
        app.key('ctrl+question')
        survey.look('the shortcuts', app.find('dialog', 'Keyboard Shortcuts'))
        close(app, 'dialog', 'Keyboard Shortcuts')
    with s.step('about, with its pages'):
        dialog = take(app, 'Main menu', 'a', 'dialog', re.compile('^About'))
        survey.look('about', dialog)
        close(app, 'dialog', re.compile('^About'))


def choose_proxy(app, key):
    app.focus(app.find('combo box', 'Proxy'))
    app.key('space')
    wait(lambda: [item for item in app.all('list item') if item.was('FOCUSED')], 5, 'the choices')
    app.key(key, 'Return')
    wait(lambda: bool(app.all('text', 'Proxy URL')) == (key == 'End'), 10, 'the proxy')


def account(s, app, survey, service):
    with s.step('an account that is refused says why'):
        dialog = app.find('dialog', 'Preferences')
        app.key('alt+a')
        url = app.put('Base URL', 'http://www.seedance2.example')
        wait(lambda: url.has('INVALID_ENTRY'), 10, 'the address to be refused')
        survey.look('an account with a wrong address', dialog)
        app.put('Base URL', service.url)
        app.put('Name', 'Work')
        key = app.put('API Key', 'sd2_live_wrong')
        app.press('Save')
        wait(lambda: key.has('INVALID_ENTRY'), 20, 'the key to be refused')
        survey.look('an account with a wrong key', dialog)
    with s.step('a proxy and webhooks that are refused say why'):
        app.put('API Key', service.key)
        choose_proxy(app, 'End')
        proxy = app.put('Proxy URL', 'ftp://example.com')
        app.press('Save')
        wait(lambda: proxy.has('INVALID_ENTRY'), 20, 'the proxy to be refused')
        survey.look('a proxy', dialog)
        switch = app.find('check box', 'Webhooks', dialog)
        switch.act()
        app.find('spin button', re.compile('^Port'), dialog)
        choose_proxy(app, 'Home')
        hook = app.put('Public URL', 'http://example.com')
        app.press('Save')
        wait(lambda: hook.has('INVALID_ENTRY'), 20, 'the address to be refused')
        survey.look('webhooks', dialog)
        switch.act()
        app.press('Save')
        app.gone('text', 'Base URL')
        app.settled(app.find('list', 'Accounts'))
    with s.step('an account is changed, and removed'):
        row = app.find('list item', 'Work', dialog)
        survey.look('the accounts', dialog)
        app.press('Edit Account', root=row)
        app.find('grouping', 'Edit Account', dialog)
        survey.look('an account', dialog)
        app.key('alt+r')
        alert = app.find('alert', re.compile('^Remove'))
        survey.look('to remove an account', alert)
        close(app, 'alert', re.compile('^Remove'))
        app.press('Back', root=dialog)
        app.gone('text', 'Base URL')
        app.settled(app.find('list', 'Accounts'))


def storage(s, app, survey):
    with s.step('the preferences'):
        app.key('ctrl+comma')
        dialog = app.find('dialog', 'Preferences')
        app.settled(app.find('list', 'Accounts'))
        app.find('spin button', re.compile('^Status requests per minute'), dialog)
        survey.look('the preferences', dialog)
    with s.step('another folder'):
        app.key('alt+d')
        alert = app.find('alert', 'Move Videos to the New Folder?')
        survey.look('another folder', alert)
        close(app, 'alert', 'Move Videos to the New Folder?')
    with s.step('older videos, and what the Trash did not take'):
        app.key('alt+o')
        app.find('grouping', 'Remove Older Videos', dialog)
        app.settled(app.find('combo box', 'Older Than', dialog))
        app.pick('Older Than', 4, 'A Date')
        app.press('Next Month', root=dialog)
        app.reads('^2 videos go', dialog)
        survey.look('older videos', dialog)
        with open(os.path.join(os.environ['XDG_DATA_HOME'], 'Trash'), 'w'):
            pass  # a file where the Trash is to be
        app.key('alt+m')
        app.reads('^2 videos go to the Trash$')
        survey.look('the toast', dialog)
        alert = app.find('alert', 'Not Moved to the Trash')
        survey.look('what the Trash did not take', alert)
        close(app, 'alert', 'Not Moved to the Trash')


def test(s):
    choose_settings(os.path.join(os.environ['HOME'], 'Clips'))
    service = JobsByWord(s)
    app = s.program(environment=service.environment)
    survey = Survey(app)
    app.price_becomes('$0.50')
    with s.step('nothing spent yet'):
        survey.look('nothing spent', take(app, 'Main menu', 's', 'dialog', 'Spending'))
        close(app, 'dialog', 'Spending')
    for prompt, state in ((FIRST, 'Ready'), (SECOND, 'Ready'), (UNHEARD, 'Outcome unknown')):
        app.generate(prompt)
        app.becomes(prompt, state)
    compare(s, app, survey)
    questions(s, app, survey, service)
    pages(s, app, survey)
    storage(s, app, survey)
    account(s, app, survey, service)
    close(app, 'dialog', 'Preferences')
    with s.step('to go on without a window'):
        app.generate(f'A paper plane that is {RUNNING}')
        app.becomes(f'A paper plane that is {RUNNING}', 'Generating')
        app.key('alt+F4')
        survey.look('to go on', app.find('alert', 'Keep Working?'))
        close(app, 'alert', 'Keep Working?')
    with s.step('every dialog was visited'):
        survey.close(DIALOGS)
    app.quit('Stop Watching')


session.run(test, sys.argv[1])
