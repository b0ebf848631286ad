"""A text that only the holder of a private key can open: X25519 with a throw-away key, HKDF, AES-256-GCM.

The public half lies in the settings of the server, the private half on the custodian's own computer: whoever takes the server,
its keys and its memory, cannot open what was sealed before.
"""

import base64
import binascii
import hashlib

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from bot.sealing import CannotUnseal, Seal

MARK = "vprc1."  # what a sealed text begins with
KEY_BYTES, CHECK_BYTES = 32, 4
ABOUT = "contact"


class NotAPublicKey(ValueError):
    """Not what `public_text` wrote: a digit is lost or wrong."""


class NotASealedText(Exception):
    """Not what `seal` wrote."""


class WrongPassphrase(Exception):
    """The file of the private key opens with another passphrase, or is none."""


def new_private() -> X25519PrivateKey:
    return X25519PrivateKey.generate()


def private_pem(private: X25519PrivateKey, passphrase: str) -> bytes:
    """For the custodian's file; '' keeps it readable for whoever has the file."""
    locked = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)


def load_private(pem: bytes, passphrase: str) -> X25519PrivateKey:
    """Raises `WrongPassphrase`."""
    try:
        private = serialization.load_pem_private_key(pem, passphrase.encode() or None)
    except (ValueError, TypeError):
        raise WrongPassphrase from None
    if not isinstance(private, X25519PrivateKey):
        raise WrongPassphrase
    return private


def is_locked(pem: bytes) -> bool:
    """Whether the file wants a passphrase."""
    return b"ENCRYPTED" in pem


def public_text(private: X25519PrivateKey) -> str:
    """48 signs for the settings, the last of them a check of the others."""
    raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.urlsafe_b64encode(raw + _check(raw)).decode()


def read_public(text: str) -> X25519PublicKey:
    """Raises `NotAPublicKey`."""
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error, ValueError):
        raise NotAPublicKey from None
    if len(raw) != KEY_BYTES + CHECK_BYTES or _check(raw[:KEY_BYTES]) != raw[KEY_BYTES:]:
        raise NotAPublicKey
    return X25519PublicKey.from_public_bytes(raw[:KEY_BYTES])


def is_sealed(text: str) -> bool:
    return text.startswith(MARK)


def seal(public: X25519PublicKey, text: str) -> str:
    """One word that can be copied from a chat."""
    once = X25519PrivateKey.generate()
    sender = once.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    reader = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    sealed = _seal(once.exchange(public), sender, reader).seal(text.encode(), ABOUT)
    return MARK + base64.urlsafe_b64encode(sender + sealed).decode()


def unseal(private: X25519PrivateKey, word: str) -> str:
    """Raises `NotASealedText`, and `CannotUnseal` when it was sealed for another key."""
    if not is_sealed(word):
        raise NotASealedText
    try:
        raw = base64.b64decode(word.removeprefix(MARK).encode("ascii"), altchars=b"-_", validate=True)
        sender = X25519PublicKey.from_public_bytes(raw[:KEY_BYTES])
        shared = private.exchange(sender)
    except (UnicodeEncodeError, binascii.Error):
        raise NotASealedText from None
    except ValueError:
        raise CannotUnseal from None
    reader = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return _seal(shared, raw[:KEY_BYTES], reader).unseal(raw[KEY_BYTES:], ABOUT).decode()


def _seal(shared: bytes, sender: bytes, reader: bytes) -> Seal:
    """Both public halves are bound into the key."""
    return Seal(HKDF(hashes.SHA256(), 32, salt=None, info=b"contact|" + sender + reader).derive(shared))


def _check(raw: bytes) -> bytes:
    return hashlib.sha256(b"custodian|" + raw).digest()[:CHECK_BYTES]
