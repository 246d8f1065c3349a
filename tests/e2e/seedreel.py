"""What a person does in Seedreel, in the words of its window."""
import gettext
import glob
import os
import re
import sqlite3

from program import Program
from session import wait

LOCALES = {'vi': 'vi_VN.UTF-8'}

PROMPT = 'A paper boat crosses a rain puddle at dawn'


class Seedreel(Program):
    """language: a code of po/LINGUAS; the names of the window are then found by its translations."""

    def __init__(self, session, language=None, environment=None, **options):
        self.catalogue = None
        if language is not None:
            with open(os.path.join(session.build, 'po', language, 'LC_MESSAGES', 'seedreel.mo'), 'rb') as file:
                self.catalogue = gettext.GNUTranslations(file)
            environment = {**(environment or {}), 'LANG': LOCALES[language]}
        super().__init__(session, environment=environment, **options)

    def words(self, text, context=None):
        """A text of the window in the language of the run."""
        if self.catalogue is None:
            return text
        return self.catalogue.pgettext(context, text) if context else self.catalogue.gettext(text)

    # --- the form --------------------------------------------------------------------------------

    def price_label(self):
        """The label of the amount; its description is the arithmetic."""
        return self.find('label', self.words('Price'))

    def price(self):
        return self.price_label().text()

    def arithmetic(self):
        return self.price_label().description_now()

    def price_becomes(self, amount, seconds=20):
        wait(lambda: self.price() == amount, seconds, f'the price {amount}')

    def generate_is_on(self):
        return self.find('button', self.words('Generate')).has('SENSITIVE')

    def set_duration(self, seconds):
        """By whichever control the model's durations made."""
        if self.remembered('slider', 'Duration') or self.all('slider', 'Duration'):
            self.slide('Duration', seconds)
        else:
            self.choose('Duration', f'{seconds}\u00a0s')

    def generate(self, prompt):
        """Writes a prompt and presses Generate; gives the new row."""
        self.put(self.words('Prompt'), prompt)
        self.press(self.words('Generate'))
        return self.row(prompt)

    # --- the history -----------------------------------------------------------------------------

    def rows(self):
        """The rows that are on the screen."""
        key = ('list', self.words('History'))
        node = self.known.get(key)
        if node is None or not node.read() or not node.was('SHOWING'):
            found = self.all(*key)
            if not found:
                return []
            node = self.known[key] = found[0]
        return [row for row in node.children if row.role == 'list item']

    def row(self, prompt, seconds=20):
        """The newest row whose name starts as the prompt does."""
        start = prompt.split('\n')[0][:60]
        return wait(lambda: next(row for row in self.rows() if row.name.startswith(start)), seconds, f'a row "{start}"')

    def state(self, prompt):
        return self.row(prompt).description.split(' · ')[0]

    def becomes(self, prompt, state, seconds=40):
        """Waits for a state in the history, as its row reads it."""
        pattern = re.compile(f'^{state}')
        try:
            wait(lambda: pattern.match(self.state(prompt)), seconds, state)
        except TimeoutError:
            raise TimeoutError(f'"{prompt[:40]}" is {self.row(prompt).description!r}, not {state}') from None

    def open(self, prompt):
        """Clicks a row, so that the job is shown."""
        self.click(self.row(prompt))

    # --- the player ------------------------------------------------------------------------------

    def plays(self, seconds=20):
        """Waits until the position moves, twice, as it does while a video plays."""
        def moved():
            before = self.value(self.words('Position'))
            wait(lambda: self.value(self.words('Position')) != before, 5, 'the position to move', 0.05)
            return True
        self.find('slider', self.words('Position'), seconds=seconds)
        wait(moved, seconds, 'the video to play')
        assert moved()

    # --- the disk --------------------------------------------------------------------------------

    def videos(self):
        """The finished videos in the home of the session, but for the sandbox's own."""
        found = glob.glob(os.path.join(os.environ['HOME'], '**', '*.mp4'), recursive=True)
        return sorted(path for path in found if '/sandbox' not in path)

    def rows_on_disk(self):
        """The jobs in the database, as dictionaries; the program may be running."""
        path = os.path.join(self.session.data, 'seedreel.db')
        paths = [path] if os.path.exists(path) else glob.glob(os.path.join(self.session.data, '*.sqlite*'))
        connection = sqlite3.connect(f'file:{paths[0]}?mode=ro', uri=True)
        connection.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in connection.execute('SELECT * FROM jobs ORDER BY created_at')]
        finally:
            connection.close()
