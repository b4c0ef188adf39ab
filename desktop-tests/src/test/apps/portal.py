"""A client of IBus's portal on the session bus, and what it is told of input contexts that are not its own.

Makes one context, reports its number, then the outcome of FocusOut on each of those before it, one a line. Ends when
its standard input does.
"""
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib

PORTAL = "org.freedesktop.portal.IBus"
CONTEXT = "/org/freedesktop/IBus/InputContext_"
bus = Gio.bus_get_sync(Gio.BusType.SESSION)


def call(path, interface, member, arguments=None):
    return bus.call_sync(PORTAL, path, interface, member, arguments, None, Gio.DBusCallFlags.NO_AUTO_START, 5000)


def outcome(number):
    try:
        call(CONTEXT + str(number), "org.freedesktop.IBus.InputContext", "FocusOut")
        return "done"
    except GLib.Error as error:
        return Gio.DBusError.get_remote_error(error).rpartition(".")[2]


made = call("/org/freedesktop/IBus", "org.freedesktop.IBus.Portal", "CreateInputContext",
            GLib.Variant("(s)", ("gtk3-im:portal",))).unpack()[0]
own = int(made.removeprefix(CONTEXT))
print(own)
for each in range(1, own):
    print(outcome(each))
print(outcome(own), flush=True)
sys.stdin.read()
