"""What a person does about an outcome that is not known, shared by the tests of it."""
import glob
import os

from session import wait


def requests_of(s):
    """The jobs that the sandbox has accepted: the requests that cost money."""
    return {os.path.basename(path)[:-5] for path in glob.glob(os.path.join(s.folder, 'sandbox', 'jobs', '*.json'))}


def unknown(app, prompt):
    """Sends a request whose answer does not come."""
    app.generate(prompt)
    app.becomes(prompt, 'Outcome unknown')
    app.open(prompt)
    app.reads('may have accepted it and charged you')


def go(app, way):
    """Takes a way of the card by the keyboard: Tab to the list of them, and the arrow keys to its row."""
    app.focus(app.find('list item', 'I Found the Request ID…'))
    row = app.find('list item', way)
    for _ in range(4):
        if row.has('FOCUSED'):
            break
        app.key('Down')
        wait(app.focused, 5, 'the focus')
    app.key('Return')
