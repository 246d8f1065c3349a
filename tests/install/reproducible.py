"""Two builds of the same sources, at two places, in two languages and time zones, install the same bytes; and what is in
its prefix works there."""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..'))
LEFT_OUT = shutil.ignore_patterns('_build', '.git', '__pycache__')
SURROUNDINGS = ({'TZ': 'UTC', 'LC_ALL': 'C.UTF-8'}, {'TZ': 'Asia/Ho_Chi_Minh', 'LC_ALL': 'vi_VN.UTF-8'})


def run(*command, **environment):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            env={**os.environ, **environment})
    if result.returncode:
        sys.exit(f'{" ".join(command)}:\n{result.stdout}')
    return result.stdout


def install(place, prefix, environment):
    """Builds a copy of the sources at a place, what is installed alone, and installs it."""
    shutil.copytree(TOP, place, ignore=LEFT_OUT)
    build = os.path.join(place, 'build')
    run('meson', 'setup', build, place, f'--prefix={prefix}', '--buildtype=debugoptimized',
        f'-Dc_args=-ffile-prefix-map={place}=.', **environment)
    with open(f'{build}/meson-info/intro-targets.json', encoding='utf-8') as file:
        targets = [os.path.relpath(path, build) for target in json.load(file) if target['installed']
                   for path in target['filename']]
    run('ninja', '-C', build, *targets, **environment)
    run('meson', 'install', '-C', build, '--no-rebuild', '--strip', **environment)


def hashes(folder):
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            with open(path, 'rb') as file:
                found[os.path.relpath(path, folder)] = hashlib.sha256(file.read()).hexdigest()
    return found


def check_prefix(prefix):
    """What was installed finds its own files."""
    if not os.path.exists(f'{prefix}/share/glib-2.0/schemas/gschemas.compiled'):
        sys.exit('the settings schema was not compiled')
    said = run(f'{prefix}/bin/seedreel-sandbox', '--help', LC_ALL='vi_VN.UTF-8', LANGUAGE='vi')
    if 'Mô phỏng' not in said:
        sys.exit(f'not in Vietnamese:\n{said}')


def main():
    with tempfile.TemporaryDirectory() as folder:
        prefix, found = os.path.join(folder, 'prefix'), []
        for place, environment in zip(('one', 'another/deeper'), SURROUNDINGS):
            print(f'building at {place}', flush=True)
            shutil.rmtree(prefix, ignore_errors=True)
            os.makedirs(os.path.dirname(os.path.join(folder, place)), exist_ok=True)
            install(os.path.join(folder, place), prefix, environment)
            check_prefix(prefix)
            found.append(hashes(prefix))
    one, another = found
    differing = sorted(path for path in one.keys() | another.keys() if one.get(path) != another.get(path))
    print(f'{len(one)} files, {len(differing)} differ', *differing, sep='\n')
    sys.exit(1 if differing else 0)


main()
