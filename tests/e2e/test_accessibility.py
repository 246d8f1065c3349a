"""The form, the jobs and the player as a screen reader finds them: nothing to use is without a name, and what is wrong says
why."""
import sys

import session
from accessible_steps import close_menu, open_menu
from jobs_by_word import FAILED, READY, RUNNING, UNKNOWN, JobsByWord
from screen_reader import MAIN, Survey
from services import refusal
from session import wait

KITES = {state: f'A kite that is {state}' for state in (UNKNOWN, RUNNING, FAILED, READY)}


def form(s, app, survey, service):
    with s.step('a service that does not answer: the banner and the form say so'):
        app.find('button', 'Try Again')
        survey.look('the problem')
        service.models = service.offers
        app.press('Try Again')
        app.price_becomes('$0.50')
    with s.step('the empty form, and no videos'):
        app.gone('button', 'Try Again')
        survey.look('empty')
    with s.step('references, and one that is refused'):
        for link in ('https://example.com/a.jpg', 'https://example.com/b.mp4', 'http://example.com/c.jpg'):
            app.press('Add')
            entry = app.put('Link (https://…)', link)
            app.focus(entry)
            app.key('Return')
            if link.startswith('https'):
                app.gone('text', 'Link (https://…)')
        wait(lambda: entry.has('INVALID_ENTRY'), 10, 'the link to be refused')
        survey.look('references')
        app.key('Escape')
    with s.step('more of the form, and a webhook that is refused'):
        more = app.find('list item', 'More')
        assert more.has('EXPANDABLE') and not more.has('EXPANDED')
        app.focus(more)
        app.key('space')
        wait(lambda: more.has('EXPANDED'), 10, 'more')
        entry = app.put('Webhook URL', 'http://example.com')
        wait(lambda: entry.has('INVALID_ENTRY'), 10, 'the webhook to be refused')
        survey.look('more')
        app.put('Webhook URL', '')
        wait(lambda: not entry.has('INVALID_ENTRY'), 10, 'nothing to be wrong')
    with s.step('the models, and a price that is not listed'):
        model = app.focus(app.find('combo box', 'Model'))
        app.key('space')
        wait(lambda: [item for item in app.all('list item') if item.was('FOCUSED')], 5, 'the models')
        survey.look('models')
        app.key('Down', 'Return')
        wait(lambda: app.combo_value(model) == 'no-price', 5, 'the model')
        app.put('Prompt', 'What it costs nobody knows')
        app.press('Generate')
        survey.look('a price that is not listed', app.find('alert', 'Price Not Listed'))
        app.key('Escape')
        app.gone('alert', 'Price Not Listed')
        survey.look('a model of other choices')
        app.pick('Model', 0, 'seedance-2.0')
    with s.step('the accounts to switch to'):
        menu = open_menu(app, 'Account: Environment')
        survey.look('the accounts', menu)
        close_menu(app, menu)


def jobs(s, app, survey):
    for state, prompt in KITES.items():
        app.generate(prompt)
    words = {UNKNOWN: 'Outcome unknown', RUNNING: 'Generating', FAILED: 'Failed', READY: 'Ready'}
    for state, prompt in KITES.items():
        with s.step(f'a job that is {state}'):
            app.becomes(prompt, words[state])
            app.open(prompt)
            wait(lambda: app.row(prompt).has('SELECTED'), 10, 'the row to be chosen')
            app.find('grouping', prompt)
            if state is READY:
                app.plays()
            survey.look(f'a job that is {state}')
            menu = open_menu(app, 'More')
            survey.look('what can be done with it', menu)
            close_menu(app, menu)
    with s.step('what the player can do'):
        for name in ('Mute', 'Loop'):
            button = app.find('toggle button', name)
            before = button.has('PRESSED')
            button.act()
            wait(lambda: button.has('PRESSED') != before, 10, f'"{name}" to change')
        menu = open_menu(app, 'Speed')
        survey.look('the speeds', menu)
        close_menu(app, menu)
        app.press('Full screen')
        app.gone('list', 'History')
        survey.look('the full screen')
        app.key('Escape')
        app.find('list', 'History')
    with s.step('earlier prompts'):
        app.press('Earlier Prompts', role='toggle button')
        app.find('list', 'Earlier Prompts')
        survey.look('earlier prompts')
        app.key('Escape')
        app.gone('list', 'Earlier Prompts')


def test(s):
    service = JobsByWord(s)
    service.offers, service.models = service.models, lambda: refusal(500, 'internal_error', 'Out of order')
    app = s.program(environment=service.environment)
    survey = Survey(app)
    form(s, app, survey, service)
    jobs(s, app, survey)
    with s.step('every view was visited'):
        survey.close(MAIN)
    app.quit()


session.run(test, sys.argv[1])
