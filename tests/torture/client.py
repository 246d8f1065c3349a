"""The program that is tortured: torture-client, one process after the other on the same folder."""
import os
import subprocess
import threading
import time


class Client:
    """Starts, commands and kills the program, and remembers what it said."""

    def __init__(self, program, folder, url, key, complain):
        self.program, self.folder, self.url, self.key = program, folder, url, key
        self.complain = complain
        self.process = None
        self.lock = threading.RLock()
        self.instance = 0
        self.killed = set()     # instances
        self.clicks = {}        # key of the prompt -> the instance that was told
        self.ids = {}           # our own id of a job -> key of the prompt
        self.known = set()      # ids that it said the service has accepted
        self.running = {}       # id -> state, of this instance
        self.heard = set()      # the ids that this instance has said anything of
        self.held = set()       # ids of jobs that were never sent and wait for a click
        self.error_log = os.path.join(folder, '..', 'errors.log')
        self.started = threading.Event()

    def start(self):
        """Starts it; what it is told is read when it is ready."""
        environment = {name: os.environ[name] for name in ('PATH', 'HOME', 'LSAN_OPTIONS') if name in os.environ}
        environment.update(
            SEEDREEL_BASE_URL=self.url, SEEDREEL_API_KEY=self.key, LC_ALL='C.UTF-8', TZ='UTC', GIO_USE_VFS='local',
            G_DEBUG='fatal-warnings',
            ASAN_OPTIONS='abort_on_error=1:handle_sigtrap=1:handle_abort=1:detect_stack_use_after_return=0',
            UBSAN_OPTIONS='halt_on_error=1:print_stacktrace=1')
        with self.lock:
            self.instance += 1
            self.started.clear()
            self.running, self.heard = {}, set()
            with open(self.error_log, 'ab') as errors:
                self.process = subprocess.Popen([self.program, self.folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                                stderr=errors, env=environment, bufsize=0)
            self.reader = threading.Thread(target=self.read, args=[self.process, self.instance], daemon=True)
            self.reader.start()

    def read(self, process, instance):
        for line in process.stdout:
            if self.key.encode() in line:
                self.complain(f'the key is in the output: {line!r}')
            if line.endswith(b'\n'):
                self.hear(line.decode().rstrip('\n').split(' '), process, instance)

    def hear(self, words, process, instance):
        if words[0] == 'started':
            self.look_at(process)
            self.started.set()
        elif words[0] == 'clicked':
            self.ids[words[1]] = words[2]
        elif words[0] == 'state':
            _, job_id, state, running, accepted = words
            if accepted == 'accepted':
                self.known.add(job_id)
            with self.lock:
                (self.held.add if state == 'held' else self.held.discard)(job_id)
                if instance == self.instance:
                    self.heard.add(job_id)
                    self.running.pop(job_id, None)
                    if running == 'running':
                        self.running[job_id] = state

    def look_at(self, process):
        """What every user of the machine sees of a process, or every process of this user."""
        for name in ('cmdline', 'environ'):
            try:
                with open(f'/proc/{process.pid}/{name}', 'rb') as file:
                    if self.key.encode() in file.read():
                        self.complain(f'the key is in /proc/PID/{name}')
            except OSError:
                pass  # killed by now

    def tell(self, line):
        with self.lock:
            try:
                self.process.stdin.write((line + '\n').encode())
            except OSError:
                return False
            return True

    def submit(self, key, prompt):
        self.clicks[key] = self.instance
        self.tell(f'submit {key} {prompt}')

    def send(self, job_id):
        """Clicks on what is held."""
        if job_id in self.ids:
            self.clicks[self.ids[job_id]] = self.instance
        self.tell(f'send {job_id}')

    def kill(self):
        with self.lock:
            if self.process.poll() is None:
                self.killed.add(self.instance)
                self.process.kill()

    def is_alive(self):
        """Whether it runs; an end that nobody wanted is a fault."""
        status = self.process.poll()
        if status is None:
            return True
        self.bury(status)
        return False

    def bury(self, status):
        self.reader.join(10)
        self.process.stdin.close()
        self.process.stdout.close()
        if self.instance not in self.killed and status != 0:
            self.complain(f'instance {self.instance} ended by itself with status {status}: {self.last_words()}')

    def last_words(self):
        with open(self.error_log, 'rb') as file:
            return file.read()[-6000:].decode(errors='replace')

    def quit(self):
        """Ends it in good order."""
        self.tell('quit')
        try:
            status = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.complain(f'instance {self.instance} did not end within 30 seconds')
            self.kill()
            status = self.process.wait()
        self.bury(status)

    def wait(self, seconds, condition):
        """Waits until a condition holds; tells whether it did within so many seconds, with the program alive."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            with self.lock:
                if condition():
                    return True
            time.sleep(0.01)
        return False

    def wait_settled(self, seconds):
        """Waits until nothing is to happen by itself; tells what is still going on after so many seconds."""
        if self.wait(seconds, lambda: self.started.is_set() and not self.running):
            return {}
        if self.process.poll() is not None:
            return {'': 'gone: the program has ended'}
        with self.lock:
            return dict(self.running) or {'': 'not started'}
