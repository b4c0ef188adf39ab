"""What an author writes."""

from typing import Callable, Protocol

from .edits import Edits, Response
from .field import CandidateClick, CandidatesMove, FieldInfo, SurroundingText
from .keys import Key


class Outbound(Protocol):
    """A way to act on one composition outside the answer to a key, from any thread, without waiting.

    Once the composition was reset nothing happens any more.
    """

    def send(self, edits: Edits) -> None:
        """Edits the field. The broker accepts this for one second after a key or click of the user's."""


class Composition:
    """What is being typed into one field.

    Used until the capability behind it ends, the application drops it, or it raises; then it gets `reset` and is never
    called again. All methods are called on one thread, one after another. If one raises, the key it was called for goes
    to the application, a preedit to be kept is committed, and the field goes on with a fresh composition; standard error
    has the exception's class and where it was raised, never its message, which may hold what was typed.
    """

    def on_key(self, key: Key) -> Response:
        """A key was pressed, repeated or released. Returns what it caused."""
        raise NotImplementedError

    def candidate_clicked(self, click: CandidateClick) -> Edits:
        """The user clicked a candidate. Returns what that caused."""
        return Edits()

    def candidates_moved(self, move: CandidatesMove) -> Edits:
        """The user turned a page of the candidates or moved the highlight, by the panel."""
        return Edits()

    def property_activated(self, key: str, checked: bool) -> Edits:
        """The user activated an item of the menu; `checked` is what a toggle or a choice is to become."""
        return Edits()

    def surrounding_changed(self, surrounding: SurroundingText) -> None:
        """The text around the cursor changed. Only with `Right.READ_SURROUNDING`."""

    def opened(self, outbound: Outbound) -> None:
        """Called once, first, with the means to act later than in an answer."""

    def reset(self) -> None:
        """Called once, last: what was composed is gone. What was remembered of it should be dropped."""


InputMethod = Callable[[FieldInfo], Composition]
"""Your `begin`: starts a composition that nothing was typed into yet. A class taking the field is one."""
