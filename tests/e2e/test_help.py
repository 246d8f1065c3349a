"""The guide is opened by key and from the menu; where no viewer is, the website is."""
import os
import stat
import sys

import session
from session import wait


def set_handler(s, scheme):
    """Makes a program of the test's own the one that opens addresses of a scheme alone; it notes what it gets."""
    note = os.path.join(s.folder, f'opened-{scheme}')
    program = os.path.join(s.folder, f'open-{scheme}')
    with open(program, 'w') as file:
        file.write(f'#!/bin/sh\nprintf %s "$1" >"{note}.part" && mv "{note}.part" "{note}"\n')
    os.chmod(program, stat.S_IRWXU)
    applications = os.path.join(os.environ['XDG_DATA_HOME'], 'applications')
    os.makedirs(applications, exist_ok=True)
    with open(f'{applications}/{scheme}.desktop', 'w') as file:
        file.write(f'[Desktop Entry]\nType=Application\nName=Opener\nExec={program} %u\n'
                   f'MimeType=x-scheme-handler/{scheme};\n')
    with open(os.path.join(os.environ['XDG_CONFIG_HOME'], 'mimeapps.list'), 'w') as file:
        file.write(f'[Default Applications]\nx-scheme-handler/{scheme}={scheme}.desktop\n')
    return note


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def test(s):
    website = set_handler(s, 'https')
    with s.step('without a viewer F1 opens the website'):
        app = s.program()
        app.key('F1')
        wait(lambda: os.path.exists(website), 20, 'the website')
        assert read(website).startswith('https://github.com/seedreel/seedreel'), read(website)
        app.quit()
    guide = set_handler(s, 'help')
    with s.step('with a viewer F1 opens the guide'):
        app = s.program()
        app.key('F1')
        wait(lambda: os.path.exists(guide), 20, 'the guide')
        assert read(guide) == 'help:seedreel', read(guide)
        os.remove(guide)
    with s.step('so does the menu'):
        app.key('F10')
        wait(lambda: app.all('menu'), 10, 'the menu')
        app.key('l')
        wait(lambda: os.path.exists(guide), 20, 'the guide')
        app.quit()


session.run(test, sys.argv[1])
