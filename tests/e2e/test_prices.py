"""Every choice has its exact price: all models, durations and resolutions, against exact decimal arithmetic."""
import json
import sys
import urllib.request
from decimal import Decimal

import services
import session


def text_of_price(amount):
    """As the application writes money: two decimals, more where the amount has them."""
    text = f'{amount:f}'
    whole, _, fraction = text.partition('.')
    return f'${whole}.{fraction.rstrip("0").ljust(2, "0")}'


def models_of(sandbox):
    request = urllib.request.Request(f'{sandbox.url}/api/open/v1/models', headers={'Authorization': f'Bearer {sandbox.key}'})
    with urllib.request.urlopen(request) as answer:
        # Prices are read as they are written, not as binary fractions.
        return json.load(answer, parse_float=Decimal)['data']


def test(s):
    sandbox = services.Sandbox(s)
    models = models_of(sandbox)
    app = s.program(environment=sandbox.environment)
    for index, model in enumerate(models):
        with s.step(f'{model["id"]}: {len(model["durations"])} durations, {len(model["resolutions"])} resolutions'):
            app.pick('Model', index, model['id'])
            for resolution in model['resolutions']:
                app.choose('Resolution', resolution)
                for duration in model['durations']:
                    app.set_duration(duration)
                    price = Decimal(model['usdPerSecond'][resolution])
                    app.price_becomes(text_of_price(price * duration))
                    expected = f'{duration} s × {text_of_price(price)}'
                    arithmetic = app.arithmetic().replace('\u00a0', ' ')
                    assert expected in arithmetic, (expected, arithmetic)
    with s.step('the aspect ratio does not change the price'):
        before = app.price()
        for ratio in models[-1]['aspectRatios']:
            app.choose('Aspect ratio', ratio)
            assert app.price() == before
    with s.step('a model that lacks the choice takes the nearest, and says so'):
        app.pick('Model', 0, models[0]['id'])
        app.set_duration(9)
        last = models[-1]
        app.pick('Model', len(models) - 1, last['id'])
        assert 9 not in last['durations']
        app.price_becomes(text_of_price(Decimal(last['usdPerSecond'][last['resolutions'][-1]]) * 10))
        app.reads('Changed to fit')
    app.quit()


session.run(test, sys.argv[1])
