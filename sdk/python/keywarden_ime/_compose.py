"""One capability in use: keys go to the author's composition, its answers back in their order."""

import asyncio
from typing import Any, Callable

import grpc

from . import _contract, _failure, _wire
from ._faults import FaultLog
from ._guarded import GuardedComposition
from .composition import InputMethod
from .edits import Edits

_UNSENT = 64
"""While more messages than these wait to be sent, none is read: the broker sees that the plugin is slow."""


class ComposeCall:
    def __init__(
        self, input_method: InputMethod, offer: Any, call: Any, when_over: Callable[[], None], log: FaultLog
    ) -> None:
        self._call = call
        self._when_over = when_over
        self._log = log
        self._loop = asyncio.get_running_loop()
        self._unsent: "asyncio.Queue[Any]" = asyncio.Queue()
        self._drained = asyncio.Event()
        self._refusals_said: "set[int]" = set()
        self._over = False
        self._composition = GuardedComposition(
            input_method, _wire.field(offer), lambda: _Late(self), log
        )
        self._tasks = [self._loop.create_task(self._read()), self._loop.create_task(self._write())]

    def renew(self, token: bytes) -> None:
        self._send(_contract.ComposeRequest(renewal=token))

    def revoke(self) -> None:
        """The capability ended: nothing is sent any more."""
        if not self._over:
            self._over = True
            self._call.cancel()
            for each in self._tasks:
                each.cancel()
            self._composition.end()
            self._when_over()

    async def _read(self) -> None:
        try:
            while (message := await self._call.read()) is not grpc.aio.EOF:
                self._take(message)
                while self._unsent.qsize() > _UNSENT:
                    self._drained.clear()
                    await self._drained.wait()
        except grpc.aio.AioRpcError as error:
            if not self._over and not _failure.is_ordinary_end(error):
                self._log.say("the broker ended the use of a capability: " + _failure.name_of(error))
        except asyncio.CancelledError:
            pass
        except Exception as fault:
            self._log.fault("the SDK", fault)
        self.revoke()

    async def _write(self) -> None:
        try:
            while True:
                await self._call.write(await self._unsent.get())
                self._drained.set()
        except (grpc.aio.AioRpcError, asyncio.CancelledError, asyncio.InvalidStateError):
            pass  # `_read` says how it ended.

    def _take(self, message: Any) -> None:
        kind = message.WhichOneof("message")
        composition = self._composition
        if kind == "key":
            response = composition.on_key(_wire.key(message.key.key))
            self._send(_wire.answer(message.key.sequence, response))
        elif kind == "opened":
            composition.begin()
        elif kind == "composition_reset":
            composition.restart()
        elif kind == "surrounding_text":
            composition.surrounding_changed(_wire.surrounding(message.surrounding_text))
        elif kind == "candidate_clicked":
            self._send_each(composition.act("candidate_clicked", _wire.click(message.candidate_clicked)))
        elif kind == "candidates_moved":
            move = _wire.move(message.candidates_moved.move)
            if move is not None:
                self._send_each(composition.act("candidates_moved", move))
        elif kind == "property_activated":
            activated = message.property_activated
            self._send_each(composition.act("property_activated", activated.key, activated.checked))
        elif kind == "action_refused":
            self._refused(message.action_refused.refusal)

    def _refused(self, refusal: int) -> None:
        if refusal not in self._refusals_said:
            self._refusals_said.add(refusal)
            self._log.say(
                "the broker refused an edit: "
                + _contract.enum_name("keywarden.plugin.v1.Refusal", refusal)
                + " (said once for each field; proto/keywarden/plugin/v1/plugin.proto explains it)"
            )

    def _send_each(self, edits: Edits) -> None:
        for each in edits.list:
            self._send(_wire.action(each))

    def _send(self, request: Any) -> None:
        if not self._over:
            self._unsent.put_nowait(request)

    def send_late(self, late: "_Late", edits: Edits) -> None:
        """From any thread."""

        def on_loop() -> None:
            if not late.closed:
                self._composition.note(edits)
                self._send_each(edits)

        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(on_loop)


class _Late:
    """What one composition may do late; closed when it is reset."""

    def __init__(self, of: ComposeCall) -> None:
        self._of = of
        self.closed = False

    def send(self, edits: Edits) -> None:
        if not isinstance(edits, Edits):
            raise TypeError("these are no Edits")
        self._of.send_late(self, edits)

    def close(self) -> None:
        self.closed = True
