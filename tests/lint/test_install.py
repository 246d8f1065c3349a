"""What `meson install` puts where, with DESTDIR as distributions do. Argument: the build folder of data/."""
import json
import os
import re
import subprocess
import sys
import tempfile

import tree
from tap import Tap

ID = 'io.github.seedreel.Seedreel'
EXPECTED = {
    'bin/seedreel',
    'bin/seedreel-sandbox',
    f'share/applications/{ID}.desktop',
    f'share/dbus-1/services/{ID}.service',
    f'share/glib-2.0/schemas/{ID}.gschema.xml',
    f'share/gnome-shell/search-providers/{ID}.search-provider.ini',
    f'share/icons/hicolor/scalable/apps/{ID}.svg',
    f'share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg',
    f'share/metainfo/{ID}.metainfo.xml',
    *(f'share/help/{language}/seedreel/{page}.page' for language in ('C', 'vi')
      for page in ('account', 'index', 'make', 'states', 'videos')),
    'share/locale/vi/LC_MESSAGES/seedreel.mo',
    *(f'share/man/{place}man1/{page}.1' for place in ('', 'vi/') for page in ('seedreel', 'seedreel-sandbox')),
}


def introspect(build, what):
    return json.loads(subprocess.run(['meson', 'introspect', what, build], cwd=tree.top, capture_output=True, text=True,
                                     check=True).stdout)


def places(found):
    yield from (f'meson.build:1: {path} is not expected' for path in sorted(found - EXPECTED))
    yield from (f'meson.build:1: {path} is not installed' for path in sorted(EXPECTED - found))


def programs(root, prefix):
    """What the desktop is told to start is there, and no path of the build or of DESTDIR is told to anyone."""
    for kind, path in (('service', f'share/dbus-1/services/{ID}.service'), ('desktop', f'share/applications/{ID}.desktop')):
        with open(os.path.join(root + prefix, path), encoding='utf-8') as file:
            text = file.read()
        for program in re.findall(r'^Exec=(\S+)', text, re.MULTILINE):
            where = os.path.join(prefix, 'bin', program)
            if program != 'gapplication' and not os.access(root + where, os.X_OK):
                yield f'data/{ID}.{kind}.in:1: {program} is not installed'
        if root in text:
            yield f'data/{ID}.{kind}.in:1: names the place of the installation'


def main():
    tap = Tap()
    build = os.path.dirname(sys.argv[1])
    prefix = next(option['value'] for option in introspect(build, '--buildoptions') if option['name'] == 'prefix')
    with tempfile.TemporaryDirectory() as root:
        subprocess.run(['meson', 'install', '-C', build, '--no-rebuild', '--quiet', '--destdir', root], check=True,
                       stdout=sys.stderr)
        found = {os.path.relpath(os.path.join(where, name), root + prefix)
                 for where, _, names in os.walk(root) for name in names}
        tap.case('files are where the desktop looks', places(found))
        tap.case('programs that are named are installed', programs(root, prefix))
    tap.finish()


main()
