"""A request id that a person found brings the video of an unknown outcome home; a receipt tells of it."""
import sys

import services
import session
from program import xdotool
from session import wait
from ways_out import go, requests_of, unknown

PROMPT = 'A paper boat, found by its request id [drop]'


def read_clipboard(app):
    """What another program would paste."""
    node = app.find('text', 'Prompt')
    app.click(node)
    app.key('ctrl+a', 'ctrl+v')
    return wait(lambda: 'receipt' in node.text() and node.text(), 10, 'the pasted text')


def test(s):
    sandbox = services.Sandbox(s, speed=8)
    app = s.program(environment=sandbox.environment)
    app.price_becomes('$0.50')
    with s.step('a request id is checked'):
        unknown(app, PROMPT)
        request_id, = requests_of(s)
        go(app, 'I Found the Request ID…')
        entry = app.write('Request ID', 'req_of_nobody')
        app.key('Return')
        app.reads('does not know this request ID')
        assert app.state(PROMPT) == 'Outcome unknown'
    with s.step('the right one brings the video home, with no other request'):
        app.key('ctrl+a')
        xdotool('type', '--delay', 5, request_id)
        wait(lambda: entry.text() == request_id, 10, 'the request id')
        app.key('Return')
        app.becomes(PROMPT, 'Ready')
        app.gone('text', 'Request ID')
        assert requests_of(s) == {request_id}
    with s.step('the receipt has the ids, and no key'):
        app.press('Copy receipt')
        app.reads('Receipt copied')
        receipt = read_clipboard(app)
        assert request_id in receipt and PROMPT in receipt, receipt
        assert sandbox.key not in receipt and 'Authorization' not in receipt, receipt
    app.quit()


session.run(test, sys.argv[1])
