"""Nothing moves for somebody who wants less motion: what libadwaita and GTK animate stops by gtk-enable-animations, so all
motion is theirs. Whoever adds some of our own here has to ask for that setting."""
import re

import tree
from tap import Tap

# What moves whatever the setting says, and what each file may have of it because it moves nothing.
CODE = re.compile(r'\b(gtk_widget_add_tick_callback|adw_(?:timed|spring)_animation_new|gtk_progress_bar_pulse|'
                  r'adw_animation_set_follow_enable_animations_setting)\b')
STYLE = re.compile(r'@keyframes|\banimation(?:-[a-z]+)?:')
STILL = {
    # Puts a new list to its beginning, at once, when it is laid out.
    'src/ui/history/reel-history-list.c': {'gtk_widget_add_tick_callback'},
}


def code():
    for path in tree.files('.c', under='src'):
        for number, line in tree.lines(path):
            match = CODE.search(line)
            if match and match[1] not in STILL.get(path, ()):
                yield f'{path}:{number}: {match[1]}'


def style():
    for path in tree.files('.css', under='src'):
        for number, line in tree.lines(path):
            if STYLE.search(line):
                yield f'{path}:{number}: an animation; a transition stops by itself'


def main():
    tap = Tap()
    tap.case('no motion of our own in the code', code())
    tap.case('no animation in the styles', style())
    tap.finish()


main()
