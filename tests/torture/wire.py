"""HTTP/1.1 on raw sockets, so that an answer can break at any byte and in any way."""
import socket
import struct
import time

PHRASES = {200: 'OK', 204: 'No Content', 206: 'Partial Content', 302: 'Found', 307: 'Temporary Redirect',
           400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found',
           408: 'Request Timeout', 416: 'Range Not Satisfiable', 421: 'Misdirected Request', 429: 'Too Many Requests',
           500: 'Internal Server Error', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout'}

# An idle connection is given up after so many seconds.
PATIENCE = 10

MOST_HEADER = 65536


class Closed(Exception):
    """The other side is gone, or this side has hung up."""


class Request:
    def __init__(self, method, path, headers, body):
        self.method, self.path, self.headers, self.body = method, path, headers, body


def make_answer(status, body=b'', headers=None, length=True):
    """The bytes of an answer. A Content-Length stands in it unless `length` is false or a number of its own."""
    lines = [f'HTTP/1.1 {status} {PHRASES.get(status, "Status")}']
    fields = {'Content-Type': 'application/json', **(headers or {})}
    if length is not False and status != 204:
        fields['Content-Length'] = len(body) if length is True else length
    lines += [f'{name}: {value}' for name, value in fields.items()]
    return ('\r\n'.join(lines) + '\r\n\r\n').encode() + body


class Wire:
    """One connection, seen from the server."""

    def __init__(self, connection):
        self.connection = connection
        self.connection.settimeout(PATIENCE)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b''

    def receive(self):
        try:
            data = self.connection.recv(65536)
        except OSError as error:
            raise Closed from error
        if not data:
            raise Closed
        self.buffer += data

    def read_request(self):
        while b'\r\n\r\n' not in self.buffer:
            if len(self.buffer) > MOST_HEADER:
                raise Closed
            self.receive()
        head, self.buffer = self.buffer.split(b'\r\n\r\n', 1)
        first, *lines = head.decode('latin-1').split('\r\n')
        method, path, _ = first.split(' ', 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(':') for line in lines)}
        length = int(headers.get('content-length', 0))
        while len(self.buffer) < length:
            self.receive()
        body, self.buffer = self.buffer[:length], self.buffer[length:]
        return Request(method, path, headers, body)

    def send(self, data):
        try:
            self.connection.sendall(data)
        except OSError as error:
            raise Closed from error

    def trickle(self, data, random, seconds=0.25):
        """Sends in small pieces over about so many seconds."""
        size = max(1, len(data) // random.randint(3, 12))
        for at in range(0, len(data), size):
            self.send(data[at:at + size])
            time.sleep(seconds * size / len(data))

    def hang_up(self):
        """Ends the connection in good order, and what goes on in it."""
        self.close()
        raise Closed

    def reset(self):
        """Ends the connection as a crash does."""
        try:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        except OSError:
            pass
        self.hang_up()

    def close(self):
        try:
            self.connection.close()
        except OSError:
            pass
