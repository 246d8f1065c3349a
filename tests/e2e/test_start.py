"""The first start: nothing is set up, and everything is there."""
import sys

import session


def test(s):
    with s.step('the window comes up'):
        app = s.program()
    with s.step('it ends by itself'):
        app.quit()


session.run(test, sys.argv[1])
