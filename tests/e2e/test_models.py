"""Models that nobody knows today: every control is made from the answer, and a missing price is never free."""
import sys

import services
import session

MODELS = [
    {'id': 'seedance-9.0-ultra', 'type': 'video_generation', 'mode': 'dream', 'durations': [3, 7, 30],
     'aspectRatios': ['21:9', '4:5'], 'resolutions': ['1440p', '8k'], 'usdPerSecond': {'1440p': 0.333333, '8k': 1.25},
     'codename': {'nested': [1, 2]}},
    {'id': 'no-price', 'durations': [5], 'aspectRatios': ['16:9'], 'resolutions': ['720p']},
    {'id': 'odd-prices', 'durations': [1, 2, 3, 4], 'aspectRatios': ['16:9'],
     'resolutions': ['negative', 'text', 'zero', 'null', 'fine'],
     'usdPerSecond': {'negative': -1, 'text': 'cheap', 'zero': 0, 'null': None, 'fine': 0.1}},
    {'id': 'models/ünusual "name" <b>&amp;</b>', 'durations': [5], 'aspectRatios': ['1:1'], 'resolutions': ['720p'],
     'usdPerSecond': {'720p': 0.000001}},
]


def pick_resolution(app, index, name):
    if app.all('grouping', 'Resolution'):
        app.choose('Resolution', name)
    else:
        app.pick('Resolution', index, name)


def test(s):
    service = services.Service(s, models=MODELS)
    app = s.program(environment=service.environment)
    app.put('Prompt', 'Something new')
    with s.step('an unknown model with unknown ratios, resolutions and durations'):
        app.pick('Model', 0, 'seedance-9.0-ultra')
        for ratio in MODELS[0]['aspectRatios']:
            app.choose('Aspect ratio', ratio)
        app.choose('Resolution', '1440p')
        app.set_duration(3)
        app.price_becomes('$0.999999')
        app.choose('Resolution', '8k')
        app.set_duration(30)
        app.price_becomes('$37.50')
    with s.step('it is sent as it is named'):
        app.press('Generate')
        app.becomes('Something new', 'Generating')
        body = service.posts()[-1][3].decode()
        for part in ('"seedance-9.0-ultra"', '"4:5"', '"8k"', '30'):
            assert part in body, body
    with s.step('a model without prices reads "Price not listed", never $0.00'):
        app.pick('Model', 1, 'no-price')
        app.price_becomes('Price not listed')
        app.never_reads(r'\$0\.00')
    with s.step('negative, non-numeric, zero and null prices are not listed either'):
        app.pick('Model', 2, 'odd-prices')
        for index, resolution in enumerate(MODELS[2]['resolutions']):
            pick_resolution(app, index, resolution)
            if resolution != 'fine':
                app.price_becomes('Price not listed')
        app.set_duration(4)
        app.price_becomes('$0.40')
    with s.step('a name with markup in it is shown as it is, and the smallest price exactly'):
        app.pick('Model', 3, MODELS[3]['id'])
        app.price_becomes('$0.000005')
    with s.step('a list without any model says so'):
        app.quit()
        service.models = lambda: services.Answer({'success': True, 'data': []})
        app = s.program(environment=service.environment)
        session.wait(lambda: not app.generate_is_on(), 10, 'Generate to be off')
        app.quit()


session.run(test, sys.argv[1])
