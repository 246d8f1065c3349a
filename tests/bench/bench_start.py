"""From exec to the first painted frame: Seedreel against a minimal libadwaita window of the same size.

The program itself is started, as when it is installed, not the script that runs it from the build folder. It starts once
with nothing there and once with a history of 1,000 jobs. All are measured in the same run, in turn,
by first-frame.c, on an X server of their own with the cairo renderer and no window manager. The ratio is what counts:
1.5 or less is the goal. The absolute times belong to the machine.
"""
import glob
import os
import shutil
import statistics
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'e2e'))

import history  # noqa: E402
import services  # noqa: E402
import session  # noqa: E402

RUNS = 9
JOBS = 1000
GOAL = 1.5


def empty_home():
    for name in ('XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME'):
        shutil.rmtree(os.environ[name], ignore_errors=True)


def make_history(s):
    """A home with a long history; gives a copy of its data to begin each run with."""
    empty_home()
    # The database is opened behind the first frame: a run that ends with that frame makes none.
    app = s.program()
    session.wait(lambda: glob.glob(f'{s.data}/*.db'), what='the database')
    app.quit()
    database, = glob.glob(f'{s.data}/*.db')
    services.make_clip(s)
    history.fill(database, JOBS, os.path.join(s.folder, 'clip.mp4'))
    copy = os.path.join(s.folder, 'history')
    shutil.copytree(os.environ['XDG_DATA_HOME'], copy)
    return copy


def measure(s, program):
    output = subprocess.run([f'{s.build}/tests/bench/first-frame', program], capture_output=True, text=True, check=True)
    return tuple(map(float, output.stdout.split()))


def bench(s):
    seedreel = f'{s.build}/src/seedreel'
    os.environ['GSETTINGS_SCHEMA_DIR'] = f'{s.build}/data'
    os.environ['XDG_DATA_DIRS'] = f'{session.TOP}/data:/usr/share'
    cases = {
        'minimal window': (f'{s.build}/tests/bench/minimal-window', None),
        'Seedreel, first start': (seedreel, None),
        f'Seedreel, {JOBS} jobs': (seedreel, make_history(s)),
    }
    session.stop(s.window_manager)
    times = {name: [] for name in cases}
    for number in range(RUNS + 1):
        for name, (program, data) in cases.items():
            empty_home()
            if data is not None:
                shutil.copytree(data, os.environ['XDG_DATA_HOME'])
            result = measure(s, program)
            if number > 0:  # the first warms the caches
                times[name].append(result)
    print(f'exec to first frame, median of {RUNS} runs in turn (mapped / painted, ms)')
    least = least_processor = None
    for name, found in times.items():
        mapped, painted, processor = (statistics.median(values) for values in zip(*found))
        least, least_processor = least or painted, least_processor or processor
        spread = sorted(values[1] for values in found)
        print(f'  {name:24} {mapped:5.0f} / {painted:5.0f}   ratio {painted / least:.2f}   ({spread[0]:.0f} to {spread[-1]:.0f})'
              f'   on a processor {processor:4.0f}, ratio {processor / least_processor:.2f}')
    print(f'goal: a ratio of {GOAL} or less')
    return 0


session.inside(bench, sys.argv[1])
