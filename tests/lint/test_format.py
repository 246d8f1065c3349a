"""The form of the code: what clang-format and Blueprint's formatter would write."""
import os
import subprocess

import tree
from tap import Tap


def run(*command):
    result = subprocess.run(command, cwd=tree.top, capture_output=True, text=True)
    return [] if result.returncode == 0 else (result.stderr + result.stdout).strip().splitlines()


def clang_format(paths):
    """The first place in each file, which is enough to find it; `clang-format -i FILE` puts it right."""
    seen = set()
    for line in run('clang-format', '--dry-run', '-Werror', *paths):
        path = line.split(':')[0]
        if ': error:' in line and path not in seen:
            seen.add(path)
            yield line


def main():
    tap = Tap()
    sources = tree.files('.c', '.h', under='src') + tree.files('.c', '.h', under='tests')
    tap.case('clang-format', clang_format(sources))
    blueprints = tree.files('.blp')
    tap.case('blueprint-compiler format', run('blueprint-compiler', 'format', *blueprints) if blueprints else [])
    tap.finish()


main()
