"""Invitations and the steps from an invitation to a person who may work."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import DomainError
from bot.domain.importing.problems import BadCell
from bot.domain.importing.values import parse_phone
from bot.domain.people import Person, Role, full_name

CONSENT_KIND = "work"
CODE_VALID = timedelta(days=30)
CONSOLE_CODE_VALID = timedelta(minutes=30)
WRONG_CODES_AN_HOUR = 5
WRONG_CODES_AN_HOUR_OF_ALL = 200
_PHONE_BEGINS = re.compile(r"[+(]?\d")
_CODE = re.compile(r"(?<!\d)(\d{4})[\s\-–—]?(\d{4})(?!\d)")
_TOKEN = re.compile(r"i_[A-Za-z0-9_-]{22}")


class Step(StrEnum):
    """What an invited person does next."""

    CONSENT = "consent"
    INTEREST = "interest"
    REHEARSAL = "rehearsal"
    APPROVAL = "approval"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Invitation:
    """The only moment at which the secrets of an invitation are readable."""

    person: Person
    role: Role
    token: str  # for the deep link, 128 bits
    code: str  # typed, 7315-4482
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """An invitation that was opened. `instead`: who opened it is in the bot already, as this other person."""

    invite_id: int
    person: Person
    role: Role
    instead: Person | None = None


@dataclass(eq=False)
class WrongCode(DomainError):
    """No valid invitation has this code. One answer for unknown, used, revoked and expired (rules SEC1)."""

    attempts_left: int


@dataclass(eq=False)
class TooManyCodes(DomainError):
    """Five wrong codes within the hour."""


@dataclass(eq=False)
class NoSuchInvitation(DomainError):
    """This account has opened no such invitation, or its question is answered already."""


@dataclass(eq=False)
class NoPersonalData(DomainError):
    """This installation keeps names and phones only on the server; nothing of the kind goes through the chat."""


@dataclass(eq=False)
class PhoneTaken(DomainError):
    """Somebody of the list has this telephone already; `code` says who."""

    code: str


def name_and_phone(text: str) -> tuple[str, str] | None:
    """«Белова Анна Петровна +7 912 345-67-89», the telephone may be left out (''); None when either is not to be read."""
    begins = _PHONE_BEGINS.search(text)
    typed = text[begins.start() :] if begins else ""
    name = full_name(text[: begins.start()].strip(" ,;") if begins else text)
    number = phone(typed) if typed else ""
    return (name, number) if name is not None and number is not None else None


def phone(text: str) -> str | None:
    """A telephone in E.164, or None when it is not to be read."""
    try:
        return parse_phone(text)
    except BadCell:
        return None


def new_token() -> str:
    return "i_" + secrets.token_urlsafe(16)


def new_code() -> str:
    digits = f"{secrets.randbelow(10**8):08}"
    return f"{digits[:4]}-{digits[4:]}"


def find_secret(text: str) -> str | None:
    """The token or the typed code in what somebody sent: spaces and dashes as people type them."""
    token = _TOKEN.search(text)
    if token:
        return token.group()
    code = _CODE.search(text)
    return f"{code.group(1)}-{code.group(2)}" if code else None


def is_bare_code(text: str) -> bool:
    """Nothing but a code, as on the invitation."""
    return _CODE.fullmatch(text.strip()) is not None


def is_token(secret: str) -> bool:
    """Of a link or a QR code: 128 bits, not to be found by trying."""
    return _TOKEN.fullmatch(secret) is not None


def next_step(person: Person, role: Role, *, consented: bool, approved: bool) -> Step:
    """Consent before anything else; interest and rehearsal are for observers."""
    if not consented:
        return Step.CONSENT
    if role is Role.OBSERVER:
        if person.adult_at is None:
            return Step.INTEREST
        if person.rehearsed_at is None:
            return Step.REHEARSAL
    return Step.READY if approved else Step.APPROVAL
