"""The desktop's search finds videos by their prompts: it starts the program over the bus, with no window, which ends by
itself; a result that is clicked is shown; and a new video can be begun from the menu of the icon."""
import os
import sys

import session
from desktop import ID, PATH, ask, ask_bus, search
from program import STRICT
from seedreel import PROMPT, Seedreel
from session import wait


class Activated(Seedreel):
    """The program that the bus started."""

    def __init__(self, s):
        self.process_id = ask_bus('GetConnectionUnixProcessID', '(s)', ID)[0]
        super().__init__(s, wait_for_window=False)

    def command(self):
        # It has a process already; this one stands for it, and ends with it.
        return ['tail', f'--pid={self.process_id}', '--follow', '/dev/null']

    def find_app(self):
        return self.bus.find_program(self.process_id)


def is_running():
    return ask_bus('NameHasOwner', '(s)', ID)[0]


def make_activatable(s):
    """Writes what the installed service file says, with the program of the build."""
    with open(os.path.join(s.folder, 'services', f'{ID}.service'), 'w') as file:
        file.write(f'[D-BUS Service]\nName={ID}\nExec={s.build}/run-uninstalled --gapplication-service\n')
    ask_bus('UpdateActivationEnvironment', '(a{ss})', STRICT)
    ask_bus('ReloadConfig')


def test(s):
    make_activatable(s)
    with s.step('a video is made, and the program ends'):
        app = s.program()
        app.choose('Resolution', '480p')
        app.slide('Duration', 4)
        app.generate(PROMPT)
        app.becomes(PROMPT, 'Ready')
        app.generate('[wait] A kite over the dunes')
        app.quit()
        assert not is_running()
    with s.step('the search starts it, and finds every word in any case'):
        found, = search('GetInitialResultSet', '(as)', ['BOAT', 'paper'])
        assert len(found) == 1, found
        assert search('GetInitialResultSet', '(as)', ['a'])[0][1] == found[0]
        assert search('GetInitialResultSet', '(as)', ['boat', 'kite'])[0] == []
        assert search('GetSubsearchResultSet', '(asas)', found, ['boat', 'pudd'])[0] == found
    with s.step('a result says what it is'):
        meta, = search('GetResultMetas', '(as)', [*found, 'no-such-job'])[0]
        assert (meta['id'], meta['name']) == (found[0], PROMPT), meta
        assert meta['description'].startswith('Ready'), meta
        assert ID in str(meta['icon']), meta
    with s.step('it has no window, and ends by itself'):
        process_id = ask_bus('GetConnectionUnixProcessID', '(s)', ID)[0]
        assert not app.find_window()
        wait(lambda: not os.path.exists(f'/proc/{process_id}'), 30, 'the end of the program')
    with s.step('a click on a result shows the video'):
        search('ActivateResult', '(sasu)', found[0], ['boat'], 0)
        app = Activated(s)
        app.meet()
        app.find('grouping', 'Player')
        app.plays()
    with s.step('all results are shown in the window'):
        search('LaunchSearch', '(asu)', ['kite'], 0)
        wait(lambda: [row.name.startswith('[wait] A kite') for row in app.rows()] == [True], 10, 'the one row')
        app.find('entry', 'Search videos')
    with s.step('a new video is begun from outside'):
        ask(ID, PATH, 'org.freedesktop.Application', 'ActivateAction', '(sava{sv})', 'new-video', [], {})
        wait(lambda: app.focused().name == 'Prompt', 10, 'the focus in the prompt')
        app.quit()
        wait(lambda: not is_running(), 10, 'the end of the program')
        with open(os.path.join(s.folder, 'bus.log'), encoding='utf-8') as file:
            log = file.read()
        assert not session.problems_in(log), log


session.run(test, sys.argv[1])
