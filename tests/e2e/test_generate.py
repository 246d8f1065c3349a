"""The main job, in the built-in sandbox, by mouse and keys: a prompt, its price, Generate, and the video plays."""
import os
import sys

import services
import session
from seedreel import PROMPT


def test(s):
    app = s.program()
    with s.step('a prompt is typed and the settings chosen'):
        app.write('Prompt', PROMPT)
        app.choose('Resolution', '480p')
        app.slide('Duration', 4)
        app.price_becomes('$0.20')
    with s.step('a row appears at once'):
        app.click(app.find('button', 'Generate'))
        app.row(PROMPT, seconds=2)
    with s.step('the job goes on by itself until it is ready'):
        app.becomes(PROMPT, 'Ready')
    with s.step('the video plays'):
        app.open(PROMPT)
        app.plays()
    with s.step('the file is what was asked for'):
        path, = app.videos()
        codecs, width, height, frames, seconds = services.probe(path)
        assert codecs == ['aac', 'h264'], codecs
        assert (width, height, frames) == (854, 480, 96), (width, height, frames)
        assert abs(seconds - 4) < 0.1, seconds
    with s.step('what it cost is told'):
        app.reads(r'Estimated \$0\.20')
    with s.step('it ends by itself'):
        app.quit()
    with s.step('it is there after a start, and plays'):
        app = s.program()
        app.becomes(PROMPT, 'Ready')
        app.open(PROMPT)
        app.plays()
    with s.step('its settings can be used again'):
        app.put('Prompt', 'Another one')
        app.choose('Resolution', '1080p')
        app.press('Reuse settings')
        session.wait(lambda: app.price() == '$0.20', 5, 'the old price')
    with s.step('deleting takes the row away, and Undo brings it back'):
        app.open(PROMPT)
        app.key('Delete')
        app.press('Delete', root=app.find('alert', 'Delete Video?'))
        session.wait(lambda: not app.rows(), 10, 'no row')
        app.press('Undo')
        app.becomes(PROMPT, 'Ready')
    with s.step('deleting for good moves the file to the Trash'):
        app.open(PROMPT)
        app.key('Delete')
        app.press('Delete', root=app.find('alert', 'Delete Video?'))
        session.wait(lambda: not app.rows(), 10, 'no row')
        app.quit()
        assert not os.path.exists(path)


session.run(test, sys.argv[1])
