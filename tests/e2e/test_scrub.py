"""The pointer over the picture of a finished video shows the video at that place, and the picture comes back."""
import os
import re
import subprocess
import sys

import session
from program import xdotool
from seedreel import PROMPT

# The picture in a row, from the row's left upper corner to the middle of the picture, pixels.
LEFT, WIDTH = 16, 104


def move(app, across):
    """Moves the pointer over the picture of the only row."""
    x, y, _width, height = app.box(app.row(PROMPT))
    xdotool('mousemove', int(x + LEFT + WIDTH * across), int(y + height / 2))


def look(app, s):
    """What the middle of the picture shows, as a checksum; nothing where it is no picture."""
    path = os.path.join(s.folder, 'row.png')
    x, y, _width, height = app.settled(app.row(PROMPT))
    subprocess.run(['import', '-window', 'root', '-crop', f'40x16+{int(x + LEFT + 30)}+{int(y + height / 2 - 8)}', path],
                   check=True)
    text = subprocess.run(['identify', '-format', '%k %#', path], capture_output=True, text=True, check=True).stdout
    colours, checksum = text.split()
    return checksum if int(colours) > 40 else None


def has_line(app):
    """Whether the line that says where the pointer is in the video, in the accent colour, lies on the picture."""
    x, y, _width, height = app.settled(app.row(PROMPT))
    text = subprocess.run(['import', '-window', 'root', '-crop', f'{WIDTH}x{int(height)}+{int(x + LEFT)}+{int(y + 16)}',
                           '-depth', '8', 'txt:-'], capture_output=True, text=True, check=True).stdout
    colours = [tuple(map(int, found)) for found in re.findall(r'\((\d+),(\d+),(\d+)', text)]
    return sum(abs(red - 53) + abs(green - 132) + abs(blue - 228) < 40 for red, green, blue in colours) > WIDTH / 8


def test(s):
    app = s.program()
    with s.step('a video is made'):
        app.write('Prompt', PROMPT)
        app.choose('Resolution', '480p')
        app.slide('Duration', 4)
        app.click(app.find('button', 'Generate'))
        app.becomes(PROMPT, 'Ready')
        xdotool('mousemove', 2, 2)
        still = session.wait(lambda: look(app, s), 10, 'the picture')
    with s.step('the pointer shows it at another place'):
        move(app, 0.75)
        session.wait(lambda: look(app, s) not in (None, still), 20, 'another frame')
    with s.step('it follows the pointer'):
        frames = {None, still}
        for across in (0.3, 0.5, 0.9):
            move(app, across)
            frames.add(session.wait(lambda: {look(app, s)} - frames, 20, f'a frame at {across}').pop())
        session.wait(lambda: has_line(app), 20, 'the line')
    with s.step('the picture comes back'):
        xdotool('mousemove', 2, 2)
        session.wait(lambda: not has_line(app), 20, 'the line to go')
        assert look(app, s) not in (None, *(frames - {still}))
    with s.step('it ends while the pointer is there'):
        move(app, 0.6)
        app.quit()


session.run(test, sys.argv[1])
