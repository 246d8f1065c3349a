"""The guard of the main thread catches each deliberate violation there, and none on another thread.

Arguments: the guard's library, the program that does the forbidden things.
"""
import os
import re
import subprocess
import sys
import tempfile

from tap import Tap

FORBIDDEN = {'sqlite': 'sqlite3_open', 'open': 'open', 'gio': 'open', 'hash': 'g_compute_checksum_for_string',
             'pad': 'gst_pad_push', 'pipeline': 'gst_element_get_state'}


def run(guard, program, what, where, folder):
    listed = subprocess.run(['ldd', program], capture_output=True, text=True).stdout
    # A sanitized program wants its sanitizer before all others.
    preload = re.findall(r'=> (\S*libasan\S*)', listed) + [guard]
    return subprocess.run([program, what, where], capture_output=True, text=True, errors='replace',
                          env={**os.environ, 'LD_PRELOAD': ' '.join(preload), 'REEL_GUARD_PATHS': folder,
                               'ASAN_OPTIONS': 'detect_leaks=0:handle_abort=0', 'HOME': os.path.dirname(folder)})


def main():
    guard, program = map(os.path.abspath, sys.argv[1:3])
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        # Beside the guarded folder, as a home is: GStreamer keeps its registry there.
        folder = os.path.join(folder, 'guarded')
        os.mkdir(folder)
        with open(os.path.join(folder, 'file'), 'w') as file:
            file.write('text')
        for what, expected in {**FORBIDDEN, 'other': None}.items():
            result = run(guard, program, what, 'main', folder)
            caught = re.findall(r'^main thread: (\w+)', result.stderr, re.MULTILINE)
            if expected is None:
                tap.case(f'{what}: left alone', [] if result.returncode == 0 and not caught else [result.stderr])
            else:
                good = result.returncode == -6 and caught and caught[0].startswith(expected)
                tap.case(f'{what}: caught', [] if good else [f'status {result.returncode}', result.stderr])
            result = run(guard, program, what, 'thread', folder)
            tap.case(f'{what}: free on another thread', [] if result.returncode == 0 else [result.stderr])
    tap.finish()


main()
