"""The author's compositions in one field, called so that a fault costs neither a key nor text that is shown."""

from typing import Any, Callable, Protocol

from ._faults import FaultLog
from .composition import Composition, InputMethod
from .edits import Auxiliary, Candidates, Edits, OnLoss, Preedit, Response, not_handled
from .field import FieldInfo, Right, SurroundingText
from .keys import Key


class Outlet(Protocol):
    """An `Outbound` that can be closed for good."""

    def send(self, edits: Edits) -> None: ...

    def close(self) -> None: ...


class GuardedComposition:
    def __init__(
        self, input_method: InputMethod, field: FieldInfo, outlets: Callable[[], Outlet], log: FaultLog
    ) -> None:
        self._input_method = input_method
        self._field = field
        self._outlets = outlets
        self._log = log
        # None after `begin` failed, until the next reset.
        self._current: "Composition | None" = None
        self._outlet: "Outlet | None" = None
        self._shown: "Preedit | None" = None
        self._choosing = False
        self._explaining = False

    def begin(self) -> None:
        self._shown = None
        self._choosing = self._explaining = False
        try:
            self._current = self._input_method(self._field)
        except Exception as fault:
            self._log.fault("begin", fault)
            return
        self._outlet = self._outlets()
        try:
            self._current.opened(self._outlet)
        except Exception as fault:
            self._log.fault("opened", fault)

    def on_key(self, key: Key) -> Response:
        if self._current is None or not (key.is_pressed or Right.RECEIVE_RELEASES in self._field.rights):
            return not_handled()
        try:
            response = self._current.on_key(key)
            if not isinstance(response, Response):
                raise TypeError("on_key returned no Response")
            self.note(response.edits)
            return response
        except Exception as fault:
            self._log.fault("on_key", fault)
            return not_handled(self._restart_after_fault())

    def act(self, method: str, *arguments: Any) -> Edits:
        """Calls a method that returns edits."""
        if self._current is None:
            return Edits()
        try:
            edits = getattr(self._current, method)(*arguments)
            if not isinstance(edits, Edits):
                raise TypeError(f"{method} returned no Edits")
            self.note(edits)
            return edits
        except Exception as fault:
            self._log.fault(method, fault)
            return self._restart_after_fault()

    def surrounding_changed(self, surrounding: SurroundingText) -> None:
        if self._current is not None:
            try:
                self._current.surrounding_changed(surrounding)
            except Exception as fault:
                self._log.fault("surrounding_changed", fault)

    def restart(self) -> None:
        """The composition is gone and the field goes on."""
        self.end()
        self.begin()

    def end(self) -> None:
        """The composition is gone."""
        if self._outlet is not None:
            self._outlet.close()
            self._outlet = None
        ended, self._current = self._current, None
        if ended is not None:
            try:
                ended.reset()
            except Exception as fault:
                self._log.fault("reset", fault)

    def note(self, edits: Edits) -> None:
        """Remembers what the field shows, so that it can be put right after a fault."""
        for edit in edits.list:
            if isinstance(edit, Preedit):
                self._shown = edit if edit.text else None
            elif isinstance(edit, Candidates):
                self._choosing = bool(edit.texts)
            elif isinstance(edit, Auxiliary):
                self._explaining = bool(edit.text)

    def _restart_after_fault(self) -> Edits:
        tidy = Edits()
        if self._choosing:
            tidy = tidy.hide_candidates()
        if self._explaining:
            tidy = tidy.auxiliary("")
        if self._shown is not None:
            tidy = tidy.preedit("")
            if self._shown.on_loss is OnLoss.COMMIT:
                tidy = tidy.commit(self._shown.text)
        self.restart()
        return tidy
