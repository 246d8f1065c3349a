"""What the desktop reads: desktop file, metainfo, settings schema, icons. Argument: the build folder of data/."""
import glob
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import tree
from tap import Tap

ID = 'io.github.seedreel.Seedreel'


def run(*command):
    result = subprocess.run(command, cwd=tree.top, capture_output=True, text=True)
    return [] if result.returncode == 0 else (result.stdout + result.stderr).strip().splitlines() or [f'{command[0]} failed']


def metainfo_is_short():
    path = f'data/{ID}.metainfo.xml.in'
    root = ElementTree.fromstring(tree.read(path))
    for tag, longest in (('name', 15), ('summary', 35)):
        text = root.findtext(tag, '')
        if not 0 < len(text) <= longest:
            number = next(number for number, line in tree.lines(path) if f'<{tag}' in line)
            yield f'{path}:{number}: {tag} has {len(text)} characters, at most {longest} fit'


def screenshots_exist():
    path = f'data/{ID}.metainfo.xml.in'
    for number, line in tree.lines(path):
        match = re.search(r'/(data/screenshots/[^<]+)<', line)
        if match and not os.path.exists(os.path.join(tree.top, match[1])):
            yield f'{path}:{number}: no such file: {match[1]}'


def well_formed(paths):
    for path in paths:
        try:
            ElementTree.fromstring(tree.read(path))
        except ElementTree.ParseError as error:
            yield f'{path}:{error.position[0]}: {error}'


def icons():
    for path in (f'data/icons/hicolor/scalable/apps/{ID}.svg', f'data/icons/hicolor/symbolic/apps/{ID}-symbolic.svg'):
        size = '16' if 'symbolic' in path else '128'
        root = ElementTree.fromstring(tree.read(path))
        if (root.get('width'), root.get('height')) != (size, size):
            yield f'{path}:1: not {size} pixels wide and high'
        for number, line in tree.lines(path):
            if re.search(r'<(image|text|script|style)\b|href=', line):
                yield f'{path}:{number}: an icon is made of shapes alone'


def version_is_released():
    version = re.search(r"version: '([^']+)'", tree.read('meson.build'))[1]
    root = ElementTree.fromstring(tree.read(f'data/{ID}.metainfo.xml.in'))
    if root.find('releases/release').get('version') != version:
        yield f'data/{ID}.metainfo.xml.in:1: the newest release is not {version}, the version of meson.build'


def main():
    built = sys.argv[1]
    tap = Tap()
    tap.case('desktop file', run('desktop-file-validate', f'{built}/{ID}.desktop'))
    tap.case('metainfo', run('appstreamcli', 'validate', '--strict', '--no-net', '--explain', f'{built}/{ID}.metainfo.xml'))
    tap.case('metainfo: short name and summary', metainfo_is_short())
    tap.case('metainfo: screenshots', screenshots_exist())
    tap.case('metainfo: release', version_is_released())
    schemas = glob.glob(os.path.join(tree.top, 'data', '*.gschema.xml'))
    tap.case('settings schema', run('glib-compile-schemas', '--strict', '--dry-run', 'data') if schemas
             else ['data: no settings schema'])
    tap.case('icons', icons())
    tap.case('every SVG and XML file is well-formed', well_formed(tree.files('.svg', '.xml', '.xml.in', '.page')))
    tap.finish()


main()
