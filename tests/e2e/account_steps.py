"""What a person does to get an account, and the keyring that holds its key."""
import subprocess

import session


def unlock_keyring(s):
    """A keyring of the session's own, unlocked as after a log-in."""
    daemon = subprocess.Popen(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'],
                              stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    s.started.append(daemon)
    daemon.stdin.write(b'test')
    daemon.stdin.close()
    session.wait(lambda: b'org.freedesktop.secrets' in subprocess.run(
        ['dbus-send', '--session', '--print-reply', '--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.ListNames'],
        capture_output=True).stdout, 10, 'the keyring')


def add_account(app, url, key, name='Work'):
    app.press('Add API Key…')
    app.put('Name', name)
    app.put('Base URL', url)
    app.put('API Key', key)


def close_preferences(app):
    # The page of the account slides away first.
    app.gone('text', 'Base URL')
    app.settled(app.find('list', 'Accounts'))
    app.press('Close', root=app.find('dialog', 'Preferences'))
    app.gone('list', 'Accounts')
