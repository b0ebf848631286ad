"""AES-256-GCM for what must not lie readable on the disk, and the keys it needs."""

import hashlib
import hmac
import os
import secrets
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from bot.durable import sync

NONCE_BYTES = 12


class CannotUnseal(Exception):
    """Wrong key, or the bytes were changed or moved."""


class KeyFileMissing(Exception):
    """There is a database, but not the key it was written with."""


class KeyFileBroken(Exception):
    """The key file does not hold 64 hexadecimal digits."""


class Seal:
    """Encrypts with one 256-bit key; `about` (table, row, field) is bound to the text, so it cannot be moved elsewhere."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)
        self._key = key

    def seal(self, plain: bytes, about: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, plain, about.encode())

    def unseal(self, sealed: bytes, about: str) -> bytes:
        """Raises `CannotUnseal`."""
        try:
            return self._aead.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode())
        except (InvalidTag, ValueError):
            raise CannotUnseal from None

    def mark(self, value: str) -> str:
        """The same short mark for the same value, and no way back to it: for telling rows apart, not for look-ups."""
        return hmac.digest(self._mark_key, value.encode(), "sha256")[:12].hex()

    @cached_property
    def _mark_key(self) -> bytes:
        return hmac.digest(self._key, b"mark", "sha256")


class Keys:
    """The installation's master secret and the keys derived from it, one for each purpose."""

    def __init__(self, master: bytes) -> None:
        if len(master) != 32:
            raise ValueError("the master key has 32 bytes")
        self._master = master

    @classmethod
    def load(cls, path: Path, *, make: bool = True) -> "Keys":
        """Read the key file, or make it (mode 0400) on the first start. Losing it loses the hotline's texts.

        `make` False: the database exists already, so a missing key file is a loss to be told, not a first start.
        Raises `KeyFileMissing`, `KeyFileBroken`.
        """
        try:
            text = path.read_text("ascii").strip()
        except FileNotFoundError:
            if not make:
                raise KeyFileMissing from None
            return cls(_make_key_file(path))
        except UnicodeDecodeError:
            raise KeyFileBroken from None
        try:
            return cls(bytes.fromhex(text))
        except ValueError:
            raise KeyFileBroken from None

    def derive(self, purpose: str) -> bytes:
        return HKDFExpand(hashes.SHA256(), 32, purpose.encode()).derive(self._master)

    def seal(self, purpose: str) -> Seal:
        return Seal(self.derive(purpose))

    def hmac(self, purpose: str, value: str) -> str:
        """A keyed hash for look-ups of secrets that are not stored (invitation codes)."""
        return hmac.new(self.derive(purpose), value.encode(), hashlib.sha256).hexdigest()


def _make_key_file(path: Path) -> bytes:
    """Appears whole or not at all, and never over another one."""
    master = secrets.token_bytes(32)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "w", encoding="ascii") as file:
            file.write(master.hex() + "\n")
        sync(fresh)
        os.link(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    sync(path.parent)
    return master
