"""Answers that are none: what services, proxies and captive portals say in place of what was asked."""
import email.utils
import json
import time

from wire import make_answer

PAGE = '<!doctype html><html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p></body></html>'

# Nothing was accepted, and the status says so.
REFUSALS = {400: 'invalid_request', 402: 'insufficient_credits', 429: 'rate_limited'}


def as_json(value):
    return json.dumps(value).encode()


def error(status, code, message, headers=None):
    return make_answer(status, as_json({'success': False, 'error': {'code': code, 'message': message}}), headers)


def escape(data):
    """The same JSON, with the first letter of what looks like a key as an escape."""
    return data.replace(b'sd2_', b'\\u0073d2_')


def page(status, title, text):
    return make_answer(status, PAGE.format(title, text).encode(), {'Content-Type': 'text/html'})


def retry_after(random):
    """A short one, in either form."""
    if random.random() < 0.5:
        return {'Retry-After': random.choice(['0', '1'])}
    return {'Retry-After': email.utils.formatdate(time.time() + random.choice([-5, 0, 1]), usegmt=True)}


def rate_limited(random):
    return error(429, 'rate_limited', 'Too many requests', retry_after(random))


def refusal(random, echo):
    """A 4xx to a submission: nothing was done."""
    status = random.choice([400, 402, 421, 429, 429])
    if status == 429:
        return rate_limited(random)
    return error(status, REFUSALS.get(status, 'misdirected'), f'No. You sent {echo}')


def odd(random, echo, elsewhere):
    """An answer that says nothing of what happened to the request. `echo` is what the request carried as its key."""
    return random.choice([
        lambda: error(500, 'internal_error', f'Something broke for {echo}'),
        lambda: error(503, 'internal_error', 'Back soon', retry_after(random)),
        lambda: make_answer(500, escape(as_json({'success': False, 'error': {'code': 'x', 'message': f'Bearer {echo}'}}))),
        lambda: page(502, 'Bad Gateway', echo),
        lambda: page(504, 'Gateway Time-out', 'nginx'),
        lambda: page(200, 'Welcome to the airport', 'Please accept the terms.'),
        lambda: make_answer(408, b''),
        lambda: make_answer(204),
        lambda: make_answer(200, b''),
        lambda: make_answer(200, b'[]'),
        lambda: make_answer(200, b'null'),
        lambda: make_answer(200, bytes(random.randrange(256) for _ in range(100))),
        lambda: make_answer(200, b'{"success":true,"requestId":'),
        lambda: make_answer(200, as_json({'success': 'yes', 'requestId': 12, 'status': 7, 'output': [], 'error': 1})),
        lambda: make_answer(200, as_json({'success': True, 'requestId': None, 'status': {}, 'echo': echo})),
        lambda: make_answer(200, as_json({'success': False, 'error': {'code': 'internal_error', 'message': echo}})),
        lambda: make_answer(307, b'', {'Location': f'{elsewhere}/api/open/v1/video/generations'}),
        lambda: make_answer(302, b'', {'Location': '/api/open/v1/video/generations'}),
    ])()
