"""Runs an input method as a plugin of the broker that started this process."""

import asyncio
import os
import sys
import threading
from dataclasses import dataclass
from typing import Any, Mapping, NoReturn

import grpc

from . import _contract, _failure
from ._compose import ComposeCall
from ._faults import FaultLog
from ._possession import HolderKey
from .composition import InputMethod

_SOCKET = "KEYWARDEN_SOCKET"
_PLUGIN_ID = "KEYWARDEN_PLUGIN_ID"

# Retries are off: a retried call would buffer what was typed and could say it twice. Surrounding text, the longest
# message, is 4,096 code points.
_OPTIONS = (
    ("grpc.default_authority", "keywarden"),
    ("grpc.enable_retries", 0),
    ("grpc.enable_http_proxy", 0),
    ("grpc.service_config_disable_resolution", 1),
    ("grpc.max_receive_message_length", 64 * 1024),
)


@dataclass(frozen=True)
class Ending:
    """How a plugin's session came to its end: a status of sysexits.h, and a sentence for whoever reads its output."""

    status: int
    sentence: str = ""


def run(input_method: InputMethod) -> NoReturn:
    """Serves until the broker ends the session, then ends the process.

    Status 0: served; 64: not started by a broker; 69: the broker's socket is not served; 77: the broker did not register
    this plugin. A plugin does not reconnect: the broker that started it is its only one, and starts it again when needed.
    """
    log = FaultLog(sys.stderr)
    threading.excepthook = lambda failed: log.fault("a thread", failed.exc_value or failed.exc_type())
    ending = serve(input_method, os.environ, log)
    if ending.sentence:
        print("keywarden: " + ending.sentence, file=sys.stderr)
    sys.stderr.flush()
    # Threads of an author's own do not hold up the end.
    os._exit(ending.status)


def serve(input_method: InputMethod, environment: Mapping[str, str], log: FaultLog) -> Ending:
    """As `run`, but returns how it ended."""
    for each in (_SOCKET, _PLUGIN_ID):
        if not environment.get(each):
            return Ending(
                64,
                "this input method is a plugin of Keywarden and does not run by itself: "
                f"{each} is not set. Put it, with its manifest.yaml, where the broker looks for plugins;"
                " the broker starts it.",
            )
    session = _Session(input_method, environment[_SOCKET], environment[_PLUGIN_ID], log)
    try:
        return asyncio.run(session.run())
    except Exception as fault:
        log.fault("the SDK", fault)
        return Ending(70)


class _Session:
    """The plugin's one session with the broker."""

    def __init__(self, input_method: InputMethod, socket: str, plugin_id: str, log: FaultLog) -> None:
        self._input_method = input_method
        self._socket = socket
        self._plugin_id = plugin_id
        self._log = log
        self._holder = HolderKey()
        self._nonce = b""
        self._registered = False
        self._calls: "dict[int, ComposeCall]" = {}

    async def run(self) -> Ending:
        asyncio.get_running_loop().set_exception_handler(self._fault)
        async with grpc.aio.insecure_channel("unix:" + self._socket, options=_OPTIONS) as channel:
            compose = channel.stream_stream(
                _contract.SERVICE + "Compose",
                _contract.ComposeRequest.SerializeToString,
                _contract.ComposeResponse.FromString,
            )
            connect = channel.stream_stream(
                _contract.SERVICE + "Connect",
                _contract.ConnectRequest.SerializeToString,
                _contract.ConnectResponse.FromString,
            )()
            try:
                while (message := await connect.read()) is not grpc.aio.EOF:
                    await self._take(message, connect, compose)
                return self._ending(None)
            except grpc.aio.AioRpcError as error:
                return self._ending(error)
            finally:
                for each in list(self._calls.values()):
                    each.revoke()

    def _fault(self, loop: asyncio.AbstractEventLoop, context: "dict[str, Any]") -> None:
        fault = context.get("exception")
        if fault is not None:
            self._log.fault("a task", fault)

    async def _take(self, message: Any, connect: Any, compose: Any) -> None:
        kind = message.WhichOneof("message")
        if kind == "welcome":
            self._nonce = message.welcome.connection_nonce
            request = _contract.ConnectRequest()
            request.register.plugin_id = self._plugin_id
            request.register.holder_key = self._holder.raw
            request.register.proof = self._holder.to_register(self._nonce)
            await connect.write(request)
        elif kind == "registered":
            self._registered = True
        elif kind == "grant_offered":
            self._compose(message.grant_offered, compose)
        elif kind == "grant_renewed":
            self._renew(message.grant_renewed)
        elif kind == "grant_revoked":
            call = self._calls.get(message.grant_revoked.grant)
            if call is not None:
                call.revoke()

    def _compose(self, offer: Any, compose: Any) -> None:
        metadata = (
            ("keywarden-token-bin", offer.token),
            ("keywarden-proof-bin", self._holder.to_present(self._nonce, offer.token)),
        )
        grant = offer.grant

        def over() -> None:
            self._calls.pop(grant, None)

        self._calls[grant] = ComposeCall(
            self._input_method,
            offer,
            compose(metadata=metadata),
            over,
            self._log,
        )

    def _renew(self, renewal: Any) -> None:
        call = self._calls.get(renewal.grant)
        if call is not None:
            call.renew(renewal.token)

    def _ending(self, error: Any) -> Ending:
        if self._registered:
            return Ending(0)
        if error is None:
            return self._refused("it ended the session")
        reason = _failure.reason_of(error)
        if reason:
            return self._refused(reason)
        return Ending(
            69,
            f"no broker serves KEYWARDEN_SOCKET={self._socket} ({_failure.name_of(error)}). Is the broker running?",
        )

    def _refused(self, why: str) -> Ending:
        return Ending(
            77, f"the broker did not register {self._plugin_id}: {why} (proto/README.md explains it)"
        )

