"""A message and a password in GTK 3 (shown, for GTK keeps the keys of hidden ones to itself). A line on standard
input empties both and gives one of them the focus; each change prints both."""
import sys

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import GLib, Gtk

fields = {"message": Gtk.Entry(), "password": Gtk.Entry(input_purpose=Gtk.InputPurpose.PASSWORD)}
window = Gtk.Window(title="keywarden-entry")
box = Gtk.VBox()
window.add(box)


def say(*_):
    has = next((name for name, each in fields.items() if each.has_focus()), "none")
    print(f"focus={has} " + " ".join(f"{name}={each.get_text()}" for name, each in fields.items()), flush=True)


def order(*_):
    line = sys.stdin.readline()
    if not line:
        Gtk.main_quit()
        return False
    for each in fields.values():
        each.set_text("")
    fields[line.strip()].grab_focus()
    return True


for each in fields.values():
    box.add(each)
    each.connect("changed", say)
    each.connect("notify::has-focus", say)
GLib.io_add_watch(sys.stdin, GLib.IO_IN, order)
window.show_all()
Gtk.main()
