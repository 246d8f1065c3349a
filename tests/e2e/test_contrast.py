"""Every text and every icon of a control stands out from what is behind it, also over a white and a black video.

Arguments: the build, the look: light or dark, with high contrast or not.
"""
import contextlib
import os
import shutil
import subprocess
import sys

import appearance
import contrast
import services
import session
import views
import widgets

LOOKS = {
    'light': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-light'},
    'dark': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'},
    'high-light': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-light', 'ADW_DEBUG_HIGH_CONTRAST': '1'},
    'high-dark': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark', 'ADW_DEBUG_HIGH_CONTRAST': '1'},
}

# Letters are as thick as two pixels, so that their own colour is seen.
SCALE = 2
SCREEN = '2200x1500x24'
SIZE = (1000, 700)


def paint_videos(app):
    """All videos are of one colour, whatever they were: that of the first prompt is white, the other black."""
    for row in app.rows_on_disk():
        if row['file']:
            colour = 'white' if row['prompt'] == views.LONG else 'black'
            subprocess.run(['ffmpeg', '-v', 'error', '-y', '-f', 'lavfi', '-i', f'color={colour}:size=854x480:rate=24:duration=4',
                            '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', row['file']], check=True)
    shutil.rmtree(os.path.join(os.environ['XDG_CACHE_HOME'], 'seedreel'), ignore_errors=True)


def test(s):
    look_of = sys.argv[2]
    probe = widgets.Probe(s)
    sandbox = services.Sandbox(s, speed=20)
    seen = {}

    def look(name, window):
        found = []

        def stands_out():
            found[:], seen[name] = contrast.problems_of(window, contrast.Picture(app.window, SCALE))
            return not found

        # What the widgets say may not be painted yet.
        with contextlib.suppress(TimeoutError):
            session.wait(stands_out, 3, 'the window to be painted')
        assert seen[name], f'{name}: nothing to read'
        assert not found, '\n'.join([f'{name}:', *found])

    appearance.set_toolkit('gtk-enable-animations', 0)
    with s.step('there is a job in every state'):
        app = s.program(environment=sandbox.environment)
        views.make_history(app)
        app.quit()
        paint_videos(app)
    app = s.program(preload=probe.preload, environment={**sandbox.environment, **probe.environment, **LOOKS[look_of],
                                                        'GDK_SCALE': str(SCALE)})
    v = views.Views(app, probe, tuple(SCALE * value for value in SIZE), look)
    with s.step('the history'):
        v.see_history()
    with s.step('the form'):
        v.see_form()
    with s.step('the jobs'):
        v.see_jobs()
    # High contrast changes no colour of these.
    if not look_of.startswith('high'):
        with s.step('the dialogs'):
            v.see_dialogs()
        with s.step('a white and a black video'):
            v.see_video()
    app.quit()
    print('#', sum(seen.values()), 'texts and icons in', len(seen), 'views', flush=True)


session.run(test, sys.argv[1], screen=SCREEN)
