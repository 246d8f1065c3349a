"""Cancel: while it waits, while it generates, and when the service refuses."""
import sys

import services
import session


def test(s):
    app = s.program(environment=services.Sandbox(s, speed=4).environment)
    for prompt, state in (('A job that waits [wait]', 'Waiting'), ('A job that goes on [stall]', 'Generating')):
        with s.step(f'a job that is {state.lower()} is cancelled'):
            app.generate(prompt)
            app.becomes(prompt, state)
            app.open(prompt)
            app.press('Cancel job')
            app.becomes(prompt, 'Cancelled')
            app.gone('button', 'Cancel job')
    with s.step('a refused cancel says so, and the job is saved all the same'):
        prompt = 'A job that cannot be stopped [no-cancel] [slow]'
        app.generate(prompt)
        app.becomes(prompt, 'Generating')
        app.open(prompt)
        app.press('Cancel job')
        app.reads('The service refused to cancel the job')
        app.becomes(prompt, 'Ready')
    with s.step('nothing promises a refund'):
        app.never_reads('(?i)refund')
    app.quit()


session.run(test, sys.argv[1])
