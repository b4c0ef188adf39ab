"""What the broker says of the field that is composed in, and of what the user does there beside typing."""

import enum
from dataclasses import dataclass


class Purpose(enum.Enum):
    """What a field is for. Purposes that mean "secret" are missing: no input method gets such keys."""

    OTHER = 0
    """The field does not say, or says something this version does not know."""
    FREE_FORM = 1
    ALPHA = 2
    DIGITS = 3
    NUMBER = 4
    PHONE = 5
    URL = 6
    EMAIL = 7
    NAME = 8
    TERMINAL = 11
    DATE = 12
    TIME = 13
    DATETIME = 14


class Hint(enum.Enum):
    """What else a field says of itself."""

    PRIVATE = 3
    MULTILINE = 4
    LATIN = 5
    SPELLCHECK = 6
    COMPLETION = 7


class Right(enum.Enum):
    """One thing a capability permits. The manifest asks for rights, the policy may give fewer."""

    RECEIVE_KEYS = 1
    SET_PREEDIT = 2
    COMMIT_TEXT = 3
    SHOW_CANDIDATES = 4
    READ_SURROUNDING = 5
    DELETE_SURROUNDING = 6
    FORWARD_KEY = 7
    RECEIVE_RELEASES = 8
    SHOW_PROPERTIES = 9


class CandidatesMove(enum.Enum):
    """How the user moves among candidates otherwise than by keys."""

    PAGE_UP = 1
    PAGE_DOWN = 2
    CURSOR_UP = 3
    CURSOR_DOWN = 4


@dataclass(frozen=True)
class FieldInfo:
    """The field to compose in. It is never a secret one.

    `rights` is what the input method may do in it; edits beyond are refused. `learning` says whether what is typed here
    may be remembered. `input_method` is the one of the plugin's that is meant, empty if the manifest names none.
    """

    purpose: Purpose = Purpose.FREE_FORM
    hints: "frozenset[Hint]" = frozenset()
    rights: "frozenset[Right]" = frozenset(Right)
    learning: bool = True
    input_method: str = ""


@dataclass(frozen=True, repr=False)
class SurroundingText:
    """Text around the cursor, as the application reports it. `cursor` and `anchor` are in code points from its start."""

    text: str
    cursor: int
    anchor: int

    def __repr__(self) -> str:
        """Says nothing of the text."""
        return "SurroundingText[]"


@dataclass(frozen=True)
class CandidateClick:
    """A click on a candidate. Check `index`: the list may have changed while the click was under way.

    `button` is 1 left, 2 middle, 3 right; `modifiers` as of a key.
    """

    index: int
    button: int = 1
    modifiers: int = 0
