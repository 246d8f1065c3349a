"""Prompts of every kind: empty, huge, emoji, right to left, control characters. What is sent is what was written."""
import json
import subprocess
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
    with s.step('NUL, pasted, does no harm: what was typed survives and can be sent'):
        clipboard = subprocess.Popen([f'{s.build}/tests/e2e/clipboard'], stdin=subprocess.PIPE)
        s.started.append(clipboard)
        clipboard.stdin.write(b'x\0y')
        clipboard.stdin.close()
        field = app.write('Prompt', 'before ')
        session.wait(lambda: paste(app, field) != 'before ', 10, 'the pasted text')
        assert field.text().startswith('before x') and '\0' not in field.text(), field.text()
        app.press('Generate')
        session.wait(lambda: len(service.posts()) == len(PROMPTS) + 1, 10, 'the request')
        assert json.loads(service.posts()[-1][3])['prompt'].startswith('before x')
    with s.step('the history has them all'):
        app.open('before x')
        app.quit()
        sent = [json.loads(body)['prompt'] for *_, body in service.posts()]
        assert [row['prompt'] for row in app.rows_on_disk()] == sent
    with s.step('they are the same after a start, and each can be shown'):
        app = s.program(environment=service.environment)
        for row in session.wait(app.rows, 10, 'the rows'):
            app.click(row)
        app.quit()
        assert [row['prompt'] for row in app.rows_on_disk()] == sent


def paste(app, field):
    app.key('ctrl+v')
    return field.text()


session.run(test, sys.argv[1])
