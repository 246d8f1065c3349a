"""The views of the window, opened one after the other, for tests that look at all of them."""
import screenshots
from session import wait

LONG = ('A paper boat crosses a rain puddle at dawn, macro lens, reflections of a neon street, slow push-in, while an '
        'otherworldly lighthouse keeper reads aloud by candlelight behind the window')
PORTRAIT = 'Lichen grows over an abandoned piano, seen from below'
FAILED = 'A glass dragonfly over a still mountain lake [fail]'
REJECTED = 'A kite that is refused [402]'
UNKNOWN = 'A lighthouse whose answer got lost [drop]'
RUNNING = 'Rain on a neon street, a cat waits under an awning [stall]'
REFERENCES = ('https://example.com/pictures/first-frame-of-the-paper-boat.jpg',
              'https://example.com/pictures/last-frame-of-the-paper-boat.jpg')


def make_history(app):
    """Jobs in every state that lasts; two videos."""
    app.price_becomes('$0.50')
    app.choose('Resolution', '480p')
    app.set_duration(4)
    app.generate(LONG)
    app.choose('Aspect ratio', '9:16')
    for prompt in (PORTRAIT, FAILED, REJECTED, UNKNOWN, RUNNING):
        app.generate(prompt)
    for prompt, state in ((LONG, 'Ready'), (PORTRAIT, 'Ready'), (FAILED, 'Failed'), (REJECTED, 'Failed'),
                          (UNKNOWN, 'Outcome unknown'), (RUNNING, 'Generating')):
        app.becomes(prompt, state, seconds=60)


class Views:
    """Opens views in a window of a size, and calls look(NAME, WINDOW) for each, once it stands still."""

    def __init__(self, app, probe, size, look):
        self.app = app
        self.probe = probe
        self.look = look
        screenshots.resize(app, *size)
        wait(lambda: probe.look(app)['width'] <= size[0] and probe.look(app)['height'] <= size[1], 10, f'{size} for the content')

    def act(self, action):
        self.probe.act(self.app, action)

    def see(self, name):
        self.look(name, self.probe.settled(self.app))

    def root(self):
        return self.probe.look(self.app)['root']

    def open_dialog(self, action):
        self.act(action)
        wait(lambda: self.root().type != 'ReelWindow', 10, f'{action} to open')

    def close_dialog(self):
        last = self.root().type
        self.app.key('Escape')
        wait(lambda: self.root().type != last, 10, f'{last} to close')

    def see_dialog(self, name, action):
        self.open_dialog(action)
        self.see(name)
        self.close_dialog()

    def see_preferences(self):
        self.open_dialog('win.preferences')
        self.see('preferences')
        for name, action in (('account editor', 'preferences.add-account'), ('remove older', 'storage.remove-older')):
            self.act(action)
            self.see(name)
            self.act('navigation.pop')
            self.probe.settled(self.app)
        self.close_dialog()

    def quit(self):
        """A job is running, so it is asked what becomes of it."""
        self.app.quit(self.app.words('_Stop Watching').replace('_', ''))

    def see_dialogs(self):
        """Those of the main menu."""
        self.see_preferences()
        for name, action in (('spending', 'win.spending'), ('adopt', 'win.adopt'),
                             ('shortcuts', 'win.show-help-overlay'), ('about', 'app.about')):
            self.see_dialog(name, action)

    def see_form(self):
        """As it is found, then with a long prompt and references."""
        app = self.app
        self.act('win.new-video')
        self.see('form')
        app.put(app.words('Prompt'), LONG)
        for url in REFERENCES:
            app.press(app.words('Add'))
            app.put(app.words('Link (https://…)'), url)
            app.key('Return')
            app.reads(url.split('/')[-1])
        self.see('form with references')
        self.act('win.toggle-compose')
        self.probe.settled(app)

    def see_history(self):
        """As a list and as a grid, with a selection and with a search."""
        self.see('history')
        self.act('history.grid')
        self.see('history as a grid')
        self.app.key('ctrl+a')
        self.see('selection')
        self.act('history.stop-selecting')
        self.act('history.grid')
        self.app.key('ctrl+f')
        self.see('search')
        self.app.key('Escape')

    def find_job(self, prompt):
        return next(row['id'] for row in self.app.rows_on_disk() if row['prompt'] == prompt)

    def open_job(self, prompt):
        """As a notification does: its row may be scrolled away."""
        self.act(f"app.open-job('{self.find_job(prompt)}')")

    def leave_job(self):
        self.act('navigation.pop')
        self.probe.settled(self.app)

    def see_jobs(self):
        for prompt, name in ((RUNNING, 'running'), (FAILED, 'failed'), (REJECTED, 'refused'), (UNKNOWN, 'unknown')):
            self.open_job(prompt)
            self.see(name)
            self.leave_job()

    def see_video(self):
        """A video that stands still with its controls, and what can be done with it."""
        for prompt, name in ((PORTRAIT, 'portrait'), (LONG, 'video')):
            self.open_job(prompt)
            self.app.press(self.app.words('Pause'))
            self.see(name)
            if prompt != LONG:
                self.leave_job()
        self.see_dialog('delete', 'job.delete')
        self.see_dialog('picker', 'job.compare')
        self.open_dialog(f"win.compare(['{self.find_job(LONG)}', '{self.find_job(PORTRAIT)}'])")
        self.app.press(self.app.words('Pause'))
        self.see('compare')
        self.act('compare.switch-view')
        self.see('wipe')
        self.close_dialog()
        self.leave_job()
