"""The window is closed while videos are being made: what a person wants then is asked; Seedreel goes on without a window and
ends with the last video; or it ends at once, and the jobs go on with the next start. Nothing is sent twice."""
import sys

import session
from background import Background
from session import wait

LOGOUT_AND_SUSPEND = 1 | 4
THREE = ['A kite', 'A lighthouse', 'A paper boat']
FOUR = ['A comet', 'A ferry', 'A fountain', 'A windmill']


def prompts_told(b):
    """What the notifications of single videos that stand are about."""
    ready = [record for record in b.desktop.standing() if record['title'] == 'Your video is ready']
    return sorted(record['body'].split('\n')[0] for record in ready)


def test(s):
    b = Background(s)
    app = b.app
    with s.step('the session cannot end while a request is on its way, and can when it was answered'):
        for prompt in THREE:
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
    with s.step('three jobs that end without a window: three files, and three notifications with their prompts'):
        b.close('Keep Working')
        assert app.process.poll() is None
        for request_id in ('req_1', 'req_2', 'req_3'):
            assert not app.find_window()
            b.ends[request_id] = 'succeeded'
        b.app.ended()
        files = {row['prompt']: row['file'] for row in app.rows_on_disk()}
        assert sorted(files) == THREE and sorted(files.values()) == app.videos(), files
        for file in app.videos():
            with open(file, 'rb') as video:
                assert video.read().startswith(b.service.files['/file.mp4']), file
        wait(lambda: prompts_told(b) == THREE, 10, 'a notification of each')
        assert len(b.desktop.standing()) == 3, b.desktop.standing()
    with s.step('activation shows the window with the three'):
        b.start()
        app = b.app
        for prompt in THREE:
            app.becomes(prompt, 'Ready')
    with s.step('from four on, one notification tells of all'):
        requests = [b.make(prompt) for prompt in FOUR]
        b.close('Keep Working')
        for request_id in requests:
            b.ends[request_id] = 'succeeded'
        b.app.ended()
        b.told('4 videos are ready')
        assert not set(prompts_told(b)) & set(FOUR), prompts_told(b)
        b.start()
        app = b.app
    with s.step('a second start opens the window of the one that works without'):
        b.make('A glass dragonfly')
        b.close('Keep Working')
        b.activate()
        assert app.state('A glass dragonfly') == 'Generating'
    with s.step('"Stop Watching" ends, and the next start goes on'):
        app.quit('Stop Watching')
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
        b.app.ended()
    with s.step('each job was sent once'):
        assert len(b.service.posts()) == 8, [body for *_, body in b.service.posts()]


session.run(test, sys.argv[1])
