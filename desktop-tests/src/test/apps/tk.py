"""Entries of Tk, which speaks X's own input method protocol: two ordinary ones, then one that shows stars."""
import sys
import threading
import tkinter

from fields import Report

root = tkinter.Tk()
root.title("keywarden-tk")
entries = {"text": tkinter.Entry(root), "stars": tkinter.Entry(root, show="*"), "other": tkinter.Entry(root)}
texts = {name: tkinter.StringVar(root) for name in entries}
for name, entry in entries.items():
    entry.configure(textvariable=texts[name])
    entry.pack()


def focused():
    return next((name for name, entry in entries.items() if entry is root.focus_get()), "")


def clear_and_focus(name):
    for text in texts.values():
        text.set("")
    entries[name].focus_force()


report = Report(lambda: {name: text.get() for name, text in texts.items()}, focused, clear_and_focus)
for name, entry in entries.items():
    texts[name].trace_add("write", lambda *_: report.say())
    entry.bind("<FocusIn>", lambda _: report.say(), add=True)


def orders():
    for line in sys.stdin:
        root.after(0, report.obey, line)
    root.after(0, root.destroy)


threading.Thread(target=orders, daemon=True).start()
root.after(0, entries["text"].focus_force)
root.mainloop()
