"""From exec to the first painted frame: Seedreel against a minimal libadwaita window of the same size.

Both are measured in the same run, in turn, by first-frame.c, on an X server of their own with the cairo renderer and no
window manager. The ratio is what counts: 1.5 or less is the goal. The absolute times belong to the machine.
"""
import os
import shutil
import statistics
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'e2e'))

import session  # noqa: E402

RUNS = 9
GOAL = 1.5


def measure(s, program, environment=None):
    output = subprocess.run([f'{s.build}/tests/bench/first-frame', program], capture_output=True, text=True, check=True,
                            env={**os.environ, **(environment or {})}).stdout
    return tuple(map(float, output.split()))


def bench(s):
    session.stop(s.window_manager)
    minimal = f'{s.build}/tests/bench/minimal-window'
    seedreel = f'{s.build}/run-uninstalled'
    times = {minimal: [], seedreel: []}
    for number in range(RUNS + 1):
        for program, found in times.items():
            for name in ('XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME'):
                shutil.rmtree(os.environ[name], ignore_errors=True)
            result = measure(s, program)
            if number > 0:  # the first warms the caches
                found.append(result)
    print(f'exec to first frame, median of {RUNS} runs in turn (mapped / painted, ms)')
    for program, found in times.items():
        mapped, painted = (statistics.median(values) for values in zip(*found))
        spread = f'{min(p for _, p in found):.0f}-{max(p for _, p in found):.0f}'
        print(f'  {os.path.basename(program):16} {mapped:6.0f} / {painted:6.0f}   painted {spread}')
    ratio = statistics.median(p for _, p in times[seedreel]) / statistics.median(p for _, p in times[minimal])
    print(f'ratio of the painted frames: {ratio:.2f} (goal: {GOAL} or less)')
    return 0


session.inside(bench, sys.argv[1])
