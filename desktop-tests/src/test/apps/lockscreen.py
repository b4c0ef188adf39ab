"""A lock screen that does not say what its field is for; what is typed there is put into a file."""
import os
import sys

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gtk

window = Gtk.Window(title="keywarden-lockscreen")
entry = Gtk.Entry()


def keep(*_):
    with open(sys.argv[1] + ".new", "w") as new:
        new.write(entry.get_text())
    os.rename(sys.argv[1] + ".new", sys.argv[1])


window.add(entry)
entry.connect("changed", keep)
window.show_all()
Gtk.main()
