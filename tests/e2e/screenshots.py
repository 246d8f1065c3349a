"""Pictures of the real window for the README and the metainfo.

Used by test_screenshots.py and make_screenshots.py.
"""
import os
import subprocess

import session
from program import xdotool

PROMPTS = (
    ('A lighthouse keeper reads by candlelight while a storm rolls in behind the window', '16:9', '720p', 6),
    ('Timelapse of lichen growing over an abandoned piano', '9:16', '480p', 4),
    ('A glass dragonfly glides over a still mountain lake, morning fog', '1:1', '480p', 5),
    ('Rain on a neon street, a cat waits under an awning, slow push-in', '16:9', '720p', 8),
)
DRAFT = 'A paper boat crosses a rain puddle at dawn, macro lens, reflections of a neon street, slow push-in'

# name: width, height, and whether it is dark. The first three stand in the metainfo: 1000 × 700 at most.
PICTURES = {'wide-light': (1000, 700, False), 'wide-dark': (1000, 700, True), 'narrow': (360, 700, False),
            'large': (1280, 800, False)}


def resize(app, width, height):
    xdotool('windowsize', '--sync', app.window, width, height)
    def has_size():
        geometry = xdotool('getwindowgeometry', '--shell', app.window)
        return f'WIDTH={width}' in geometry and f'HEIGHT={height}' in geometry
    session.wait(has_size, 10, f'{width} × {height}')


def settle(app):
    """Waits until two pictures, a moment apart, are the same."""
    def picture():
        return subprocess.run(['import', '-window', app.window, 'rgb:-'], capture_output=True, check=True).stdout
    last = None
    def same():
        nonlocal last
        before, last = last, picture()
        return before == last
    session.wait(same, 10, 'the window to stand still', 0.3)


def make(s, place):
    os.makedirs(place, exist_ok=True)
    app = s.program()
    for prompt, ratio, resolution, duration in PROMPTS:
        app.put('Prompt', prompt)
        app.choose('Aspect ratio', ratio)
        app.choose('Resolution', resolution)
        app.slide('Duration', duration)
        app.press('Generate')
        app.row(prompt)
    for prompt, *_ in PROMPTS:
        app.becomes(prompt, 'Ready', seconds=60)
    app.put('Prompt', DRAFT)
    app.choose('Aspect ratio', '16:9')
    app.slide('Duration', 5)
    app.quit()
    for name, (width, height, dark) in PICTURES.items():
        app = s.program(environment={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark' if dark else 'prefer-light'})
        resize(app, width, height)
        chosen = PROMPTS[0][0]
        app.becomes(chosen, 'Ready')
        if name != 'narrow':
            app.open(chosen)
            app.plays()
            app.press('Pause')
        settle(app)
        app.picture(os.path.join(place, f'{name}.png'))
        app.quit()
