"""Test results in the TAP form, for the tests that are written in Python."""
import sys
import traceback


class Tap:
    """Numbers the cases of one test program and ends it."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def case(self, name, problems=()):
        """One case: it passes where `problems` (texts, best with file:line) is empty."""
        problems = list(problems)
        self.count += 1
        self.failed += bool(problems)
        print(f'{"not ok" if problems else "ok"} {self.count} {name}', flush=True)
        if problems:
            # Meson shows the error stream of a failed TAP program, not its output.
            print(f'{name}:', *problems, sep='\n', file=sys.stderr, flush=True)

    def run(self, name, function, *arguments):
        """One case: `function` raises where it fails; tells whether it passed."""
        try:
            function(*arguments)
        except Exception:
            self.case(name, [traceback.format_exc()])
            return False
        self.case(name)
        return True

    def close(self):
        """Writes the plan."""
        print(f'1..{self.count}', flush=True)

    def finish(self):
        """Writes the plan and ends the program."""
        self.close()
        sys.exit(1 if self.failed else 0)
