"""Answers that make no sense: a clear sentence, the history intact, nothing on the error stream, nothing sent twice."""
import json
import os
import sys

import services
import session
from services import Answer

GOOD = json.dumps({'success': True, 'requestId': 'req_x', 'status': 'queued'})

# name: the answer to a submission. The request was sent each time: the outcome is not known.
ACCEPTED = {
    'truncated JSON': Answer(GOOD[:25]),
    'a body that ends before its length': Answer(GOOD[:25], length=len(GOOD)),
    'a wrong type': Answer({'success': True, 'requestId': 42, 'status': ['queued']}),
    'ten megabytes': Answer('[' + ' ' * 10_000_000 + ']'),
    'a web page': Answer('<!doctype html><title>Welcome to nginx!</title>', kind='text/html'),
    'bytes that are not UTF-8': Answer(b'{"success":true,"requestId":"\xff\xfe\xfa","status":"queued"}'),
    'UTF-16': Answer(GOOD.encode('utf-16')),
    'an empty body': Answer(''),
    'JSON that is no object': Answer('null'),
    'nesting without end': Answer('[' * 100_000),
}

# name: the answer to the question for models.
MODELS = {
    'truncated JSON': Answer('{"success":true,"data":[{"id":"seed'),
    'a web page': Answer('<html>Bad gateway</html>', 502, 'text/html'),
    'a wrong type': Answer({'success': True, 'data': {'id': 'seedance-2.0'}}),
    'ten megabytes': Answer(json.dumps({'success': True, 'data': [], 'more': 'x' * 10_000_000})),
    'bytes that are not UTF-8': Answer(b'{"success":true,"data":[{"id":"\xff\xfe"}]}'),
}

HOSTILE_ID = '../../x'


def test(s):
    service = services.Service(s)
    for name, answer in MODELS.items():
        with s.step(f'models: {name}'):
            service.models = lambda answer=answer: answer
            app = s.program(environment=service.environment)
            app.reads('The service (sent an answer|reported a problem)')
            assert not app.generate_is_on()
            app.quit()
    service.models = lambda: Answer({'success': True, 'data': services.MODELS})
    app = s.program(environment=service.environment)
    app.price_becomes('$0.50')
    for number, (name, answer) in enumerate(ACCEPTED.items(), 1):
        with s.step(f'submission: {name}'):
            service.accept = lambda *_, answer=answer: answer
            prompt = f'Take {number}, answered by {name}'
            app.generate(prompt)
            app.becomes(prompt, 'Outcome unknown')
            app.open(prompt)
            app.reads('may have accepted it and charged you')
            assert len(service.posts()) == number
    with s.step('a request id that is a path stays a name'):
        service.accept = lambda *_: Answer({'success': True, 'requestId': HOSTILE_ID, 'status': 'queued'})
        service.files['/file.mp4'] = services.make_clip(s)
        service.state = lambda request_id: service.succeeded(HOSTILE_ID)
        prompt = 'A request id that is a path'
        app.generate(prompt)
        app.becomes(prompt, '(Ready|Outcome unknown)')
        asked = {path for _, path, _, _ in service.requests if 'x' in path.rsplit('/', 1)[-1]}
        assert asked <= {'/api/open/v1/video/generations/..%2F..%2Fx'}, asked
        for path in app.videos():
            assert os.path.realpath(path).startswith(os.path.realpath(os.environ['HOME'])), path
    with s.step('the history is intact, also after a start'):
        count = len(ACCEPTED) + 1
        app.quit()
        assert len(app.rows_on_disk()) == count
        app = s.program(environment=service.environment)
        app.becomes(prompt, '(Ready|Outcome unknown)')
        app.quit()
        assert len(app.rows_on_disk()) == len(service.posts()) == count


session.run(test, sys.argv[1])
