"""A key that the service does not accept: said in words, nothing is sent, and nothing shows the key."""
import os
import sys

import services
import session

WRONG = 'sd2_live_this_one_is_wrong'


def test(s):
    service = services.Service(s)
    with s.step('the window comes up and says that the key is not accepted'):
        app = s.program(environment={**service.environment, 'SEEDREEL_API_KEY': WRONG})
        app.reads('did not accept the API key')
        app.reads('Invalid API key')
    with s.step('Generate is off, with a reason'):
        app.put('Prompt', 'A prompt that must not be sent')
        assert not app.generate_is_on()
    with s.step('Try Again asks again, and takes a service that has changed its mind'):
        service.key = WRONG
        app.press('Try Again')
        app.price_becomes('$0.50')
        session.wait(app.generate_is_on, 5, 'Generate to be on')
    with s.step('the key is refused at the submission'):
        service.key = 'another'
        prompt = 'A prompt that is refused'
        app.generate(prompt)
        app.becomes(prompt, 'Failed')
        app.open(prompt)
        app.reads('nothing was charged')
    with s.step('the key is nowhere to be read'):
        app.never_reads(WRONG)
        app.quit()
        assert WRONG not in app.log()
        for folder, _, names in os.walk(os.environ['HOME']):
            for name in names:
                with open(os.path.join(folder, name), 'rb') as file:
                    assert WRONG.encode() not in file.read(), os.path.join(folder, name)


session.run(test, sys.argv[1])
