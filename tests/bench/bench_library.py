"""Histories of 10, 10,000 and 100,000 jobs: start to the first row, a key of the search, scrolling, memory.

library-window.c is the real application; it works its own window and tells what it saw. The three histories are measured
in turn in one run, with the cairo renderer and posters showing: the ratios count, the times belong to the machine.

The argument is how often each is measured (5).
"""
import glob
import os
import shutil
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'e2e'))

import history  # noqa: E402
import services  # noqa: E402
import session  # noqa: E402

SIZES = (10, 10_000, 100_000)
RUNS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
VIDEOS = 40
FRAME = 16.7


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def make_home(s, database, count, videos):
    """A home with a history of `count` jobs."""
    home = os.path.join(s.folder, f'home-{count}')
    shutil.copytree(os.environ['XDG_DATA_HOME'], home)
    copy = os.path.join(home, os.path.relpath(database, os.environ['XDG_DATA_HOME']))
    history.fill(copy, count, *videos, per_day=40)
    return home


def measure(s, home):
    environment = {**os.environ, 'XDG_DATA_HOME': home,
                   'REEL_BENCH_START': str(time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000)}
    output = subprocess.run([f'{s.build}/tests/bench/library-window'], env=environment, stdout=subprocess.PIPE, text=True,
                            check=True, timeout=120).stdout
    found = {}
    for line in output.splitlines():
        name, _, value = line.partition('=')
        found.setdefault(name, []).append(float(value))
    return found


def judge(name, value, limit, unit=''):
    print(f'  {name:56} {value:8.2f}{unit:4} at most {limit}{unit}   {"good" if value <= limit else "MISSED"}')


def bench(s):
    os.environ['GSETTINGS_SCHEMA_DIR'] = f'{s.build}/data'
    os.environ['XDG_DATA_DIRS'] = f'{session.TOP}/data:/usr/share'
    app = s.program()
    session.wait(lambda: glob.glob(f'{s.data}/*.db'), what='the database')
    app.quit()
    database, = glob.glob(f'{s.data}/*.db')
    services.make_clip(s)
    clip = os.path.join(s.folder, 'clip.mp4')
    videos = [shutil.copy(clip, os.path.join(s.folder, f'clip-{number}.mp4')) for number in range(VIDEOS)]
    homes = {count: make_home(s, database, count, videos) for count in SIZES}

    found = {count: {} for count in SIZES}
    for number in range(RUNS + 1):
        for count, home in homes.items():
            for name, values in measure(s, home).items():
                if number > 0:  # the first warms the caches
                    found[count].setdefault(name, []).extend(values)

    print(f'{RUNS} runs in turn; medians of the start and of the memory, all keys and frames')
    for count in SIZES:
        mine = found[count]
        frames, intervals, keys = mine['frame_ms'], mine['interval_ms'], mine['key_ms']
        print(f'  {count:7,} jobs: first row {statistics.median(mine["first_row_ms"]):.0f} ms, '
              f'memory {statistics.median(mine["rss_kib"]) / 1024:.0f} MiB, '
              f'key {percentile(keys, 0.5):.0f} / {percentile(keys, 0.95):.0f} ms (50 / 95 %), '
              f'frame {percentile(frames, 0.5):.1f} / {percentile(frames, 0.95):.1f} / {max(frames):.1f} ms (50 / 95 / 100 %), '
              f'interval {percentile(intervals, 0.5):.1f} / {percentile(intervals, 0.95):.1f} ms')
    few, many = found[SIZES[0]], found[SIZES[-1]]
    judge('first row at 100,000 jobs / at 10', statistics.median(many['first_row_ms']) / statistics.median(few['first_row_ms']),
          1.25)
    judge('a key at 100,000 jobs, 95 %', percentile(many['key_ms'], 0.95), 120, ' ms')
    judge('the work of a frame at 100,000 jobs, 95 %', percentile(many['frame_ms'], 0.95), FRAME, ' ms')
    judge('memory at 100,000 jobs over that at 10',
          (statistics.median(many['rss_kib']) - statistics.median(few['rss_kib'])) / 1024, 30, ' MiB')
    return 0


session.inside(bench, sys.argv[1])
