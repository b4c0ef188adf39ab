"""What an input method does to its field.

Lengths are in code points. An argument out of bounds is a `ValueError` that says nothing of the text. The broker refuses
control characters, bidirectional overrides, and line breaks outside the answer to Return.
"""

import enum
from dataclasses import dataclass, field
from typing import Iterable, Sequence, Union

from ._bounds import length, within


class _Hidden:
    """Its `repr` says nothing of what was typed."""

    def __repr__(self) -> str:
        return type(self).__name__ + "[]"


class OnLoss(enum.Enum):
    """What becomes of a preedit when its composition ends before the input method finished it."""

    DISCARD = 0
    COMMIT = 1
    """It goes into the field it was shown in, as the person saw it."""


class Style(enum.Enum):
    """How a part of a preedit looks."""

    UNDERLINE = 1
    DOUBLE_UNDERLINE = 2
    LOW_UNDERLINE = 3
    ERROR_UNDERLINE = 4
    HIGHLIGHT = 5
    """As what is selected: the part being converted."""


class Orientation(enum.Enum):
    """How candidates are laid out."""

    AS_THE_DESKTOP_LIKES = 0
    HORIZONTAL = 1
    VERTICAL = 2


class PropertyKind(enum.Enum):
    """What an item of a menu is."""

    NORMAL = 1
    TOGGLE = 2
    CHOICE = 3
    MENU = 4
    SEPARATOR = 5


@dataclass(frozen=True)
class Segment:
    """A part of a preedit: from code point `start` to before `end`. There are no colours: they could hide what is there."""

    start: int
    end: int
    style: Style

    def __post_init__(self) -> None:
        within("start of a segment", self.start, 0, 1023)
        within("end of a segment", self.end, self.start + 1, 1024)


@dataclass(frozen=True, repr=False)
class Property(_Hidden):
    """An item of an input method's menu, shown in the desktop's panel while it composes.

    `symbol` is shown where there is room for little; `menu` is the key of the menu it is in, which stands before it.
    """

    key: str
    kind: PropertyKind
    label: str = ""
    symbol: str = ""
    tooltip: str = ""
    sensitive: bool = True
    visible: bool = True
    checked: bool = False
    menu: str = ""

    def __post_init__(self) -> None:
        length("key of a property", self.key, 1, 64)
        length("label of a property", self.label, 0, 64)
        length("symbol of a property", self.symbol, 0, 8)
        length("tooltip of a property", self.tooltip, 0, 128)
        length("menu of a property", self.menu, 0, 64)


@dataclass(frozen=True, repr=False)
class Commit(_Hidden):
    """Text goes into the field: 1 to 1,024."""

    text: str

    def __post_init__(self) -> None:
        length("committed text", self.text, 1, MOST_TEXT)


@dataclass(frozen=True, repr=False)
class Preedit(_Hidden):
    """Text is shown under composition: at most 1,024; an empty one takes the preedit away. At most 32 segments."""

    text: str
    cursor: int
    on_loss: OnLoss = OnLoss.COMMIT
    segments: "tuple[Segment, ...]" = ()

    def __post_init__(self) -> None:
        length("preedit", self.text, 0, MOST_TEXT)
        within("cursor", self.cursor, 0, len(self.text))
        within("number of segments", len(self.segments), 0, 32)
        for each in self.segments:
            within("end of a segment", each.end, 1, len(self.text))


@dataclass(frozen=True, repr=False)
class Candidates(_Hidden):
    """Candidates are shown to choose from, at most 64 of at most 256; none hides them.

    `selected` is on the page that is shown; `page_size` is 1 to 16; `labels` stand before the places of a page.
    """

    texts: "tuple[str, ...]"
    selected: int = 0
    page_size: int = 10
    labels: "tuple[str, ...]" = ()
    orientation: Orientation = Orientation.AS_THE_DESKTOP_LIKES
    selection_shown: bool = True

    def __post_init__(self) -> None:
        within("number of candidates", len(self.texts), 0, 64)
        for each in self.texts:
            length("candidate", each, 0, 256)
        within("selected candidate", self.selected, 0, max(0, len(self.texts) - 1))
        within("page size", self.page_size, 1, 16)
        within("number of labels", len(self.labels), 0, self.page_size)
        for each in self.labels:
            length("label", each, 0, 16)


@dataclass(frozen=True, repr=False)
class Auxiliary(_Hidden):
    """A line of text is shown beside the candidates, at most 256; an empty one is hidden."""

    text: str

    def __post_init__(self) -> None:
        length("auxiliary text", self.text, 0, 256)


@dataclass(frozen=True, repr=False)
class Properties(_Hidden):
    """The menu takes the place of the one before, at most 64 items; none hides it."""

    items: "tuple[Property, ...]"

    def __post_init__(self) -> None:
        within("number of properties", len(self.items), 0, 64)


@dataclass(frozen=True, repr=False)
class DeleteSurrounding(_Hidden):
    """Text around the cursor goes away; only within what the field reported. A negative offset is before the cursor."""

    offset: int
    count: int

    def __post_init__(self) -> None:
        within("offset", self.offset, -4096, 4096)
        within("count", self.count, 1, 4096)


@dataclass(frozen=True, repr=False)
class ForwardKey(_Hidden):
    """The key being answered goes to the application as it is, at this place among the edits."""


Edit = Union[Commit, Preedit, Candidates, Auxiliary, Properties, DeleteSurrounding, ForwardKey]

MOST_TEXT = 1024
"""The longest text of one edit, in code points."""

MOST_EDITS = 16
"""The most edits one key, click or late message carries."""


@dataclass(frozen=True)
class Edits:
    """What an input method does to its field, in order. Each method returns the edits so far and one more."""

    list: "tuple[Edit, ...]" = ()

    def __post_init__(self) -> None:
        within("number of edits", len(self.list), 0, MOST_EDITS)

    def commit(self, text: str) -> "Edits":
        """Also puts text into the field; nothing if it is empty. What is longer than one edit takes goes in several."""
        parts = (text[at : at + MOST_TEXT] for at in range(0, len(text), MOST_TEXT))
        return Edits(self.list + tuple(map(Commit, parts)))

    def preedit(
        self,
        text: str,
        cursor: "int | None" = None,
        on_loss: OnLoss = OnLoss.COMMIT,
        segments: Iterable[Segment] = (),
    ) -> "Edits":
        """Also shows text under composition, the cursor at its end unless said; an empty text takes it away."""
        return self._and(Preedit(text, len(text) if cursor is None else cursor, on_loss, tuple(segments)))

    def candidates(
        self,
        texts: Sequence[str],
        selected: int = 0,
        page_size: int = 10,
        labels: Sequence[str] = (),
        orientation: Orientation = Orientation.AS_THE_DESKTOP_LIKES,
        selection_shown: bool = True,
    ) -> "Edits":
        """Also shows candidates, one of them highlighted."""
        return self._and(
            Candidates(tuple(texts), selected, page_size, tuple(labels), orientation, selection_shown)
        )

    def hide_candidates(self) -> "Edits":
        """Also hides the candidates."""
        return self._and(Candidates(()))

    def auxiliary(self, text: str) -> "Edits":
        """Also shows a line of text beside the candidates; an empty one hides it."""
        return self._and(Auxiliary(text))

    def properties(self, items: Iterable[Property]) -> "Edits":
        """Also shows a menu in place of the one before; takes `Right.SHOW_PROPERTIES`."""
        return self._and(Properties(tuple(items)))

    def delete_surrounding(self, offset: int, count: int) -> "Edits":
        """Also deletes text around the cursor; takes `Right.DELETE_SURROUNDING`."""
        return self._and(DeleteSurrounding(offset, count))

    def _and(self, edit: Edit) -> "Edits":
        return Edits(self.list + (edit,))


@dataclass(frozen=True)
class Response:
    """What an input method does with a key: whether it used it, and what the key caused, in order.

    Make one by `handled()` or `not_handled()`; each method returns the response so far and one edit more.
    """

    is_handled: bool
    edits: Edits = field(default_factory=Edits)

    def commit(self, text: str) -> "Response":
        return self._with(self.edits.commit(text))

    def preedit(
        self,
        text: str,
        cursor: "int | None" = None,
        on_loss: OnLoss = OnLoss.COMMIT,
        segments: Iterable[Segment] = (),
    ) -> "Response":
        return self._with(self.edits.preedit(text, cursor, on_loss, segments))

    def candidates(
        self,
        texts: Sequence[str],
        selected: int = 0,
        page_size: int = 10,
        labels: Sequence[str] = (),
        orientation: Orientation = Orientation.AS_THE_DESKTOP_LIKES,
        selection_shown: bool = True,
    ) -> "Response":
        return self._with(
            self.edits.candidates(texts, selected, page_size, labels, orientation, selection_shown)
        )

    def hide_candidates(self) -> "Response":
        return self._with(self.edits.hide_candidates())

    def auxiliary(self, text: str) -> "Response":
        return self._with(self.edits.auxiliary(text))

    def properties(self, items: Iterable[Property]) -> "Response":
        return self._with(self.edits.properties(items))

    def delete_surrounding(self, offset: int, count: int) -> "Response":
        return self._with(self.edits.delete_surrounding(offset, count))

    def forward_key(self) -> "Response":
        """Also hands this key to the application, here among the edits. Answer it as handled, or it arrives twice."""
        return self._with(Edits(self.edits.list + (ForwardKey(),)))

    def _with(self, more: Edits) -> "Response":
        return Response(self.is_handled, more)


def handled(edits: Edits = Edits()) -> Response:
    """The input method used the key."""
    return Response(True, edits)


def not_handled(edits: Edits = Edits()) -> Response:
    """The application gets the key, after these edits."""
    return Response(False, edits)
