"""The window is closed while videos are being made: what a person wants then is asked; Seedreel goes on without a window, tells
the desktop what became of each job, and ends with the last one; or it ends at once, and the jobs go on with the next start.
Whatever happens, nothing is sent twice."""
import os
import subprocess
import sys
import threading

import services
import session
from desktop import Desktop, activate_action
from session import running, wait

LOGOUT_AND_SUSPEND = 1 | 4


class Background:
    """The test with its service, whose jobs run until they are told how to end."""

    def __init__(self, s):
        self.s = s
        self.desktop = Desktop(s)
        self.service = services.Service(s)
        self.service.files['/file.mp4'] = services.make_clip(s)
        self.service.state = self.state
        self.ends = {}
        os.remove(os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile'))
        self.start()

    def start(self):
        self.app = self.s.program(environment=self.service.environment)

    def state(self, request_id):
        end = self.ends.get(request_id, 'processing')
        if end == 'succeeded':
            return self.service.succeeded(request_id)
        error = {'code': 'generation_failed', 'message': 'It did not work out'} if end == 'failed' else None
        return services.Answer({'success': True, 'requestId': request_id, 'status': end, 'error': error})

    def make(self, prompt):
        """Starts a job, and gives its request id."""
        self.app.generate(prompt)
        self.app.becomes(prompt, 'Generating')
        return f'req_{len(self.service.posts())}'

    def close(self, answer=None):
        """Closes the window as a person does."""
        self.app.key('alt+F4')
        if answer is not None:
            self.app.press(answer)
        wait(lambda: not self.app.find_window(), 10, 'the window to go')

    def ended(self):
        running.remove(self.app)
        assert self.app.process.wait(30) == 0, self.app.log()
        self.app.check_log()

    def activate(self):
        """A second start, which the first one answers."""
        second = subprocess.run([os.path.join(self.s.build, 'run-uninstalled')], timeout=30,
                                env={**os.environ, **self.service.environment})
        assert second.returncode == 0
        self.app.meet()

    def told(self, title, seconds=30):
        return wait(lambda: self.desktop.notifications().get(title), seconds, f'"{title}"')


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
        assert list(b.desktop.notifications()) == ['3 videos are ready'], b.desktop.notifications()
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
    with s.step('a failure is told with its prompt, and says whether it was charged'):
        b.make('Rain on a neon street')
        b.close('Keep Working')
        b.ends['req_4'] = 'failed'
        record = b.told('The service could not make the video')
        assert record['body'].startswith('A glass dragonfly\n'), record
        assert 'The service said that it charged 40 credits.' in record['body'], record
        assert record['urgency'] == 1 and record['application'] == 'io.github.seedreel.Seedreel', record
    with s.step('a click on it shows the job, and that takes it back'):
        b.desktop.invoke('The service could not make the video')
        app.meet()
        app.reads('The service could not make the video')
        wait(lambda: not b.desktop.notifications().get('The service could not make the video'), 10, 'it to go')
    with s.step('a video that is ready can be shown in Files, and played'):
        b.make('A snail on a leaf')
        b.close('Keep Working')
        b.ends['req_5'] = 'succeeded'
        record = b.told('Your video is ready')
        assert record['body'].startswith('Rain on a neon street\n'), record
        assert list(record['actions'].values()) == ['', 'Play', 'Show in Files'], record
        b.desktop.invoke('Your video is ready', 'Show in Files')
        wait(lambda: [os.path.basename(uri) for record in b.desktop.told('show') for uri in record['uris']], 10, 'the file')
        assert not app.find_window()
        job = next(row['id'] for row in app.rows_on_disk() if row['prompt'] == 'Rain on a neon street')
        activate_action('open-job', job)
        app.meet()
        app.plays()
    with s.step('"Stop Watching" ends, and the next start goes on'):
        b.close('Stop Watching')
        b.ended()
        b.start()
        app = b.app
        app.becomes('A snail on a leaf', 'Generating')
    with s.step('an outcome that is unknown is told urgently; the session is kept until then'):
        answer = threading.Event()
        b.service.accept = lambda number, body: answer.wait(60) and services.Answer('{"su', length=100)
        app.generate('A clock without hands')
        app.becomes('A clock without hands', 'Sending')
        wait(b.desktop.is_inhibited, 10, 'the session to be kept')
        b.close('Keep Working')
        answer.set()
        record = b.told('Outcome unknown')
        assert record['urgency'] == 2, record
        assert 'may have accepted it and charged you' in record['body'], record
        wait(lambda: not b.desktop.is_inhibited(), 10, 'the session to be free')
    with s.step('what comes from outside fills the form, and sends nothing'):
        activate_action('generate', 'A whale above the clouds')
        app.meet()
        wait(lambda: app.find('text', 'Prompt').text() == 'A whale above the clouds', 10, 'the prompt')
        wait(lambda: app.focused().name == 'Generate', 10, 'the focus on Generate')
        assert len(b.service.posts()) == 7
    with s.step('a choice that is remembered is not asked for again, and quitting still ends'):
        app.key('alt+F4')
        check = app.find('check box', 'Remember this choice')
        check.act()
        app.press('Keep Working')
        wait(lambda: not app.find_window(), 10, 'the window to go')
        b.activate()
        b.close()
        assert app.process.poll() is None
        b.activate()
        app.key('ctrl+q')
        b.ended()
    with s.step('each job was sent once'):
        assert len(b.service.posts()) == 7, [body for *_, body in b.service.posts()]


session.run(test, sys.argv[1])
