"""logind as lockers and Keywarden meet it, with one session. Lines "Lock" and "Unlock" have it ask for that; what the
locker says of itself it writes."""
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib

NAME = "org.freedesktop.login1"
MANAGER, SESSION = "/org/freedesktop/login1", "/org/freedesktop/login1/session/_31"
INTERFACES = """
<node>
  <interface name="org.freedesktop.login1.Manager">
    <method name="GetSession"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
    <method name="GetSessionByPID"><arg type="u" direction="in"/><arg type="o" direction="out"/></method>
    <property name="PreparingForSleep" type="b" access="read"/>
    <signal name="PrepareForSleep"><arg type="b"/></signal>
  </interface>
  <interface name="org.freedesktop.login1.Session">
    <method name="SetLockedHint"><arg type="b" direction="in"/></method>
    <property name="LockedHint" type="b" access="read"/>
    <property name="Active" type="b" access="read"/>
    <signal name="Lock"/>
    <signal name="Unlock"/>
  </interface>
</node>
"""
bus = Gio.bus_get_sync(Gio.BusType.SYSTEM)
manager, session = Gio.DBusNodeInfo.new_for_xml(INTERFACES).interfaces
state = {"LockedHint": False, "Active": True, "PreparingForSleep": False}
lock_asked = False


def call(connection, sender, path, interface, method, arguments, invocation):
    global lock_asked
    if method == "SetLockedHint":
        lock_asked = lock_asked and not arguments[0]
        state["LockedHint"] = arguments[0]
        changed = {"LockedHint": GLib.Variant("b", arguments[0])}
        bus.emit_signal(
            None,
            SESSION,
            "org.freedesktop.DBus.Properties",
            "PropertiesChanged",
            GLib.Variant("(sa{sv}as)", (session.name, changed, [])),
        )
        invocation.return_value(None)
        print("locked" if arguments[0] else "unlocked", flush=True)
    else:
        invocation.return_value(GLib.Variant("(o)", (SESSION,)))


def read(connection, sender, path, interface, name):
    return GLib.Variant("b", state[name])


def order(*_):
    global lock_asked
    line = sys.stdin.readline().strip()
    if not line:
        loop.quit()
        return False
    if line == "Lock":
        # A locker that is just starting may not hear the first; one that has heard it is not asked again, or an
        # unlock would be followed by another lock.
        lock_asked = True
        GLib.timeout_add(100, ask_to_lock)
    else:
        bus.emit_signal(None, SESSION, session.name, line, None)
    return True


def ask_to_lock():
    if lock_asked:
        bus.emit_signal(None, SESSION, session.name, "Lock", None)
    return lock_asked


bus.register_object(MANAGER, manager, call, read, None)
bus.register_object(SESSION, session, call, read, None)
loop = GLib.MainLoop()
Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: print("ready", flush=True), None)
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, order)
loop.run()
