"""The accessible tree of a program, read over the accessibility bus.

Every question is a call to the program, and a window has hundreds of nodes: a level of the tree is asked for in one go.
"""
import gi

gi.require_version('Atspi', '2.0')

from gi.repository import Atspi, Gio, GLib  # noqa: E402

ACCESSIBLE = 'org.a11y.atspi.Accessible'
PROPERTIES = 'org.freedesktop.DBus.Properties'
ROOT = '/org/a11y/atspi/accessible/root'
TIMEOUT = 20000  # milliseconds


def role_name(number):
    return Atspi.role_get_name(Atspi.Role(number))


class Bus:
    """The accessibility bus of the session."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0,
                                    TIMEOUT).unpack()[0]
        flags = Gio.DBusConnectionFlags
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)

    def call(self, owner, path, interface, method, arguments=None):
        return self.connection.call_sync(owner, path, interface, method, arguments, None, 0, TIMEOUT).unpack()

    def call_all(self, calls):
        """Sends all calls, then waits for all answers; None for one that failed."""
        answers = [None] * len(calls)
        left = len(calls)

        def done(connection, result, index):
            nonlocal left
            left -= 1
            try:
                answers[index] = connection.call_finish(result).unpack()
            except GLib.Error:
                pass  # the object is gone

        for index, (owner, path, interface, method, arguments) in enumerate(calls):
            self.connection.call(owner, path, interface, method, arguments, None, 0, TIMEOUT, None, done, index)
        while left:
            GLib.MainContext.default().iteration(True)
        return answers

    def find_program(self, process_id):
        """The root node of the program with a process id, or None."""
        programs = self.call('org.a11y.atspi.Registry', ROOT, ACCESSIBLE, 'GetChildren')[0]
        for owner, path in programs:
            try:
                found = self.call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'GetConnectionUnixProcessID',
                                  GLib.Variant('(s)', (owner,)))[0]
            except GLib.Error:
                continue
            if found == process_id:
                return Node(self, owner, path)
        return None


    def find_named(self, name):
        """The root node of the program of a name, or None."""
        for owner, path in self.call('org.a11y.atspi.Registry', ROOT, ACCESSIBLE, 'GetChildren')[0]:
            node = Node(self, owner, path)
            if node.name_now() == name:
                return node
        return None


class Node:
    """One node. role, name, description, states and children are as they were when it was read."""

    def __init__(self, bus, owner, path):
        self.bus = bus
        self.owner = owner
        self.path = path
        self.role = self.name = self.description = ''
        self.states = 0
        self.children = []

    def __eq__(self, other):
        return isinstance(other, Node) and (self.owner, self.path) == (other.owner, other.path)

    def __hash__(self):
        return hash((self.owner, self.path))

    def ask(self, interface, method, signature=None, *arguments):
        values = GLib.Variant(signature, arguments) if signature else None
        return self.bus.call(self.owner, self.path, f'org.a11y.atspi.{interface}', method, values)

    def get(self, interface, name):
        return self.bus.call(self.owner, self.path, PROPERTIES, 'Get',
                             GLib.Variant('(ss)', (f'org.a11y.atspi.{interface}', name)))[0]

    def questions(self):
        accessible = (self.owner, self.path, ACCESSIBLE)
        return [
            (self.owner, self.path, PROPERTIES, 'GetAll', GLib.Variant('(s)', (ACCESSIBLE,))),
            (*accessible, 'GetState', None),
            (*accessible, 'GetRole', None),
            (*accessible, 'GetChildren', None),
        ]

    def take(self, properties, states, role, children):
        """Takes the answers; tells whether the node is there and showing."""
        if None in (properties, states, role, children):
            self.states, self.children = 0, []
            return False
        self.name = properties[0].get('Name', '')
        self.description = properties[0].get('Description', '')
        self.states = states[0][0] | states[0][1] << 32
        self.role = role_name(role[0])
        self.children = [Node(self.bus, owner, path) for owner, path in children[0]]
        return self.was('SHOWING')

    def read(self):
        """Reads the node and all that is showing below it; gives them in the order of the tree."""
        level, first = [self], True
        while level:
            answers = self.bus.call_all([question for node in level for question in node.questions()])
            below = []
            for index, node in enumerate(level):
                showing = node.take(*answers[4 * index:4 * index + 4])
                if showing or first:
                    below += node.children
                else:
                    node.children = []
            level, first = below, False
        return list(self.walk())

    def walk(self):
        yield self
        for child in self.children:
            if child.was('SHOWING'):
                yield from child.walk()

    def was(self, state):
        return bool(self.states >> int(getattr(Atspi.StateType, state)) & 1)

    def has(self, state):
        """Whether it is in a state now."""
        low, high = self.ask('Accessible', 'GetState')[0]
        self.states = low | high << 32
        return self.was(state)

    def name_now(self):
        return self.get('Accessible', 'Name')

    def description_now(self):
        return self.get('Accessible', 'Description')

    def text(self):
        """What stands in a text field or label."""
        return self.ask('Text', 'GetText', '(ii)', 0, -1)[0]

    def set_text(self, text):
        self.ask('EditableText', 'SetTextContents', '(s)', text)

    def insert_text(self, position, text):
        # A string of the bus ends at NUL, and GTK takes the length as it is told, in bytes.
        text = text.split('\0')[0]
        self.ask('EditableText', 'InsertText', '(isi)', position, text, len(text.encode()))

    def act(self):
        """Does what a click would do."""
        return self.ask('Action', 'DoAction', '(i)', 0)[0]

    def value(self):
        return self.get('Value', 'CurrentValue')

    def set_value(self, value):
        self.bus.call(self.owner, self.path, PROPERTIES, 'Set', GLib.Variant(
            '(ssv)', ('org.a11y.atspi.Value', 'CurrentValue', GLib.Variant('d', value))))

    def extents(self):
        """x, y, width, height inside the window."""
        return self.ask('Component', 'GetExtents', '(u)', int(Atspi.CoordType.WINDOW))[0]

    def lines(self, depth=0):
        """What a screen reader sees, one node a line; containers without a name are left out."""
        plain = self.role in ('panel', 'grouping', 'filler') and not self.name and not self.description
        if not plain:
            states = [state.lower() for state in ('FOCUSED', 'CHECKED', 'SELECTED') if self.was(state)]
            if not self.was('SENSITIVE'):
                states.append('off')
            about = f' ({self.description})' if self.description else ''
            yield f'{"  " * depth}{self.role} "{self.name}"{about} {" ".join(states)}'
        for child in self.children:
            if child.was('SHOWING'):
                yield from child.lines(depth + (not plain))
