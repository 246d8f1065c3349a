"""A finished video goes out of the window: a copy under a name of one's own, a frame, a drag; and fills the form again.

All of it by keys, but for the drag.
"""
import os
import re
import struct
import sys

import services
import session
from program import xdotool
from seedreel import PROMPT
from session import wait

# GTK 4.18 leaves some blocks behind when a file is chosen in its own file dialog, as a program of nothing else shows.
WITHOUT_LEAKS = {'ASAN_OPTIONS': 'abort_on_error=1:detect_leaks=0:strict_string_checks=1'}


def open_dialog(app, keys, title):
    """Opens a file dialog by keys; it is a window of its own."""
    app.key(keys)
    wait(lambda: xdotool('getactivewindow', 'getwindowname') == title, 10, f'the dialog "{title}"')


def save(app, keys, title, folder):
    """Opens a dialog by keys, and saves in a folder under the name that it offers; gives that name."""
    os.makedirs(folder)
    open_dialog(app, keys, title)
    app.key('Home')
    xdotool('type', '--delay', 5, f'{folder}/')
    app.key('Return')
    app.reads('^Saved as “')
    name, = os.listdir(folder)
    app.reads(f'^Saved as “{re.escape(name)}”$')
    return name


def reuse(app, name):
    """Chooses the one video of the library for its settings."""
    title = 'Use the Settings of a Video'
    open_dialog(app, 'ctrl+o', title)
    app.app.read()
    dialog = next(child for child in app.app.children if child.name == title)
    wait(lambda: app.all('label', name, dialog), 10, 'the video in the list')
    app.key('Down', 'Return')


def count_windows():
    return len(xdotool('search', '--onlyvisible', '--name', '').split())


def drag(app, node):
    """Drags a thing until something hangs at the pointer, and lets it go there."""
    x, y, width, height = app.settled(node)
    steps = iter(range(1, height // 2))
    windows = count_windows()

    def hangs():
        xdotool('mousemove', x + width // 2, y + height // 4 + next(steps))
        return count_windows() > windows

    xdotool('mousemove', x + width // 2, y + height // 4, 'mousedown', 1)
    wait(hangs, 10, 'the drag')
    xdotool('mouseup', 1)
    wait(lambda: count_windows() == windows, 10, 'the end of the drag')


def png_size(path):
    with open(path, 'rb') as file:
        head = file.read(24)
    assert head[:8] == b'\x89PNG\r\n\x1a\n', head
    return struct.unpack('>II', head[16:24])


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def test(s):
    sandbox = services.Sandbox(s, speed=8)
    app = s.program(environment={**sandbox.environment, **WITHOUT_LEAKS})
    pictures, copies = (os.path.join(s.folder, name) for name in ('pictures', 'copies'))
    with s.step('a video is made'):
        app.price_becomes('$0.50')
        app.choose('Resolution', '480p')
        app.slide('Duration', 4)
        app.generate(PROMPT)
        app.becomes(PROMPT, 'Ready')
        app.open(PROMPT)
        app.press('Pause')
        video, = app.videos()
    with s.step('the frame is saved in the size of the video'):
        name = save(app, 'ctrl+shift+s', 'Save Frame', pictures)
        assert re.fullmatch(r'A paper boat .* frame \d{4}\.png', name), name
        assert png_size(os.path.join(pictures, name)) == (854, 480), png_size(os.path.join(pictures, name))
    with s.step('the frame is copied'):
        app.key('ctrl+shift+c')
        app.reads('^Frame copied$')
    with s.step('a copy is saved under the name of the settings, and says what it was made with'):
        name = save(app, 'ctrl+s', 'Save Video', copies)
        copy = os.path.join(copies, name)
        assert re.fullmatch(r'\d{4}-\d\d-\d\d A paper boat .*\.mp4', name), name
        assert read(copy) == read(video)
        assert PROMPT.encode() in read(copy)[-1000:]
    with s.step('the video is dragged a little and let go, and nothing happens'):
        drag(app, app.find('grouping', 'Player'))
        app.find('button', 'Play')
    with s.step('the video fills the form'):
        app.put('Prompt', 'Another one')
        app.choose('Resolution', '1080p')
        app.slide('Duration', 9)
        reuse(app, os.path.basename(video))
        app.reads('^The form has the settings of “')
        assert app.find('text', 'Prompt').text() == PROMPT
        app.price_becomes('$0.20')
    app.quit()


session.run(test, sys.argv[1])
