"""The rest of a desktop, as far as a player of videos meets it on the session bus: a session manager that can be asked
not to let the computer sleep, and a panel with media keys (MPRIS)."""
import threading

from gi.repository import Gio, GLib

from session import wait

PROPERTIES = 'org.freedesktop.DBus.Properties'
PLAYER = 'org.mpris.MediaPlayer2.Player'
NAME = 'org.mpris.MediaPlayer2.io.github.seedreel.Seedreel'
PATH = '/org/mpris/MediaPlayer2'

MANAGER = '''<node><interface name="org.gnome.SessionManager">
  <method name="RegisterClient"><arg direction="in" type="s"/><arg direction="in" type="s"/><arg direction="out" type="o"/></method>
  <method name="Inhibit"><arg direction="in" type="s"/><arg direction="in" type="u"/><arg direction="in" type="s"/>
    <arg direction="in" type="u"/><arg direction="out" type="u"/></method>
  <method name="Uninhibit"><arg direction="in" type="u"/></method>
  <method name="IsInhibited"><arg direction="in" type="u"/><arg direction="out" type="b"/></method>
  <property name="SessionIsActive" type="b" access="read"/>
</interface></node>'''

SUSPEND = 4


class Loop:
    """A main loop in a thread, with a connection to the session bus of its own."""

    def __init__(self, session):
        self.context = GLib.MainContext()
        self.loop = GLib.MainLoop(self.context)
        self.connection = None
        threading.Thread(target=self.run, daemon=True).start()
        wait(lambda: self.connection, 10, 'the bus')
        session.exits.callback(self.loop.quit)

    def run(self):
        self.context.push_thread_default()
        address = Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION)
        flags = Gio.DBusConnectionFlags
        connection = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        self.set_up(connection)
        self.connection = connection
        self.loop.run()

    def set_up(self, connection):
        pass


class SessionManager(Loop):
    """inhibited holds what is asked not to happen: cookie to (flags, reason)."""

    def set_up(self, connection):
        self.inhibited = {}
        self.count = 0
        node = Gio.DBusNodeInfo.new_for_xml(MANAGER)
        connection.register_object('/org/gnome/SessionManager', node.interfaces[0], self.on_call, self.on_property, None)
        connection.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'RequestName',
                             GLib.Variant('(su)', ('org.gnome.SessionManager', 0)), None, 0, -1)

    def on_property(self, *_):
        return GLib.Variant('b', True)

    def on_call(self, connection, sender, path, interface, method, arguments, invocation):
        values = arguments.unpack()
        answer = None
        if method == 'Inhibit':
            self.count += 1
            self.inhibited[self.count] = (values[3], values[2])
            answer = GLib.Variant('(u)', (self.count,))
        elif method == 'Uninhibit':
            del self.inhibited[values[0]]
        elif method == 'RegisterClient':
            answer = GLib.Variant('(o)', ('/org/gnome/SessionManager/Client1',))
        elif method == 'IsInhibited':
            answer = GLib.Variant('(b)', (bool(self.inhibited),))
        invocation.return_value(answer)

    def keeps_awake(self):
        return any(flags & SUSPEND and reason == 'A video is playing' for flags, reason in self.inhibited.values())


class Panel(Loop):
    """changes holds what PropertiesChanged told, in order; seeked the positions of Seeked."""

    def set_up(self, connection):
        self.changes = []
        self.seeked = []
        connection.signal_subscribe(None, PROPERTIES, 'PropertiesChanged', PATH, PLAYER, 0, self.on_changed)
        connection.signal_subscribe(None, PLAYER, 'Seeked', PATH, None, 0, self.on_seeked)

    def on_changed(self, connection, sender, path, interface, signal, parameters):
        self.changes.append(parameters.unpack()[1])

    def on_seeked(self, connection, sender, path, interface, signal, parameters):
        self.seeked.append(parameters.unpack()[0])

    def call(self, method, signature=None, *values, interface=PLAYER):
        arguments = GLib.Variant(signature, values) if signature else None
        return self.connection.call_sync(NAME, PATH, interface, method, arguments, None, 0, 10000).unpack()

    def get(self, name, interface=PLAYER):
        return self.call('Get', '(ss)', interface, name, interface=PROPERTIES)[0]

    def set(self, name, value):
        self.call('Set', '(ssv)', PLAYER, name, value, interface=PROPERTIES)

    def is_there(self):
        return self.connection.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'NameHasOwner',
                                         GLib.Variant('(s)', (NAME,)), None, 0, 10000).unpack()[0]

    def last(self, name):
        """What was told of a property last, None where nothing was."""
        return next((change[name] for change in reversed(self.changes) if name in change), None)

    def becomes(self, name, value):
        """Waits until a property has a value, and was told to have it."""
        wait(lambda: self.last(name) == value, 10, f'{name} to be told as {value}')
        assert self.get(name) == value, (name, self.get(name), value)
