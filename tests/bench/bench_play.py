"""What it costs to play: a 1080p video of 30 frames a second, on the whole of a screen of 1280 × 720.

Every program plays the same file in a picture of the same size on the same display, one after the other: playbin and
playbin3 into a sink that shows nothing, which is the floor of decoding; Seedreel; and its peers Clapper, Showtime and
Celluloid, where they are installed, with the renderer of GTK on the processor (cairo) and on OpenGL. Measured is the time
of all threads of a program on the processors. The ratios are what counts. play-meter.c is preloaded into Seedreel and
counts its painted frames.

Then 200 videos are opened one after the other in the player: threads and descriptors stay as they were after the tenth,
and so does the memory: that of the second hundred, within 10 percent of the first.

With --pictures it also saves what the peers showed, as _build/play-NAME-RENDERER.png.
"""
import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'e2e'))

import services  # noqa: E402
import session  # noqa: E402
from program import xdotool  # noqa: E402

SIZE = 1280, 720
RATE = 30
LENGTH = 60  # seconds of the video; nobody comes to its end
SETTLE = 6  # until the controls have gone
MEASURE = 10
RENDERERS = ('cairo', 'ngl')
GOALS = {'cairo': 0.35, 'ngl': 0.4}
PEERS = {'Clapper': ['clapper'], 'Showtime': ['showtime', '--new-window'], 'Celluloid': ['celluloid']}
MANY = 200
PROMPT = 'A paper boat crosses a puddle'

session.SCREEN = f'{SIZE[0]}x{SIZE[1]}x24'


def make_video(s):
    """A short video, and itself again and again without another encoding."""
    once, path = os.path.join(s.folder, 'once.mp4'), os.path.join(s.folder, 'video.mp4')
    subprocess.run(['ffmpeg', '-v', 'error', '-y', '-f', 'lavfi', '-i', f'testsrc2=size=1920x1080:rate={RATE}:duration=5',
                    '-f', 'lavfi', '-i', 'sine=duration=5', '-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p',
                    '-c:a', 'aac', once], check=True)
    subprocess.run(['ffmpeg', '-v', 'error', '-y', '-stream_loop', str(LENGTH // 5 - 1), '-i', once, '-c', 'copy',
                    '-movflags', '+faststart', path], check=True)
    return path


def processor_time(process_id):
    """Of a process and its children, in seconds."""
    total = 0
    with contextlib.suppress(OSError):
        with open(f'/proc/{process_id}/stat') as stat:
            total += sum(map(int, stat.read().rpartition(')')[2].split()[11:13])) / os.sysconf('SC_CLK_TCK')
        for task in os.listdir(f'/proc/{process_id}/task'):
            with open(f'/proc/{process_id}/task/{task}/children') as children:
                total += sum(processor_time(child) for child in children.read().split())
    return total


def measure(process_id):
    """The share of one processor that a process takes, in percent."""
    time.sleep(SETTLE)
    begin, before = time.monotonic(), processor_time(process_id)
    time.sleep(MEASURE)
    after, end = processor_time(process_id), time.monotonic()
    assert os.path.exists(f'/proc/{process_id}'), 'the program has ended'
    return 100 * (after - before) / (end - begin)


def environment(renderer):
    variables = {name: value for name, value in os.environ.items() if name != 'GDK_DISABLE'}
    return {**variables, 'GSK_RENDERER': renderer}


def measure_floor(element, video):
    process = subprocess.Popen(['gst-launch-1.0', '-q', element, f'uri=file://{video}', 'video-sink=fakesink sync=true',
                                'audio-sink=fakesink sync=true'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return measure(process.pid)
    finally:
        session.stop(process)


class Meter:
    """What play-meter.c has counted."""

    def __init__(self, s, renderer):
        self.path = os.path.join(s.folder, f'play-{renderer}.log')
        self.environment = {'REEL_PLAY_LOG': self.path}
        self.library = f'{s.build}/tests/bench/libreel-play-meter.so'

    def read(self):
        with open(self.path) as file:
            return tuple(map(int, file.read().split()))


def measure_seedreel(s, renderer, video, service):
    for name in ('XDG_DATA_HOME', 'XDG_CONFIG_HOME'):
        shutil.rmtree(os.environ[name], ignore_errors=True)
    os.environ.pop('GDK_DISABLE', None)
    meter = Meter(s, renderer)
    app = s.program(environment={**service.environment, **meter.environment, 'GSK_RENDERER': renderer},
                    preload=[meter.library])
    app.generate(PROMPT)
    app.becomes(PROMPT, 'Ready')
    app.open(PROMPT)
    app.plays()
    app.key('F11')
    # Without a compositor GTK draws a line of five pixels round its windows, ours and others.
    session.wait(lambda: meter.read()[2] >= SIZE[0] - 10, 20, 'the full screen')
    # The screen is left to the video; nobody reads the accessible tree from here on.
    xdotool('mousemove', SIZE[0] - 1, 0)
    time.sleep(SETTLE)
    begin, before = time.monotonic(), meter.read()
    cpu = measure_plain(app.process.pid)
    seconds, after = time.monotonic() - begin, meter.read()
    app.key('Escape')
    app.quit()
    return cpu, (after[0] - before[0]) / seconds, (after[1] - before[1]) / seconds


def measure_plain(process_id):
    begin, before = time.monotonic(), processor_time(process_id)
    time.sleep(MEASURE)
    return 100 * (processor_time(process_id) - before) / (time.monotonic() - begin)


def find_window(before):
    return next(window for window in xdotool('search', '--onlyvisible', '--name', '').split() if window not in before
                and int(dict(line.split('=') for line in xdotool('getwindowgeometry', '--shell', window).split('\n'))['WIDTH']) > 300)


def measure_peer(s, name, renderer, video):
    """The whole screen for a peer, by the key that all of them have for it."""
    before = xdotool('search', '--onlyvisible', '--name', '').split()
    with open(os.path.join(s.folder, f'{name}-{renderer}.log'), 'w') as log:
        process = subprocess.Popen([*PEERS[name], video], env=environment(renderer), stdout=log, stderr=log)
    try:
        window = session.wait(lambda: find_window(before), 30, f'the window of {name}')
        time.sleep(2)
        xdotool('windowactivate', '--sync', window)
        xdotool('key', 'F11')
        xdotool('mousemove', SIZE[0] - 1, 0)
        cpu = measure(process.pid)
        geometry = xdotool('getwindowgeometry', '--shell', window)
        if '--pictures' in sys.argv:
            subprocess.run(['import', '-window', 'root', f'{session.TOP}/_build/play-{name}-{renderer}.png'], check=True)
        if f'WIDTH={SIZE[0]}' not in geometry or f'HEIGHT={SIZE[1]}' not in geometry:
            print(f'    {name} did not fill the screen: {geometry.split()}')
        return cpu
    finally:
        session.stop(process)


def open_many(s, renderer, video):
    """Whether what the process holds is flat from the tenth video on."""
    short = os.path.join(s.folder, 'short.mp4')
    services.make_clip(s)
    shutil.copy(os.path.join(s.folder, 'clip.mp4'), short)
    output = subprocess.run([f'{s.build}/tests/bench/open-many', str(MANY), video, short], env=environment(renderer),
                            capture_output=True, text=True, timeout=600)
    lines = [tuple(map(int, line.split())) for line in output.stdout.splitlines()]
    if output.returncode or not lines:
        print(f'  {renderer}: failed: {output.stderr[-500:]}')
        return False
    for videos, threads, descriptors, memory in lines:
        if videos == 10 or videos % 50 == 0:
            print(f'  {renderer:5} after {videos:3}: {threads:3} threads, {descriptors:3} descriptors, {memory / 1024:4.0f} MB')
    first, last = lines[0], lines[-1]
    # What is in use depends on the moment: the two halves are compared.
    half = len(lines) // 2
    before, after = (statistics.mean(line[3] for line in part) for part in (lines[:half], lines[half:]))
    print(f'  {renderer:5} memory: {before / 1024:.0f} MB in the first half, {after / 1024:.0f} MB in the second')
    flat = last[1] <= first[1] + 3 and last[2] <= first[2] + 2 and after <= before * 1.1
    print(f'  {renderer:5} {"flat" if flat else "NOT FLAT"}')
    return flat


def bench(s):
    sys.stdout.reconfigure(line_buffering=True)
    good = True
    video = make_video(s)
    service = services.Service(s)
    with open(video, 'rb') as file:
        service.files['/file.mp4'] = file.read()
    service.state = service.succeeded
    print(f'1080p at {RATE} frames a second in {SIZE[0]} × {SIZE[1]}; percent of one processor, over {MEASURE} s')
    floors = {element: measure_floor(element, video) for element in ('playbin', 'playbin3')}
    for element, cpu in floors.items():
        print(f'  {element} into fakesink        {cpu:5.1f} %')
    floor = min(floors.values())
    for renderer in RENDERERS:
        print(f'renderer {renderer}')
        cpu, given, painted = measure_seedreel(s, renderer, video, service)
        print(f'  Seedreel    {cpu:5.1f} %   {cpu / floor:.2f} of the floor; {given:.1f} frames a second came, {painted:.1f} were painted')
        good = good and painted > RATE - 0.5
        found = {}
        for name, command in PEERS.items():
            if shutil.which(command[0]) is None:
                print(f'  {name:10}  is not installed')
                continue
            try:
                found[name] = measure_peer(s, name, renderer, video)
                print(f'  {name:10}  {found[name]:5.1f} %   Seedreel takes {cpu / found[name]:.2f} of it')
            except (TimeoutError, AssertionError, RuntimeError) as error:
                print(f'  {name:10}  could not be measured: {error}')
        if found:
            ratio = cpu / min(found.values())
            print(f'  {ratio:.2f} of the best of them (goal: at most {GOALS[renderer]})')
            good = good and ratio <= GOALS[renderer]
    print(f'{MANY} videos opened one after the other')
    for renderer in RENDERERS:
        good = open_many(s, renderer, video) and good
    return 0 if good else 1


session.inside(bench, sys.argv[1])
