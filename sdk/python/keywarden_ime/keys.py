"""Keys, as the broker delivers them."""

import enum
from dataclasses import dataclass

_SHIFT = 1
_CHORD = 4 | 8 | 64
_UNICODE = 0x0100_0000


class Keysym:
    """X11 keysyms that input methods look for (X11/keysymdef.h). Letters are their own Latin-1 code."""

    SPACE = 0x20
    BACKSPACE = 0xFF08
    TAB = 0xFF09
    RETURN = 0xFF0D
    ESCAPE = 0xFF1B
    HOME = 0xFF50
    LEFT = 0xFF51
    UP = 0xFF52
    RIGHT = 0xFF53
    DOWN = 0xFF54
    PAGE_UP = 0xFF55
    PAGE_DOWN = 0xFF56
    END = 0xFF57
    KEYPAD_ENTER = 0xFF8D
    DELETE = 0xFFFF


class KeyKind(enum.Enum):
    """What happened to a key."""

    PRESS = 1
    RELEASE = 2
    """Only with `Right.RECEIVE_RELEASES`."""
    REPEAT = 3
    """A press the keyboard made by itself while the key is held down."""


@dataclass(frozen=True, repr=False)
class Key:
    """One change of one key.

    `keysym` is an X11 keysym; `keycode` evdev's code plus 8, 0 if unknown; `modifiers` an X11 mask: 1 Shift, 2 Lock,
    4 Control, 8 Alt, 64 Super.
    """

    keysym: int
    keycode: int = 0
    modifiers: int = 0
    kind: KeyKind = KeyKind.PRESS

    @staticmethod
    def press(key: "int | str") -> "Key":
        """A press without modifiers, for tests: a keysym, or the character it types."""
        if isinstance(key, str):
            point = ord(key)
            return Key(point if point < 0x100 else _UNICODE + point)
        return Key(key)

    @property
    def is_pressed(self) -> bool:
        """Whether this is a press or a repeat."""
        return self.kind is not KeyKind.RELEASE

    @property
    def has_shift(self) -> bool:
        return bool(self.modifiers & _SHIFT)

    @property
    def is_chord(self) -> bool:
        """Whether Control, Alt or Super is held: a shortcut of the application, as a rule."""
        return bool(self.modifiers & _CHORD)

    @property
    def is_modifier(self) -> bool:
        """Whether the key is itself a modifier: it types nothing and should change nothing."""
        return (
            0xFFE1 <= self.keysym <= 0xFFEE
            or 0xFE01 <= self.keysym <= 0xFE13
            or self.keysym in (0xFF7E, 0xFF7F)
        )

    @property
    def text(self) -> str:
        """The character the key types, empty if none: Latin-1 and Unicode keysyms and the keypad's digits and signs."""
        keysym = self.keysym
        if 0x20 <= keysym <= 0x7E or 0xA0 <= keysym <= 0xFF:
            return chr(keysym)
        if 0xFFAA <= keysym <= 0xFFB9 or keysym == 0xFFBD:
            return chr(keysym - 0xFF80)
        point = keysym - _UNICODE
        if 0x100 <= point <= 0x10FFFF and not 0xD800 <= point <= 0xDFFF:
            return chr(point)
        return ""

    def __repr__(self) -> str:
        """Says nothing of the key."""
        return "Key[]"
