"""The files of the work tree, for the checks of this folder."""
import os
import sys

top = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..'))
sys.path.insert(0, os.path.join(top, 'tests', 'support'))

# Nothing of ours: what git, builds and editors leave, the inputs of the fuzzers, which are broken on purpose, and the
# licence text.
LEFT_OUT_FOLDERS = {'.git', '_build', '__pycache__', '.flatpak-builder', 'corpus'}
LEFT_OUT_FILES = {'COPYING', 'po/seedreel.pot'}


def files(*suffixes, under=''):
    """The paths, from the top of the tree, of all files (with one of the suffixes, where given)."""
    found = []
    for folder, folders, names in os.walk(os.path.join(top, under)):
        folders[:] = [name for name in folders if name not in LEFT_OUT_FOLDERS]
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), top)
            if path not in LEFT_OUT_FILES and (not suffixes or path.endswith(suffixes)):
                found.append(path)
    return sorted(found)


def read(path):
    with open(os.path.join(top, path), encoding='utf-8', newline='') as file:
        return file.read()


def lines(path):
    """The (number, text) of each line."""
    return enumerate(read(path).splitlines(), 1)


def is_text(path):
    with open(os.path.join(top, path), 'rb') as file:
        return b'\0' not in file.read(8192)
