"""What the desktop says to the program over the bus."""
from gi.repository import Gio, GLib

ID = 'io.github.seedreel.Seedreel'
PATH = '/io/github/seedreel/Seedreel'


def ask(name, path, interface, method, signature=None, *arguments):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    values = GLib.Variant(signature, arguments) if signature else None
    return bus.call_sync(name, path, interface, method, values, None, 0, 30000).unpack()


def ask_bus(method, signature=None, *arguments):
    return ask('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', method, signature, *arguments)


def search(method, signature, *arguments):
    return ask(ID, f'{PATH}/SearchProvider', 'org.gnome.Shell.SearchProvider2', method, signature, *arguments)
