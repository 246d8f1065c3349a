"""The player as a person uses it: the slider, the keys, the videos before and after, the full screen, and the media keys
of the desktop. What is loud stays loud after a start."""
import os
import sys

from gi.repository import GLib

import panel as media
import services
import session
from program import xdotool
from session import wait

PROMPTS = ('A lighthouse at night', 'A paper boat', 'Rain on a street')  # the newest comes first in the list
SECONDS = 6


def make_videos(app, service):
    for prompt in reversed(PROMPTS):
        app.generate(prompt)
        app.becomes(prompt, 'Ready')


def position(app):
    return app.value('Position')


def frame(app):
    return int((position(app) + 1e-3) * 24)


def shows(app, prompt):
    app.find('grouping', prompt)


def drag(app, places):
    """Drags the slider along places, 0 to 1, and gives what is read while it is held."""
    x, y, width, height = app.settled(app.find('slider', 'Position'))
    # The padding of the bar, which is missing in its place.
    x, middle = x + 20, y + height // 2 + 28
    # It moves at once: a slider that is held for a while without a movement goes in smaller steps from then on.
    xdotool('mousemove', x + width // 2, middle, 'mousedown', 1, 'mousemove', int(x + width * places[0]), middle)
    app.find('button', 'Play')
    found = [position(app)]
    for place in places[1:]:
        xdotool('mousemove', int(x + width * place), middle)
        wait(lambda: position(app) != found[-1], 5, 'the position to follow')
        found.append(position(app))
    return found


def test(s):
    manager = media.SessionManager(s)
    panel = media.Panel(s)
    service = services.Service(s)
    service.files['/file.mp4'] = services.make_clip(s, seconds=SECONDS)
    service.state = service.succeeded
    app = s.program(environment=service.environment)
    with s.step('three videos, and one plays'):
        app.price_becomes('$0.50')
        assert not panel.is_there()
        make_videos(app, service)
        app.open(PROMPTS[1])
        app.plays()
    with s.step('the slider follows the pointer, and it plays on from there'):
        found = drag(app, (0.6, 0.3, 0.7))
        assert found[0] > found[1] < found[2], found
        assert abs(found[2] - 0.7 * SECONDS) < 0.15 * SECONDS, found
        xdotool('mouseup', 1)
        app.find('button', 'Pause')
        wait(lambda: position(app) > found[2], 5, 'it to play on')
    with s.step('keys: one frame, one second, the ends'):
        app.click(app.find('grouping', 'Player'), down=0.3)
        app.find('button', 'Play')
        app.key('Home', 'period')
        wait(lambda: frame(app) == 1, 10, 'the second frame')
        app.key('Right', 'comma')
        wait(lambda: frame(app) == 24, 10, 'the frame at one second')
    with s.step('keys: speeds'):
        app.key('greater', 'greater')
        app.reads('^1.5×$')
        app.key('less', 'less', 'less', 'less')
        app.reads('^0.5×$')
        app.key('greater', 'greater')
        app.reads('^1×$')
    with s.step('the videos before and after, with the focus left in the player'):
        app.key('Page_Down')
        shows(app, PROMPTS[2])
        app.key('Page_Up', 'Page_Up')
        shows(app, PROMPTS[0])
        app.press('Next video')
        shows(app, PROMPTS[1])
        app.key('alt+Down')
        shows(app, PROMPTS[2])
        app.press('Previous video')
        shows(app, PROMPTS[1])
        app.plays()
    with s.step('the computer stays awake in full screen, while it plays'):
        assert not manager.keeps_awake(), manager.inhibited
        app.click(app.find('grouping', 'Player'), down=0.3)
        app.key('f', 'k')
        wait(manager.keeps_awake, 10, 'the computer to stay awake')
        app.key('space')
        wait(lambda: not manager.keeps_awake(), 10, 'the computer to be let go')
        app.key('Page_Down')
        wait(manager.keeps_awake, 10, 'the next video to play')
        app.key('Page_Up')
        app.plays()
        app.key('Escape')
        wait(lambda: not manager.keeps_awake(), 10, 'the computer to be let go')
        shows(app, PROMPTS[1])
    with s.step('the panel knows what plays'):
        assert panel.is_there()
        assert panel.get('Identity', 'org.mpris.MediaPlayer2') == 'Seedreel'
        assert panel.get('DesktopEntry', 'org.mpris.MediaPlayer2') == 'io.github.seedreel.Seedreel'
        wait(lambda: 'mpris:artUrl' in panel.get('Metadata'), 10, 'the picture')
        metadata = panel.get('Metadata')
        assert metadata['xesam:title'] == PROMPTS[1], metadata
        assert abs(metadata['mpris:length'] - SECONDS * 1_000_000) < 100_000, metadata
        assert os.path.exists(GLib.filename_from_uri(metadata['mpris:artUrl'])[0]), metadata
        assert panel.last('Metadata') == metadata, panel.changes
        assert panel.get('PlaybackStatus') == 'Playing'
    with s.step('its keys pause, play, seek and go to another video'):
        panel.call('PlayPause')
        panel.becomes('PlaybackStatus', 'Paused')
        app.find('button', 'Play')
        panel.seeked.clear()
        panel.call('SetPosition', '(ox)', metadata['mpris:trackid'], 2_000_000)
        wait(lambda: panel.seeked == [2_000_000], 10, 'Seeked')
        assert panel.get('Position') == 2_000_000
        panel.call('SetPosition', '(ox)', '/nothing/of/the/kind', 1_000_000)
        panel.call('SetPosition', '(ox)', metadata['mpris:trackid'], 3_600_000_000)
        panel.call('Seek', '(x)', -500_000)
        wait(lambda: panel.seeked == [2_000_000, 1_500_000], 10, 'Seeked again')
        wait(lambda: abs(position(app) - 1.5) < 0.01, 10, 'the slider to show it')
        panel.call('Next')
        wait(lambda: panel.get('Metadata').get('xesam:title') == PROMPTS[2], 10, 'the next video')
        panel.becomes('PlaybackStatus', 'Playing')
        panel.call('Previous')
        shows(app, PROMPTS[1])
    with s.step('it sets the speed, the loop and the volume, and tells each once'):
        panel.call('Pause')
        panel.becomes('PlaybackStatus', 'Paused')
        wait(lambda: panel.last('Metadata') == metadata, 10, 'the metadata')
        panel.changes.clear()
        panel.set('Rate', GLib.Variant('d', 1.5))
        panel.becomes('Rate', 1.5)
        panel.set('LoopStatus', GLib.Variant('s', 'None'))
        panel.becomes('LoopStatus', 'None')
        panel.set('Volume', GLib.Variant('d', 0.5))
        panel.becomes('Volume', 0.5)
        panel.set('Volume', GLib.Variant('d', 0.5))
        panel.set('Rate', GLib.Variant('d', 1.0))
        panel.becomes('Rate', 1.0)
        assert panel.changes == [{'Rate': 1.5}, {'LoopStatus': 'None'}, {'Volume': 0.5}, {'Rate': 1.0}], panel.changes
        assert abs(app.value('Volume') - 0.5) < 1e-6
        panel.call('Raise', interface='org.mpris.MediaPlayer2')
    with s.step('muted by a key, and closed from the panel'):
        app.click(app.find('grouping', 'Player'), down=0.3)
        app.key('m')
        panel.becomes('Volume', 0.0)
        panel.call('Quit', interface='org.mpris.MediaPlayer2')
        app.ended()
        assert not panel.is_there()
    with s.step('after a start it is as loud as before'):
        app = s.program(environment=service.environment)
        app.open(PROMPTS[1])
        assert abs(app.value('Volume') - 0.5) < 1e-6
        assert app.find('toggle button', 'Mute').has('PRESSED') or app.find('toggle button', 'Mute').has('CHECKED')
        assert not app.find('toggle button', 'Loop').has('PRESSED')
    app.quit()


session.run(test, sys.argv[1])
