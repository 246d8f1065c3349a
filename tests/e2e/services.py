"""The services that a test lets Seedreel talk to: the sandbox as a program of its own, and one that answers as told."""
import http.server
import json
import os
import re
import subprocess
import threading

from session import wait

KEY = 'sd2_live_test'

MODELS = [{
    'id': 'seedance-2.0', 'type': 'video_generation', 'mode': 'image_to_video', 'durations': list(range(4, 16)),
    'aspectRatios': ['16:9', '9:16', '1:1'], 'resolutions': ['480p', '720p', '1080p'],
    'usdPerSecond': {'480p': 0.05, '720p': 0.1, '1080p': 0.2},
}]


class Sandbox:
    """seedreel-sandbox on a port that the kernel picks."""

    def __init__(self, session, speed=0, key=KEY):
        log = os.path.join(session.folder, 'sandbox.log')
        self.key = key
        self.process = session.start(f'{session.build}/src/sandbox/seedreel-sandbox', '--port', '0', '--key', key,
                                     '--speed', str(speed), '--state-dir', os.path.join(session.folder, 'sandbox'),
                                     log='sandbox.log')
        self.url = wait(lambda: re.search(r'http://[\d.]+:\d+', open(log).read()), 20, 'the sandbox')[0]
        self.environment = {'SEEDREEL_BASE_URL': self.url, 'SEEDREEL_API_KEY': key}


class Answer:
    """One answer: a status, and a body that is JSON (a dict or list), text or bytes."""

    def __init__(self, body, status=200, kind=None, length=None, headers=None):
        if isinstance(body, (dict, list)):
            body, kind = json.dumps(body), kind or 'application/json'
        self.body = body.encode() if isinstance(body, str) else body
        self.status = status
        self.kind = kind or 'application/json'
        self.length = len(self.body) if length is None else length
        self.headers = headers or {}


def refusal(status, code, message):
    return Answer({'success': False, 'error': {'code': code, 'message': message}}, status)


class Service:
    """The Open API by script. A test sets `models`, `accept` and `state`; each is called for its answer.

    requests holds (method, path, headers, body) of all that came.
    """

    def __init__(self, session, models=None, key=KEY):
        self.key = key
        self.lock = threading.Lock()
        self.requests = []
        self.files = {}
        self.redirects = {}
        self.models = lambda: Answer({'success': True, 'data': MODELS if models is None else models})
        self.accept = lambda number, body: Answer({'success': True, 'requestId': f'req_{number}', 'status': 'queued',
                                                   'creditsCharged': 40})
        self.state = lambda request_id: Answer({'success': True, 'requestId': request_id, 'status': 'processing'})
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_GET(self):
                service.serve(self)

            def do_POST(self):
                service.serve(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.daemon_threads = True
        self.url = f'http://127.0.0.1:{self.server.server_address[1]}'
        self.environment = {'SEEDREEL_BASE_URL': self.url, 'SEEDREEL_API_KEY': key}
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        session.exits.callback(self.server.shutdown)

    def serve(self, handler):
        body = handler.rfile.read(int(handler.headers.get('Content-Length') or 0))
        with self.lock:
            self.requests.append((handler.command, handler.path, dict(handler.headers), body))
            answer = self.answer(handler, body)
        try:
            handler.send_response(answer.status)
            handler.send_header('Content-Type', answer.kind)
            handler.send_header('Content-Length', str(answer.length))
            for name, value in answer.headers.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(answer.body)
            if answer.length != len(answer.body):
                handler.close_connection = True
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True

    def answer(self, handler, body):
        path = handler.path
        if path in self.redirects:
            return Answer('', 302, headers={'Location': self.redirects[path]})
        if path in self.files:
            return Answer(self.files[path], kind='video/mp4', headers={'ETag': '"1"'})
        if handler.headers.get('Authorization') != f'Bearer {self.key}':
            return refusal(401, 'unauthorized', 'Invalid API key')
        if path == '/api/open/v1/models':
            return self.models()
        if path == '/api/open/v1/video/generations' and handler.command == 'POST':
            return self.accept(len(self.posts()), json.loads(body))
        match = re.fullmatch(r'/api/open/v1/video/generations/([^/]+)', path)
        if match:
            return self.state(match[1])
        return refusal(404, 'not_found', 'No such job')

    def posts(self):
        """The requests that cost money."""
        return [request for request in self.requests if request[:2] == ('POST', '/api/open/v1/video/generations')]

    def succeeded(self, request_id, path='/file.mp4'):
        return Answer({'success': True, 'requestId': request_id, 'status': 'succeeded', 'error': None,
                       'output': {'type': 'video', 'url': self.url + path}})


def make_clip(session, seconds=2, size='320x180'):
    """The bytes of a short video that nothing of ours has encoded."""
    path = os.path.join(session.folder, 'clip.mp4')
    subprocess.run(['ffmpeg', '-v', 'error', '-y', '-f', 'lavfi', '-i', f'testsrc2=size={size}:rate=24:duration={seconds}',
                    '-f', 'lavfi', '-i', f'sine=duration={seconds}', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p',
                    '-c:a', 'aac', '-movflags', '+faststart', '-shortest', path], check=True)
    with open(path, 'rb') as file:
        return file.read()


def probe(path):
    """What ffprobe says of a video: (codecs, width, height, frames of the picture, seconds)."""
    output = subprocess.run(['ffprobe', '-v', 'error', '-count_frames', '-show_streams', '-show_format', '-of', 'json',
                             path], capture_output=True, text=True, check=True).stdout
    found = json.loads(output)
    picture = next(stream for stream in found['streams'] if stream['codec_type'] == 'video')
    codecs = sorted(stream['codec_name'] for stream in found['streams'])
    return codecs, picture['width'], picture['height'], int(picture['nb_read_frames']), float(found['format']['duration'])
