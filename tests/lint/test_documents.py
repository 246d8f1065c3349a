"""The guide and the manual pages: whole, the same in each language, and as the programs are.

Argument: the build folder of data/.
"""
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import tree
from tap import Tap

PAGE = '{http://projectmallard.org/1.0/}'
PROGRAMS = {'seedreel': 'src/seedreel', 'seedreel-sandbox': 'src/sandbox/seedreel-sandbox'}


def pages():
    return [path for path in tree.files('.page', under='data/help/C')]


def guide_is_whole():
    """Every link leads to a page, and the index to every page."""
    roots = {path: ElementTree.fromstring(tree.read(path)) for path in pages()}
    ids = {root.get('id') for root in roots.values()}
    listed = tree.read('data/help/meson.build')
    for path, root in roots.items():
        if root.get('id') != os.path.basename(path).removesuffix('.page'):
            yield f'{path}:1: its id is {root.get("id")}'
        if f"'{os.path.basename(path)}'" not in listed:
            yield f'{path}:1: not in data/help/meson.build'
        links = {link.get('xref') for link in root.iter(f'{PAGE}link')}
        yield from (f'{path}:1: no page {link}' for link in links - ids)
        if root.get('id') != 'index' and 'index' not in links:
            yield f'{path}:1: nothing leads here'
        if root.find(f'{PAGE}title') is None or root.find(f'{PAGE}info/{PAGE}desc') is None:
            yield f'{path}:1: no title or no description'


def compare(*arguments):
    result = subprocess.run(['msgcmp', *arguments], capture_output=True, text=True, env={**os.environ, 'LC_ALL': 'C.UTF-8'})
    return [line for line in result.stderr.splitlines() if 'fatal errors' not in line]


def guide_is_translated(language):
    catalogue = f'data/help/{language}/{language}.po'
    path = os.path.join(tree.top, catalogue)
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, 'guide.pot')
        subprocess.run(['itstool', '-o', template, *(os.path.join(tree.top, page) for page in pages())], check=True)
        subprocess.run(['msgfmt', '--check', '--output-file=/dev/null', path], check=True)
        yield from (f'{catalogue}:1: {line}' for line in compare(path, template) if 'warning:' not in line)
        yield from (line for line in compare('--use-untranslated', '--use-fuzzy', path, template) if 'not used' in line)


def macros(path):
    """The form of a manual page: its macros, and the arguments of those that are not headings."""
    for _, line in tree.lines(path):
        match = re.match(r'\.(\w+) ?(.*)', line)
        if match:
            yield match[1], '' if match[1] in ('TH', 'SH', 'RI') else match[2]


def manual_is_translated(page, language):
    ours, theirs = list(macros(f'data/man/{page}.1.in')), list(macros(f'data/man/{language}/{page}.1.in'))
    if ours != theirs:
        first = next((pair for pair in zip(ours, theirs) if pair[0] != pair[1]), 'its length')
        yield f'data/man/{language}/{page}.1.in:1: is not as in English, from {first}'


def manual_is_true(page, program):
    """The options of a manual page are those of the program."""
    said = subprocess.run([program, '--help-all'], capture_output=True, text=True, check=True).stdout
    real = set(re.findall(r'(--[a-z][a-z-]*)', re.sub(r'(?s)\n(Models|Words) .*', '', said)))
    text = tree.read(f'data/man/{page}.1.in').replace('\\-', '-')
    told = set(re.findall(r'^\.B[IR]? .*?(--[a-z][a-z-]*)', text, re.MULTILINE))
    for option in sorted(real ^ told):
        yield f'data/man/{page}.1.in:1: {option} is {"left out" if option in real else "no option of the program"}'


def main():
    build = os.path.dirname(sys.argv[1])
    tap = Tap()
    tap.case('the guide is whole', guide_is_whole())
    for language in tree.read('po/LINGUAS').split():
        tap.case(f'the guide is complete in {language}', guide_is_translated(language))
        for page in PROGRAMS:
            tap.case(f'the manual of {page} is complete in {language}', manual_is_translated(page, language))
    for page, program in PROGRAMS.items():
        tap.case(f'the manual of {page} is true', manual_is_true(page, os.path.join(build, program)))
    tap.finish()


main()
