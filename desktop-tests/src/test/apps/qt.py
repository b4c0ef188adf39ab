"""Line edits of Qt 5 or 6, as the argument says: an ordinary one before each that is secret in some way."""
import sys

from fields import Report, order_from_stdin

if sys.argv[1] == "6":
    from PyQt6.QtCore import QSocketNotifier, Qt
    from PyQt6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
else:
    from PyQt5.QtCore import QSocketNotifier, Qt
    from PyQt5.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

application = QApplication(sys.argv)
Echo, Hint = QLineEdit.EchoMode, Qt.InputMethodHint


def edit(echo=Echo.Normal, hints=Hint.ImhNone):
    made = QLineEdit()
    made.setEchoMode(echo)
    if hints != Hint.ImhNone:
        made.setInputMethodHints(made.inputMethodHints() | hints)
    return made


secret = {
    "echo-password": edit(Echo.Password),
    "echo-none": edit(Echo.NoEcho),
    "hint-hidden": edit(hints=Hint.ImhHiddenText),
}
edits = {}
for number, (name, made) in enumerate(secret.items()):
    edits[f"text{number}"] = edit()
    edits[name] = made
edits["echo-on-edit"] = edit(Echo.PasswordEchoOnEdit)
edits["hint-sensitive"] = edit(hints=Hint.ImhSensitiveData)

window = QWidget()
window.setWindowTitle("keywarden-qt" + sys.argv[1])
column = QVBoxLayout(window)


def focused():
    return next((name for name, each in edits.items() if each.hasFocus()), "")


def clear_and_focus(name):
    for each in edits.values():
        each.clear()
    edits[name].setFocus()


report = Report(lambda: {name: each.text() for name, each in edits.items()}, focused, clear_and_focus)
for name, each in edits.items():
    each.setPlaceholderText(name)
    column.addWidget(each)
    each.textChanged.connect(report.say)
application.focusChanged.connect(report.say)


def order(*_):
    line = order_from_stdin()
    if not line:
        application.quit()
        return
    report.obey(line)


notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
notifier.activated.connect(order)
window.show()
report.say()
application.exec()
