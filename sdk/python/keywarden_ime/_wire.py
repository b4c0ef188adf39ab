"""The vocabulary of authors, translated to and from that of the wire."""

import enum
from typing import Any, Iterable, Type, TypeVar

from . import _contract
from .edits import (
    Auxiliary,
    Candidates,
    Commit,
    DeleteSurrounding,
    Edit,
    Preedit,
    Properties,
    Response,
)
from .field import CandidateClick, CandidatesMove, FieldInfo, Hint, Purpose, Right, SurroundingText
from .keys import Key, KeyKind

_E = TypeVar("_E", bound=enum.Enum)
_KINDS = {each.value: each for each in KeyKind}
_MOVES = {each.value: each for each in CandidatesMove}
_PURPOSES = {each.value: each for each in Purpose}


def key(message: Any) -> Key:
    # Of a kind this version does not know: a release causes least.
    kind = _KINDS.get(message.action, KeyKind.RELEASE)
    return Key(message.keysym, message.keycode, message.modifiers, kind)


def field(offer: Any) -> FieldInfo:
    return FieldInfo(
        _PURPOSES.get(offer.content_type.purpose, Purpose.OTHER),
        _known(Hint, offer.content_type.hints),
        _known(Right, offer.rights),
        offer.learning,
        offer.input_method,
    )


def _known(kind: Type[_E], numbers: Iterable[int]) -> "frozenset[_E]":
    by_number = {each.value: each for each in kind}
    return frozenset(by_number[each] for each in numbers if each in by_number)


def surrounding(message: Any) -> SurroundingText:
    return SurroundingText(message.text, message.cursor, message.anchor)


def click(message: Any) -> CandidateClick:
    return CandidateClick(message.index, message.button, message.modifiers)


def move(number: int) -> "CandidatesMove | None":
    """None for one that this version does not know."""
    return _MOVES.get(number)


def answer(sequence: int, response: Response) -> Any:
    request = _contract.ComposeRequest()
    request.answer.sequence = sequence
    request.answer.handled = response.is_handled
    for each in response.edits.list:
        _write(each, request.answer.actions.add())
    return request


def action(edit: Edit) -> Any:
    request = _contract.ComposeRequest()
    _write(edit, request.action)
    return request


def _write(edit: Edit, into: Any) -> None:
    if isinstance(edit, Commit):
        into.commit = edit.text
    elif isinstance(edit, Preedit):
        _preedit(edit, into.preedit)
    elif isinstance(edit, Candidates):
        _candidates(edit, into.candidates)
    elif isinstance(edit, Auxiliary):
        into.auxiliary.SetInParent()
        into.auxiliary.text = edit.text
    elif isinstance(edit, Properties):
        _properties(edit, into.properties)
    elif isinstance(edit, DeleteSurrounding):
        into.delete_surrounding.offset = edit.offset
        into.delete_surrounding.count = edit.count
    else:
        into.forward_key.SetInParent()


def _preedit(edit: Preedit, into: Any) -> None:
    into.SetInParent()
    into.text = edit.text
    into.cursor = edit.cursor
    into.end = edit.on_loss.value
    for each in edit.segments:
        into.segments.add(start=each.start, end=each.end, style=each.style.value)


def _candidates(edit: Candidates, into: Any) -> None:
    into.SetInParent()
    into.texts.extend(edit.texts)
    into.selected = edit.selected
    into.page_size = edit.page_size
    into.labels.extend(edit.labels)
    into.orientation = edit.orientation.value
    into.selection_hidden = not edit.selection_shown


def _properties(edit: Properties, into: Any) -> None:
    into.SetInParent()
    for each in edit.items:
        into.items.add(
            key=each.key,
            kind=each.kind.value,
            label=each.label,
            symbol=each.symbol,
            tooltip=each.tooltip,
            insensitive=not each.sensitive,
            hidden=not each.visible,
            checked=each.checked,
            menu=each.menu,
        )
