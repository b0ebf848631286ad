"""Invitations on paper and those that wait."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.people import Role
from bot.domain.screen import Button, Screen, column, row, rows
from bot.texts import inviting as words
from bot.texts import turning
from bot.texts.people import ROLES
from bot.texts.people_chat import ROLE_LISTS
from bot.texts.start import BACK, HOME
from bot.texts.time import day_of_month
from storage.invites import Waiting

HOME_BUTTON = Button(HOME, "home")
A_PAGE = 8


def for_whom(roles: Sequence[Role]) -> Screen:
    buttons = [Button(ROLE_LISTS[role.value], f"ip:{role.value}") for role in roles]
    return Screen(words.FOR_WHOM, rows(*column(*buttons), (Button(BACK, "pp"), HOME_BUTTON)))


def after_sheet() -> Screen:
    return Screen(words.PAPER, ((Button(words.WAITING, "iw"), HOME_BUTTON),))


def waiting(found: Sequence[Waiting], zone: ZoneInfo, page: int, notice: str = "") -> Screen:
    shown = found[page * A_PAGE : page * A_PAGE + A_PAGE]
    lines = [
        words.line(one.person_code, ROLES[one.role], day_of_month(one.expires_at.astimezone(zone).date()))
        for one in shown
    ]
    buttons = [Button(words.revoke(one.person_code), f"ix:{one.id}") for one in shown]
    turn = row(
        Button(turning.EARLIER, f"iw:{page - 1}") if page else None,
        Button(turning.FURTHER, f"iw:{page + 1}") if (page + 1) * A_PAGE < len(found) else None,
    )
    text = words.waiting(len(found), lines)
    return Screen(
        f"{notice}\n\n{text}" if notice else text,
        rows(
            *(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)),
            turn,
            row(Button(words.REVOKE_ALL, "ix:all") if len(found) > 1 else None),
            (Button(BACK, "pp"), HOME_BUTTON),
        ),
    )


def ask_all() -> Screen:
    return Screen(words.ASK_ALL, column(Button(words.KEEP, "iw"), Button(words.REVOKE_ALL_YES, "ix:all:yes")))


def said(text: str) -> Screen:
    return Screen(text, ((Button(BACK, "pp"), HOME_BUTTON),))
