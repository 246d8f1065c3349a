"""What must hold however the network, the service and the program end: see check()."""
import contextlib
import hashlib
import os
import re
import sqlite3

# The type and identifier of the box that says what a video was made with.
LABEL = b'uuid' + bytes.fromhex('5eed7ee10b1e4c0d9a116c6162656c31')

COLUMNS = ('id', 'prompt', 'submission', 'request_id', 'status', 'file_state', 'file', 'file_size', 'file_sha256',
           'file_error', 'file_aside', 'error_message')

# Where what came in place of a video is kept, inside the library.
ASIDE = '.seedreel-aside'


def ask(folder, question):
    """What the database answers, which no program has open. No file of it is touched and no lock is taken."""
    with contextlib.closing(sqlite3.connect(f'file:{folder}/seedreel.db?mode=ro&immutable=1', uri=True)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(question)]


def read_rows(folder):
    """The history."""
    return ask(folder, f'SELECT {", ".join(COLUMNS)} FROM jobs')


class Verdict:
    """Compares the history and the library with what the service knows and what the program said."""

    def __init__(self, service, client):
        self.service, self.client = service, client
        self.library = os.path.join(client.folder, 'library')
        self.digests = {}  # (path, size, time) -> SHA-256

    def check(self):
        """The problems, by what they break. The program is not running, and nothing is to happen any more."""
        rows = read_rows(self.client.folder)
        by_id = {row['id']: row for row in rows}
        return {
            'no click is sent twice': list(self.sent_twice(rows)),
            'what was accepted is known, or unknown for a reason': list(self.accepted(by_id)),
            'what the history says is true': list(self.true(rows, by_id)),
            'every finished video is saved as it was served': list(self.saved(rows)),
            'there are only whole videos in the library': list(self.whole(rows)),
            'the database is whole': list(self.database()),
            'the key is nowhere': list(self.key()),
            'the program complains of nothing': list(self.complaints()),
        }

    def sent_twice(self, rows):
        posts = self.service.posts
        for index, what in enumerate(('prompt', 'job')):
            names = [post[index] for post in posts]
            for name in {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else ():
                yield f'{names.count(name)} POSTs for the {what} {name}'
        keys = [row['prompt'].split(' ')[0] for row in rows]
        if len(set(keys)) < len(keys):
            yield f'one click made two jobs: {sorted(key for key in set(keys) if keys.count(key) > 1)}'

    def accepted(self, by_id):
        for job in self.service.jobs.values():
            row = by_id.get(job.job_id)
            said = f'{job.key} {job.job_id}'
            if row is None:
                yield f'{said}: charged, and not in the history'
            elif row['request_id'] == job.request_id:
                if row['submission'] != 'accepted':
                    yield f'{said}: its request id is there, and yet it is {row["submission"]}'
            elif row['request_id'] is not None:
                yield f'{said}: another request id: {row["request_id"]}'
            elif row['submission'] != 'unknown':
                yield f'{said}: charged, and called {row["submission"]}: {row["error_message"]}'
            elif job.job_id in self.client.known:
                yield f'{said}: unknown, though the program knew the request id'
            elif job.answered and self.client.clicks[job.key] not in self.client.killed:
                yield f'{said}: unknown, though the whole answer came and the program was not killed: {row["error_message"]}'

    def true(self, rows, by_id):
        jobs = {job.job_id: job for job in self.service.jobs.values()}
        for row in rows:
            job = jobs.get(row['id'])
            if row['request_id'] is not None and (job is None or job.request_id != row['request_id']):
                yield f'{row["id"]}: the service never gave the request id {row["request_id"]}'
            elif row['request_id'] is not None and row['status'] != job.outcome:
                yield f'{job.key} {row["id"]}: {row["status"]}, though it has {job.outcome}: {row["error_message"]}'
            elif row['submission'] == 'sending':
                yield f'{row["id"]}: still being sent'
        for job_id, key in self.client.ids.items():
            if job_id not in by_id and any(post[1] == job_id for post in self.service.posts):
                yield f'{key} {job_id}: sent, and not in the history'

    def saved(self, rows):
        for row in rows:
            job = self.service.jobs.get(row['request_id'])
            if job is None or job.outcome != 'succeeded':
                if row['file'] is not None:
                    yield f'{row["id"]}: a file without a video: {row["file"]}'
                continue
            said = f'{job.key} {row["id"]}'
            if row['file_state'] != 'saved' or row['file'] is None:
                yield f'{said}: not saved: {row["file_state"]}, {row["file_error"]}'
            elif os.path.dirname(row['file']) != self.library or os.path.basename(row['file']).startswith('.'):
                yield f'{said}: saved outside the library: {row["file"]}'
            elif not os.path.isfile(row['file']):
                yield f'{said}: its file is gone: {row["file"]}'
            elif self.served_digest(row['file']) not in job.digests():
                yield f'{said}: its file is none that was ever served: {row["file"]}'
            elif (row['file_sha256'], row['file_size']) != (self.digest(row['file']), os.path.getsize(row['file'])):
                yield f'{said}: the history has another digest or size than the file: {row["file"]}'

    def whole(self, rows):
        served = {digest for job in self.service.jobs.values() for digest in job.digests()}
        taken = [row['file'] for row in rows if row['file'] is not None]
        if len(set(taken)) < len(taken):
            yield 'two jobs have the same file'
        aside = os.path.join(self.library, ASIDE)
        for name in sorted(os.listdir(aside)) if os.path.isdir(aside) else ():
            if os.path.join(aside, name) not in {row['file_aside'] for row in rows}:
                yield f'left behind: {ASIDE}/{name}'
        found = {}
        for name in sorted(os.listdir(self.library)) if os.path.isdir(self.library) else ():
            path = os.path.join(self.library, name)
            if name == ASIDE:
                continue
            if name.startswith('.') or not name.endswith('.mp4'):
                yield f'left behind: {name}'
                continue
            digest = self.served_digest(path)
            if digest not in served:
                yield f'incomplete or mixed: {name}'
            if digest in found:
                yield f'the same video twice: {found[digest]}, {name}'
            found[digest] = name

    def served_digest(self, path):
        """The digest of a video as it was served: without its one label, the box at its end."""
        with open(path, 'rb') as file:
            data = file.read()
        at = last = 0
        while len(data) - at >= 8:
            last, at = at, at + max(int.from_bytes(data[at:at + 4], 'big'), 8)
        if at == len(data) and data[last + 4:last + 24] == LABEL:
            data = data[:last]
        return hashlib.sha256(data).hexdigest()

    def digest(self, path):
        info = os.stat(path)
        known = (path, info.st_size, info.st_mtime_ns)
        if known not in self.digests:
            with open(path, 'rb') as file:
                self.digests[known] = hashlib.file_digest(file, 'sha256').hexdigest()
        return self.digests[known]

    def database(self):
        for ending in ('-wal', '-shm', '-journal'):
            if os.path.exists(f'{self.client.folder}/seedreel.db{ending}'):
                yield f'left behind: seedreel.db{ending}'
        for pragma in ('integrity_check', 'foreign_key_check'):
            result = ask(self.client.folder, f'PRAGMA {pragma}')
            if result not in ([], [{'integrity_check': 'ok'}]):
                yield f'{pragma}: {result[:5]}'

    def complaints(self):
        """What any of its runs has said on its error stream, also one that was killed."""
        with open(self.client.error_log, encoding='utf-8', errors='replace') as file:
            text = file.read()
        if re.search(r'ERROR|CRITICAL|WARNING|runtime error', text):
            yield text[-6000:]

    def key(self):
        key = self.client.key.encode()
        paths = [os.path.join(folder, name) for folder, _, names in os.walk(self.client.folder) for name in names]
        for path in [*paths, self.client.error_log]:
            if key in os.path.basename(path).encode():
                yield f'in the name {path}'
            if path.startswith(self.library + os.sep) and path.endswith('.mp4'):
                continue  # compared byte by byte elsewhere
            with open(path, 'rb') as file:
                if key in file.read():
                    yield f'in {os.path.relpath(path, self.client.folder)}'
