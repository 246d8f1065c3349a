"""Vietnamese: what a person reads stands in po/vi.po, and nothing English is left over."""
import os
import re
import sys

import services
import session

PROMPT = 'Con thuyền giấy trôi trên vũng nước mưa lúc bình minh'

# What is shown on the first window.
EXPECTED = ('Generate', 'Prompt', 'References', 'Model', 'Duration', 'Aspect ratio', 'Resolution')

# The same in every language, or a name.
SAME = {'Seedreel', 'Model', 'Video'}


def test(s):
    app = s.program(language='vi', environment=services.Sandbox(s, speed=4).environment)
    catalogue = app.catalogue
    english = {(message[0] if isinstance(message, tuple) else message).split('\4')[-1] for message in catalogue._catalog}

    def only_vietnamese():
        left = [text for text in app.texts() if text in english and text not in SAME and catalogue.gettext(text) != text]
        assert not left, f'English texts: {left}'

    with s.step('the window speaks Vietnamese'):
        app.price_becomes(app.words('$%s').replace('%s', '0,50'))
        for text in EXPECTED:
            assert app.words(text) != text or text in SAME, f'not translated: {text}'
            app.reads('^' + re.escape(app.words(text)) + '$')
        only_vietnamese()
    with s.step('a Vietnamese prompt becomes a video'):
        app.generate(PROMPT)
        app.becomes(PROMPT, app.words('Ready', 'job state'))
        app.open(PROMPT)
        app.plays()
        only_vietnamese()
        path, = app.videos()
        assert 'thuyền' in os.path.basename(path), path
    app.quit()


session.run(test, sys.argv[1])
