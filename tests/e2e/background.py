"""A program whose window is closed while its jobs run, with a service and a desktop."""
import os
import subprocess

import services
from desktop import Desktop
from session import wait


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

    def activate(self):
        """A second start, which the first one answers."""
        second = subprocess.run([os.path.join(self.s.build, 'run-uninstalled')], timeout=30,
                                env={**os.environ, **self.service.environment})
        assert second.returncode == 0
        self.app.meet()

    def job(self, prompt):
        """Our own name for the newest job with a prompt."""
        return [row['id'] for row in self.app.rows_on_disk() if row['prompt'] == prompt][-1]

    def told(self, title, seconds=30):
        return wait(lambda: self.desktop.notifications().get(title), seconds, f'"{title}"')
