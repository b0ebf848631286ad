"""Screens of opening a contact."""

from bot.domain.hotline.case import Case
from bot.domain.screen import Button, Screen, row, rows
from bot.screens.hotline_desk import number
from bot.sealed_box import is_sealed
from bot.texts import hotline_desk as desk_words
from bot.texts import hotline_reveal as words


def asked(case: Case, reveal_id: int, by: str) -> Screen:
    return Screen(words.request(number(case), by), rows((Button(words.LOOK, f"hd:reason:{reveal_id}"),)))


def reason(case: Case, reveal_id: int, by: str, text: str) -> Screen:
    return Screen(
        words.reason(number(case), by, text),
        rows(row(Button(words.ALLOW, f"hd:allow:{reveal_id}"), Button(words.REFUSE, f"hd:refuse:{reveal_id}"))),
        protect=True,
    )


def decided(case: Case, reveal_id: int, *, allowed: bool) -> Screen:
    card = Button(desk_words.CARD, f"hd:card:{case.id}")
    read = Button(words.READ, f"hd:contact:{reveal_id}") if allowed else None
    return Screen(words.decided(number(case), allowed=allowed), rows(row(read, card)))


def contact(case: Case, text: str) -> Screen:
    said = words.sealed_contact(number(case), text) if is_sealed(text) else words.contact(number(case), text)
    return Screen(said, rows((Button(desk_words.CARD, f"hd:card:{case.id}"),)), protect=True)
