"""Line edits of Qt 5: an ordinary one before each that is secret in some way."""
import sys

from PyQt5.QtCore import QSocketNotifier, Qt
from PyQt5.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from fields import Report, order_from_stdin

application = QApplication(sys.argv)


def edit(echo=QLineEdit.Normal, hints=Qt.ImhNone):
    made = QLineEdit()
    made.setEchoMode(echo)
    if hints != Qt.ImhNone:
        made.setInputMethodHints(made.inputMethodHints() | hints)
    return made


secret = {
    "echo-password": edit(QLineEdit.Password),
    "echo-none": edit(QLineEdit.NoEcho),
    "hint-hidden": edit(hints=Qt.ImhHiddenText),
}
edits = {}
for number, (name, made) in enumerate(secret.items()):
    edits[f"text{number}"] = edit()
    edits[name] = made
edits["echo-on-edit"] = edit(QLineEdit.PasswordEchoOnEdit)
edits["hint-sensitive"] = edit(hints=Qt.ImhSensitiveData)

window = QWidget()
window.setWindowTitle("keywarden-qt5")
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


notifier = QSocketNotifier(0, QSocketNotifier.Read)
notifier.activated.connect(order)
window.show()
report.say()
application.exec_()
