"""Seedreel as a user meets it: found by role and name in the accessible tree, driven by mouse and keys, read back."""
import contextlib
import glob
import os
import re
import signal
import subprocess

from gi.repository import GLib

from accessible import Bus
from session import TOP, problems_in, running, wait

TITLE = 'Seedreel'

# A program with a critical message, a leak or undefined behaviour ends, and not well.
STRICT = {
    'G_DEBUG': 'fatal-criticals',
    'G_ENABLE_DIAGNOSTIC': '0',
    'MALLOC_CHECK_': '2',
    'ASAN_OPTIONS': 'abort_on_error=1:handle_abort=1:detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=0',
    'UBSAN_OPTIONS': 'halt_on_error=1:print_stacktrace=1',
    'LSAN_OPTIONS': f'suppressions={TOP}/tests/support/lsan.supp:print_suppressions=0',
}


def xdotool(*arguments):
    return subprocess.run(['xdotool', *map(str, arguments)], capture_output=True, text=True).stdout.strip()


class Program:
    """One run of the real program.

    environment: variables on top of the session's; arguments: of the command line; preload: libraries for LD_PRELOAD;
    harmless: a pattern of what may stand on the error stream.
    """

    def __init__(self, session, environment=None, arguments=(), preload=(), wait_for_window=True, harmless=None):
        self.harmless = harmless
        self.session = session
        self.known = {}
        self.log_path = os.path.join(session.folder, f'program-{len(session.programs)}.log')
        variables = {**os.environ, **STRICT, **(environment or {})}
        if preload:
            variables['LD_PRELOAD'] = ' '.join([*self.sanitizer_library(), *preload])
        with open(self.log_path, 'w') as log:
            self.process = subprocess.Popen([*self.command(), *arguments], stdout=log, stderr=log, env=variables)
        session.programs.append(self)
        running.append(self)
        if wait_for_window:
            self.meet()

    def command(self):
        """What starts the program."""
        return [os.path.join(self.session.build, 'run-uninstalled')]

    def sanitizer_library(self):
        """A sanitized program wants the library of AddressSanitizer before all others."""
        listed = subprocess.run(['ldd', os.path.join(self.session.build, 'src', 'seedreel')], capture_output=True, text=True)
        return re.findall(r'=> (\S*libasan\S*)', listed.stdout)

    def meet(self):
        """Waits until the window is there and active."""
        self.bus = Bus()
        self.app = wait(self.find_app, 30, 'the program on the accessibility bus')
        self.window = wait(self.find_window, 20, 'the window')
        xdotool('windowactivate', '--sync', self.window)
        self.app.read()
        self.frame = wait(lambda: next(child for child in self.app.children if child.name == TITLE), 10, 'the window frame')
        wait(lambda: self.frame.has('ACTIVE'), 10, 'the active window')

    def find_app(self):
        return self.bus.find_program(self.process.pid)

    def find_window(self):
        return xdotool('search', '--onlyvisible', '--name', f'^{TITLE}$').split('\n')[-1]

    # --- reading ---------------------------------------------------------------------------------

    def nodes(self, root=None):
        """All that is showing, read now."""
        return (root or self.frame).read()

    def all(self, role, name=None, root=None):
        """What is showing of a role, with a name (text or pattern) where given."""
        return [node for node in self.nodes(root) if node.role == role and (name is None or self.matches(node.name, name))]

    @staticmethod
    def matches(text, name):
        """Names are compared without the case of their letters and an ellipsis: a button's text wins over its name."""
        if isinstance(name, re.Pattern):
            return name.search(text) is not None
        return text.casefold().rstrip('…') == name.casefold().rstrip('…')

    def find(self, role, name=None, root=None, seconds=20, nth=0):
        """The first of a role and name, once it is showing. Each question to the tree is a call to the program, so what
        was found before is looked at first."""
        node = self.remembered(role, name) if root is None and nth == 0 else None
        if node is None:
            node = wait(lambda: self.all(role, name, root)[nth], seconds, f'{role} "{name}"')
            if root is None and nth == 0:
                self.known[role, name] = node
        return node

    def remembered(self, role, name):
        """What was found before, where it is still showing under its name."""
        with contextlib.suppress(GLib.Error, KeyError):
            node = self.known[role, name]
            if node.has('SHOWING') and (name is None or self.matches(node.name_now(), name)):
                return node
        return None

    def gone(self, role, name=None, root=None, seconds=20):
        wait(lambda: not self.all(role, name, root), seconds, f'no {role} "{name}"')

    def texts(self, root=None):
        """All that can be read: names, descriptions and contents."""
        found = []
        for node in self.nodes(root):
            found += [node.name, node.description]
            if node.role == 'text':
                found.append(node.text())
        return [text for text in found if text]

    def reads(self, pattern, root=None, seconds=20):
        """Waits until a text that matches can be read, and gives the match."""
        def look():
            return next(filter(None, (re.search(pattern, text) for text in self.texts(root))))
        return wait(look, seconds, f'a text like /{pattern}/')

    def never_reads(self, pattern, root=None):
        found = [text for text in self.texts(root) if re.search(pattern, text)]
        assert not found, f'should not be read: {found}'

    def tree(self):
        self.frame.read()
        return '\n'.join(self.frame.lines())

    def log(self):
        with open(self.log_path, encoding='utf-8', errors='replace') as file:
            return file.read()

    def check_log(self):
        problems = [line for line in problems_in(self.log()) if self.harmless is None or not re.search(self.harmless, line)]
        assert not problems, 'on the error stream: ' + '\n'.join(problems)

    # --- acting ----------------------------------------------------------------------------------

    def box(self, node):
        """The rectangle of a node on the screen."""
        lines = xdotool('getwindowgeometry', '--shell', self.window).split('\n')
        window = {key: int(value) for key, value in (line.split('=') for line in lines if '=' in line)}
        x, y, width, height = node.extents()
        frame_x, frame_y, frame_width, frame_height = self.frame.extents()
        return (window['X'] + x - frame_x + (window['WIDTH'] - frame_width) // 2,
                window['Y'] + y - frame_y + (window['HEIGHT'] - frame_height) // 2, width, height)

    def settled(self, node):
        """The rectangle of a node, once it stands still."""
        last = None

        def still():
            nonlocal last
            box, before = self.box(node), last
            last = box
            return box == before and box[2] > 0

        wait(still, 5, f'"{node.name}" to stand still', 0.1)
        return last

    def click(self, node, across=0.5, down=0.5, button=1):
        """Clicks with the mouse, once the node stands still.

        GTK 4.18 leaves the padding of the containers out of the position of a node, so that it can lie some 20 pixels
        further right and down than it says: for large things only. Buttons are pressed, see press().
        """
        x, y, width, height = self.settled(node)
        # Without --sync, which waits 15 s for a pointer that is there already.
        xdotool('mousemove', int(x + width * across), int(y + height * down), 'click', button)

    def focus(self, node, most=60):
        """Gives a node the focus as the keyboard does."""
        for _ in range(most):
            if node.has('FOCUSED'):
                return node
            before = self.focused()
            self.key('Tab')
            wait(lambda: before is None or not before.has('FOCUSED'), 5, 'the focus to move')
        raise AssertionError(f'{node.role} "{node.name}" does not get the focus by Tab')

    def focused(self):
        return next((node for node in self.nodes() if node.was('FOCUSED')), None)

    def key(self, *keys):
        xdotool('key', '--delay', 8, *keys)

    def press(self, name, role='button', root=None, seconds=20):
        """Presses a button, once it is on."""
        def act():
            node = self.find(role, name, root)
            return node.has('SENSITIVE') and node.act()
        wait(act, seconds, f'to press "{name}"')

    def put(self, name, text, role='text', root=None):
        """Replaces the content of a text field, with any characters."""
        node = self.find(role, name, root)
        node.set_text(text)

        def holds():
            shown = node.text()
            # A password field says nothing but dots, whichever the font has.
            return shown == text or len(shown) == len(text) and len(set(shown)) == 1

        wait(holds, 10, f'"{name}" to hold the text')
        return node

    def write(self, name, text, root=None):
        """Clicks into a text field, empties it and types."""
        node = self.find('text', name, root)
        self.click(node)
        wait(lambda: node.has('FOCUSED'), 5, f'the focus in "{name}"')
        self.key('ctrl+a', 'Delete')
        xdotool('type', '--delay', 5, text)
        wait(lambda: node.text() == text, 10, f'"{name}" to hold the text')
        return node

    def choose(self, group, name):
        """Picks one of a group of toggles."""
        node = self.find('radio button', name, self.find('grouping', group))
        if node.has('CHECKED'):
            return
        node.act()
        wait(lambda: node.has('CHECKED'), 5, f'"{name}" to be chosen')

    def combo_value(self, node):
        return next(label.name for label in self.all('label', root=node) if label.name != node.name)

    def combo_shows(self, name, text, seconds=20):
        wait(lambda: self.combo_value(self.find('combo box', name)) == text, seconds, f'"{name}" to be {text}')

    def pick(self, name, index, expect):
        """Picks an entry of a combo row. It has no action: by keys."""
        node = self.find('combo box', name)
        if self.combo_value(node) == expect:
            return
        self.focus(node)
        self.key('space')
        wait(lambda: [item for item in self.all('list item') if item.was('FOCUSED')], 5, f'the choices of "{name}"')
        self.key('Home', *['Down'] * index, 'Return')
        wait(lambda: self.combo_value(node) == expect, 5, f'"{name}" to be {expect}')

    def take(self, name, mnemonic):
        """Takes a row that is a button. It has no action: by its mnemonic."""
        wait(lambda: self.find('button', name).has('SENSITIVE'), 10, f'"{name}" to be on')
        # The focus may have gone with the toast that had it.
        self.key('Tab', f'alt+{mnemonic}')

    def slide(self, name, value):
        node = self.find('slider', name)
        node.set_value(value)
        wait(lambda: abs(node.value() - value) < 1e-6, 5, f'"{name}" at {value}')

    def value(self, name, role='slider'):
        return self.find(role, name).value()

    def picture(self, path):
        """A picture of the window alone."""
        subprocess.run(['import', '-window', self.window, path], check=True)

    # --- the end ---------------------------------------------------------------------------------

    def quit(self, answer=None, seconds=30):
        """Closes the window as a person does, with an answer where it is asked what becomes of running jobs; the program must end
        by itself, well and without leaks."""
        xdotool('windowactivate', '--sync', self.window)
        self.key('alt+F4')
        if answer is not None:
            self.press(answer)
        self.ended(seconds)

    def ended(self, seconds=30):
        """Waits until the program, which was told to close, has ended by itself, well and without leaks."""
        running.remove(self)
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f'the program did not end within {seconds} s:\n{self.threads()}') from None
        self.check_log()
        assert status == 0, f'the program ended with status {status}:\n{self.log()}'

    def threads(self):
        """What the threads of a program that does not end wait for. AddressSanitizer writes the stack of the main one into
        the log; the program is gone then."""
        lines = []
        for folder in sorted(glob.glob(f'/proc/{self.process.pid}/task/*')):
            with contextlib.suppress(OSError):
                lines.append(' '.join(open(f'{folder}/{name}').read().strip() for name in ('comm', 'wchan', 'syscall')))
        self.process.send_signal(signal.SIGABRT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        return '\n'.join(lines)

    def kill(self):
        """As when the power fails."""
        running.remove(self)
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
