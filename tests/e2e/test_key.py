"""The key goes to the account's own address and nowhere else: no file, log, error, argument, environment or other origin."""
import os
import sys

import services
import session
from services import Answer, refusal

KEY = 'sd2_live_0f9e8d7c6b5a4f3e2d1c'


def processes(s, process):
    """The folders in /proc of a program and of all that it has started."""
    parents = {}
    for name in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open(f'/proc/{name}/stat', 'rb') as file:
                parents[int(name)] = int(file.read().rsplit(b')', 1)[1].split()[1])
        except OSError:
            pass
    found = {process.pid}
    while True:
        more = {child for child, parent in parents.items() if parent in found} - found
        if not more:
            return [f'/proc/{pid}' for pid in found]
        found |= more


def holders(paths):
    """The files of these that hold the key."""
    found = []
    for path in paths:
        try:
            with open(path, 'rb') as file:
                if KEY.encode() in file.read():
                    found.append(path)
        except OSError:
            pass
    return found


def files_below(folder):
    return [os.path.join(where, name) for where, _, names in os.walk(folder) for name in names]


def test(s):
    service = services.Service(s, key=KEY)
    elsewhere = services.Service(s, key='nobody')
    elsewhere.files['/file.mp4'] = services.make_clip(s)
    elsewhere.redirects = {'/moved.mp4': elsewhere.url + '/file.mp4'}
    app = s.program(environment=service.environment)
    app.price_becomes('$0.50')

    def nothing_holds_it():
        found = holders(f'{folder}/{name}' for folder in processes(s, app.process) for name in ('cmdline', 'environ'))
        assert not found, found
        found = holders(files_below(s.folder))
        assert not found, found

    with s.step('not in the arguments or the environment of the program, nor of what it starts'):
        nothing_holds_it()
    with s.step('not where the service repeats it in a refusal'):
        service.accept = lambda number, body: refusal(400, 'invalid_request', f'The key {KEY} may not do that')
        app.generate('A refused boat')
        app.becomes('A refused boat', 'Failed')
        app.open('A refused boat')
        app.reads('may not do that')
        app.never_reads(KEY)
    with s.step('not where the connection breaks or the answer is no JSON'):
        service.accept = lambda number, body: Answer(f'<html>{KEY}</html>', 200, 'text/html')
        app.generate('A boat of paper')
        app.becomes('A boat of paper', 'Outcome unknown')
    with s.step('not to the host of the video, nor where that one sends us'):
        service.accept = lambda number, body: Answer({'success': True, 'requestId': f'req_{number}', 'status': 'queued'})
        service.state = lambda request_id: Answer({
            'success': True, 'requestId': request_id, 'status': 'succeeded', 'error': None, 'note': KEY,
            'output': {'type': 'video', 'url': elsewhere.url + '/moved.mp4'}})
        app.generate('A saved boat')
        app.becomes('A saved boat', 'Ready')
        assert [path for _, path, _, _ in elsewhere.requests] == ['/moved.mp4', '/file.mp4']
        for _, _, headers, body in elsewhere.requests:
            assert 'Authorization' not in headers, headers
            assert KEY not in str(headers) and KEY.encode() not in body
    with s.step('in no file of the whole session, and on no error stream'):
        nothing_holds_it()
        app.quit()
        found = holders(files_below(s.folder))
        assert not found, found
        assert KEY not in app.log()
    with s.step('this test finds it where it is'):
        path = os.path.join(s.data, 'planted')
        with open(path, 'w') as file:
            file.write(f'before {KEY} after')
        assert holders(files_below(s.folder)) == [path]


session.run(test, sys.argv[1])
