"""People and invitations, for coordinators."""

from bot.domain.enrolment import name_and_phone
from bot.domain.people import SCHOOL_ROLES, Role
from bot.screens import people as screens
from bot.texts import commands
from bot.texts import people_chat as words
from handlers.errors import BadButton, number, page, word
from handlers.feature import Command, Feature
from handlers.turn import Turn

AWAITS_NAME = "new_name"


def create_feature() -> Feature:
    return Feature(
        "people",
        taps={
            "pp": on_people,
            "pc": on_card,
            "pi": on_invite,
            "pnw": on_new,
            "po": on_approve,
            "pr": on_revoke,
            "pad": on_further_role,
        },
        commands=[Command("people", people, commands.PEOPLE, roles=frozenset({Role.COORDINATOR}))],
        inputs={AWAITS_NAME: name_typed},
    )


async def people(turn: Turn, rest: str) -> None:
    await turn.say(screens.overview(await turn.services.staffing.counts(turn.actor)))


async def on_people(turn: Turn, fields: list[str]) -> None:
    if not fields:
        await turn.show(screens.overview(await turn.services.staffing.counts(turn.actor)))
    elif fields[0] == "new":
        turn.actor.need(Role.COORDINATOR)
        await turn.show(screens.which_role())
    else:
        role = _role(fields[0])
        await turn.show(screens.listed(role, await turn.services.staffing.listed(turn.actor, role), page(fields, 1)))


async def on_card(turn: Turn, fields: list[str]) -> None:
    await _card(turn, number(fields, 0))


async def on_invite(turn: Turn, fields: list[str]) -> None:
    """A fresh link and code; an earlier one that was not used ends."""
    person_id, role = number(fields, 0), _role(word(fields, 1))
    turn.actor.need(Role.COORDINATOR)
    invitation = await turn.services.enrolment.invite(turn.actor, person_id, role, None, turn.now)
    await turn.show(screens.invitation(invitation, await turn.messenger.link(invitation.token), turn.zone))


async def on_new(turn: Turn, fields: list[str]) -> None:
    """`pnw:principal:p1` a page of schools; `pnw:principal:3` this school; then the name."""
    turn.actor.need(Role.COORDINATOR)
    role = _role(word(fields, 0))
    chosen = fields[1] if len(fields) > 1 else ""
    if role in SCHOOL_ROLES and (not chosen or chosen.startswith("p")):
        schools = await turn.services.home.schools(turn.actor)
        await turn.show(screens.which_school(f"pnw:{role.value}", schools, page([chosen[1:]], 0)))
        return
    school_id = number(fields, 1) if chosen else None
    if not turn.services.enrolment.names:
        invitation = await turn.services.enrolment.invite_new(turn.actor, role, school_id, turn.now)
        await turn.show(screens.invitation(invitation, await turn.messenger.link(invitation.token), turn.zone))
        return
    await turn.expect(AWAITS_NAME, role=role.value, school=school_id)
    await turn.show(screens.ask_name())


async def name_typed(turn: Turn, data: dict[str, object]) -> None:
    role = _role(str(data["role"]))
    school_id = int(str(data["school"])) if data.get("school") is not None else None
    told = ("", "") if turn.text.strip() == words.NO_NAME else name_and_phone(turn.text)
    if told is None:
        await turn.say(screens.ask_name(words.NOT_A_NAME if turn.text.strip() else ""))
        return
    name, phone = told
    invitation = await turn.services.enrolment.invite_new(
        turn.actor, role, school_id, turn.now, full_name=name, phone=phone
    )
    await turn.forget()
    await turn.say(screens.invitation(invitation, await turn.messenger.link(invitation.token), turn.zone))


async def on_further_role(turn: Turn, fields: list[str]) -> None:
    """`pad:7` which role; `pad:7:principal:p1` a page of schools; `pad:7:principal:3` one more role of person 7."""
    person_id = number(fields, 0)
    if len(fields) == 1:
        await turn.show(screens.which_further_role(await turn.services.staffing.card(turn.actor, person_id)))
        return
    turn.actor.need(Role.COORDINATOR)
    role = _role(fields[1])
    chosen = fields[2] if len(fields) > 2 else ""
    if role in SCHOOL_ROLES and (not chosen or chosen.startswith("p")):
        schools = await turn.services.home.schools(turn.actor)
        base = f"pad:{person_id}:{role.value}"
        await turn.show(screens.which_school(base, schools, page([chosen[1:]], 0), f"pad:{person_id}"))
        return
    school_id = number(fields, 2) if role in SCHOOL_ROLES else None
    await turn.services.staffing.grant(turn.actor, person_id, role, school_id, turn.now)
    await _card(turn, person_id, words.GRANTED)


async def on_approve(turn: Turn, fields: list[str]) -> None:
    """`po:7:operator`: this role of person 7; an older button without a role leads to the card, where each has its own."""
    person_id = number(fields, 0)
    if len(fields) == 1:
        await _card(turn, person_id)
        return
    done = await turn.services.staffing.approve(turn.actor, person_id, _role(fields[1]), turn.now)
    await _card(turn, person_id, words.APPROVED if done else words.NOTHING_TO_APPROVE)


async def on_revoke(turn: Turn, fields: list[str]) -> None:
    await turn.services.staffing.revoke(turn.actor, number(fields, 0), _role(word(fields, 1)), turn.now)
    await _card(turn, number(fields, 0), words.REVOKED)


async def _card(turn: Turn, person_id: int, notice: str = "") -> None:
    try:
        shown = await turn.services.staffing.card(turn.actor, person_id)
    except LookupError:
        raise BadButton from None
    await turn.show(screens.card(shown, notice))


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        raise BadButton from None
