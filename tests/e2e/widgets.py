"""What the window shows, as its widgets say: see widget-probe.c."""
import json
import os
import signal

import session

PROBE = os.path.join('tests', 'e2e', 'libreel-widget-probe.so')


class Widget:
    """One widget, as it was when the probe looked."""

    def __init__(self, values, parent=None):
        self.values = values
        self.parent = parent
        self.type = values['type']
        self.classes = values['classes']
        self.text = values.get('text', values.get('icon', ''))
        self.bounds = values['bounds']
        self.shown = values['shown']
        self.children = [Widget(child, self) for child in values['children']]

    def __getitem__(self, name):
        return self.values[name]

    def __contains__(self, name):
        return name in self.values

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self):
        widget = self.parent
        while widget is not None:
            yield widget
            widget = widget.parent

    def is_in(self, *types):
        return any(widget.type in types for widget in [self, *self.ancestors()])

    def seen(self):
        """Whether a person sees it: it is not scrolled away, covered or transparent."""
        return self.shown[2] > 0 and self.shown[3] > 0 and not self['covered'] and self['opacity'] > 0

    def __str__(self):
        around = [widget.type for widget in self.ancestors() if not widget.type.startswith('Gtk')][:2]
        size = ' '.join(f'{value:.0f}' for value in self.bounds)
        return f'{self.type}{"".join("." + name for name in self.classes)} "{self.text}" at {size} in {" in ".join(around)}'


class Probe:
    """Looks into a program that was started with `preload` and `environment`."""

    def __init__(self, s):
        self.path = os.path.join(s.folder, 'widgets.json')
        self.preload = [os.path.join(s.build, PROBE)]
        self.environment = {'REEL_PROBE_FILE': self.path}

    def look(self, app, action=None):
        """The window, after an action where one is given: its values, with the widget at `root`."""
        if os.path.exists(self.path):
            os.unlink(self.path)
        if action is not None:
            with open(self.path, 'w') as file:
                file.write(action)
        before = os.stat(self.path).st_ino if action is not None else None
        app.process.send_signal(signal.SIGUSR1)
        session.wait(lambda: os.path.exists(self.path) and os.stat(self.path).st_ino != before, 20, 'the probe')
        with open(self.path) as file:
            window = json.load(file)
        window['root'] = Widget(window['root'])
        return window

    def act(self, app, action):
        self.look(app, action)

    def settled(self, app):
        """The window once it says something, and two looks, one after the other, are the same."""
        last = None

        def texts(window):
            return [widget for widget in window['root'].walk() if 'ellipsized' in widget and widget.text]

        def same():
            nonlocal last
            found, before = self.look(app), last
            last = found
            return before is not None and texts(found) and [(widget.type, widget.bounds, widget.text) for widget in before['root'].walk()] == [
                (widget.type, widget.bounds, widget.text) for widget in found['root'].walk()]
        session.wait(same, 10, 'the window to stand still', 0.1)
        return last
