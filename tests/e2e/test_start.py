"""The first start: nothing is set up, and everything a person needs is there."""
import sys

import session
from program import xdotool


def test(s):
    with s.step('the window comes up'):
        app = s.program()
    with s.step('the sandbox says that nothing is charged, and offers to add a key'):
        app.reads('Sandbox: videos are simulated, nothing is charged')
        app.find('button', 'Add API Key…')
    with s.step('the form has what the sandbox offers, with a price'):
        app.find('text', 'Prompt')
        app.find('combo box', 'Model')
        app.price_becomes('$0.50')
    with s.step('Generate is off, and says why'):
        assert not app.generate_is_on()
        app.reads('Write a prompt to generate')
    with s.step('a sample prompt fills the form and turns Generate on'):
        samples = app.find('grouping', 'Sample prompts')
        buttons = app.all('button', root=samples)
        assert len(buttons) == 3, [button.name for button in buttons]
        buttons[0].act()
        session.wait(lambda: app.generate_is_on(), 5, 'Generate to be on')
    with s.step('the history is empty and says so'):
        assert app.rows() == []
        app.reads('No Videos Yet')
    with s.step('a second start shows the window of the first, and ends'):
        xdotool('windowminimize', '--sync', app.window)
        session.wait(lambda: not app.find_window(), 10, 'the hidden window')
        second = s.program(wait_for_window=False)
        session.running.remove(second)
        assert second.process.wait(20) == 0
        session.wait(lambda: app.find_window() == app.window, 10, 'the window of the first')
        second.check_log()
    with s.step('it ends by itself'):
        app.quit()
    with s.step('the draft is there again'):
        app = s.program()
        session.wait(lambda: app.generate_is_on(), 10, 'Generate to be on')
        app.quit()


session.run(test, sys.argv[1])
