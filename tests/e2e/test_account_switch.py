"""Several accounts: the header of the form says which is in use and switches; a job says which it was sent with."""
import sys

import services
import session
from account_steps import add_account, close_preferences


def switch(app, name, before, after):
    """Takes the entry `after` of the menu that is open: that of the account in use, which is the entry `before`."""
    entries = session.wait(lambda: (found := app.all('menu item'))[0].was('FOCUSED') and found, 10, 'the menu')
    assert [entry.was('CHECKED') for entry in entries] == [index == before for index in range(3)]
    app.key(*['Down'] * after, 'Return')
    app.gone('toggle button', name)


def test(s):
    service = services.Service(s)
    app = s.program()
    app.price_becomes('$0.50')
    with s.step('with the sandbox alone there is nothing to switch'):
        assert not app.all('toggle button', 'Account: Sandbox')
    add_account(app, service.url, service.key)
    app.press('Save')
    app.reads('The key is kept for this run only')
    close_preferences(app)
    app.combo_shows('Model', 'seedance-2.0')
    app.generate('A job of the new account')
    app.becomes('A job of the new account', 'Generating')
    with s.step('the job says which account it was sent with'):
        app.open('A job of the new account')
        app.reads('^Work$', root=app.find('list item', 'Account'))
    with s.step('the header of the form switches the account by keyboard: models follow, the sandbox is marked'):
        app.focus(app.find('toggle button', 'Account: Work'))
        app.key('space')
        switch(app, 'Account: Work', 1, 0)
        app.find('toggle button', 'Account: Sandbox')
        app.reads('Sandbox: videos are simulated')
        app.price_becomes('$0.50')
        app.press('Account: Sandbox', role='toggle button')
        switch(app, 'Account: Sandbox', 0, 1)
        app.find('toggle button', 'Account: Work')
        app.combo_shows('Model', 'seedance-2.0')
        app.gone('button', 'Add API Key…')
        assert len(service.posts()) == 1
    app.quit()


session.run(test, sys.argv[1])
