"""A process that has a terminal of its own, and whose root directory lies on a FUSE mount.

Run it as `unshare -Urm python3 root.py DIRECTORY`. The mount answers until the directory of the
terminals is known, and never says anything of what lies in it: whoever looks for the terminal there
waits until this process ends. Without /dev/fuse the root is an ordinary empty directory. Says
"stalling" or "empty" when it is ready, "asked" each time somebody has begun to wait, and ends with
its input.

The messages are those of linux/fuse.h (fuse(4)).
"""

import ctypes
import os
import stat
import struct
import sys
import threading

LOOKUP, GETATTR, INIT, ACCESS = 1, 3, 26, 34
ROOT, DEV, PTS = 1, 2, 3
KNOWN = {(ROOT, b"dev"): DEV, (DEV, b"pts"): PTS}
FOREVER = 1 << 30
MS_NOSUID, MS_NODEV = 2, 4

libc = ctypes.CDLL(None, use_errno=True)


def mount(source, target, kind, flags, data):
    if libc.mount(source.encode(), target.encode(), kind.encode(), flags, data.encode()) != 0:
        raise OSError(ctypes.get_errno(), "cannot mount " + kind)


def attributes(node):
    mode = stat.S_IFDIR | 0o755
    return struct.pack("<6Q10I", node, 0, 0, 0, 0, 0, 0, 0, 0, mode, 2, 0, 0, 0, 4096, 0)


def answer(opcode, node, body):
    """The body of the answer; None for none, ever."""
    if opcode == INIT:
        # Version 7.31; no write is ever larger than a page.
        return struct.pack("<IIIIHHIIHHI28x", 7, 31, 0, 0, 12, 9, 4096, 1, 1, 0, 0)
    if opcode == GETATTR:
        return struct.pack("<QII", FOREVER, 0, 0) + attributes(node)
    if opcode == ACCESS:
        return b""
    if opcode == LOOKUP:
        found = KNOWN.get((node, body.rstrip(b"\0")))
        if found is not None:
            return struct.pack("<QQQQII", found, 0, FOREVER, FOREVER, 0, 0) + attributes(found)
    return None


def serve(device):
    while True:
        request = os.read(device, 1 << 17)
        _, opcode, unique, node = struct.unpack_from("<IIQQ", request)
        body = answer(opcode, node, request[40:])
        if body is not None:
            os.write(device, struct.pack("<IiQ", 16 + len(body), 0, unique) + body)
        elif opcode == LOOKUP:
            print("asked", flush=True)


def main():
    home = sys.argv[1]
    terminals, root = os.path.join(home, "pts"), os.path.join(home, "root")
    os.mkdir(terminals)
    os.mkdir(root)
    mount("devpts", terminals, "devpts", 0, "newinstance,ptmxmode=0666")
    master = os.open(os.path.join(terminals, "ptmx"), os.O_RDWR | os.O_NOCTTY)
    assert master >= 0
    try:
        device = os.open("/dev/fuse", os.O_RDWR)
    except OSError:
        device = None
    if device is not None:
        mount("stalled", root, "fuse", MS_NOSUID | MS_NODEV, f"fd={device},rootmode=40000,user_id=0,group_id=0")
        threading.Thread(target=serve, args=(device,), daemon=True).start()
    os.chroot(root)
    if device is not None:
        os.stat("/dev/pts")
    print("empty" if device is None else "stalling", flush=True)
    sys.stdin.read()
    os._exit(0)


main()
