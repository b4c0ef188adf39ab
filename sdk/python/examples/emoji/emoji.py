"""Emoji and symbols by name: `:heart` and Space or Return put the chosen one into the text.

A colon begins a name. Each word of it, parted by `_`, is the beginning of a word of the character's Unicode name. Arrows
and page keys move among the candidates, Escape takes the name away, and whatever no name goes on with leaves it as it is.
"""

import unicodedata
from functools import lru_cache

from keywarden_ime import (
    CandidateClick,
    CandidatesMove,
    Composition,
    Edits,
    FieldInfo,
    Key,
    Keysym,
    OnLoss,
    Response,
    handled,
    not_handled,
    run,
)

PAGE = 10
MOST = 60
RANGES = ((0x1F300, 0x1FAFF), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2600, 0x27BF), (0x20A0, 0x20BF))
MOVES = {
    Keysym.DOWN: 1,
    Keysym.UP: -1,
    Keysym.PAGE_DOWN: PAGE,
    Keysym.PAGE_UP: -PAGE,
    CandidatesMove.CURSOR_DOWN: 1,
    CandidatesMove.CURSOR_UP: -1,
    CandidatesMove.PAGE_DOWN: PAGE,
    CandidatesMove.PAGE_UP: -PAGE,
}


@lru_cache(maxsize=1)
def names() -> "list[tuple[str, list[str]]]":
    """Characters with the words of their names, those of few words first."""
    found = [
        (chr(point), unicodedata.name(chr(point), "").lower().replace("-", " ").split())
        for first, last in RANGES
        for point in range(first, last + 1)
    ]
    return sorted((each for each in found if each[1]), key=lambda each: len(each[1]))


def search(name: str) -> "list[str]":
    """The characters that a name may mean, the likeliest first."""
    wanted = [each for each in name.lower().split("_") if each]
    if not wanted:
        return []
    matches = [
        (not all(each in words for each in wanted), character)
        for character, words in names()
        if all(any(word.startswith(each) for word in words) for each in wanted)
    ]
    # Whole words before beginnings of words; the order of few words first stays otherwise.
    return [character for _, character in sorted(matches, key=lambda each: each[0])][:MOST]


class Recent:
    """The characters chosen last, in fields where one may remember. Never written down."""

    def __init__(self) -> None:
        self._characters: "list[str]" = []

    def add(self, character: str) -> None:
        self._characters = [character] + [each for each in self._characters if each != character][:19]

    def first(self, characters: "list[str]") -> "list[str]":
        known = [each for each in self._characters if each in characters]
        return known + [each for each in characters if each not in known]


class Emoji(Composition):
    def __init__(self, field: FieldInfo, recent: Recent) -> None:
        self._learning = field.learning
        self._recent = recent
        self._name = ""
        self._found: "list[str]" = []
        self._selected = 0

    def on_key(self, key: Key) -> Response:
        if key.is_modifier or not key.is_pressed:
            return not_handled()
        text = "" if key.is_chord else key.text
        if not self._name:
            return self._typed(":") if text == ":" else not_handled()
        if text.isalpha() or text == "_":
            return self._typed(self._name + text)
        if key.keysym == Keysym.BACKSPACE:
            return self._typed(self._name[:-1])
        if key.keysym == Keysym.ESCAPE:
            return self._typed("")
        if self._found:
            if key.keysym in MOVES:
                return handled(self._moved(MOVES[key.keysym]))
            if key.keysym in (Keysym.RETURN, Keysym.KEYPAD_ENTER) or text in (" ", ":"):
                return handled(self._chosen(self._selected))
            if text.isdigit() and self._on_page(int(text)) < len(self._found):
                return handled(self._chosen(self._on_page(int(text))))
        return not_handled(self._left())

    def candidate_clicked(self, click: CandidateClick) -> Edits:
        return self._chosen(click.index) if click.index < len(self._found) else Edits()

    def candidates_moved(self, move: CandidatesMove) -> Edits:
        return self._moved(MOVES[move]) if self._found else Edits()

    def reset(self) -> None:
        self._name = ""
        self._found = []

    def _on_page(self, digit: int) -> int:
        """The place that a digit chooses on the page shown: 0 is the tenth."""
        return self._selected // PAGE * PAGE + (digit + 9) % 10

    def _typed(self, name: str) -> Response:
        self._name = name
        self._found = search(name[1:])
        if self._learning:
            self._found = self._recent.first(self._found)
        self._selected = 0
        return handled(self._shown())

    def _moved(self, by: int) -> Edits:
        self._selected = min(max(self._selected + by, 0), len(self._found) - 1)
        return self._candidates(Edits())

    def _shown(self) -> Edits:
        on_loss = OnLoss.COMMIT if self._name else OnLoss.DISCARD
        return self._candidates(Edits().preedit(self._name, on_loss=on_loss))

    def _candidates(self, edits: Edits) -> Edits:
        if not self._found:
            return edits.hide_candidates().auxiliary("")
        name = unicodedata.name(self._found[self._selected]).lower()
        return edits.candidates(self._found, self._selected, PAGE).auxiliary(name)

    def _chosen(self, index: int) -> Edits:
        character = self._found[index]
        if self._learning:
            self._recent.add(character)
        self.reset()
        return self._shown().commit(character)

    def _left(self) -> Edits:
        """The name stays in the field as it was typed."""
        name = self._name
        self.reset()
        return self._shown().commit(name)


def main() -> None:
    recent = Recent()
    names()
    run(lambda field: Emoji(field, recent))


if __name__ == "__main__":
    main()
