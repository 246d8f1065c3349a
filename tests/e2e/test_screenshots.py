"""The pictures of the README and the metainfo can be made from the real window, and are of the right size."""
import os
import subprocess
import sys

import screenshots
import session


def test(s):
    place = f'{s.build}/screenshots'
    with s.step('the pictures are made'):
        screenshots.make(s, place)
    for name, (width, height, _) in screenshots.PICTURES.items():
        with s.step(f'{name} is {width} × {height}'):
            found = subprocess.run(['identify', '-format', '%w %h', os.path.join(place, f'{name}.png')],
                                   capture_output=True, text=True, check=True).stdout
            assert found == f'{width} {height}', found


session.run(test, sys.argv[1])
