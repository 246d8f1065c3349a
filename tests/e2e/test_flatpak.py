"""The main job inside the sandbox of the Flatpak, with the portals of a desktop. `./dev flatpak` runs it: the application
has to be installed in the flatpak installation of FLATPAK_USER_DIR.

Argument: the folder for what a failure leaves.
"""
import os
import shutil
import subprocess
import sys

import services
import session
from account_steps import add_account, close_preferences, unlock_keyring
from desktop import ID, Desktop, ask_bus, search
from program import xdotool
from seedreel import PROMPT, Seedreel
from session import wait

# The portals of a desktop with GTK's dialogs.
PORTALS = [f'/usr/share/dbus-1/services/{name}.service' for name in (
    'org.freedesktop.portal.Desktop',
    'org.freedesktop.portal.Documents',
    'org.freedesktop.portal.Flatpak',
    'org.freedesktop.impl.portal.PermissionStore',
    'org.freedesktop.impl.portal.desktop.gtk',
)]

# What the installation gives to the bus.
ACTIVATION = os.path.join(os.environ['FLATPAK_USER_DIR'], 'exports', 'share', 'dbus-1', 'services', f'{ID}.service')


class Installed(Seedreel):
    """The installed application. It stands behind a proxy on the accessibility bus, so it is known by its name."""

    def command(self):
        return ['flatpak', 'run', '--user', ID]

    def find_app(self):
        return self.bus.find_named('seedreel')

    def videos(self):
        return sorted(os.path.join(folder, name) for folder, _, names in os.walk(own_folder())
                      for name in names if name.endswith('.mp4') and '/sandbox' not in folder)


def own_folder():
    """The application's own folder, which is all that it can write by itself."""
    return os.path.join(os.environ['HOME'], '.var', 'app', ID)


def choose_portals():
    """What the desktop's own file would say."""
    folder = os.path.join(os.environ['XDG_CONFIG_HOME'], 'xdg-desktop-portal')
    os.makedirs(folder)
    with open(os.path.join(folder, 'portals.conf'), 'w') as file:
        file.write('[preferred]\ndefault=gtk\norg.freedesktop.impl.portal.Secret=gnome-keyring\n')


def set_up_settings():
    """Gives the sandbox the settings of the session."""
    part = os.path.join('glib-2.0', 'settings')
    shutil.copytree(os.path.join(os.environ['XDG_CONFIG_HOME'], part), os.path.join(own_folder(), 'config', part))


def choose(title, path):
    """Gives the dialog of a portal a path that the sandbox cannot see."""
    wait(lambda: xdotool('getactivewindow', 'getwindowname') == title, 20, f'the dialog "{title}" of the portal')
    xdotool('key', 'Home')
    xdotool('type', '--delay', 5, path)
    xdotool('key', 'Return')


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def test(s):
    choose_portals()
    set_up_settings()
    desktop = Desktop(s, with_portal=False)
    # After a log-in the portals are there.
    ask_bus('StartServiceByName', '(su)', 'org.freedesktop.portal.Desktop', 0)
    service = services.Service(s)
    with s.step('it starts in its sandbox'):
        app = Installed(s)
        app.find('text', 'Prompt')
        running = subprocess.run(['flatpak', 'ps', '--columns=application'], capture_output=True, text=True).stdout
        assert ID in running.split(), running
    with s.step('a video is made while the window is out of sight, and the desktop is told through the portal'):
        app.choose('Resolution', '480p')
        app.slide('Duration', 4)
        app.price_becomes('$0.20')
        app.generate(PROMPT)
        xdotool('windowminimize', '--sync', app.window)
        told = wait(lambda: desktop.notifications().get('Your video is ready'), 90, 'the notification')
        assert told['body'].startswith(PROMPT), told
        xdotool('windowactivate', '--sync', app.window)
        app.becomes(PROMPT, 'Ready')
    with s.step('its file is kept where it stays'):
        video, = app.videos()
    with s.step('it plays'):
        app.open(PROMPT)
        app.plays()
        app.press('Pause')
    with s.step('a copy is saved through the portal, in a folder that the sandbox cannot see'):
        folder = os.path.join(s.folder, 'copies')
        os.makedirs(folder)
        app.key('ctrl+s')
        choose('Save Video', f'{folder}/')
        app.reads('^Saved as “')
        name, = os.listdir(folder)
        assert read(os.path.join(folder, name)) == read(video)
    with s.step('a video is opened through the portal, and its settings fill the form'):
        app.put('Prompt', 'Something else')
        app.key('ctrl+o')
        choose('Use the Settings of a Video', os.path.join(folder, name))
        wait(lambda: app.find('text', 'Prompt').text() == PROMPT, 20, 'the prompt of the video')
    with s.step('the library moves to a folder that is chosen through the portal'):
        library = os.path.join(s.folder, 'library')
        os.makedirs(library)
        app.key('ctrl+comma')
        app.take('Choose Folder…', 'c')
        choose('Choose a Folder for Videos', library)
        app.press('Move', root=app.find('alert', 'Move Videos to the New Folder?'))
        app.reads('^1 video moved$')
        app.reads(f'^{library}$')
        app.press('Close', root=app.find('dialog', 'Preferences'))
        app.gone('list', 'Accounts')
        name, = os.listdir(library)
        assert app.videos() == []
    with s.step('a key is kept through the portal for secrets, in no file that can be read'):
        unlock_keyring(s)
        add_account(app, service.url, service.key)
        app.press('Save')
        app.reads('The key is in the keyring')
        close_preferences(app)
        app.combo_shows('Model', 'seedance-2.0')
        app.quit()
        found = subprocess.run(['grep', '-rl', service.key, own_folder()], capture_output=True, text=True).stdout
        assert not found, found
    with s.step('key and video are there after a start'):
        app = Installed(s)
        app.combo_shows('Model', 'seedance-2.0')
        app.generate('A job of the new account')
        app.becomes('A job of the new account', 'Generating')
        app.becomes(PROMPT, 'Ready')
        app.open(PROMPT)
        app.plays()
        app.quit()
        assert os.listdir(library) == [name]
    with s.step('the search of the desktop starts it, and finds the video'):
        found, = search('GetInitialResultSet', '(as)', ['paper'])
        assert search('GetResultMetas', '(as)', found)[0][0]['name'] == PROMPT


session.run(test, sys.argv[1], services=[*PORTALS, ACTIVATION], runtime=f'/run/user/{os.getuid()}')
