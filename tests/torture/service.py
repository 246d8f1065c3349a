"""The Open API on loopback, with a memory of its own and faults by the dice: see Faults."""
import hashlib
import itertools
import json
import random
import re
import socket
import threading
import time
import urllib.parse

import answers
from answers import as_json
from wire import Closed, Wire, make_answer

API = '/api/open/v1'
GENERATIONS = f'{API}/video/generations'

MODELS = {'success': True, 'data': [{
    'id': 'seedance-2.0', 'durations': [4, 5], 'aspectRatios': ['16:9'], 'resolutions': ['480p'],
    'usdPerSecond': {'480p': 0.05}}]}

# Below the ports that the kernel gives to clients: while the listener is away, nobody else gets its port.
PORTS = range(20000, 32000)

LARGEST_FILE = 200_000

# How often a file changes while it is fetched.
MOST_VERSIONS = 3


class Listener:
    """A listening socket that can go away for a while and come back at the same port."""

    def __init__(self, serve):
        self.serve = serve
        self.port = None
        self.open()

    def open(self):
        ports = [self.port] if self.port else random.sample(PORTS, 100)
        for port in ports:
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(('127.0.0.1', port))
            except OSError:
                listener.close()
                continue
            listener.listen(128)
            self.listener, self.port = listener, port
            threading.Thread(target=self.accept, args=[listener], daemon=True).start()
            return
        raise RuntimeError(f'no port is free: {ports[:3]}…')

    def accept(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=[connection], daemon=True).start()

    def close(self):
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.listener.close()

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}'


class Job:
    """What the service knows of one submission that it has accepted and charged."""

    def __init__(self, service, key, prompt, job_id):
        dice = service.dice('job', key)
        self.key, self.prompt, self.job_id = key, prompt, job_id
        self.name = f'{key}-{dice.randrange(16 ** 8):08x}'
        self.request_id = dice.choice([f'req_{self.name}'] * 4 + [
            f'../../{self.name}', f'{self.name}/cancel', f'..%2f{self.name}%00', f'{self.name} é⛵?x=1#y',
            f'{self.name:r>300}'])
        self.answered = False  # the whole answer to its submission has left
        self.born = time.monotonic()
        self.queued = dice.uniform(0, 0.15)
        self.processing = dice.uniform(0, 0.3)
        self.outcome = dice.choices(['succeeded', 'failed', 'cancelled'], [90, 7, 3])[0]
        # How its file is served: the ETag strong, weak or left out, or all of it changed in spite of an If-Range.
        self.style = dice.choices(['strong', 'weak', 'none', 'careless'], [50, 20, 15, 15])[0]
        self.versions = []
        self.signature = 1
        self.counts = {}
        self.lock = threading.Lock()
        self.change(dice)

    def change(self, dice):
        """Makes a new file of the same length or another one: an ftyp box, and one more up to the end.

        Without an ETag nobody could tell: such a file stays as it is."""
        if self.versions and (self.style == 'none' or len(self.versions) == MOST_VERSIONS):
            return
        size = dice.choice([32, 1000, 65536, 65537, dice.randint(64, LARGEST_FILE)])
        if self.versions and dice.random() < 0.8:
            size = len(self.versions[-1])
        self.versions.append((16).to_bytes(4, 'big') + b'ftypmp42' + bytes(4) + (size - 16).to_bytes(4, 'big') + b'mdat'
                             + dice.randbytes(size - 24))

    @property
    def status(self):
        age = time.monotonic() - self.born
        return 'queued' if age < self.queued else 'processing' if age < self.queued + self.processing else self.outcome

    def digests(self):
        return [hashlib.sha256(version).hexdigest() for version in self.versions]

    def count(self, what):
        """How often this was asked before."""
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + 1
            return self.counts[what] - 1


class Faults:
    """How the service misbehaves at the moment: how likely each of its parts breaks an answer, from 0 to 1."""

    def __init__(self, post=0.0, state=0.0, file=0.0, kill=0.0):
        self.post, self.state, self.file = post, state, file
        self.kill = kill  # and how likely a submission or a file ends the client in the middle


class Service:
    """url is where it is; posts, jobs and problems hold what has happened."""

    def __init__(self, seed, key):
        self.seed, self.key = seed, key
        self.faults = Faults()
        self.kill = lambda: None  # ends the client at once
        self.lock = threading.Lock()
        self.numbers = itertools.count()
        self.posts = []     # (key of the prompt, our own id of the job) of every submission that came
        self.jobs = {}      # request id -> Job
        self.names = {}     # the name of a file -> Job
        self.problems = []  # what no client may do
        self.log = []
        self.listener = Listener(lambda connection: self.serve(connection, self.at_home))
        self.elsewhere = Listener(lambda connection: self.serve(connection, self.abroad))

    @property
    def url(self):
        return self.listener.url

    def dice(self, *what):
        """The same numbers for the same thing in every run of a seed, whatever comes before what."""
        return random.Random(f'{self.seed} {what}')

    def note(self, text):
        self.log.append(f'{time.monotonic():.4f} {text}')

    def complain(self, text):
        self.note(text)
        self.problems.append(text)

    def stop(self):
        self.listener.close()
        self.elsewhere.close()

    # --- connections

    def serve(self, connection, answer):
        wire = Wire(connection)
        dice = self.dice('connection', next(self.numbers))
        try:
            while True:
                answer(wire, wire.read_request())
                if dice.random() < self.faults.state / 4:
                    time.sleep(dice.choice([0, 0.01, 0.1]))
                    wire.hang_up()
        except Closed:
            pass
        finally:
            wire.close()

    def at_home(self, wire, request):
        path = urllib.parse.urlsplit(request.path).path
        if path.startswith('/files/'):
            self.file(wire, request, path, self.elsewhere.url)
            return
        if request.headers.get('authorization') != f'Bearer {self.key}':
            self.complain(f'a request without the key: {request.method} {request.path}')
        if path == f'{API}/models' and request.method == 'GET':
            self.models(wire)
        elif path == GENERATIONS and request.method == 'POST':
            self.post(wire, request)
        else:
            self.ask(wire, request, path)

    def abroad(self, wire, request):
        """Another origin: files may be here, but the key never is."""
        path = urllib.parse.urlsplit(request.path).path
        if path.startswith('/files/'):
            self.file(wire, request, path, self.url)
            return
        self.complain(f'a request of the API went to another origin: {request.method} {request.path}')
        wire.hang_up()

    # --- what breaks any answer

    def break_wire(self, wire, data, dice):
        """Sends an answer, but not well. It returns where all of it has left."""
        how = dice.choice(['drop', 'reset', 'cut', 'cut', 'reset-at', 'reset-at', 'delay', 'trickle'])
        at = dice.choice([dice.randrange(len(data)), max(0, len(data) - dice.randint(1, 40))])
        self.note(f'  {how} {at}')
        if how == 'drop':
            wire.hang_up()
        if how == 'reset':
            wire.reset()
        if how in ('cut', 'reset-at'):
            wire.send(data[:at])
            time.sleep(dice.choice([0, 0.01]))
            if how == 'cut':
                wire.hang_up()
            wire.reset()
        if how == 'delay':
            time.sleep(dice.uniform(0, 0.3))
            wire.send(data)
        if how == 'trickle':
            wire.trickle(data, dice)

    def send_odd(self, wire, dice):
        data = answers.odd(dice, self.key, self.elsewhere.url)
        self.note(f'  {data}'[:60] + f'… {data[-60:]}')
        wire.send(data)

    def models(self, wire):
        dice = self.dice('models', next(self.numbers))
        data = make_answer(200, as_json({**MODELS, 'echo': self.key}))
        if dice.random() >= self.faults.state:
            wire.send(data)
        elif dice.random() < 0.5:
            self.send_odd(wire, dice)
        else:
            self.break_wire(wire, data, dice)

    # --- submissions

    def post(self, wire, request):
        body = json.loads(request.body)
        prompt, job_id = body['prompt'], body['metadata']['jobId']
        key = prompt.split(' ')[0]
        with self.lock:
            self.posts.append((key, job_id))
            nth = sum(other == key for other, _ in self.posts)
        dice = self.dice('post', key, nth)
        fault = None
        if dice.random() < self.faults.post:
            fault = dice.choice(['refuse', 'lost', 'odd-before', 'odd-after', 'odd-after', 'wire', 'wire', 'wire'])
        kill = None
        if dice.random() < self.faults.kill:
            kill = dice.choice(['before', 'between', 'within', 'after', 'after', 'after'])
        self.note(f'POST {key} {job_id} fault {fault} kill {kill}')

        if kill == 'before':
            self.kill()
        if fault == 'refuse':
            wire.send(answers.refusal(dice, self.key))
            return
        if fault == 'odd-before':
            self.send_odd(wire, dice)
            return
        if fault == 'lost':
            dice.choice([wire.hang_up, wire.reset])()

        job = self.take(key, prompt, job_id)
        data = make_answer(200, as_json({'success': True, 'requestId': job.request_id, 'status': 'queued',
                                         'creditsCharged': 40, 'echo': f'Bearer {self.key}'}), {'Connection': 'close'})
        if kill == 'between':
            self.kill()
        if fault == 'odd-after':
            self.send_odd(wire, dice)
            return
        if kill == 'within':
            wire.send(data[:dice.randrange(len(data))])
            self.kill()
        if fault == 'wire':
            self.break_wire(wire, data, dice)
        else:
            wire.send(data)
        job.answered = True
        if kill == 'after':
            time.sleep(dice.choice([0, dice.uniform(0, 0.002), dice.uniform(0, 0.02)]))
            self.kill()
        wire.hang_up()

    def take(self, key, prompt, job_id):
        """Accepts a submission, and charges."""
        job = Job(self, key, prompt, job_id)
        with self.lock:
            self.jobs[job.request_id] = self.names[job.name] = job
        return job

    # --- states and cancels

    def ask(self, wire, request, path):
        match = re.fullmatch(GENERATIONS + '/([^/]+)(/cancel)?', path)
        job = self.jobs.get(urllib.parse.unquote(match[1])) if match else None
        if job is None or (request.method == 'POST') != bool(match[2]):
            self.complain(f'a request for nothing that is there: {request.method} {request.path}')
            wire.send(answers.error(404, 'not_found', 'No such job'))
        elif match[2]:
            self.cancel(wire, job)
        else:
            self.state(wire, job)

    def cancel(self, wire, job):
        dice = self.dice('cancel', job.key, job.count('cancel'))
        accept = dice.random() < 0.5
        self.note(f'cancel {job.key} {accept}')
        if accept and job.status in ('queued', 'processing'):
            job.outcome = 'cancelled'
        data = (make_answer(200, as_json({'success': True})) if accept
                else answers.error(400, 'invalid_request', 'It cannot be cancelled'))
        if dice.random() < self.faults.state:
            self.break_wire(wire, data, dice)
        else:
            wire.send(data)

    def describe(self, job):
        status = job.status
        output = error = None
        if status == 'succeeded':
            output = {'type': 'video', 'url': f'{self.url}/files/{job.name}.mp4?signature={job.signature}'}
        if status == 'failed':
            error = {'code': 'generation_failed', 'message': 'It did not work out'}
        return {'success': status != 'failed', 'requestId': job.request_id, 'status': status, 'model': 'seedance-2.0',
                'prompt': job.prompt, 'output': output, 'error': error, 'echo': f'Authorization: Bearer {self.key}'}

    def state(self, wire, job):
        nth = job.count('state')
        dice = self.dice('state', job.key, nth)
        answer = self.describe(job)
        fault = None
        if dice.random() < self.faults.state:
            fault = dice.choice(['odd', 'odd', 'limit', 'gone', 'wire', 'wire', 'late', 'no-url'])
        self.note(f'state {job.key} {answer["status"]} fault {fault}')
        if fault == 'odd':
            self.send_odd(wire, dice)
            return
        if fault == 'limit':
            wire.send(answers.rate_limited(dice))
            return
        if fault == 'gone':
            wire.send(answers.error(404, 'not_found', 'No such job'))
            return
        if fault == 'late':  # an answer that others have overtaken, or a state of the future
            answer.update(status=dice.choice(['queued', 'processing', 'upscaling']), output=None, error=None, success=True)
        if fault == 'no-url' and answer['output']:
            answer['output'] = dice.choice([None, {}, {'type': 'video', 'url': 7}, 'https://'])
        data = make_answer(200, dice.choice([as_json, lambda value: answers.escape(as_json(value))])(answer))
        if fault == 'wire':
            self.break_wire(wire, data, dice)
        else:
            wire.send(data)

    # --- files

    def file(self, wire, request, path, other):
        if 'authorization' in request.headers:
            self.complain(f'the key was sent with a file: {request.path}')
        name = path[len('/files/'):].removesuffix('.mp4')
        job = self.names.get(name)
        if job is None:
            self.complain(f'a file that is nowhere: {request.path}')
            wire.send(make_answer(404))
            return

        nth = job.count('file')
        dice = self.dice('file', job.key, nth)
        match = re.fullmatch(r'bytes=(\d+)-', request.headers.get('range', ''))
        start = int(match[1]) if match else 0
        fault = None
        if dice.random() < self.faults.file:
            fault = dice.choice(FILE_FAULTS)
        if dice.random() < self.faults.kill / 4:
            fault = 'kill'
        if fault == 'changed':
            job.change(dice)
        if fault == 'expired':
            job.signature += 1
        self.note(f'file {job.key} from {start} fault {fault} version {len(job.versions)}')
        if f'signature={job.signature}' not in request.path:
            wire.send(make_answer(403, b'Expired', {'Content-Type': 'text/plain'}))
            return
        FileAnswer(self, wire, request, job, start, other, dice).send(fault)


FILE_FAULTS = ['missing', 'odd', 'limit', 'expired', *['changed'] * 6, *['wire'] * 8, 'moved', 'half',
               'no-range', 'no-length', 'no-length-cut', 'chunked', 'chunked-cut', 'wrong-range', 'not-satisfiable',
               'page', 'packed']


class FileAnswer:
    """One answer to a request for a file, from the byte `start` on where the server can do that."""

    def __init__(self, service, wire, request, job, start, other, dice):
        self.service, self.wire, self.request, self.job, self.other, self.dice = service, wire, request, job, other, dice
        self.data = job.versions[-1]
        etag = f'"{job.name}-{len(job.versions)}"'
        wanted = request.headers.get('if-range')
        self.start = start if wanted in (None, etag) or job.style == 'careless' else 0
        self.headers = {'Content-Type': 'video/mp4', 'Accept-Ranges': 'bytes'}
        if job.style != 'none':
            self.headers['ETag'] = f'W/{etag}' if job.style == 'weak' else etag

    def answer(self, **more):
        """The good answer."""
        if not self.start:
            return make_answer(200, self.data, self.headers, **more)
        if self.start >= len(self.data):
            return make_answer(416, b'', {'Content-Range': f'bytes */{len(self.data)}'})
        self.headers['Content-Range'] = f'bytes {self.start}-{len(self.data) - 1}/{len(self.data)}'
        return make_answer(206, self.data[self.start:], self.headers, **more)

    def send(self, fault):
        getattr(self, 'send_' + (fault or 'good').replace('-', '_'))()

    def send_good(self):
        self.wire.send(self.answer())

    send_changed = send_expired = send_good

    def send_kill(self):
        data = self.answer()
        self.wire.send(data[:self.dice.randrange(len(data) + 1)])
        self.service.kill()
        self.wire.hang_up()

    def send_missing(self):
        self.wire.send(make_answer(404, b'') if self.job.count('missing') == 0 else self.answer())

    def send_odd(self):
        self.wire.send(self.dice.choice([make_answer(500), make_answer(503, b'', answers.retry_after(self.dice)),
                                         make_answer(204), answers.page(502, 'Bad Gateway', 'x')]))

    def send_limit(self):
        self.wire.send(make_answer(429, b'', answers.retry_after(self.dice)))

    def send_wire(self):
        self.service.break_wire(self.wire, self.answer(), self.dice)

    def send_moved(self):
        target = self.dice.choice([self.other, '']) + self.request.path
        self.wire.send(make_answer(302, b'', {'Location': target}))

    def send_half(self):
        """The file ends too early, with a length that says so; never between its boxes, where it would be a file."""
        self.data = self.data[:self.dice.randint(24, len(self.data) - 1)] if len(self.data) > 32 else self.data
        self.send_good()

    def send_no_range(self):
        self.start = 0
        self.send_good()

    def send_no_length(self):
        self.wire.send(self.answer(length=False))
        self.wire.hang_up()

    def send_no_length_cut(self):
        data = self.answer(length=False)
        self.wire.send(data[:len(data) - self.dice.randint(1, max(1, len(self.data) - self.start - 17))])
        self.wire.hang_up()

    def chunked(self):
        self.headers['Transfer-Encoding'] = 'chunked'
        head, body = self.answer(length=False).split(b'\r\n\r\n', 1)
        size = self.dice.randint(1000, 70000)
        pieces = [body[at:at + size] for at in range(0, len(body), size)]
        return head + b'\r\n\r\n' + b''.join(b'%x\r\n%s\r\n' % (len(piece), piece) for piece in pieces)

    def send_chunked(self):
        self.wire.send(self.chunked() + b'0\r\n\r\n')

    def send_chunked_cut(self):
        data = self.chunked()
        self.wire.send(data[:self.dice.randint(len(data) // 2, len(data))])
        self.wire.hang_up()

    def send_wrong_range(self):
        """A part that was not asked for, or one of another file."""
        if not self.start or self.start >= len(self.data):
            self.send_good()
            return
        first = self.start + self.dice.choice([-1, 0, 1])
        total = len(self.data) + self.dice.choice([0, 1])
        self.headers['Content-Range'] = f'bytes {first}-{total - 1}/{total}'
        self.wire.send(make_answer(206, self.data[self.start:], self.headers))

    def send_not_satisfiable(self):
        if self.start:
            self.wire.send(make_answer(416, b'', {'Content-Range': f'bytes */{len(self.data)}'}))
        else:
            self.send_good()

    def send_page(self):
        self.wire.send(answers.page(200, 'Welcome', 'Please accept the terms.'))

    def send_packed(self):
        self.headers['Content-Encoding'] = 'gzip'
        self.send_good()
