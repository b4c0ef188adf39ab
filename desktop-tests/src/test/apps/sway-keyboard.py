"""
Types into a compositor by zwp_virtual_keyboard_v1, as one more keyboard of the seat. A line of input: milliseconds between keys, then
keysym names; or `layout` and the names of a layout and a variant of it.
"""
import ctypes
import os
import socket
import struct
import sys
import time

DISPLAY, REGISTRY = 1, 2
XKB_TEXT = 1
X11_OFFSET = 8
SHIFT_CODE = 42
SHIFT_MASK = 1


class Names(ctypes.Structure):
    _fields_ = [(each, ctypes.c_char_p) for each in ("rules", "model", "layout", "variant", "options")]


class Layout:
    """A layout as libxkbcommon makes it, and which key has which keysym."""

    xkb = ctypes.CDLL("libxkbcommon.so.0")
    for function in ("xkb_context_new", "xkb_keymap_new_from_names", "xkb_keymap_get_as_string"):
        getattr(xkb, function).restype = ctypes.c_void_p

    def __init__(self, layout, variant):
        context = ctypes.c_void_p(self.xkb.xkb_context_new(0))
        names = Names(b"evdev", b"pc105", layout.encode(), variant.encode(), b"")
        keymap = ctypes.c_void_p(self.xkb.xkb_keymap_new_from_names(context, ctypes.byref(names), 0))
        self.text = ctypes.string_at(self.xkb.xkb_keymap_get_as_string(keymap, XKB_TEXT)) + b"\0"
        self.keys = {}
        symbols = ctypes.POINTER(ctypes.c_uint32)()
        for level in (0, 1):
            for code in range(9, 256):
                if self.xkb.xkb_keymap_key_get_syms_by_level(keymap, code, 0, level, ctypes.byref(symbols)) == 1:
                    self.keys.setdefault(symbols[0], (code - X11_OFFSET, level == 1))

    def key(self, name):
        return self.keys[self.xkb.xkb_keysym_from_name(name.encode(), 0)]


class Compositor:
    def __init__(self):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(os.path.join(os.environ["XDG_RUNTIME_DIR"], os.environ["WAYLAND_DISPLAY"]))
        self.last = REGISTRY
        self.globals = {}
        self.received = b""
        self.send(DISPLAY, 1, struct.pack("=I", REGISTRY))
        self.wait()

    def new(self):
        self.last += 1
        return self.last

    def send(self, to, request, arguments, descriptors=()):
        message = struct.pack("=II", to, (8 + len(arguments)) << 16 | request) + arguments
        socket.send_fds(self.socket, [message], descriptors)

    def bind(self, interface):
        made = self.new()
        name = interface.encode() + b"\0"
        arguments = struct.pack("=II", self.globals[interface], len(name)) + name + b"\0" * (-len(name) % 4)
        self.send(REGISTRY, 0, arguments + struct.pack("=II", 1, made))
        return made

    def wait(self):
        """Until the compositor has taken everything."""
        callback = self.new()
        self.send(DISPLAY, 0, struct.pack("=I", callback))
        while True:
            while len(self.received) >= 8:
                of, second = struct.unpack_from("=II", self.received)
                length = second >> 16
                if len(self.received) < length:
                    break
                body, self.received = self.received[8:length], self.received[length:]
                if of == callback:
                    return
                if of == DISPLAY and second & 0xFFFF == 0:
                    sys.exit(f"the compositor refused: {body}")
                if of == REGISTRY and second & 0xFFFF == 0:
                    name, size = struct.unpack_from("=II", body)
                    self.globals[body[8 : 7 + size].decode()] = name
            more = self.socket.recv(65536)
            if not more:
                sys.exit("the compositor is gone")
            self.received += more


class Keyboard:
    def __init__(self, compositor):
        self.compositor = compositor
        seat = compositor.bind("wl_seat")
        manager = compositor.bind("zwp_virtual_keyboard_manager_v1")
        self.id = compositor.new()
        compositor.send(manager, 0, struct.pack("=II", seat, self.id))
        self.use("us", "")

    def use(self, layout, variant):
        self.layout = Layout(layout, variant)
        descriptor = os.memfd_create("keymap")
        os.write(descriptor, self.layout.text)
        self.compositor.send(self.id, 0, struct.pack("=II", XKB_TEXT, len(self.layout.text)), [descriptor])
        os.close(descriptor)
        self.compositor.wait()

    def change(self, code, down):
        now = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000 & 0xFFFFFFFF
        self.compositor.send(self.id, 1, struct.pack("=III", now, code, down))

    def shift(self, down):
        self.change(SHIFT_CODE, down)
        self.compositor.send(self.id, 2, struct.pack("=IIII", SHIFT_MASK if down else 0, 0, 0, 0))

    def tap(self, name):
        code, shifted = self.layout.key(name)
        if shifted:
            self.shift(True)
        self.change(code, True)
        self.change(code, False)
        if shifted:
            self.shift(False)


keyboard = Keyboard(Compositor())
print("ready", flush=True)
for line in sys.stdin:
    first, *rest = line.split()
    if first == "layout":
        keyboard.use(rest[0], rest[1] if len(rest) > 1 else "")
    else:
        for name in rest:
            keyboard.tap(name)
            if first != "0":
                time.sleep(int(first) / 1000)
    keyboard.compositor.wait()
    print("typed", flush=True)
