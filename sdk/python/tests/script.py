"""The input method of the conversations; sdk/conversations/README.md says what it does."""

from keywarden_ime import (
    Composition,
    Edits,
    OnLoss,
    Orientation,
    Property,
    PropertyKind,
    Segment,
    Style,
    handled,
    not_handled,
    run,
)

journal = []
outbounds = []


class Typing(Composition):
    begun = 0

    def __init__(self, field):
        Typing.begun += 1
        self.number = Typing.begun
        self.field = field
        self.text = ""
        journal.append(f"begin {self.number}")

    def on_key(self, key):
        if not key.is_pressed:
            journal.append(f"release {self.number}")
            return not_handled()
        if key.text == "x":
            raise RuntimeError("typed: " + self.text)
        if key.text == "!":
            text, self.text = self.text, ""
            return handled().preedit("").commit(text)
        if key.text == "?":
            return handled().commit(", ".join(journal))
        if key.text == "F":
            return handled().commit(self.told())
        if key.text == "O":
            outbounds[0].send(Edits().commit("of the first"))
            outbounds[-1].send(Edits().commit("of the last"))
            return handled()
        if key.text == "E":
            return everything()
        if key.text == " ":
            return not_handled()
        self.text += key.text
        return handled().preedit(self.text)

    def told(self):
        field = self.field
        return "{} {} {}{}{}".format(
            ",".join(sorted(each.name for each in field.hints)),
            ",".join(sorted(each.name for each in field.rights)),
            field.purpose.name,
            " learning " if field.learning else " ",
            field.input_method,
        )

    def candidate_clicked(self, click):
        if click.index == 9:
            raise RuntimeError("typed: " + self.text)
        return Edits().commit(f"{click.index} {click.button} {click.modifiers}")

    def candidates_moved(self, move):
        return Edits().auxiliary(move.name)

    def property_activated(self, key, checked):
        return Edits().properties([Property(key, PropertyKind.TOGGLE, key, checked=checked)])

    def surrounding_changed(self, around):
        if not around.text:
            raise RuntimeError("typed: " + self.text)
        journal.append(f"around {around.text} {around.cursor} {around.anchor}")

    def opened(self, outbound):
        outbounds.append(outbound)

    def reset(self):
        journal.append(f"reset {self.number}")


def everything():
    return (
        handled()
        .preedit("何か", 1, OnLoss.DISCARD, [Segment(0, 1, Style.HIGHLIGHT)])
        .candidates(["一", "二", "三"], 1, 2, ["a", "b"], Orientation.VERTICAL, selection_shown=False)
        .auxiliary("2/3")
        .properties(
            [
                Property("mode", PropertyKind.MENU, "Mode", "あ"),
                Property("kana", PropertyKind.CHOICE, "Kana", checked=True, menu="mode"),
                Property("off", PropertyKind.TOGGLE, "Off", tooltip="tip", sensitive=False, visible=False),
            ]
        )
        .delete_surrounding(-2, 1)
        .forward_key()
        .commit("é🙂")
        .hide_candidates()
    )


run(Typing)
