"""Runs the fuzzers: run_fuzz.py [--test] BUILD SECONDS [NAME…]

Each one replays its inputs in corpus/NAME and then looks for new ones for so many seconds. A finding is kept below
BUILD/findings; running the fuzzer with its path as the only argument shows it again.

What is learnt is kept in BUILD/corpus, for the next run. As a test (--test) it begins from corpus/NAME alone and always in
the same way.
"""
import argparse
import concurrent.futures
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.relpath(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(HERE, '..', 'support'))

from tap import Tap  # noqa: E402

AT_ONCE = 2

# Longer inputs say nothing new: what is cut is cut by then.
MOST_BYTES = 16384

# One input must not take longer, in seconds, nor all of them more memory, in MiB.
SLOWEST, MOST_MEMORY = 10, 1024

# The names of functions in reports come from binutils: the symbolizer of LLVM is a package of 100 MB.
SYMBOLIZER = f'external_symbolizer_path={shutil.which("addr2line") or ""}'


class Fuzzer:
    def __init__(self, build, name):
        self.name = name
        self.program = os.path.join(build, 'tests', 'fuzz', f'fuzz-{name}')
        self.seeds = os.path.join(HERE, 'corpus', name)
        self.learnt = os.path.join(build, 'corpus', name)
        self.findings = os.path.join(build, 'findings', f'{name}-')

    def run(self, *arguments, seconds):
        """Raises with the end of what it says and the paths of new findings."""
        if not os.path.exists(self.program):
            raise RuntimeError(f'{self.program} is not built: ./dev fuzz builds it')
        os.makedirs(os.path.dirname(self.findings), exist_ok=True)
        before = set(glob.glob(self.findings + '*'))
        result = subprocess.run(
            [self.program, f'-artifact_prefix={self.findings}', f'-timeout={SLOWEST}', f'-rss_limit_mb={MOST_MEMORY}',
             f'-max_len={MOST_BYTES}', '-print_final_stats=1', *arguments],
            capture_output=True, text=True, errors='replace', timeout=seconds + 2 * SLOWEST,
            env={**os.environ, 'ASAN_OPTIONS': f'strict_string_checks=1:detect_stack_use_after_return=0:{SYMBOLIZER}',
                 'UBSAN_OPTIONS': f'halt_on_error=1:print_stacktrace=1:{SYMBOLIZER}'})
        found = sorted(set(glob.glob(self.findings + '*')) - before)
        if result.returncode or found:
            # An input that was there already is not written again: it is the last one that did not end.
            found = found or re.findall(r'^Running: (.*)$', result.stderr, re.MULTILINE)[-1:]
            raise RuntimeError('\n'.join([*self.report(result.stderr), f'{self.name}: a finding (exit status '
                                          f'{result.returncode}): {" ".join(found) or "no input was written"}']))
        return result.stderr

    @staticmethod
    def report(said):
        """What a fuzzer says of its finding, without what it said before."""
        noise = re.compile(r'INFO:|#|Running|Executed|stat::|\s+(NEW|REDUCE)')
        return [line for line in said.splitlines() if not noise.match(line)][-50:]

    def replay(self):
        inputs = sorted(os.path.join(self.seeds, name) for name in os.listdir(self.seeds))
        if not inputs:
            raise RuntimeError(f'{self.seeds} is empty')
        self.run(*inputs, seconds=30)

    def explore(self, seconds, repeatable):
        """Returns how many inputs were tried."""
        with tempfile.TemporaryDirectory() as scratch:
            learnt = scratch if repeatable else self.learnt
            os.makedirs(learnt, exist_ok=True)
            said = self.run(f'-max_total_time={seconds}', f'-seed={1 if repeatable else 0}',
                            f'-dict={os.path.join(HERE, "words.dict")}', learnt, self.seeds, seconds=seconds)
        return next((int(line.split()[1]) for line in said.splitlines() if 'number_of_executed_units' in line), 0)


def check(tap, fuzzer, seconds):
    tap.run(f'{fuzzer.name}: the inputs of the corpus', fuzzer.replay)

    def explore():
        if not fuzzer.explore(seconds, repeatable=True):
            raise RuntimeError('nothing was tried')
    tap.run(f'{fuzzer.name}: {seconds} seconds of new ones', explore)


def hunt(fuzzer, seconds):
    try:
        fuzzer.replay()
        return f'{fuzzer.name}: {fuzzer.explore(seconds, repeatable=False)} inputs', True
    except Exception as error:
        return str(error), False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--test', action='store_true')
    parser.add_argument('build')
    parser.add_argument('seconds', type=int)
    parser.add_argument('names', nargs='*')
    arguments = parser.parse_args()
    build = os.path.relpath(arguments.build)
    names = arguments.names or sorted(os.listdir(os.path.join(HERE, 'corpus')))
    fuzzers = [Fuzzer(build, name) for name in names]

    if arguments.test:
        tap = Tap()
        for fuzzer in fuzzers:
            check(tap, fuzzer, arguments.seconds)
        tap.finish()

    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(lambda fuzzer: hunt(fuzzer, arguments.seconds), fuzzers))
    for text, _ in results:
        print(text)
    sys.exit(0 if all(good for _, good in results) else 1)


main()
