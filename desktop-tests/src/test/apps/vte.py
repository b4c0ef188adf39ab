"""A terminal of GTK 3 (VTE) with prompts.py in it. Arguments: the file it reports to, then what is to run it."""
import pathlib
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Vte", "2.91")
from gi.repository import GLib, Gtk, Vte

window = Gtk.Window(title="keywarden-vte")
terminal = Vte.Terminal()
window.add(terminal)
window.connect("destroy", Gtk.main_quit)
window.show_all()
terminal.grab_focus()
prompts = pathlib.Path(__file__).with_name("prompts.py")
terminal.spawn_async(
    Vte.PtyFlags.DEFAULT, None, [*sys.argv[2:], sys.executable, str(prompts), sys.argv[1]], None,
    GLib.SpawnFlags.DEFAULT, None, None, -1, None, None)
Gtk.main()
