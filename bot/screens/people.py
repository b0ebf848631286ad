"""People and invitations in chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain.enrolment import Invitation, Opened
from bot.domain.people import SCHOOL_ROLES, Person, Role
from bot.domain.plan import School, Sitting
from bot.domain.screen import Button, Screen, column, row, rows
from bot.texts import inviting as inviting_words
from bot.texts import people_chat as words
from bot.texts import turning
from bot.texts.start import BACK, HOME

HOME_BUTTON = Button(HOME, "home")
LISTED = (
    Role.OBSERVER,
    Role.SCHOOL_COORDINATOR,
    Role.PRINCIPAL,
    Role.COORDINATOR,
    Role.OPERATOR,
    Role.HEAD,
    Role.REGIONAL,
)
A_PAGE = 10


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as the coordinator sees them."""

    person: Person
    roles: tuple[Role, ...]
    pending: tuple[Role, ...]  # wait for the second pair of eyes
    linked: bool
    unreachable: str
    invited: tuple[Role, ...] = ()  # nobody has used the invitation yet


def overview(counts: Sequence[tuple[Role, int, int]]) -> Screen:
    lists = [Button(words.ROLE_LISTS[role], f"pp:{role.value}") for role, total, _ in counts if total]
    return Screen(
        words.overview([(role.value, total, linked) for role, total, linked in counts]),
        rows(
            *_in_rows(lists, 2),
            (Button(words.INVITE_NEW, "pp:new"),),
            (Button(inviting_words.PAPER, "ip"), Button(inviting_words.WAITING, "iw")),
            (HOME_BUTTON,),
        ),
    )


def listed(role: Role, found: Sequence[tuple[Person, bool]], page: int) -> Screen:
    shown = found[page * A_PAGE : page * A_PAGE + A_PAGE]
    buttons = [Button(_label(person, linked), f"pc:{person.id}") for person, linked in shown]
    turn = row(
        Button(turning.EARLIER, f"pp:{role.value}:{page - 1}") if page else None,
        Button(turning.FURTHER, f"pp:{role.value}:{page + 1}") if (page + 1) * A_PAGE < len(found) else None,
    )
    return Screen(
        words.listed(role.value, len(found)), rows(*_in_rows(buttons, 2), turn, (Button(BACK, "pp"), HOME_BUTTON))
    )


def card(shown: PersonCard, notice: str = "") -> Screen:
    text = words.card(
        shown.person.code,
        shown.person.full_name,
        [role.value for role in shown.roles],
        shown.linked,
        shown.unreachable,
        [role.value for role in shown.pending],
        [role.value for role in shown.invited],
    )
    one = shown.person.id
    several = len(shown.roles) > 1
    revoked = [
        Button(words.revoke(role.value) if several else words.REVOKE, f"pr:{one}:{role.value}")
        for role in shown.roles[:4]
    ]
    approved = [
        Button(words.approve(role.value) if several else words.APPROVE, f"po:{one}:{role.value}")
        for role in shown.pending
    ]
    invited = [*shown.roles[:1], *shown.invited][0:1]
    role = invited[0] if invited else None
    return Screen(
        f"{notice}\n\n{text}" if notice else text,
        rows(
            *column(*approved),
            row(
                Button(words.INVITE_AGAIN if shown.linked else words.INVITE, f"pi:{one}:{role.value}") if role else None
            ),
            *_in_rows(revoked, 2),
            row(Button(words.ADD_ROLE, f"pad:{one}") if shown.roles else None),
            (Button(BACK, f"pp:{role.value}" if role else "pp"), HOME_BUTTON),
        ),
    )


def which_further_role(shown: PersonCard) -> Screen:
    buttons = [
        Button(words.ROLE_LISTS[role.value], f"pad:{shown.person.id}:{role.value}")
        for role in LISTED
        if role in SCHOOL_ROLES or role not in shown.roles
    ]
    back = (Button(BACK, f"pc:{shown.person.id}"), HOME_BUTTON)
    return Screen(words.which_further_role(shown.person.code), rows(*_in_rows(buttons, 2), back))


def which_role() -> Screen:
    buttons = [Button(words.ROLE_LISTS[role.value], f"pnw:{role.value}") for role in LISTED]
    return Screen(words.WHICH_ROLE, rows(*_in_rows(buttons, 2), (Button(BACK, "pp"), HOME_BUTTON)))


def which_school(asked: str, schools: Sequence[School], page: int, back: str = "pp:new") -> Screen:
    """`asked`: the button's beginning, to which the school's id is added."""
    shown = schools[page * A_PAGE : page * A_PAGE + A_PAGE]
    buttons = [Button(school.short_name[:24], f"{asked}:{school.id}") for school in shown]
    turn = row(
        Button(turning.EARLIER, f"{asked}:p{page - 1}") if page else None,
        Button(turning.FURTHER, f"{asked}:p{page + 1}") if (page + 1) * A_PAGE < len(schools) else None,
    )
    return Screen(words.WHICH_SCHOOL, rows(*_in_rows(buttons, 2), turn, (Button(BACK, back), HOME_BUTTON)))


def ask_name(notice: str = "") -> Screen:
    return Screen("\n".join(filter(None, (notice, words.ASK_NAME))), ((HOME_BUTTON,),))


def invitation(invite: Invitation, link: str, zone: ZoneInfo) -> Screen:
    text = words.invitation(invite.person.code, invite.role.value, invite.code, link, invite.expires_at, zone)
    return Screen(
        text,
        rows(
            *column(Button(words.COPY_LINK, copies=link), Button(words.COPY_CODE, copies=invite.code)),
            (Button(BACK, f"pc:{invite.person.id}"), HOME_BUTTON),
        ),
    )


def further_role(opened: Opened) -> Screen:
    """To somebody who is in the bot already and opened an invitation."""
    assert opened.instead is not None
    text = words.further_role(opened.person.code, opened.role.value, opened.instead.code)
    return Screen(
        text,
        column(
            Button(words.ADD_TO_ME, f"jr:{opened.invite_id}:1"), Button(words.NOT_FOR_ME, f"jr:{opened.invite_id}:0")
        ),
    )


def conflict_declared(person: Person, school: str, reason: str, affected: Sequence[Sitting]) -> Screen:
    """To the coordinators; a sitting that has to get another observer is a button."""
    buttons = [Button(words.replace_at(sitting), f"arw:{sitting.id}:{person.id}") for sitting in affected[:6]]
    return Screen(words.conflict_declared(person.code, school, reason, len(affected)), column(*buttons))


def approval_wanted(person: Person, role: Role) -> Screen:
    return Screen(
        words.approval_wanted(person.code, role.value),
        column(
            Button(words.APPROVE, f"po:{person.id}:{role.value}"), Button(words.REVOKE, f"pr:{person.id}:{role.value}")
        ),
    )


def _label(person: Person, linked: bool) -> str:
    surname = person.full_name.split(" ")[0] if person.full_name else ""
    return f"{'✓ ' if linked else ''}{person.code} {surname}".strip()[:24]


def _in_rows(buttons: list[Button], width: int) -> list[tuple[Button, ...]]:
    return [tuple(buttons[start : start + width]) for start in range(0, len(buttons), width)]
