"""Accounts: a key is tested before it is kept, a wrong one is refused, and a good one survives in the keyring."""
import subprocess
import sys

import services
import session
from account_steps import add_account, close_preferences, unlock_keyring


def test(s):
    service = services.Service(s)
    app = s.program()
    app.price_becomes('$0.50')
    with s.step('a wrong key is refused in words, and not kept'):
        add_account(app, service.url, 'sd2_live_wrong')
        app.press('Save')
        app.reads('did not accept the API key')
        app.reads('Invalid API key')
        assert [path for _, path, _, _ in service.requests] == ['/api/open/v1/models']
    with s.step('an address without https is refused before anything is sent'):
        app.put('Base URL', 'http://www.seedance2.example')
        app.reads('The key is sent over https only')
        assert len(service.requests) == 1
    with s.step('the right key is tested, kept for this run only, and says so'):
        app.put('Base URL', service.url)
        app.put('API Key', service.key)
        app.press('Save')
        app.reads('The key is kept for this run only, because no keyring is available')
        close_preferences(app)
    with s.step('the account is in use: its models are offered, and the sandbox note is gone'):
        app.combo_shows('Model', 'seedance-2.0')
        app.gone('button', 'Add API Key…')
        app.generate('A job of the new account')
        app.becomes('A job of the new account', 'Generating')
        assert len(service.posts()) == 1
    with s.step('without a keyring the key is not there after a start, and that is said'):
        app.quit()
        app = s.program()
        app.reads('(There is no key|No API key is at hand)')
        app.quit()
    with s.step('with a keyring the key is there after a start'):
        unlock_keyring(s)
        app = s.program()
        app.key('ctrl+comma')
        work = session.wait(lambda: next(row for row in app.all('list item') if row.name.startswith('Work')), 20, 'a row')
        app.press('Edit Account', root=work)
        app.put('API Key', service.key)
        app.press('Save')
        app.reads('The account was saved')
        close_preferences(app)
        app.quit()
        app = s.program()
        app.price_becomes('$0.50')
        session.wait(lambda: app.find('combo box', 'Model').has('SENSITIVE'), 10, 'the model')
        app.becomes('A job of the new account', 'Generating')
        app.quit()
    with s.step('the key is in no file of ours'):
        found = subprocess.run(['grep', '-rl', service.key, s.data], capture_output=True, text=True).stdout
        assert not found, found
        assert service.key not in app.log()


session.run(test, sys.argv[1])
