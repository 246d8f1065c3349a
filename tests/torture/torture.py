"""Torture: a service that breaks in every way and a program that is killed at any moment, and then what must hold.

    torture.py [--test] [--seed SEED] PROGRAM ROUNDS

In each round the service misbehaves by the dice of the seed, jobs are submitted and cancelled, and the program is killed and
started again. Now and then the faults rest until everything has come to its end; then everything is checked. What went wrong
is kept in _build/torture/SEED. As a test (--test) the seed is always the same; how the processes meet never is.
"""
import argparse
import os
import random
import shutil
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'support'))

from tap import Tap  # noqa: E402

from client import Client  # noqa: E402
from service import Faults, Service  # noqa: E402
from verdict import Verdict, read_rows  # noqa: E402

# How long a round is, and how long everything may take to come to its end once the faults rest, in seconds.
ROUND, REST = 0.6, 60

# The faults rest after so many rounds.
ROUNDS_TO_REST = 25

# More than any machine takes for a round, in seconds: where all of them take longer, something hangs.
LONGEST_ROUND = 5

PROMPTS = ('A paper boat crosses a puddle at dawn', '../../etc/passwd', 'Con thuyền giấy ⛵ قارب',
           '%s %n {"prompt": 1} \\u0000', 'x' * 300, '.', '\u202e4pm.exe', 'CON aux/nul:')

PROBLEMS = 'the program and its requests are in order'
ENDS = 'everything comes to its end'


class Torture:
    def __init__(self, program, seed, folder):
        self.seed = seed
        self.folder = folder
        self.dice = random.Random(f'{seed} rounds')
        key = f'sd2_live_{random.Random(f"{seed} key").randrange(16 ** 24):024x}'
        home = os.path.join(folder, 'home')
        os.mkdir(home)
        self.service = Service(seed, key)
        self.client = Client(program, home, self.service.url, key, self.service.complain)
        self.verdict = Verdict(self.service, self.client)
        self.late = []  # what did not come to its end
        self.n_jobs = 0

    def intensity(self):
        return self.dice.choice([0, 0.2, 0.5, 0.9])

    def plan(self, number):
        """What happens in a round: (time, what to do), in order."""
        dice = self.dice
        events = []
        for _ in range(dice.randint(1, 6)):
            self.n_jobs += 1
            key = f'{number}-{self.n_jobs}'
            events.append((dice.uniform(0, ROUND * 0.8), lambda key=key: self.client.submit(key, dice.choice(PROMPTS))))
        for _ in range(dice.choice([0, 0, 1, 2])):
            events.append((dice.uniform(0, ROUND), self.cancel_one))
        for _ in range(dice.choice([0, 1, 2])):
            events.append((dice.uniform(0, ROUND), self.send_one))
        for _ in range(dice.choice([0, 1, 1, 2])):
            events.append((dice.uniform(0, ROUND), self.client.kill))
        if dice.random() < 0.1:
            events.append((dice.uniform(0, ROUND), self.client.quit))
        if dice.random() < 0.15:
            at = dice.uniform(0, ROUND)
            events += [(at, self.service.listener.close), (at + dice.uniform(0.02, 0.3), self.service.listener.open)]
        return sorted(events, key=lambda event: event[0])

    def cancel_one(self):
        running = [job_id for job_id, state in list(self.client.running.items()) if state in ('waiting', 'generating')]
        if running:
            self.client.tell(f'cancel {self.dice.choice(running)}')

    def send_one(self):
        held = sorted(self.client.held)
        if held:
            self.client.send(self.dice.choice(held))

    def round(self, number):
        self.service.note(f'round {number}')
        self.service.kill = self.client.kill
        self.service.faults = Faults(post=self.intensity() / 2, state=self.intensity(), file=self.intensity(),
                                     kill=self.dice.choice([0, 0, 0.1, 0.4]))
        begin = time.monotonic()
        for at, act in [*self.plan(number), (ROUND, lambda: None)]:
            while True:
                self.keep_alive()
                left = begin + at - time.monotonic()
                if left <= 0:
                    break
                time.sleep(min(left, 0.01))
            act()

    def keep_alive(self):
        if not self.client.is_alive():
            self.service.note('start')
            self.client.start()

    def settle(self):
        for job_id, state in self.client.wait_settled(REST).items():
            key = self.client.ids.get(job_id, '')
            self.late.append(f'{key} {job_id} is still {state} after {REST} seconds without a fault')

    def rest(self):
        """Lets everything come to its end, does what a person would do about videos that could not be saved, and checks."""
        self.service.note('rest')
        self.service.faults = Faults()
        self.service.kill = lambda: None
        # Whoever was about to kill it has done so by now.
        self.client.quit()
        self.client.start()
        self.settle()
        self.client.quit()
        unsaved = {row['id'] for row in read_rows(self.client.folder) if row['file_state'] == 'failed'}
        # A new run: a key that was refused once counts as refused for the rest of one.
        self.client.start()
        self.client.wait(REST, self.client.started.is_set)
        for job_id in unsaved:
            self.client.tell(f'retry {job_id}')
        self.client.wait(REST, lambda: unsaved <= self.client.heard)
        self.settle()
        self.client.quit()

        return {**self.verdict.check(), PROBLEMS: list(self.service.problems), ENDS: list(self.late)}

    def run(self, rounds, report):
        """Returns the problems, by what they break."""
        begin = time.monotonic()
        self.client.start()
        for number in range(1, rounds + 1):
            self.round(number)
            if number % ROUNDS_TO_REST == 0 or number == rounds:
                problems = self.rest()
                seconds = time.monotonic() - begin
                report(f'round {number} of {rounds}: {number / seconds:.2f} rounds a second; {self.summary()}')
                if any(problems.values()):
                    break
                if number != rounds:
                    self.client.start()
            if time.monotonic() - begin > 60 + rounds * LONGEST_ROUND:
                self.late.append(f'{rounds} rounds took longer than {LONGEST_ROUND} seconds each')
                return {ENDS: self.late}
        return problems

    def summary(self):
        rows = read_rows(self.client.folder)
        unknown = sum(row['submission'] == 'unknown' for row in rows)
        saved = sum(row['file_state'] == 'saved' for row in rows)
        return (f'{self.n_jobs} clicks, {len(self.service.posts)} POSTs, {len(self.service.jobs)} accepted, '
                f'{unknown} unknown, {saved} saved, {len(self.client.killed)} kills')

    def stop(self):
        self.client.kill()
        self.client.process.wait()
        self.service.stop()

    def keep(self, folder):
        """Keeps the evidence."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns('*.mp4'))
        with open(os.path.join(folder, 'service.log'), 'w', encoding='utf-8') as file:
            file.write('\n'.join(self.service.log) + '\n')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--test', action='store_true')
    parser.add_argument('--seed')
    parser.add_argument('program')
    parser.add_argument('rounds', type=int)
    arguments = parser.parse_args()
    if arguments.seed is None:
        arguments.seed = '1' if arguments.test else str(random.SystemRandom().randrange(10 ** 9))
    print(f'# seed {arguments.seed}', flush=True)

    with tempfile.TemporaryDirectory(prefix='seedreel-torture-') as folder:
        torture = Torture(os.path.abspath(arguments.program), arguments.seed, folder)
        kept = os.path.join('_build', 'torture', arguments.seed)
        problems = {'the driver': ['it failed']}
        try:
            problems = torture.run(arguments.rounds, lambda text: print(f'# {text}', flush=True))
        finally:
            torture.stop()
            if any(problems.values()):
                torture.keep(kept)

    tap = Tap()
    for name, found in problems.items():
        tap.case(name, [*found[:20], f'seed {arguments.seed}; the history and the logs are in {kept}'] if found else [])
    tap.finish()


main()
