"""Vietnamese: what a person reads stands in po/vi.po, and nothing English is left over."""
import gettext
import os
import sys

import services
import session

PROMPT = 'Con thuyền giấy trôi trên vũng nước mưa lúc bình minh'

# What is shown on the first window.
EXPECTED = ('Generate', 'Prompt', 'References', 'Model', 'Duration', 'Aspect ratio', 'Resolution')

# The same in every language, or a name.
SAME = {'Seedreel', 'Model', 'Video'}


def test(s):
    with open(os.path.join(s.build, 'po', 'vi', 'LC_MESSAGES', 'seedreel.mo'), 'rb') as file:
        catalogue = gettext.GNUTranslations(file)
    english = {message.split('\0')[-1].split('\4')[-1] for message in map(str, catalogue._catalog) if message}

    def only_vietnamese(app):
        left = [text for text in app.texts() if text in english and text not in SAME and catalogue.gettext(text) != text]
        assert not left, f'English texts: {left}'

    with s.step('the window speaks Vietnamese'):
        app = s.program(environment={**services.Sandbox(s, speed=4).environment, 'LANG': 'vi_VN.UTF-8'})
        for text in EXPECTED:
            app.reads('^' + catalogue.gettext(text) + '$')
        only_vietnamese(app)
    with s.step('prices are written as in Vietnam'):
        price = app.find('label', catalogue.gettext('Price'))
        from program import text_of
        session.wait(lambda: '0,50' in text_of(price), 10, 'a price with a comma')
    with s.step('a Vietnamese prompt becomes a video'):
        app.put(catalogue.gettext('Prompt'), PROMPT)
        app.press(catalogue.gettext('Generate'))
        node = app.find('list', catalogue.gettext('History'))
        session.wait(lambda: app.all('list item', root=node), 10, 'a row')
        ready = catalogue.pgettext('job state', 'Ready')
        row = lambda: app.all('list item', root=node)[0]
        session.wait(lambda: row().get_description().startswith(ready), 40, ready)
        app.click(row())
        app.find('slider', catalogue.gettext('Position'))
        only_vietnamese(app)
        path, = app.videos()
        assert 'thuyen' in path or 'thuyền' in path, path
    app.quit()


session.run(test, sys.argv[1])
