"""A service whose jobs end as a word of their prompt says, and at once: a window with a job in every state."""
import services
from services import Answer

MODELS = [
    services.MODELS[0],
    {'id': 'no-price', 'durations': [5, 10], 'aspectRatios': ['16:9', '1:1'], 'resolutions': ['720p']},
]

READY, FAILED, UNKNOWN, RUNNING = 'ready', 'failed', 'unheard', 'running'


class JobsByWord(services.Service):
    """Generates what is asked: a prompt with none of the words above is ready too."""

    def __init__(self, session):
        super().__init__(session, models=MODELS)
        self.prompts = {}
        self.accept = self.take
        self.state = self.tell
        self.files['/file.mp4'] = services.make_clip(session, seconds=3)

    def take(self, number, body):
        self.prompts[f'req_{number}'] = body['prompt']
        if UNKNOWN in body['prompt']:
            return Answer('<html>', kind='text/html')
        return Answer({'success': True, 'requestId': f'req_{number}', 'status': 'queued', 'creditsCharged': 40})

    def tell(self, request_id):
        prompt = self.prompts.get(request_id)
        if prompt is None:
            return services.refusal(404, 'not_found', 'No such job')
        if RUNNING in prompt:
            return Answer({'success': True, 'requestId': request_id, 'status': 'processing'})
        if FAILED in prompt:
            return Answer({'success': True, 'requestId': request_id, 'status': 'failed',
                           'error': {'code': 'generation_failed', 'message': 'It did not work out'}})
        return self.succeeded(request_id)
