"""`./dev bench NAME [ARGUMENT…]`: runs tests/bench/bench_NAME.py on the release build."""
import glob
import os
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
names = sorted(os.path.basename(path)[len('bench_'):-len('.py')] for path in glob.glob(f'{here}/bench_*.py'))

if len(sys.argv) < 2 or sys.argv[1] not in names:
    sys.exit(f'./dev bench NAME, where NAME is one of: {" ".join(names)}')
sys.exit(subprocess.run([sys.executable, f'{here}/bench_{sys.argv[1]}.py', '_build/release', *sys.argv[2:]]).returncode)
