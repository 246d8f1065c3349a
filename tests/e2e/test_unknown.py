"""An outcome that is not known is given up, or asked for again, only after a question whose default is not to."""
import sys

import services
import session
from session import wait
from ways_out import go, requests_of, unknown

PROMPT = 'A paper boat of which nothing was heard [drop]'


def test(s):
    app = s.program(environment=services.Sandbox(s, speed=8).environment)
    app.price_becomes('$0.50')
    with s.step('to send again is asked about, and Enter does not'):
        unknown(app, PROMPT)
        go(app, 'Send Again as New Job…')
        app.reads('makes the video twice, and charges you twice')
        app.key('Return')
        app.gone('button', 'Send Again')
        assert len(app.rows()) == len(requests_of(s)) == 1
    with s.step('to declare it lost is asked about, and Enter does not'):
        go(app, 'Declare Lost…')
        app.reads('Declare It Lost')
        app.key('Return')
        app.gone('button', 'Declare Lost')
        assert app.state(PROMPT) == 'Outcome unknown'
    with s.step('what is agreed to is a job of its own, sent once'):
        go(app, 'Send Again as New Job…')
        app.press('Send Again')
        wait(lambda: len(app.rows()) == 2, 10, 'a new row')
        app.becomes(PROMPT, 'Outcome unknown')
        assert len(requests_of(s)) == 2
        resent, = [row for row in app.rows_on_disk() if row['resend_of']]
        assert resent['prompt'] == PROMPT
    with s.step('it is declared lost, and says what that means for money'):
        app.reads('may have accepted it and charged you')
        go(app, 'Declare Lost…')
        app.press('Declare Lost')
        app.becomes(PROMPT, 'Lost')
        app.reads('You declared it lost on')
    app.quit()
    assert len(requests_of(s)) == 2


session.run(test, sys.argv[1])
