"""Text of twice the size in a window of 360 pixels: nothing is cut, nothing lies outside, nothing scrolls sideways.

Arguments: the build, the language and the size of text that the views are looked at with.
"""
import sys

import appearance
import screenshots
import services
import session
import views
import widgets

WIDTH, HEIGHT = 360, 700

# What the lines of a font are apart, beyond what its letters need.
LEADING = 3

# What a person typed or chose may be shortened where all of it stands elsewhere: a prompt, the name of a file.
CONTENT = (views.LONG, views.PORTRAIT, views.FAILED, views.REJECTED, views.UNKNOWN, views.RUNNING,
           *(url.split('/')[-1] for url in views.REFERENCES))

CONTROLS = ('button', 'checkbutton', 'switch', 'scale', 'entry', 'text', 'textview', 'spinbutton', 'row')

# libadwaita measures the larger of the two headings of an alert to see that it does not fit.
HARMLESS = 'Trying to measure GtkLabel 0x[0-9a-f]+ for width of'


def is_cut(widget):
    """Whether a person cannot read all of a text, or not its first word where more is said elsewhere."""
    if not widget['ellipsized'] or widget.text in CONTENT:
        return False
    return widget['cuts-first'] if widget.is_in('ReelHistoryRow', 'ReelHistoryTile') else True


def breaks(widget):
    """Whether a word goes on in another line. One of a machine is long and has no better place."""
    word = widget['broken-word']
    return word and '_' not in word and word not in ' '.join(CONTENT)


def problems_of(window):
    left, right = window['x'] - 1, window['x'] + window['width'] + 1
    top, bottom = window['y'] - 1, window['y'] + window['height'] + 1
    for widget in window['root'].walk():
        if widget['scrolls-sideways']:
            yield f'scrolls sideways: {widget}'
        if widget['opacity'] == 0 or widget['covered']:
            continue
        x, y, width, height = widget.bounds
        says = 'ellipsized' in widget and widget.text
        if says and is_cut(widget):
            yield f'cut: {widget}'
        if says and breaks(widget):
            yield f'breaks "{widget["broken-word"]}": {widget}'
        if says and (widget['text-width'] > widget['width'] + 1 or widget['text-height'] > widget['height'] + LEADING):
            yield f'{widget["text-width"]:.0f} × {widget["text-height"]:.0f} of text: {widget}'
        if says or widget.text or widget['css-name'] in CONTROLS:
            if x < left or x + width > right:
                yield f'outside: {widget}'
            elif not widget['scrolled'] and (y < top or y + height > bottom):
                yield f'below the edge: {widget}'


def test(s):
    language, factor = sys.argv[2], float(sys.argv[3])
    probe = widgets.Probe(s)
    sandbox = services.Sandbox(s, speed=20)
    seen = []

    def look(name, window):
        seen.append(name)
        texts = [widget for widget in window['root'].walk() if 'ellipsized' in widget and widget.text]
        found = list(problems_of(window))
        assert texts, f'{name}: no text'
        assert not found, '\n'.join([f'{name}:', *found])

    def start(environment, size=(WIDTH, HEIGHT)):
        app = s.program(language=None if language == 'en' else language, preload=probe.preload, harmless=HARMLESS,
                        environment={**environment, **probe.environment})
        return views.Views(app, probe, size, look)

    appearance.set_toolkit('gtk-enable-animations', 0)
    appearance.set_own('on-close', "'ask'")
    with s.step('an empty history, and the form of somebody new'):
        appearance.scale_text(factor)
        v = start({})
        v.see('empty')
        v.act('win.new-video')
        v.see('empty form')
        v.app.quit()
    with s.step('there is a job in every state'):
        appearance.scale_text(1)
        app = s.program(environment=sandbox.environment)
        screenshots.resize(app, 1100, HEIGHT)
        views.make_history(app)
        app.quit('Stop Watching')
        appearance.scale_text(factor)
    with s.step('a low window'):
        v = start({}, (HEIGHT, WIDTH))
        v.see('low window')
        v.act('win.new-video')
        v.see('low form')
        v.see_dialog('low adopt', 'win.adopt')
        v.quit()
    with s.step('the dialogs'):
        v = start({})
        v.see_dialogs()
        v.quit()
    with s.step('the history'):
        v = start(sandbox.environment)
        v.see_history()
    with s.step('the form'):
        v.see_form()
    with s.step('the jobs'):
        v.see_jobs()
    with s.step('the player and what is asked of its video'):
        v.see_video()
    with s.step('the question before the window is closed'):
        v.see_dialog('quit', 'window.close')
        v.quit()
    print('#', len(seen), 'views:', ', '.join(seen), flush=True)


session.run(test, sys.argv[1])
