"""AES-256-GCM for what must not lie readable on the disk, and the keys it needs."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

NONCE_BYTES = 12


class CannotUnseal(Exception):
    """Wrong key, or the bytes were changed or moved."""


class Seal:
    """Encrypts with one 256-bit key; `about` (table, row, field) is bound to the text, so it cannot be moved elsewhere."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def seal(self, plain: bytes, about: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, plain, about.encode())

    def unseal(self, sealed: bytes, about: str) -> bytes:
        """Raises `CannotUnseal`."""
        try:
            return self._aead.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode())
        except (InvalidTag, ValueError):
            raise CannotUnseal from None


class Keys:
    """The installation's master secret and the keys derived from it, one for each purpose."""

    def __init__(self, master: bytes) -> None:
        if len(master) != 32:
            raise ValueError("the master key has 32 bytes")
        self._master = master

    @classmethod
    def load(cls, path: Path) -> "Keys":
        """Read the key file, or make it (mode 0400) on the first start. Losing it loses the hotline's texts."""
        try:
            return cls(bytes.fromhex(path.read_text("ascii").strip()))
        except FileNotFoundError:
            master = secrets.token_bytes(32)
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "w", encoding="ascii") as file:
                file.write(master.hex() + "\n")
                file.flush()
                os.fsync(file.fileno())
            return cls(master)

    def derive(self, purpose: str) -> bytes:
        return HKDFExpand(hashes.SHA256(), 32, purpose.encode()).derive(self._master)

    def seal(self, purpose: str) -> Seal:
        return Seal(self.derive(purpose))

    def hmac(self, purpose: str, value: str) -> str:
        """A keyed hash for look-ups of secrets that are not stored (invitation codes)."""
        return hmac.new(self.derive(purpose), value.encode(), hashlib.sha256).hexdigest()
