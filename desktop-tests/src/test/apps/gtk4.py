"""Entries of GTK 4: an ordinary one before each that is secret in some way."""
import sys

import gi

gi.require_version("Gtk", "4.0")
gi.require_version("IBus", "1.0")
from gi.repository import Gdk, Gio, GLib, Gtk, IBus
from fields import Report, order_from_stdin

Gtk.init()


def entry(purpose=None, visible=True):
    made = Gtk.Entry()
    if purpose is not None:
        made.set_input_purpose(purpose)
    made.set_visibility(visible)
    return made


secret = {
    "password-entry": Gtk.PasswordEntry(),
    "purpose-password": entry(Gtk.InputPurpose.PASSWORD),
    "purpose-pin": entry(Gtk.InputPurpose.PIN),
    "hidden-password": entry(Gtk.InputPurpose.PASSWORD, visible=False),
}
entries = {}
for number, (name, made) in enumerate(secret.items()):
    entries[f"text{number}"] = entry()
    entries[name] = made
entries["hidden"] = entry(visible=False)


loop = GLib.MainLoop()
window = Gtk.Window(title="keywarden-gtk4")
box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
window.set_child(box)


def focused():
    inner = window.get_focus()
    return next((name for name, each in entries.items() if inner is not None and inner.is_ancestor(each)), "")


def clear_and_focus(name):
    kept_back.letters = 0
    for each in entries.values():
        each.set_text("")
    entries[name].grab_focus()


class KeptBack:
    """Counts the letters beside ASCII's pressed while ibus-gtk4 has no connection but has not heard that the daemon is gone."""

    def __init__(self):
        self.letters = 0
        self.running = False
        Gio.bus_watch_name(
            Gio.BusType.SESSION, "org.freedesktop.IBus", Gio.BusNameWatcherFlags.NONE,
            lambda *_: self.runs(True), lambda *_: self.runs(False))
        keys = Gtk.EventControllerKey(propagation_phase=Gtk.PropagationPhase.CAPTURE)
        keys.connect("key-pressed", self.pressed)
        window.add_controller(keys)

    def runs(self, running):
        self.running = running

    def pressed(self, _, keyval, *__):
        # There is one IBus.Bus in a process: this is ibus-gtk4's.
        if Gdk.keyval_to_unicode(keyval) > 0x7f and self.running and not IBus.Bus.new_async_client().is_connected():
            self.letters += 1
        return False


def read():
    return {name: each.get_text() for name, each in entries.items()} | {"kept-back": str(kept_back.letters)}


kept_back = KeptBack()
report = Report(read, focused, clear_and_focus)
for name, each in entries.items():
    each.set_property("placeholder-text", name)
    box.append(each)
    each.connect("changed", report.say)
window.connect("notify::focus-widget", report.say)


def order(*_):
    line = order_from_stdin()
    if not line:
        loop.quit()
        return False
    report.obey(line)
    return True


GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, order)
window.connect("close-request", lambda *_: loop.quit())
window.present()
report.say()
loop.run()
