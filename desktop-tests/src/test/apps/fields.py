"""What the test applications say and obey.

Says one JSON object a line on standard output whenever something changed:
{"serial": of the last order, "focus": name, "fields": {name: text}, "composing": what is shown and is no text yet,
"places": {name: [x, y] of its middle on the screen}}.
Obeys lines on standard input: "SERIAL focus NAME" empties every field and moves the focus.
"""
import json
import sys


class Report:
    def __init__(self, read, focused, clear_and_focus, places=dict):
        self.read, self.focused, self.clear_and_focus, self.places = read, focused, clear_and_focus, places
        self.serial, self.said, self.composing = 0, None, ""

    def say(self, *_):
        line = json.dumps(
            {"serial": self.serial, "focus": self.focused(), "fields": self.read(), "composing": self.composing,
             "places": self.places()})
        if line != self.said:
            self.said = line
            print(line, flush=True)

    def shows(self, composing):
        self.composing = composing
        self.say()

    def obey(self, line):
        serial, _, name = line.split()
        self.clear_and_focus(name)
        self.serial = int(serial)
        self.say()


def order_from_stdin():
    return sys.stdin.readline()
