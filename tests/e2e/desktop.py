"""What the desktop says to the program over the bus, and what it is told."""
import json
import os
import sys

import stand_in_desktop
from gi.repository import Gio, GLib

from session import desktop_log, wait

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


def activate_action(name, *parameters):
    """As the desktop does when a notification of a program that may have ended is clicked."""
    values = [GLib.Variant('s', parameter) for parameter in parameters]
    ask(ID, PATH, 'org.freedesktop.Application', 'ActivateAction', '(sava{sv})', name, values, {})


class Desktop:
    """The stand-in of tests/support/stand_in_desktop.py: all of it, or what it has besides portals, where those are real."""

    def __init__(self, session, with_portal=True):
        self.log = desktop_log(session.folder)
        names = [name for name in stand_in_desktop.NAMES if with_portal or name != stand_in_desktop.PORTAL]
        session.start(sys.executable, stand_in_desktop.__file__, self.log, *names, log='desktop-errors.log')
        wait(lambda: all(ask_bus('NameHasOwner', '(s)', name)[0] for name in names), 20, 'the desktop')

    def told(self, what):
        """All that it was told of a kind, the oldest first."""
        if not os.path.exists(self.log):
            return []
        with open(self.log) as file:
            records = [json.loads(line) for line in file]
        return [record for record in records if record['what'] == what]

    def standing(self):
        """The notifications that stand."""
        closed = {record['id'] for record in self.told('close') + self.told('clicked')}
        return [record for record in self.told('notify') if record['id'] not in closed]

    def notifications(self):
        """The same, by their titles."""
        return {record['title']: record for record in self.standing()}

    def is_inhibited(self):
        released = {record['id'] for record in self.told('uninhibit')}
        return any(record['id'] not in released for record in self.told('inhibit'))

    def invoke(self, title, action='default'):
        """Clicks a notification, or one of its buttons by its label."""
        record = self.notifications()[title]
        name = next(name for name, label in record['actions'].items() if action in (name, label))
        ask(stand_in_desktop.NAMES[0], stand_in_desktop.PATHS[stand_in_desktop.PERSON], stand_in_desktop.PERSON, 'Invoke',
            '(us)', record['id'], name)
