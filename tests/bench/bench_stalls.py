"""The iterations of the main loop over 50 ms while Seedreel works. The goal is none.

stall-meter.c is preloaded and tells each long iteration, with the processor time that the main thread spent in it and the
time that it was kept from a processor: by our own threads, or by a machine that was busy with something else. The service
is a small one in this process with a video of 1080p, so that no rendering competes for the processors; and while the jobs
run, nobody reads the accessible tree, which costs more than the jobs do. A second run scrolls through a long history
whose pictures are not there yet.

With --stacks it also prints where the main thread was.
"""
import glob
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'e2e'))

import history  # noqa: E402
import services  # noqa: E402
import session  # noqa: E402

LIMIT = 50
DOWNLOADS = 10
POSTERS = 6  # of the rows that are to be seen
JOBS = 300
PAGES = 20


class Meter:
    """What stall-meter.c tells of every program of the benchmark, by phases."""

    def __init__(self, s):
        self.session = s
        self.log = os.path.join(s.folder, 'stalls.log')
        self.phases = []

    def program(self, environment):
        self.phase('start')
        return self.session.program(
            environment={**environment, 'REEL_STALLS_LOG': self.log, 'REEL_STALLS_LIMIT': str(LIMIT)},
            preload=[f'{self.session.build}/tests/bench/libreel-stall-meter.so'])

    def phase(self, name):
        self.phases.append((time.monotonic(), name))

    def read(self):
        """The stalls: (phase, length in ms, processor time in ms, time kept from a processor in ms, stack)."""
        found, stack = [], []
        if not os.path.exists(self.log):
            return found
        with open(self.log, encoding='utf-8', errors='replace') as file:
            for line in file:
                parts = line.split()
                if line.startswith('# stack'):
                    stack = []
                elif len(parts) == 4 and parts[0][0].isdigit():
                    begin, *values = map(float, parts)
                    found.append(([name for time, name in self.phases if time <= begin][-1], *values, stack))
                    stack = []
                else:
                    stack.append(line.rstrip())
        return found

    def report(self):
        stalls = self.read()
        print(f'main-loop iterations over {LIMIT} ms (goal: none)')
        for name in dict.fromkeys(name for _, name in self.phases):
            mine = [stall for stall in stalls if stall[0] == name]
            lengths = ', '.join(f'{length:.0f} ms ({processor:.0f} ms of it working, {kept:.0f} ms kept from a processor)'
                                for _, length, processor, kept, _ in mine)
            print(f'  {name:14} {len(mine):3}   {lengths}')
            if '--stacks' in sys.argv:
                for _, length, _, _, stack in mine:
                    print(f'    {length:.0f} ms:', *stack, sep='\n      ')
        later = [length for name, length, *_ in stalls if name != 'start']
        print(f'after the start: {len(later)}, the longest {max(later, default=0):.0f} ms')


def saved(app):
    return [row for row in app.rows_on_disk() if row['file_state'] == 'saved']


def posters():
    return glob.glob(os.path.join(os.environ['XDG_CACHE_HOME'], '**', '*.png'), recursive=True)


def make_videos(s, meter):
    service = services.Service(s)
    service.files['/file.mp4'] = services.make_clip(s, seconds=15, size='1920x1080')
    app = meter.program(service.environment)
    app.price_becomes('$0.50')
    meter.phase('submit')
    prompts = [f'Take {number} of a long day' for number in range(DOWNLOADS)]
    for prompt in prompts:
        app.generate(prompt)
    meter.phase('poll')
    asked = len(service.requests)
    session.wait(lambda: len(service.requests) > asked + 2 * DOWNLOADS, 60, 'two rounds of polling', 0.1)
    meter.phase(f'{DOWNLOADS} downloads')
    service.state = service.succeeded
    session.wait(lambda: len(saved(app)) == DOWNLOADS and len(posters()) >= POSTERS, 120, 'the videos', 0.1)
    meter.phase('look')
    app.becomes(prompts[-1], 'Ready')
    for number in (9, 7, 5):  # their rows are to be seen
        meter.phase('player start')
        app.open(prompts[number])
        app.plays()
    meter.phase('end')
    app.quit()


def focused(app):
    return next((node.name for node in app.nodes() if node.was('FOCUSED')), None)


def scroll(s, meter):
    database, = glob.glob(f'{s.data}/*.db')
    history.fill(database, JOBS, os.path.join(s.folder, 'clip.mp4'))
    app = meter.program({})
    app.click(app.rows()[0])
    meter.phase('scroll')
    for _ in range(PAGES):
        before = focused(app)
        app.key('Page_Down')
        session.wait(lambda: focused(app) not in (None, before), 20, 'another page', 0.1)
    meter.phase('end')
    app.quit()


def bench(s):
    meter = Meter(s)
    make_videos(s, meter)
    scroll(s, meter)
    meter.report()
    return 0


session.inside(bench, sys.argv[1])
