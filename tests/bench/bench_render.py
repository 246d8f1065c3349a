"""How long the sandbox renders, and with how much memory, against the length of the video.

seedreel-sandbox renders one video after another, each length several times in turn; a measured time is from the
submission to the state "succeeded", over HTTP, with no waiting times of the states. The peak memory is that of a process
that renders videos of one length only. The ratios are what counts: the absolute times belong to the machine. Where the
time is far above half of the processor time, the machine was busy with something else.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

RUNS = 3
CASES = (  # seconds, resolution, goal in seconds
    (5, '720p', 1.5),
    (15, '1080p', 8.0),
)
PATH = '/api/open/v1/video/generations'
KEY = 'sd2_test_bench'


class Sandbox:
    def __init__(self, build):
        self.folder = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [f'{build}/src/sandbox/seedreel-sandbox', '--key', KEY, '--speed', '0', '--state-dir', self.folder.name],
            stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[1]

    def call(self, path, body=None):
        request = urllib.request.Request(self.url + path, json.dumps(body).encode() if body else None,
                                         {'Authorization': f'Bearer {KEY}'})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def render(self, seconds, resolution):
        start = time.monotonic()
        job = self.call(PATH, {'model': 'seedance-2.0', 'prompt': 'A paper boat crosses a rain puddle at dawn',
                               'duration': seconds, 'resolution': resolution})
        while (state := self.call(f'{PATH}/{job["requestId"]}'))['status'] in ('queued', 'processing'):
            time.sleep(0.01)
        assert state['status'] == 'succeeded', state
        return time.monotonic() - start

    def processor_time(self):
        with open(f'/proc/{self.process.pid}/stat') as stat:
            return sum(map(int, stat.read().rpartition(')')[2].split()[11:13])) / os.sysconf('SC_CLK_TCK')

    def peak_memory(self):
        """The largest resident size so far, in MB."""
        with open(f'/proc/{self.process.pid}/status') as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith('VmHWM'))

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()


def measure_times(build):
    sandbox = Sandbox(build)
    sandbox.render(4, '480p')  # loads plugins and fonts
    times = {case: [] for case in CASES}
    for _ in range(RUNS):
        for case in CASES:
            before = sandbox.processor_time()
            times[case].append((sandbox.render(*case[:2]), sandbox.processor_time() - before))
    sandbox.stop()
    return times


def measure_memory(build, seconds, resolution):
    sandbox = Sandbox(build)
    for _ in range(2):
        sandbox.render(seconds, resolution)
    peak = sandbox.peak_memory()
    sandbox.stop()
    return peak


def main(build):
    print(f'rendering on {os.cpu_count()} processors, median of {RUNS} in turn')
    for (seconds, resolution, goal), found in measure_times(build).items():
        walls, processors = zip(*found)
        median = statistics.median(walls)
        print(f'  {seconds:2} s at {resolution:5}  {median:5.2f} s ({min(walls):.2f}-{max(walls):.2f}), '
              f'{median / seconds:.2f} of its length (goal: under {goal} s); '
              f'processor time {statistics.median(processors):.2f} s')
    print('peak memory')
    for resolution in ('720p', '1080p'):
        short, long = (measure_memory(build, seconds, resolution) for seconds in (5, 15))
        print(f'  {resolution:5}  {short:.0f} MB for 5 s, {long:.0f} MB for 15 s, ratio {long / short:.2f} (goal: flat)')


main(sys.argv[1])
