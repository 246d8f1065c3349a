"""A job that does not succeed shows the service's own code and message, and whether money moved."""
import sys

import services
import session

CASES = (
    # the test word, the state, the code of the service, what is said about money
    ('[reject]', 'Failed', 'invalid_request', 'nothing was charged'),
    ('[402]', 'Failed', 'insufficient_credits', 'nothing was charged'),
    ('[fail]', 'Failed', 'generation_failed', 'credit'),
    ('[unsafe]', 'Failed', 'content_policy', 'credit'),
    ('[drop]', 'Outcome unknown', None, 'may have accepted it and charged you'),
    ('[html]', 'Outcome unknown', None, 'may have accepted it and charged you'),
    ('[no-video]', 'Not saved', None, 'Downloading is not charged'),
    ('[gone]', 'Not saved', None, 'credit'),
)


def test(s):
    app = s.program(environment=services.Sandbox(s, speed=8).environment)
    for word, state, code, money in CASES:
        with s.step(f'{word} ends as {state}'):
            prompt = f'A job that meets {word}'
            app.generate(prompt)
            app.becomes(prompt, state)
            app.open(prompt)
            if code is not None:
                match = app.reads(rf'The service said: “(.+)” \({code}\)')
                assert match[1].strip(), match
            app.reads(money)
    with s.step('all of them are in the history'):
        assert len(app.rows()) == len(CASES), [row.name for row in app.rows()]
    app.quit()


session.run(test, sys.argv[1])
