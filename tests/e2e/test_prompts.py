"""Prompts of every kind: empty, huge, emoji, right to left, control characters. What is sent is what was written."""
import json
import sys

import services
import session

PROMPTS = {
    'twenty thousand characters': ('A very long shot. ' * 1200)[:20000],
    'emoji': 'A 🐉 and a 👩‍👩‍👧‍👦 under 🌈, 日本語, ﷽',
    'right to left': 'قارب ورقي يعبر بركة عند الفجر',
    'markup and quotes': '<b>bold</b> & "quoted" \\ \'single\' %s %n {{x}} </script>',
    'several lines': 'The first line\nand the second\n\nand a last one',
    'combining and invisible': 'e\u0301\u0323 \u200b\u202e\u2066 end',
}


def test(s):
    service = services.Service(s)
    app = s.program(environment=service.environment)
    app.price_becomes('$0.50')
    with s.step('an empty prompt, and one of spaces, cannot be sent'):
        assert not app.generate_is_on()
        for prompt in (' ', '\n\t \n'):
            app.put('Prompt', prompt)
            assert not app.generate_is_on()
            app.key('ctrl+Return')
        app.reads('Write a prompt to generate')
        assert not service.posts()
    for name, prompt in PROMPTS.items():
        with s.step(f'{name} arrives as it was written'):
            count = len(service.posts())
            app.put('Prompt', prompt)
            app.press('Generate')
            session.wait(lambda: len(service.posts()) == count + 1, 10, 'the request')
            assert json.loads(service.posts()[-1][3])['prompt'] == prompt
    with s.step('NUL cannot get into the prompt, and what comes before it survives'):
        field = app.find('text', 'Prompt')
        app.put('Prompt', 'before')
        field.insert_text(6, 'x\0y')
        session.wait(lambda: field.text() != 'before', 5, 'the text')
        assert '\0' not in field.text()
        assert app.generate_is_on()
    with s.step('the history has them all, and each can be shown'):
        assert len(app.rows()) == len(PROMPTS)
        for row in app.rows():
            app.click(row)
        app.quit()
    with s.step('they are the same after a start'):
        app = s.program(environment=service.environment)
        session.wait(lambda: len(app.rows()) == len(PROMPTS), 10, 'all rows')
        assert sorted(row['prompt'] for row in app.rows_on_disk()) == sorted(PROMPTS.values())
        app.quit()


session.run(test, sys.argv[1])
