# Runs the Meson suites (all but the views, or the named ones) on the sanitized build and ends with `N passed, N failed`.
# Each case of a GLib test program counts as one test.
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

build = '_build/sanitize'
suites = [argument for name in sys.argv[1:] for argument in ('--suite', name)] or ['--no-suite', 'views']
status = subprocess.run(['meson', 'test', '-C', build, '--no-rebuild', '--print-errorlogs', '--timeout-multiplier', '2',
                         *suites]).returncode
passed = failed = 0
for case in ElementTree.parse(f'{build}/meson-logs/testlog.junit.xml').iter('testcase'):
    if case.find('failure') is not None or case.find('error') is not None:
        failed += 1
    elif case.find('skipped') is None:
        passed += 1
if status and not failed:
    failed = 1
print(f'{passed} passed, {failed} failed')
sys.exit(1 if failed or not passed else 0)
