"""The iterations of the main loop over 50 ms while Seedreel works. The goal is none.

stall-meter.c is preloaded and tells each long iteration, with the processor time that the main thread spent in it: where
that is far below its length, the machine was busy with something else. The service is a small one in this process with a
video of 1080p, so that no rendering competes for the processors.

With --stacks it also prints where the main thread was.
"""
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'e2e'))

import services  # noqa: E402
import session  # noqa: E402
from services import Answer  # noqa: E402

LIMIT = 50
DOWNLOADS = 10


def read(log):
    """The stalls of the log: (begin in seconds, length in ms, processor time in ms, stack)."""
    found, stack = [], []
    if not os.path.exists(log):
        return found
    with open(log, encoding='utf-8', errors='replace') as file:
        for line in file:
            parts = line.split()
            if line.startswith('# stack'):
                stack = []
            elif len(parts) == 3 and parts[0][0].isdigit():
                found.append((*map(float, parts), stack))
                stack = []
            else:
                stack.append(line.rstrip())
    return found


def bench(s):
    log = os.path.join(s.folder, 'stalls.log')
    service = services.Service(s)
    service.files['/file.mp4'] = services.make_clip(s, seconds=15, size='1920x1080')
    app = s.program(environment={**service.environment, 'REEL_STALLS_LOG': log, 'REEL_STALLS_LIMIT': str(LIMIT)},
                    preload=[f'{s.build}/tests/bench/libreel-stall-meter.so'])
    phases = []

    def phase(name):
        phases.append((time.monotonic(), name))

    phases.append((0, 'start'))
    app.price_becomes('$0.50')
    phase('submit')
    prompts = [f'Take {number} of a long day' for number in range(DOWNLOADS)]
    for prompt in prompts:
        app.generate(prompt)
    phase('poll')
    for prompt in prompts:
        app.becomes(prompt, 'Generating')
    asked = len(service.requests)
    session.wait(lambda: len(service.requests) > asked + DOWNLOADS, 60, 'two rounds of polling')
    phase(f'{DOWNLOADS} downloads')
    service.state = service.succeeded
    for prompt in prompts:
        app.becomes(prompt, 'Ready', seconds=120)
    for number in (0, 5, 9):
        phase('player start')
        app.open(prompts[number])
        app.plays()
    phase('end')
    app.quit()

    stalls = read(log)
    print(f'main-loop iterations over {LIMIT} ms (goal: none)')
    names = list(dict.fromkeys(name for _, name in phases))
    for name in names:
        mine = [stall for stall in stalls if [n for begin, n in phases if begin <= stall[0]][-1] == name]
        lengths = ', '.join(f'{length:.0f} ms ({processor:.0f} ms of it working)' for _, length, processor, _ in mine)
        print(f'  {name:14} {len(mine):3}   {lengths}')
        if '--stacks' in sys.argv:
            for _, length, _, stack in mine:
                print(f'    {length:.0f} ms:', *stack, sep='\n      ')
    after_start = [stall for stall in stalls if stall[0] >= phases[1][0]]
    print(f'after the start: {len(after_start)}, the longest {max((stall[1] for stall in after_start), default=0):.0f} ms')
    return 0


session.inside(bench, sys.argv[1])
