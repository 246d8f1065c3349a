"""What `./dev run` does where no display is: the real window under Xvfb does the main job as a user would.

Arguments: the build folder, the work tree as the person sees it. The last two lines are the paths of a screenshot and of
the finished video.
"""
import os
import shutil
import sys

import services
import session
from seedreel import PROMPT

build, top = sys.argv[1:3]
PLACE = os.path.join('_build', 'demo')


def say(text):
    print(text, flush=True)


def demo(s):
    os.makedirs(os.path.join(session.TOP, PLACE), exist_ok=True)
    picture, video = (os.path.join(PLACE, name) for name in ('seedreel.png', 'seedreel.mp4'))
    say('No display: Seedreel runs on a screen of its own, in the built-in sandbox.')
    app = s.program()
    app.find('text', 'Prompt')
    say(f'Typing a prompt: {PROMPT}')
    app.write('Prompt', PROMPT)
    session.wait(app.generate_is_on, 20, 'Generate to be on')
    say(f'The price is {app.price()} ({app.arithmetic()}). Pressing Generate.')
    app.click(app.find('button', 'Generate'))
    app.becomes(PROMPT, 'Ready', seconds=120)
    say('The video is ready. Opening it.')
    app.open(PROMPT)
    app.plays()
    app.picture(os.path.join(session.TOP, picture))
    path, = app.videos()
    shutil.copyfile(path, os.path.join(session.TOP, video))
    codecs, width, height, frames, seconds = services.probe(path)
    say(f'It plays: {" and ".join(codecs)}, {width} × {height}, {frames} frames, {seconds:.1f} s.')
    app.quit()
    say(os.path.join(top, picture))
    say(os.path.join(top, video))
    return 0


session.inside(demo, build)
