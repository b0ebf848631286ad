"""«Мои данные»."""

from zoneinfo import ZoneInfo

from bot.domain.people import Actor, Role
from bot.domain.screen import Button, Screen, column, row, rows
from bot.texts import personal_data as words
from bot.texts.start import HOME
from storage.personal import Stored

HOME_BUTTON = Button(HOME, "home")


def mine(actor: Actor, stored: Stored, zone: ZoneInfo, *, names: bool, notice: str = "") -> Screen:
    assert actor.person is not None
    consent = (stored.consent_version, stored.consent_at) if stored.consent_at is not None else None
    text = words.mine(
        actor.person.code,
        list(dict.fromkeys(membership.role.value for membership in actor.memberships)),
        stored.full_name,
        stored.phone,
        stored.sent_by,
        stored.order_ref,
        stored.remarks,
        consent,
        stored.trained_at,
        stored.conflicts,
        stored.reports,
        stored.photos,
        zone,
        names=names,
    )
    observer = actor.has(Role.OBSERVER)
    return Screen(
        f"{notice}\n\n{text}" if notice else text,
        rows(
            row(
                Button(words.CORRECT, "mdc:full_name") if names else None,
                Button(words.CORRECT_PHONE, "mdc:phone") if names else None,
            ),
            row(
                Button(words.CORRECT_REMARK, "mdc:remarks") if observer else None,
                Button(words.INTEREST, "own:pick:") if observer else None,
            ),
            *column(Button(words.WITHDRAW, "mdw"), Button(words.DELETE, "mdd")),
            (HOME_BUTTON,),
        ),
    )


def ask(text: str, yes: str, data: str) -> Screen:
    """A deed that cannot be undone is asked once more."""
    return Screen(text, column(Button(words.KEEP, "md"), Button(yes, data)))


def said(text: str) -> Screen:
    return Screen(text, ((HOME_BUTTON,),))
