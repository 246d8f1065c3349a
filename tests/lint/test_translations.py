"""Every string that a person sees can be translated, is in the template, and is translated into every language."""
import os
import re
import subprocess
import tempfile

import tree
from tap import Tap

MARKED = re.compile(r'(?<![A-Za-z0-9])(?:N?C?_|n?gettext|g_dn?p?gettext2?)\s*\(\s*["\w]')

# What Meson's `glib` preset gives to xgettext.
XGETTEXT = ['--from-code=UTF-8', '--add-comments', '--add-location=full', '--keyword=_', '--keyword=N_',
            '--keyword=C_:1c,2', '--keyword=NC_:1c,2', '--keyword=g_dcgettext:2', '--keyword=g_dngettext:2,3',
            '--keyword=g_dpgettext2:2c,3']

# Texts for people that nobody marked: properties of a Blueprint file, and calls in C.
BLUEPRINT_TEXT = re.compile(r'\b(label|title|subtitle|tooltip-text|placeholder-text|description|heading|body|text)'
                            r'\s*:\s*"[^"]*[A-Za-z]{2}')
C_TEXT = re.compile(r'\b(gtk_label_new|adw_toast_new|adw_alert_dialog_new|\w+_set_(?:label|title|subtitle|tooltip_text|'
                    r'placeholder_text|description|heading|body))\s*\([^;"_]*"[^"]*[A-Za-z]{2}')


def has_marked_text(path):
    return any(MARKED.search(line) and not line.lstrip().startswith(('*', '/*', '//', '#'))
               for _, line in tree.lines(path))


def listed():
    return [line.strip() for _, line in tree.lines('po/POTFILES.in') if line.strip() and not line.startswith('#')]


def potfiles():
    names = listed()
    for name in names:
        if not os.path.exists(os.path.join(tree.top, name)):
            yield f'po/POTFILES.in:{names.index(name) + 1}: no such file: {name}'
        elif name.startswith('src/') and not has_marked_text(name):
            yield f'po/POTFILES.in:{names.index(name) + 1}: has no text to translate: {name}'
    for path in tree.files('.c', '.blp', under='src'):
        if has_marked_text(path) and path not in names:
            yield f'{path}:1: has texts to translate and is not in po/POTFILES.in'
    for path in tree.files('.desktop.in', '.metainfo.xml.in', '.gschema.xml', under='data'):
        if not path.endswith('.gschema.xml') and path not in names:
            yield f'{path}:1: has texts to translate and is not in po/POTFILES.in'
    if names != sorted(set(names)):
        yield 'po/POTFILES.in:1: not sorted, or a line stands twice'


def unmarked():
    for path in tree.files('.blp', under='src'):
        for number, line in tree.lines(path):
            if BLUEPRINT_TEXT.search(line) and '"Seedreel"' not in line and not line.lstrip().startswith('//'):
                yield f'{path}:{number}: a text that cannot be translated: {line.strip()}'
    for path in tree.files('.c', under='src/ui'):
        for number, line in tree.lines(path):
            if C_TEXT.search(line):
                yield f'{path}:{number}: a text that cannot be translated: {line.strip()}'


def run(*command, keep_output=False):
    result = subprocess.run(command, cwd=tree.top, capture_output=True, text=True, env={**os.environ, 'LC_ALL': 'C.UTF-8'})
    return [] if result.returncode == 0 and not keep_output else (result.stderr or result.stdout).strip().splitlines()


def in_source(problem, template):
    """A line of msgcmp that names a line of the template, naming the place in the sources instead."""
    match = re.match(re.escape(template) + r':(\d+): (.*)', problem)
    if not match:
        return problem
    with open(template, encoding='utf-8') as file:
        places = [line[3:].split()[0] for line in file.read().splitlines()[:int(match[1]) - 1] if line.startswith('#: ')]
    return f'{places[-1]}: {match[2]}'


def catalogue(language, template):
    path = f'po/{language}.po'
    yield from run('msgfmt', '--check', '--output-file=/dev/null', path)
    # Each message of the sources (file:line) that the catalogue lacks, and each that it leaves untranslated or fuzzy.
    for problem in run('msgcmp', path, template):
        if 'warning:' not in problem and 'fatal errors' not in problem:
            yield in_source(problem, template)
    for problem in run('msgcmp', '--use-untranslated', '--use-fuzzy', path, template, keep_output=True):
        if 'warning: this message is not used' in problem:
            yield problem.replace('warning: this message is not used', 'the sources no longer have this message')
    for number, line in tree.lines(path):
        if line.startswith('#~ msgid'):
            yield f'{path}:{number}: the sources no longer have this message'


def main():
    tap = Tap()
    tap.case('po/POTFILES.in names every file with texts', potfiles())
    tap.case('no text is left unmarked', unmarked())
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, 'seedreel.pot')
        tap.case('the template can be made', run('xgettext', *XGETTEXT, '--directory=.', '--files-from=po/POTFILES.in',
                                                 f'--output={template}'))
        for language in tree.read('po/LINGUAS').split():
            if os.path.exists(template):
                tap.case(f'{language} is complete', catalogue(language, template))
    tap.finish()


main()
