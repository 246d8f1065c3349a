"""A stand-in for the parts of a desktop that Seedreel speaks to over the session bus: notifications, the session manager that
can be kept from ending the session, and the portal that shows files. Arguments: the file for what it is told, and the names
that it takes, all of them where there are none.

What it is told it writes to a file, a JSON object a line. The bus starts it with the first notification; a test that wants
all of it starts it first. It acts as the person with an interface of its own: Invoke clicks a notification ("default", or the
action of one of its buttons).
"""
import json
import os
import sys

PORTAL = 'org.freedesktop.portal.Desktop'
NAMES = ('org.freedesktop.Notifications', 'org.gnome.SessionManager', PORTAL)

PERSON = 'io.github.seedreel.StandIn.Person'

INTERFACES = '''<node>
<interface name="org.freedesktop.Notifications">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/>
  </method>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface>
<interface name="org.gnome.SessionManager">
  <method name="Inhibit">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="u" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="Uninhibit"><arg type="u" direction="in"/></method>
</interface>
<interface name="org.freedesktop.portal.OpenURI">
  <method name="OpenDirectory">
    <arg type="s" direction="in"/><arg type="h" direction="in"/><arg type="a{sv}" direction="in"/>
    <arg type="o" direction="out"/>
  </method>
  <property name="version" type="u" access="read"/>
</interface>
<interface name="io.github.seedreel.StandIn.Person">
  <method name="Invoke"><arg type="u" direction="in"/><arg type="s" direction="in"/></method>
</interface>
</node>'''

PATHS = {
    'org.freedesktop.Notifications': '/org/freedesktop/Notifications',
    'org.gnome.SessionManager': '/org/gnome/SessionManager',
    'org.freedesktop.portal.OpenURI': '/org/freedesktop/portal/desktop',
    PERSON: '/io/github/seedreel/StandIn',
}


def write_service_file(folder, log):
    """Writes into a folder what the bus needs to start the stand-in, which writes to a log."""
    name = NAMES[0]
    with open(os.path.join(folder, f'{name}.service'), 'w') as file:
        file.write(f'[D-BUS Service]\nName={name}\nExec={sys.executable} {os.path.abspath(__file__)} {log}\n')


class StandIn:
    def __init__(self, log, names):
        from gi.repository import Gio, GLib
        self.variant = GLib.Variant
        self.log = log
        self.last = 0
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        for interface in Gio.DBusNodeInfo.new_for_xml(INTERFACES).interfaces:
            self.bus.register_object(PATHS[interface.name], interface, self.on_call, self.on_get, None)
        for name in names:
            Gio.bus_own_name_on_connection(self.bus, name, Gio.BusNameOwnerFlags.NONE, None, None)

    def write(self, **what):
        with open(self.log, 'a') as file:
            file.write(json.dumps(what) + '\n')

    def emit(self, signal, signature, *values):
        self.bus.emit_signal(None, PATHS['org.freedesktop.Notifications'], 'org.freedesktop.Notifications', signal,
                             self.variant(signature, values))

    def on_get(self, bus, sender, path, interface, name):
        return self.variant('u', 4)

    def on_call(self, bus, sender, path, interface, method, parameters, invocation):
        self.invocation = invocation
        self.then = lambda: None
        invocation.return_value(getattr(self, method)(*parameters.unpack()))
        self.then()

    def Notify(self, application, replaces, icon, title, body, actions, hints, timeout):
        if not replaces:
            self.last += 1
        id = replaces or self.last
        self.write(what='notify', id=id, title=title, body=body, actions=dict(zip(actions[::2], actions[1::2])),
                   urgency=hints.get('urgency'), application=hints.get('desktop-entry'))
        return self.variant('(u)', (id,))

    def CloseNotification(self, id):
        self.write(what='close', id=id)
        self.emit('NotificationClosed', '(uu)', id, 3)

    def GetCapabilities(self):
        return self.variant('(as)', (['actions', 'body', 'persistence'],))

    def GetServerInformation(self):
        return self.variant('(ssss)', ('stand-in', 'Seedreel', '1', '1.2'))

    def Inhibit(self, application, window, reason, flags):
        self.last += 1
        self.write(what='inhibit', id=self.last, application=application, reason=reason, flags=flags)
        return self.variant('(u)', (self.last,))

    def Uninhibit(self, cookie):
        self.write(what='uninhibit', id=cookie)

    def OpenDirectory(self, window, handle, options):
        descriptor = self.invocation.get_message().get_unix_fd_list().get(handle)
        self.write(what='show', path=os.readlink(f'/proc/self/fd/{descriptor}'))
        os.close(descriptor)
        sender = self.invocation.get_sender()
        request = f'/org/freedesktop/portal/desktop/request/{sender[1:].replace(".", "_")}/{options["handle_token"]}'
        # The answer follows the name of the request.
        self.then = lambda: self.bus.emit_signal(sender, request, 'org.freedesktop.portal.Request', 'Response',
                                                 self.variant('(ua{sv})', (0, {})))
        return self.variant('(o)', (request,))

    def Invoke(self, id, action):
        self.emit('ActionInvoked', '(us)', id, action)
        self.write(what='clicked', id=id)
        self.emit('NotificationClosed', '(uu)', id, 2)


if __name__ == '__main__':
    from gi.repository import GLib
    stand_in = StandIn(sys.argv[1], sys.argv[2:] or NAMES)
    GLib.MainLoop().run()
