"""A restart with a running job: it goes on where it was, and nothing is ever sent twice."""
import sys

import services
import session
from seedreel import PROMPT


def test(s):
    service = services.Service(s)
    app = s.program(environment=service.environment)
    with s.step('three jobs run'):
        prompts = [f'{PROMPT}, take {number}' for number in (1, 2, 3)]
        for prompt in prompts:
            app.generate(prompt)
        for prompt in prompts:
            app.becomes(prompt, 'Generating')
        assert len(service.posts()) == 3
    with s.step('the program is killed, and started again'):
        app.kill()
        app = s.program(environment=service.environment)
        for prompt in prompts:
            app.becomes(prompt, 'Generating')
    with s.step('each job ends as the service says'):
        service.files['/file.mp4'] = services.make_clip(s)
        service.state = lambda request_id: (
            services.Answer({'success': True, 'requestId': request_id, 'status': 'failed',
                             'error': {'code': 'generation_failed', 'message': 'It did not work out'}})
            if request_id == 'req_2' else service.succeeded(request_id))
        app.becomes(prompts[0], 'Ready')
        app.becomes(prompts[1], 'Failed')
        app.becomes(prompts[2], 'Ready')
    with s.step('the video of the first one plays'):
        app.open(prompts[0])
        app.plays()
        assert len(app.videos()) == 2
    with s.step('a screen reader that asks for the player while another job is shown does no harm'):
        known = app.nodes()
        app.open(prompts[1])
        app.gone('slider', 'Position')
        app.bus.call_all([question for node in known for question in node.questions()])
        app.open(prompts[0])
        app.plays()
    with s.step('a normal end and start changes nothing'):
        app.quit()
        app = s.program(environment=service.environment)
        app.becomes(prompts[0], 'Ready')
        app.becomes(prompts[1], 'Failed')
        app.quit()
    with s.step('each job was sent once, with the key, and the key went nowhere else'):
        assert len(service.posts()) == 3
        for method, path, headers, _ in service.requests:
            has_key = headers.get('Authorization') == f'Bearer {service.key}'
            assert has_key == (path != '/file.mp4'), (method, path)


session.run(test, sys.argv[1])
