"""An ordinary GTK 3 form. Nothing in it knows of Keywarden."""

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk

STYLE = b"""
window { background: #f6f5f4; }
#title { background: #deddda; font-weight: bold; padding: 8px; }
label { font: 15px "DejaVu Sans"; color: #241f31; }
entry { font: 18px "IPAPGothic", "DejaVu Sans"; min-height: 40px; }
"""


def row(text, entry):
    box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=4)
    box.pack_start(Gtk.Label(label=text, xalign=0), False, False, 0)
    box.pack_start(entry, False, False, 0)
    return box


def main():
    provider = Gtk.CssProvider()
    provider.load_from_data(STYLE)
    Gtk.StyleContext.add_provider_for_screen(
        Gdk.Screen.get_default(), provider, Gtk.STYLE_PROVIDER_PRIORITY_APPLICATION
    )
    window = Gtk.Window(title="form", decorated=False, default_width=330, default_height=250)
    title = Gtk.Label(label="A GTK application")
    title.set_name("title")
    password = Gtk.Entry(visibility=False, input_purpose=Gtk.InputPurpose.PASSWORD)
    rows = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=16, margin=18)
    rows.pack_start(row("Message", Gtk.Entry()), False, False, 0)
    rows.pack_start(row("Password", password), False, False, 0)
    page = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
    page.pack_start(title, False, False, 0)
    page.pack_start(rows, True, True, 0)
    window.add(page)
    window.move(10, 10)
    window.show_all()
    window.connect("destroy", Gtk.main_quit)
    Gtk.main()


main()
