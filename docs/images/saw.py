"""Shows what the input method wrote down: a keysym in hexadecimal on each line."""

import os
import sys
import time

NAMES = {0xFF0D: " ⏎\n", 0xFF57: "", 0xFF09: " ⇥\n"}

print("\033[?25l\033[1m What the input method saw\033[0m\n")
shown = 0
while True:
    if os.path.exists(sys.argv[1]):
        with open(sys.argv[1], encoding="ascii") as diary:
            keys = diary.read().split()
        for key in keys[shown:]:
            code = int(key, 16)
            print(NAMES.get(code, f" {chr(code)}" if code < 0x80 else f" {key}"), end="", flush=True)
        shown = len(keys)
    time.sleep(0.1)
