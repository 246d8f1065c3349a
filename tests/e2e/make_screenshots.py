"""Makes data/screenshots anew, from the release build: ./dev shell python3 tests/e2e/make_screenshots.py"""
import os

import screenshots
import session


def make(s):
    screenshots.make(s, os.path.join(session.TOP, 'data', 'screenshots'))
    return 0


session.inside(make, os.path.join(session.TOP, '_build', 'release'))
