"""A window that asks for a password, shown, for GTK 3 keeps the keys of hidden ones to itself."""
import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gtk

window = Gtk.Window(title="Sign in", default_width=300)
window.set_wmclass("signin", "signin")
box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=6, margin=12)
entry = Gtk.Entry(input_purpose=Gtk.InputPurpose.PASSWORD)
for each in (Gtk.Label(label="Password:", xalign=0), entry, Gtk.CheckButton(label="Show the password", active=True)):
    box.add(each)
window.add(box)
window.show_all()
entry.grab_focus()
Gtk.main()
