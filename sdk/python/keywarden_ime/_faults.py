"""What the plugin says on standard error."""

import traceback
from typing import TextIO

_MOST = 100


class FaultLog:
    """Which class was raised and where; never a message, which may hold what was typed. Silent after 100 entries."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._entries = 0

    def say(self, sentence: str) -> None:
        self._entries += 1
        if self._entries <= _MOST:
            print("keywarden: " + sentence, file=self._out, flush=True)
        elif self._entries == _MOST + 1:
            print(f"keywarden: nothing more is printed after {_MOST} entries", file=self._out, flush=True)

    def fault(self, during: str, fault: BaseException) -> None:
        lines = [f"{during} raised {_name(fault)}"]
        each: "BaseException | None" = fault
        for depth in range(4):
            if each is None:
                break
            if depth:
                lines.append(f"  caused by {_name(each)}")
            lines += (
                f"    at {frame.f_code.co_filename}:{line} in {frame.f_code.co_name}"
                for frame, line in traceback.walk_tb(each.__traceback__)
            )
            each = each.__cause__ or each.__context__
        self.say("\n".join(lines))


def _name(fault: BaseException) -> str:
    return f"{type(fault).__module__}.{type(fault).__qualname__}"
