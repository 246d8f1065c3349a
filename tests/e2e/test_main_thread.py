"""The main loop is never held: no SQLite, file, hash or media work on the main thread during the main job.

Arguments: the build, the guard's library (tests/support/main-thread-guard.c).
"""
import os
import sys

import services
import session
from seedreel import PROMPT


def test(s):
    log = os.path.join(s.folder, 'guard.log')
    home = os.environ['HOME']
    sandbox = services.Sandbox(s, speed=4)
    environment = {
        **sandbox.environment,
        'REEL_GUARD_LOG': log,
        'REEL_GUARD_PATHS': ':'.join([s.data, f'{home}/Videos', f'{os.environ["XDG_CACHE_HOME"]}/seedreel',
                                      f'{os.environ["XDG_STATE_HOME"]}/seedreel']),
    }

    def nothing_was_caught():
        if os.path.exists(log):
            with open(log) as file:
                raise AssertionError(file.read())

    def start():
        return s.program(environment=environment, preload=[os.path.abspath(sys.argv[2])])

    with s.step('the start'):
        app = start()
        app.price_becomes('$0.50')
        nothing_was_caught()
    with s.step('from Generate to the playing video'):
        app.generate(PROMPT)
        app.becomes(PROMPT, 'Ready')
        app.open(PROMPT)
        app.plays()
        nothing_was_caught()
    with s.step('the end'):
        app.quit()
        nothing_was_caught()
    with s.step('a start with a history, and its video'):
        app = start()
        app.open(PROMPT)
        app.plays()
        nothing_was_caught()
    with s.step('deleting'):
        app.key('Delete')
        app.press('Delete', root=app.find('alert'))
        session.wait(lambda: not app.rows(), 10, 'no row')
        app.quit()
        nothing_was_caught()


session.run(test, sys.argv[1])
