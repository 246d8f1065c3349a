"""Builds the Flatpak, checks it, bundles it, installs it both ways and drives it in its sandbox.

`./dev flatpak` runs it in a root that has the tools. The runtime of the manifest comes from the network of Flathub, which
a test cannot count on: a stand-in of the same parts is made from the Debian trees, once, and takes its place. Only the
manifest's runtime, its version and the SDK are swapped. The last line is `N passed, N failed`.
"""
import contextlib
import fcntl
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), '..'))
ID = 'io.github.seedreel.Seedreel'
MANIFEST = os.path.join(TOP, 'flatpak', f'{ID}.json')
STAND_IN = 'io.github.seedreel.StandIn'

# The root is the tree of the SDK; that of the platform, which has nothing to build with, lies beside it.
PLATFORM_TREE = '/platform'
CACHE = '/cache/flatpak'
COMPLETE = 'complete'  # what a stand-in has that was made to its end
PLACE = os.path.join(TOP, '_build', 'flatpak')
BUILD, REPO, BUNDLE = (os.path.join(PLACE, name) for name in ('build', 'repo', 'seedreel.flatpak'))

# What a machine has for itself, and no runtime has.
OF_THE_MACHINE = {'passwd', 'group', 'shadow', 'gshadow', 'passwd-', 'group-', 'shadow-', 'gshadow-', 'machine-id',
                  'resolv.conf', 'hostname', 'hosts', 'mtab', 'apt', '.pwd.lock'}


def run(*command, quiet=True, **options):
    """Runs a command; what it says is shown where it fails, or as it comes."""
    result = subprocess.run(command, text=True, stdout=subprocess.PIPE if quiet else None,
                            stderr=subprocess.STDOUT if quiet else None, **options)
    if result.returncode:
        raise RuntimeError(f'{" ".join(command)}: status {result.returncode}\n{result.stdout or ""}')
    return (result.stdout or '').strip()


def flatpak(*arguments):
    return run('flatpak', '--user', *arguments)


def size_of(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return int(run('du', '--summarize', '--bytes', path).split()[0])


def megabytes(path):
    return f'{size_of(path) / 1e6:.2f} MB'


class Report:
    """Counts what passed and what failed. A failure ends the run: what follows stands on it."""

    def __init__(self):
        self.passed = self.failed = 0
        self.begin = time.monotonic()

    @contextlib.contextmanager
    def step(self, name):
        begin = time.monotonic()
        try:
            yield
        except Exception as error:
            print(f'not ok {name}\n{error}', flush=True)
            self.failed += 1
            self.finish()
        self.passed += 1
        print(f'ok {name} ({time.monotonic() - begin:.1f} s)', flush=True)

    def finish(self):
        print(f'{time.monotonic() - self.begin:.0f} s\n{self.passed} passed, {self.failed} failed', flush=True)
        sys.exit(1 if self.failed else 0)


# --- the stand-in ----------------------------------------------------------------------------------


def stand_in_folder():
    """Where the stand-in of these two trees is kept."""
    trees = hashlib.sha256()
    for path in (f'{PLATFORM_TREE}/var/lib/dpkg/status', '/var/lib/dpkg/status'):
        with open(path, 'rb') as file:
            trees.update(file.read())
    return os.path.join(CACHE, trees.hexdigest()[:12])


def export_runtime(tree, kind, repo, arch):
    """Puts the /usr and /etc of a tree into a repository, as the runtime of a kind."""
    stage = os.path.join(CACHE, 'stage')
    shutil.rmtree(stage, ignore_errors=True)
    os.makedirs(f'{stage}/files')
    os.makedirs(f'{stage}/var')
    run('cp', '--archive', '--one-file-system', os.path.join(tree, 'usr'), f'{stage}/usr')
    os.mkdir(f'{stage}/usr/etc')
    for name in set(os.listdir(os.path.join(tree, 'etc'))) - OF_THE_MACHINE:
        run('cp', '--archive', os.path.join(tree, 'etc', name), f'{stage}/usr/etc/{name}')
    plugins, = glob.glob(f'{stage}/usr/lib/*/gstreamer-1.0')
    with open(f'{stage}/metadata', 'w') as file:
        file.write(f'''[Runtime]
name={STAND_IN}.{kind}
runtime={STAND_IN}.Platform/{arch}/1
sdk={STAND_IN}.Sdk/{arch}/1

[Environment]
GST_PLUGIN_SYSTEM_PATH=/app/lib/gstreamer-1.0:{plugins.removeprefix(stage)}
XDG_DATA_DIRS=/app/share:/usr/share:/usr/share/runtime/share:/run/host/user-share:/run/host/share
''')
    run('flatpak', 'build-export', '--runtime', '--disable-fsync', '--no-update-summary', repo, stage, '1')
    shutil.rmtree(stage)


def make_stand_in(folder):
    """Makes the two runtimes and installs them, in a flatpak installation of their own."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    arch = run('flatpak', '--default-arch')
    repo = os.path.join(folder, 'repo')
    run('ostree', f'--repo={repo}', 'init', '--mode=bare-user-only')
    export_runtime(PLATFORM_TREE, 'Platform', repo, arch)
    export_runtime('/', 'Sdk', repo, arch)
    run('flatpak', 'build-update-repo', repo)
    flatpak('remote-add', '--no-gpg-verify', 'stand-in', repo)
    flatpak('install', '-y', '--noninteractive', 'stand-in', f'{STAND_IN}.Platform', f'{STAND_IN}.Sdk')
    with open(os.path.join(folder, COMPLETE), 'w'):
        pass


# --- the application -------------------------------------------------------------------------------


def write_manifest():
    """The manifest with the stand-in for its runtime, and nothing else changed."""
    with open(MANIFEST) as file:
        manifest = json.load(file)
    manifest.update({'runtime': f'{STAND_IN}.Platform', 'runtime-version': '1', 'sdk': f'{STAND_IN}.Sdk'})
    source, = manifest['modules'][-1]['sources']
    source['path'] = TOP
    path = os.path.join(PLACE, f'{ID}.json')
    with open(path, 'w') as file:
        json.dump(manifest, file, indent=4)
    return path


def build():
    run('dbus-run-session', '--', 'flatpak-builder', '--user', '--force-clean', '--disable-updates', '--disable-download',
        '--ccache', f'--state-dir={PLACE}/state', f'--repo={REPO}', BUILD, write_manifest(), quiet=False)


def check_installed_files():
    """The validators of the desktop over what the build installed."""
    share = os.path.join(BUILD, 'files', 'share')
    run('desktop-file-validate', f'{share}/applications/{ID}.desktop')
    run('appstreamcli', 'validate', '--strict', '--no-net', '--explain', f'{share}/metainfo/{ID}.metainfo.xml')
    run('glib-compile-schemas', '--strict', '--dry-run', f'{share}/glib-2.0/schemas')


def check_metadata():
    """The sandbox has the holes that the manifest names, and only files under the application's own name leave it."""
    with open(MANIFEST) as file:
        wanted = sorted(argument.removeprefix('--').split('=')[1] for argument in json.load(file)['finish-args'])
    with open(os.path.join(BUILD, 'metadata')) as file:
        metadata = file.read()
    context = re.search(r'\[Context\]\n(.*?)(\n\[|$)', metadata, re.DOTALL)[1]
    found = sorted(value for values in re.findall(r'=(.*)', context) for value in values.split(';') if value)
    # The fallback to X11 is written as two sockets.
    if sorted(set(found) - {'x11'}) != wanted or '[Session Bus Policy]' in metadata or 'filesystems=' in metadata:
        raise RuntimeError(f'{wanted} was asked for:\n{metadata}')
    exported = [name for _, _, names in os.walk(os.path.join(BUILD, 'export')) for name in names]
    strangers = [name for name in exported if not name.startswith(ID)]
    missing = {f'{ID}.{kind}' for kind in ('desktop', 'service', 'search-provider.ini', 'metainfo.xml', 'svg')} - set(exported)
    if strangers or missing:
        raise RuntimeError(f'exported: {exported}')


def install(*arguments):
    """Installs the application afresh."""
    if ID in flatpak('list', '--app', '--columns=application').split():
        flatpak('uninstall', '-y', '--noninteractive', ID)
    flatpak('install', '-y', '--noninteractive', *arguments)
    flatpak('info', ID)


def install_repository():
    if 'seedreel' in flatpak('remotes', '--columns=name').split():
        flatpak('remote-delete', '--force', 'seedreel')
    flatpak('remote-add', '--no-gpg-verify', 'seedreel', REPO)
    install('seedreel', ID)


def drive(report):
    """What a person does, in the sandbox; each step counts."""
    test = subprocess.Popen([sys.executable, os.path.join(TOP, 'tests', 'e2e', 'test_flatpak.py'), BUILD],
                            stdout=subprocess.PIPE, text=True)
    for line in test.stdout:
        print(line, end='', flush=True)
        report.passed += line.startswith('ok ')
        report.failed += line.startswith('not ok ')
    if test.wait() and not report.failed:
        report.failed += 1


def make(report):
    """From the manifest to an installed application."""
    with report.step('the rules of the manifest'):
        run(sys.executable, os.path.join(TOP, 'tests', 'lint', 'test_flatpak.py'))
    shutil.rmtree(REPO, ignore_errors=True)
    with report.step('the build, with its tests inside'):
        build()
    with report.step('desktop file, metainfo and settings schema'):
        check_installed_files()
    with report.step('permissions and exported files'):
        check_metadata()
    with report.step('the bundle'):
        run('flatpak', 'build-bundle', REPO, BUNDLE, ID)
    with report.step('an installation from a folder that is a repository'):
        install_repository()
    with report.step('an installation of the bundle'):
        install('--bundle', BUNDLE)
    location = flatpak('info', '--show-location', ID)
    print(f'bundle {megabytes(BUNDLE)}, installed {megabytes(os.path.join(location, "files"))}: {BUNDLE}', flush=True)


def main():
    report = Report()
    os.makedirs(CACHE, exist_ok=True)
    os.makedirs(PLACE, exist_ok=True)
    with open(os.path.join(CACHE, 'lock'), 'w') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stand_in = stand_in_folder()
        os.environ['FLATPAK_USER_DIR'] = os.path.join(stand_in, 'installation')
        if not os.path.exists(os.path.join(stand_in, COMPLETE)):
            with report.step('the stand-in for the runtime'):
                make_stand_in(stand_in)
        if sys.argv[1:] != ['drive']:
            make(report)
        drive(report)
    report.finish()


main()
