"""Asks in a terminal: for lines, for passwords in two ways, for single keys as a full-screen program does.

Argument: a file. To it goes one JSON object a line, as the test applications say them: "focus" is the prompt that
waits now, "fields" what was read at each. A prompt for a password waits once the terminal shows no more what is typed.
"""
import getpass
import json
import os
import subprocess
import sys
import termios
import threading
import time
import tty

read = {"line 1": ""}


def tell(prompt):
    with open(sys.argv[1], "a", encoding="utf-8") as report:
        report.write(json.dumps({"serial": 0, "focus": prompt, "fields": read}) + "\n")


def hidden(prompt, ask):
    answer = threading.Thread(target=lambda: read.update({prompt: ask()}))
    answer.start()
    while termios.tcgetattr(0)[3] & termios.ECHO:
        time.sleep(0.001)
    tell(prompt)
    answer.join()


def bash():
    script = 'read -rs password; printf %s "$password"'
    return subprocess.run(["bash", "-c", script], stdout=subprocess.PIPE, text=True, check=True).stdout


def ask_password():
    return subprocess.run(["systemd-ask-password", ""], stdout=subprocess.PIPE, text=True, check=True).stdout.rstrip("\n")


def bash_by_key():
    script = 'while read -rsn1 key && [ -n "$key" ]; do printf %s "$key"; done'
    return subprocess.run(["bash", "-c", script], stdout=subprocess.PIPE, text=True, check=True).stdout


def pinentry():
    """Asks in the terminal it is told of, as it does for gpg-agent."""
    talk = f"OPTION ttyname={os.ttyname(0)}\nOPTION ttytype={os.environ['TERM']}\nOPTION lc-ctype=C.UTF-8\nGETPIN\nBYE\n"
    said = subprocess.run(["pinentry-curses"], input=talk, stdout=subprocess.PIPE, text=True, check=True).stdout
    return "".join(line[2:] for line in said.splitlines() if line.startswith("D "))


def line(prompt):
    tell(prompt)
    read[prompt] = input("> ")


def keys(prompt):
    before = termios.tcgetattr(0)
    tty.setraw(0)
    tell(prompt)
    text = b""
    while not text.endswith(b"\r"):
        text += sys.stdin.buffer.raw.read(1)
    read[prompt] = text.decode().rstrip("\r")
    termios.tcsetattr(0, termios.TCSADRAIN, before)


line("line 1")
hidden("read -s", bash)
line("line 2")
hidden("getpass", lambda: getpass.getpass(""))
line("line 3")
keys("keys")
hidden("systemd-ask-password", ask_password)
line("line 4")
hidden("read -s -n 1", bash_by_key)
line("line 5")
hidden("pinentry-curses", pinentry)
line("line 6")
tell("")
sys.stdin.read()
