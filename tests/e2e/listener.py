"""A screen reader that does no more than Orca does: it listens to the accessibility bus, follows the focus, and asks about
what has it and about what is around that. GTK drops without a word what comes from a thing that nobody has asked about.
"""
from gi.repository import Gio, GLib

from accessible import ROOT, Bus, Node, role_name
from session import wait

OBJECT = 'org.a11y.atspi.Event.Object'
NOTHING = '/org/a11y/atspi/null'


class Listener:
    """said: what was announced, the oldest first; focus: the node that has it, read as it was then."""

    def __init__(self):
        self.bus = Bus()
        self.said = []
        self.focus = None
        for name, callback in (('Announcement', self.on_announcement), ('StateChanged', self.on_state)):
            self.bus.connection.signal_subscribe(None, OBJECT, name, None, None, Gio.DBusSignalFlags.NONE, callback)
            self.bus.call('org.a11y.atspi.Registry', '/org/a11y/atspi/registry', 'org.a11y.atspi.Registry', 'RegisterEvent',
                          GLib.Variant('(sass)', (f'object:{"announcement" if name == "Announcement" else "state-changed"}',
                                                  [], '')))

    def on_announcement(self, _connection, _owner, _path, _interface, _name, parameters):
        self.said.append(parameters.unpack()[3])

    def on_state(self, _connection, owner, path, _interface, _name, parameters):
        state, on, *_ = parameters.unpack()
        if state == 'focused' and on:
            self.focus = Node(self.bus, owner, path)

    def listen(self):
        """Takes what has come."""
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass

    def read_focus(self):
        """The node with the focus, once something has it; what is around it is asked about too, as Orca does to say where
        the focus is."""
        def look():
            self.listen()
            node = above = self.focus
            node.role = role_name(node.ask('Accessible', 'GetRole')[0])
            node.name = node.name_now()
            while above.path not in (ROOT, NOTHING):
                above = Node(self.bus, *above.get('Accessible', 'Parent'))
            return node
        return wait(look, 10, 'something to have the focus')

    def hears(self, pattern, seconds=20):
        """Waits for an announcement that matches, and takes it and all before it away."""
        def look():
            self.listen()
            return next(filter(None, (pattern.search(text) for text in self.said)))
        match = wait(look, seconds, f'to hear /{pattern.pattern}/, after {self.said}')
        del self.said[:next(index for index, text in enumerate(self.said) if pattern.search(text)) + 1]
        return match
