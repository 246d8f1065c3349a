"""A desktop session of its own for one test: display, window manager, bus, folders. Nothing is shared, nothing is left.

A test program calls run(TEST, BUILD). The first process makes the session and starts the same program again inside it;
that one, on the session's bus, calls TEST with a Session.
"""
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..'))
sys.path.insert(0, os.path.join(TOP, 'tests', 'support'))

import stand_in_desktop  # noqa: E402
from tap import Tap  # noqa: E402

INNER = 'SEEDREEL_TEST_SESSION'
ACCESSIBILITY = '/usr/share/dbus-1/services/org.a11y.Bus.service'
SCREEN = '1600x1000x24'


running = []  # the programs that must not end while something is waited for


def wait(condition, seconds=20, what='the condition', every=0.02):
    """The first true value of condition(); objects that went away while it looked count as not yet."""
    from gi.repository import GLib
    end = time.monotonic() + seconds
    while True:
        begin = time.monotonic()
        with contextlib.suppress(GLib.Error, IndexError, AttributeError, StopIteration):
            value = condition()
            if value:
                return value
        for program in running:
            if program.process.poll() is not None:
                raise RuntimeError(f'the program ended with status {program.process.returncode}, waiting for {what}')
        if time.monotonic() > end:
            raise TimeoutError(f'not within {seconds} s: {what}')
        # Looking keeps the program busy too: at most half of the time.
        time.sleep(max(every, time.monotonic() - begin))


def stop(process, seconds=10):
    """Ends a process that we started, and gives its status."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return process.returncode


def desktop_log(folder):
    return os.path.join(folder, 'desktop.log')


def write_bus_config(folder, services):
    """A bus that starts these services alone, given by the paths of their files, and a stand-in for what shows
    notifications: no keyring comes up and asks for a password."""
    place = os.path.join(folder, 'services')
    os.mkdir(place)
    for path in services:
        os.symlink(path, os.path.join(place, os.path.basename(path)))
    stand_in_desktop.write_service_file(place, desktop_log(folder))
    path = os.path.join(folder, 'bus.conf')
    with open(path, 'w') as file:
        file.write(f'''<busconfig>
  <type>session</type>
  <listen>unix:tmpdir={folder}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{place}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
''')
    return path


def own_environment(folder, display, flavour, streams, runtime):
    """What the programs of the session see: nothing of the person who runs the test."""
    home = os.path.join(folder, 'home')
    os.makedirs(f'{home}/config/gtk-4.0')
    os.makedirs(runtime, 0o700, exist_ok=True)
    # What the settings of a GNOME desktop say.
    with open(f'{home}/config/gtk-4.0/settings.ini', 'w') as file:
        file.write('[Settings]\ngtk-font-name=Adwaita Sans 11\ngtk-xft-antialias=1\ngtk-xft-hinting=1\n'
                   'gtk-xft-hintstyle=hintslight\n')
    # A window that is closed ends the program, without a question.
    os.makedirs(f'{home}/config/glib-2.0/settings')
    with open(f'{home}/config/glib-2.0/settings/keyfile', 'w') as file:
        file.write("[io/github/seedreel/Seedreel]\non-close='stop'\n")
    environment = {name: os.environ[name] for name in ('PATH', 'USER', 'PYTHONPATH', 'FLATPAK_USER_DIR') if name in os.environ}
    environment.update({
        'HOME': home,
        'XDG_RUNTIME_DIR': runtime,
        'XDG_DATA_HOME': f'{home}/data',
        'XDG_CONFIG_HOME': f'{home}/config',
        'XDG_CACHE_HOME': f'{home}/cache',
        'XDG_STATE_HOME': f'{home}/state',
        'TMPDIR': folder,
        'DISPLAY': display,
        'LANG': 'en_US.UTF-8',
        'TZ': 'UTC',
        'GDK_BACKEND': 'x11',
        'GSK_RENDERER': 'cairo',
        'GDK_DISABLE': 'gl,vulkan',
        'GIO_USE_VFS': 'local',
        'GSETTINGS_BACKEND': 'keyfile',
        'GST_REGISTRY': f'{TOP}/_build/gst-registry-{flavour}.bin',
        # No sound device: a sink that keeps time takes its place.
        'GST_PLUGIN_FEATURE_RANK': 'fakeaudiosink:max',
        'PYTHONDONTWRITEBYTECODE': '1',
        INNER: ' '.join([folder, *map(str, streams)]),
    })
    return environment


def run(test, build, **options):
    """Runs test(session), whose steps are the program's results, in a session of its own and ends the program. The options
    are those of inside()."""
    def report(session):
        try:
            test(session)
        except StepFailed:
            pass
        except Exception as error:  # a failure between the steps
            session.tap.run('the test itself', session.fail, error)
        session.tap.close()
        return 1 if session.tap.failed else 0

    inside(report, build, **options)


def inside(function, build, services=(), runtime=None, screen=SCREEN):
    """Calls function(session) in a session of its own; the program ends with the status that it gives.

    services: the files of what the bus can start besides; runtime: the folder for sockets, where it has to be a certain one;
    screen: its size.
    """
    if INNER in os.environ:
        folder, output, error = os.environ.pop(INNER).split(' ')
        os.dup2(int(output), 1)
        os.dup2(int(error), 2)
        run_inside(function, build, folder)
    streams = [os.dup(1), os.dup(2)]
    folder = tempfile.mkdtemp(prefix='seedreel-')
    reader, writer = os.pipe()
    with open(os.path.join(folder, 'xvfb.log'), 'w') as log:
        display = subprocess.Popen(['Xvfb', '-displayfd', str(writer), '-screen', '0', screen, '-nolisten', 'tcp',
                                    '-noreset', '-dpi', '96'], pass_fds=[writer], stdout=log, stderr=log)
    os.close(writer)
    try:
        number = os.read(reader, 16).decode().strip()
        if not number:
            raise RuntimeError('Xvfb did not start: ' + open(os.path.join(folder, 'xvfb.log')).read())
        environment = own_environment(folder, f':{number}', os.path.basename(os.path.abspath(build)), streams,
                                      runtime or os.path.join(folder, 'run'))
        # The talk of the bus and its services goes to a file, the test's own to ours.
        with open(os.path.join(folder, 'bus.log'), 'w') as log:
            config = write_bus_config(folder, [ACCESSIBILITY, *services])
            inner = subprocess.Popen(['dbus-run-session', f'--config-file={config}', '--', sys.executable, *sys.argv],
                                     env=environment, stdout=log, stderr=log, pass_fds=streams)
        # A test that Meson ends takes its session with it.
        signal.signal(signal.SIGTERM, lambda *_: inner.terminate())
        status = inner.wait()
    finally:
        stop(display)
        os.close(reader)
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(status)


def run_inside(function, build, folder):
    session = Session(build, folder)
    try:
        status = function(session)
    finally:
        session.end()
    sys.exit(status)


class StepFailed(Exception):
    """A step failed and was reported: those after it have no ground to stand on."""


class Session:
    """The running session: starts programs and services, reports steps, ends what it started."""

    def __init__(self, build, folder):
        self.build = os.path.abspath(build)
        self.folder = folder
        self.name = os.path.splitext(os.path.basename(sys.argv[0]))[0]
        self.tap = Tap()
        self.programs = []
        self.started = []
        self.exits = contextlib.ExitStack()
        # The first key makes the server send a new keyboard map, for which openbox takes its bindings away and back: a
        # close key that falls between would be lost. Here nobody listens yet.
        subprocess.run(['xdotool', 'key', 'Shift_L'], check=True)
        self.window_manager = self.start('openbox', '--sm-disable', log='openbox.log')

    @property
    def data(self):
        return os.path.join(os.environ['XDG_DATA_HOME'], 'seedreel')

    def start(self, *command, log, environment=None):
        """Starts a helper that ends with the session."""
        with open(os.path.join(self.folder, log), 'a') as file:
            process = subprocess.Popen(command, stdout=file, stderr=file, env={**os.environ, **(environment or {})})
        self.started.append(process)
        return process

    def program(self, **options):
        """Starts Seedreel; see program.Program for the options."""
        from seedreel import Seedreel
        return Seedreel(self, **options)

    @contextlib.contextmanager
    def step(self, name):
        """One step of the test, which is one result. A failure ends the test, with all that helps to understand it."""
        begin = time.monotonic()
        try:
            yield
            for program in self.programs:
                program.check_log()
        except Exception as error:
            self.tap.run(name, self.fail, error)
            raise StepFailed from error
        self.tap.case(f'{name} ({time.monotonic() - begin:.1f} s)')

    def fail(self, error):
        """Shows the screen, the accessible tree and the log of the programs, then raises the error again."""
        place = os.path.join(self.build, 'tests', 'e2e')
        os.makedirs(place, exist_ok=True)
        picture = os.path.join(place, f'{self.name}.png')
        subprocess.run(['import', '-window', 'root', picture], check=False)
        print(f'screen: {picture}', file=sys.stderr)
        for program in self.programs:
            print(f'--- log of the program (status {program.process.poll()})', program.log(), sep='\n', file=sys.stderr)
            with contextlib.suppress(Exception):
                print('--- what a screen reader sees', program.tree(), sep='\n', file=sys.stderr)
        with open(os.path.join(self.folder, 'bus.log'), encoding='utf-8', errors='replace') as file:
            print('--- log of the bus and of what it started', file.read(), sep='\n', file=sys.stderr)
        raise error

    def end(self):
        self.exits.close()
        for program in self.programs:
            stop(program.process)
        for process in reversed(self.started):
            stop(process)


def problems_in(log):
    """The lines of a program's error stream that a user must never cause."""
    pattern = re.compile(r'CRITICAL|WARNING \*\*|-WARNING|ERROR: (Address|Leak)Sanitizer|runtime error:|Assertion|\*\* ERROR')
    return [line for line in log.splitlines() if pattern.search(line)]
