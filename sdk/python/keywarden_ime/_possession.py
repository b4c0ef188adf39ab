"""What this process proves with its holder key (proto/README.md, "Proof of possession")."""

import struct

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def frame(*parts: bytes) -> bytes:
    """PASETO's pre-authentication encoding: the number of parts, then each after its length."""
    return struct.pack("<Q", len(parts)) + b"".join(
        struct.pack("<Q", len(each)) + each for each in parts
    )


class HolderKey:
    """The key whose possession this process proves; made at start, never stored."""

    def __init__(self) -> None:
        self._private = Ed25519PrivateKey.generate()
        self.raw = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def to_register(self, nonce: bytes) -> bytes:
        return self._private.sign(frame(b"keywarden.v1.register", nonce, self.raw))

    def to_present(self, nonce: bytes, token: bytes) -> bytes:
        return self._private.sign(frame(b"keywarden.v1.present", nonce, token))
