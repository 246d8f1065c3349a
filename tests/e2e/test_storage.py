"""What videos take; an older one goes to the Trash and comes back by Undo; the library moves with its videos."""
import glob
import os
import sqlite3
import sys

import services
import session
from session import wait

OLD = 'A paper boat of last year'
NEW = 'A paper boat of today'
LAST = 'The last paper boat'
DAY = 24 * 60 * 60 * 1_000_000


def choose_library(folder):
    """As a person has chosen it in an earlier run."""
    path = os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile')
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'a') as file:
        file.write(f"[io/github/seedreel/Seedreel]\nlibrary-folder='{folder}'\n")


def make_old(s):
    """Dates a job back, while the program is not running."""
    connection = sqlite3.connect(os.path.join(s.data, 'seedreel.db'))
    with connection:
        connection.execute('UPDATE jobs SET created_at = created_at - ? WHERE prompt = ?', (400 * DAY, OLD))
    connection.close()


def trashed():
    return glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], 'Trash', 'files', '*.mp4'))


def kept(app):
    return [path for path in app.videos() if '/Trash/' not in path]


def open_preferences(app):
    app.key('ctrl+comma')
    return app.find('dialog', 'Preferences')


def stand_still(app):
    """The page of the older videos slides away first."""
    app.gone('check box', 'Keep Favourites')
    app.settled(app.find('list', 'Accounts'))


def close_preferences(app):
    stand_still(app)
    app.press('Close', root=app.find('dialog', 'Preferences'))
    app.gone('list', 'Accounts')


def remove_older(app, history=False):
    stand_still(app)
    app.take('Remove Older Videos', 'o')
    if history:
        app.find('check box', 'Remove From the History Too', nth=1).act()
    fate = 'and out of the history' if history else 'and stays in the history'
    app.reads(f'^1 video goes to the Trash {fate}: .+ free when the Trash is emptied')
    app.take('Move to the Trash', 'm')
    app.reads('^1 video goes to the Trash$')


def test(s):
    folder = os.path.join(os.environ['HOME'], 'Clips')
    choose_library(folder)
    environment = services.Sandbox(s, speed=8).environment
    app = s.program(environment=environment)
    app.choose('Resolution', '480p')
    app.set_duration(4)
    for prompt in (OLD, NEW):
        app.generate(prompt)
        app.becomes(prompt, 'Ready')
    app.quit()
    make_old(s)
    videos = app.videos()
    assert len(videos) == 2 and all(path.startswith(folder + '/') for path in videos), videos

    app = s.program(environment=environment)
    with s.step('the preferences say what the videos take'):
        open_preferences(app)
        size = sum(map(os.path.getsize, videos))
        shown = app.reads(r'^2 videos, ([\d.]+)\s(kB|MB)$')
        assert abs(float(shown[1]) * {'kB': 1e3, 'MB': 1e6}[shown[2]] - size) < 0.06 * size, (shown[0], size)
        app.find('label', 'Free Space')
    with s.step('an older video goes to the Trash, and Undo brings it back'):
        remove_older(app)
        assert app.videos() == videos and not trashed()
        app.press('Undo')
        app.gone('button', 'Undo')
        assert app.videos() == videos and not trashed()
    with s.step('what is not undone is carried out when the dialog is closed: file and job are gone'):
        remove_older(app, history=True)
        close_preferences(app)
        wait(lambda: [row['prompt'] for row in app.rows_on_disk()] == [NEW], 10, 'the job to go')
        assert len(trashed()) == 1
        assert len(kept(app)) == 1
    with s.step('another folder takes the videos along, and they still play'):
        app.generate(LAST)
        app.becomes(LAST, 'Ready')
        open_preferences(app)
        app.take('Use Default', 'd')
        app.press('Move', root=app.find('alert', 'Move Videos to the New Folder?'))
        app.reads('^2 videos moved$')
        close_preferences(app)
        assert len(kept(app)) == 2 and all('/Videos/Seedreel/' in path for path in kept(app)), kept(app)
        assert not glob.glob(os.path.join(folder, '*'))
        assert sorted(row['file'] for row in app.rows_on_disk()) == kept(app)
        app.open(LAST)
        app.plays()
    app.quit()
    with s.step('they are there after a restart'):
        app = s.program(environment=environment)
        open_preferences(app)
        app.reads('^2 videos, ')
        app.never_reads('not where')
        close_preferences(app)
        app.quit()


session.run(test, sys.argv[1])
