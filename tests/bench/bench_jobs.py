"""What a thousand running jobs cost: requests a minute, processor, memory, and the time of a submission among them.

`./dev bench jobs [SECONDS [JOBS]]`: 60 seconds and 1,000 jobs. The engine runs alone, without a window, as a process of
its own (engine-jobs.c); the service is in this process. Each number of jobs is measured in the same run: what counts is
the difference between none and many, and that the processor time does not grow with their number.
"""
import contextlib
import os
import subprocess
import sys
import tempfile
import types

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'e2e'))

import services  # noqa: E402

BUDGET = 60


def measure(build, jobs, seconds):
    """The status requests, and what engine-jobs.c prints."""
    with contextlib.ExitStack() as exits, tempfile.TemporaryDirectory() as folder:
        service = services.Service(types.SimpleNamespace(exits=exits))
        program = subprocess.Popen([f'{build}/tests/bench/engine-jobs', folder, service.url, service.key, str(jobs),
                                    str(seconds)], stdout=subprocess.PIPE, text=True,
                                   env={**os.environ, 'GSETTINGS_BACKEND': 'memory', 'GIO_USE_VFS': 'local'})
        counts = []
        for _ in ('begin', 'end'):
            program.stdout.readline()
            counts.append(sum(method == 'GET' and '/generations/' in path for method, path, *_ in service.requests))
        values = list(map(float, program.stdout.readline().split()))
        program.wait()
        return counts[1] - counts[0], *values


def main(build, seconds=60, jobs=1000):
    seconds, jobs = int(seconds), int(jobs)
    # A tenth of the budget may go at once, the rest one after the other.
    allowed = BUDGET // 10 + (BUDGET - BUDGET // 10) * seconds / 60
    found = {number: measure(build, number, seconds) for number in (0, jobs // 10, jobs)}
    print(f'the engine for {seconds} s, {BUDGET} requests a minute')
    for number, (requests, processor, call, accepted, memory) in found.items():
        print(f'  {number:5} running jobs: {requests:3} status requests; {100 * processor / seconds:.2f} % of a core; '
              f'a submission {call / 1000:.2f} ms of the main thread, accepted after {accepted:.0f} ms; '
              f'{memory / 1024:.1f} MiB')
    none, few, many = (found[number] for number in (0, jobs // 10, jobs))
    print(f'status requests     {many[0]:.0f} (goal: at most {allowed:.0f})')
    print(f'processor           {100 * many[1] / seconds:.2f} % of a core (goal: under 5 %), '
          f'{many[1] / few[1]:.2f} of what a tenth of the jobs cost (goal: not their number)')
    print(f'memory a job        {(many[4] - none[4]) / jobs:.2f} KiB (goal: under 10 KiB)')
    print(f'submission          {many[2] / 1000:.2f} ms of the main thread, accepted after {many[3]:.0f} ms; '
          f'without the others {none[3]:.0f} ms (goal: as without them)')


main(*sys.argv[1:])
