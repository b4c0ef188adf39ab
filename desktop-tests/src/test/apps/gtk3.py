"""Entries of GTK 3: an ordinary one before each that is secret in some way."""
import sys

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import GLib, Gtk
from fields import Report, order_from_stdin


def entry(purpose=None, visible=True):
    made = Gtk.Entry()
    if purpose is not None:
        made.set_input_purpose(purpose)
    made.set_visibility(visible)
    return made


PASSWORD, PIN = Gtk.InputPurpose.PASSWORD, Gtk.InputPurpose.PIN
secret = {
    "purpose-password": entry(PASSWORD),
    "purpose-pin": entry(PIN),
    "hidden": entry(visible=False),
    "hidden-password": entry(PASSWORD, visible=False),
}
entries = {}
for number, (name, made) in enumerate(secret.items()):
    entries[f"text{number}"] = entry()
    entries[name] = made
entries["hidden-later"] = entry()

window = Gtk.Window(title="keywarden-gtk3")
box = Gtk.VBox()
window.add(box)


def focused():
    return next((name for name, each in entries.items() if each.has_focus()), "")


def clear_and_focus(name):
    entries["hidden-later"].set_visibility(True)
    for each in entries.values():
        each.set_text("")
    entries[name].grab_focus()
    if name == "hidden-later":
        entries[name].set_visibility(False)


report = Report(lambda: {name: each.get_text() for name, each in entries.items()}, focused, clear_and_focus)
for name, each in entries.items():
    each.set_placeholder_text(name)
    box.pack_start(each, False, False, 2)
    each.connect("changed", report.say)
    each.connect("notify::has-focus", report.say)


def order(*_):
    line = order_from_stdin()
    if not line:
        Gtk.main_quit()
        return False
    report.obey(line)
    return True


GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, order)
window.connect("destroy", Gtk.main_quit)
window.show_all()
report.say()
Gtk.main()
