"""The window is closed while videos are being made: what a person wants then is asked; Seedreel goes on without a window and
ends with the last video; or it ends at once, and the jobs go on with the next start. Nothing is sent twice."""
import sys

import session
from background import Background
from session import wait

LOGOUT_AND_SUSPEND = 1 | 4


def test(s):
    b = Background(s)
    app = b.app
    with s.step('the session cannot end while a request is on its way, and can when it was answered'):
        for prompt in ('A paper boat', 'A kite', 'A lighthouse'):
            b.make(prompt)
        told = b.desktop.told('inhibit')
        assert told and all(record['flags'] == LOGOUT_AND_SUSPEND for record in told), told
        wait(lambda: not b.desktop.is_inhibited(), 10, 'the session to be free')
    with s.step('closing the window asks, and says that nothing is cancelled'):
        app.key('alt+F4')
        app.reads('3 videos are not finished')
        app.reads('nothing is cancelled at the service')
        app.press('Cancel', root=app.find('alert'))
        app.gone('button', 'Keep Working')
        assert app.find_window()
    with s.step('it keeps working without a window, and ends with the last video, of which it told'):
        b.close('Keep Working')
        assert app.process.poll() is None
        for request_id in ('req_1', 'req_2', 'req_3'):
            b.ends[request_id] = 'succeeded'
        b.ended()
        assert len(app.videos()) == 3
        wait(lambda: list(b.desktop.notifications()) == ['3 videos are ready'], 10, 'the one notification')
    with s.step('the next start has them, and takes the notification for read'):
        b.start()
        app = b.app
        for prompt in ('A paper boat', 'A kite', 'A lighthouse'):
            app.becomes(prompt, 'Ready')
    with s.step('a second start opens the window of the one that works without'):
        b.make('A glass dragonfly')
        b.close('Keep Working')
        b.activate()
        assert app.state('A glass dragonfly') == 'Generating'
    with s.step('"Stop Watching" ends, and the next start goes on'):
        b.close('Stop Watching')
        b.ended()
        b.start()
        app = b.app
        app.becomes('A glass dragonfly', 'Generating')
    with s.step('a choice that is remembered is not asked for again, and quitting still ends'):
        app.key('alt+F4')
        app.reads('Remember this choice')
        app.key('alt+r')
        app.press('Keep Working')
        wait(lambda: not app.find_window(), 10, 'the window to go')
        b.activate()
        b.close()
        assert app.process.poll() is None
        b.activate()
        app.key('ctrl+q')
        b.ended()
    with s.step('each job was sent once'):
        assert len(b.service.posts()) == 4, [body for *_, body in b.service.posts()]


session.run(test, sys.argv[1])
