"""What the test applications say and obey.

Says one JSON object a line on standard output whenever something changed:
{"serial": of the last order, "focus": name, "fields": {name: text}}.
Obeys lines on standard input: "SERIAL focus NAME" empties every field and moves the focus.
"""
import json
import sys


class Report:
    def __init__(self, read, focused, clear_and_focus):
        self.read, self.focused, self.clear_and_focus = read, focused, clear_and_focus
        self.serial, self.said = 0, None

    def say(self, *_):
        line = json.dumps({"serial": self.serial, "focus": self.focused(), "fields": self.read()})
        if line != self.said:
            self.said = line
            print(line, flush=True)

    def obey(self, line):
        serial, _, name = line.split()
        self.clear_and_focus(name)
        self.serial = int(serial)
        self.say()


def order_from_stdin():
    return sys.stdin.readline()
