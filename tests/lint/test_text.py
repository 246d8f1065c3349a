"""What holds for every text file: its length, its spaces, its bits, and that scripts can be read."""
import ast
import os
import re
import subprocess

import tree
from tap import Tap

LONGEST = 900
UNFINISHED = re.compile(r'\b(' + '|'.join(('TO' 'DO', 'FIX' 'ME', 'XX' 'X', 'HA' 'CK')) + r')\b')


def length(paths):
    for path in paths:
        count = sum(1 for _ in tree.lines(path))
        if count > LONGEST:
            yield f'{path}:{count}: over {LONGEST} lines: look for the second type inside'


def unfinished(paths):
    for path in paths:
        for number, line in tree.lines(path):
            if UNFINISHED.search(line):
                yield f'{path}:{number}: unfinished: {line.strip()}'


def spaces(paths):
    for path in paths:
        text = tree.read(path)
        if '\r' in text:
            yield f'{path}:1: carriage returns'
        if text and not text.endswith('\n'):
            yield f'{path}:{text.count(chr(10)) + 1}: no newline at the end'
        for number, line in tree.lines(path):
            if line != line.rstrip():
                yield f'{path}:{number}: spaces at the end'
            if '\t' in line:
                yield f'{path}:{number}: a tab'


def executable_bits(paths):
    for path in paths:
        executable = os.access(os.path.join(tree.top, path), os.X_OK)
        script = tree.is_text(path) and tree.read(path).startswith('#!')
        if executable != script and not path.endswith('.in'):
            yield f'{path}:1: {"executable, but no #! line" if executable else "a #! line, but not executable"}'


def python(paths):
    for path in paths:
        try:
            ast.parse(tree.read(path), path)
        except SyntaxError as error:
            yield f'{path}:{error.lineno}: {error.msg}'


def shell(paths):
    for path in paths:
        result = subprocess.run(['bash', '-n', path], cwd=tree.top, capture_output=True, text=True)
        if result.returncode:
            yield result.stderr.strip()


def main():
    tap = Tap()
    everything = tree.files()
    texts = [path for path in everything if tree.is_text(path)]
    ours = [path for path in texts if not path.endswith('.po')]
    tap.case('file length', length([path for path in texts if path.endswith(('.c', '.h', '.blp', '.py'))]))
    tap.case('nothing is left unfinished', unfinished(ours))
    tap.case('spaces and line ends', spaces(ours))
    tap.case('executable bits', executable_bits(everything))
    tap.case('Python files compile', python(tree.files('.py')))
    tap.case('shell scripts parse', shell([path for path in texts if re.match(r'#!.*\b(ba)?sh\b', tree.read(path)[:80])]))
    tap.finish()


main()
