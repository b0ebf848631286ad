"""Start, invitations, consent, and the card that «Главная» brings back."""

from bot.domain.drill_words import linked_photo
from bot.domain.enrolment import Step, find_secret, is_bare_code
from bot.domain.people import SchoolId
from bot.domain.screen import Button, Screen, column
from bot.screens import people as people_screens
from bot.screens import start as screens
from bot.texts import commands, errors
from bot.texts import interest as interest_words
from bot.texts import people_chat as people_words
from bot.texts import start as words
from handlers.errors import BadButton, number, word
from handlers.feature import Command, Feature
from handlers.looking import LOOKERS, show_photos
from handlers.report_showing import for_writer, show_to_writer
from handlers.turn import Turn

AWAITS_CODE = "code"
RECEIPT_DIGITS = 16  # of the hotline's receipt: nobody's invitation is that long
AWAITS_REHEARSAL = "rehearsal"


def create_feature() -> Feature:
    return Feature(
        "start",
        taps={
            "home": on_home,
            "code": on_code,
            "join": on_join,
            "jr": on_further_role,
            "ok": on_consent,
            "own": on_interest,
            "why": on_reason,
            "age": on_age,
            "try": on_rehearsal,
            "about": on_about,
            "memo": on_memo,
            "dates": on_dates,
        },
        commands=[
            Command("start", start, commands.START, takes_rest=True, fits=_is_code),
            Command("help", help_, commands.HELP),
            Command("next", lost, commands.LOST),
            Command("cancel", home, commands.CANCEL),
            Command("menu", home, commands.HOME),
            Command("pamyatka", memo, commands.MEMO),
            Command("daty", dates, commands.DATES),
        ],
        inputs={AWAITS_CODE: code_typed, AWAITS_REHEARSAL: rehearsal_word},
        brief=frozenset({AWAITS_CODE, AWAITS_REHEARSAL}),
        text=bare_code,
    )


def _is_code(rest: str) -> bool:
    """«старт 4821-7730», mistyped or not; «старт работы задержали» is about a work."""
    return find_secret(rest) is not None or not any(letter.isalpha() for letter in rest)


async def start(turn: Turn, rest: str) -> None:
    """/start with an invitation, «старт 4821-7730», a link to a photo from a workbook, or just /start."""
    photo = linked_photo(rest)
    if photo is not None and turn.actor.has(*LOOKERS):
        await show_photos(turn, photo[0], only=photo[1])
    elif rest and find_secret(rest):
        await redeem(turn, rest)
    else:
        await home(turn, "")


async def home(turn: Turn, rest: str) -> None:
    """A fresh card at the bottom."""
    await turn.forget()
    await turn.say(await turn.services.home.screen(turn.actor, turn.now))


async def lost(turn: Turn, rest: str) -> None:
    """«что дальше?»: nobody who asks for the way is taken for somebody who answers a question."""
    card = await turn.services.home.screen(turn.actor, turn.now)
    await turn.say(Screen(f"{errors.WHAT_NEXT}\n\n{card.text}", card.rows))


async def help_(turn: Turn, rest: str) -> None:
    await turn.say(Screen(commands.help_text([m.role for m in turn.actor.memberships]), screens.HOME_ROWS))


async def on_home(turn: Turn, fields: list[str]) -> None:
    await home(turn, "")


async def on_code(turn: Turn, fields: list[str]) -> None:
    if fields == ["where"]:
        await turn.show(screens.where_is_code(turn.services.home.place))
        return
    await turn.expect(AWAITS_CODE)
    await turn.show(screens.ask_code())


async def code_typed(turn: Turn, data: dict[str, object]) -> None:
    if sum(letter.isdigit() for letter in turn.text) == RECEIPT_DIGITS:
        await turn.say(screens.hotline_code())
        return
    await redeem(turn, turn.text)


async def bare_code(turn: Turn) -> bool:
    """A stranger sends the code of their invitation and nothing else, without looking for the button first."""
    if turn.actor.memberships or not is_bare_code(turn.text):
        return False
    await redeem(turn, turn.text)
    return True


async def redeem(turn: Turn, text: str) -> None:
    opened = await turn.services.enrolment.redeem(turn.actor.account, text, turn.now)
    await turn.forget()
    if opened.instead is not None:
        await turn.say(people_screens.further_role(opened))
        return
    await turn.say(screens.invited(opened.role, opened.person.code, turn.services.home.place))


async def on_further_role(turn: Turn, fields: list[str]) -> None:
    """`jr:12:1` takes the role of invitation 12 besides one's own, `jr:12:0` leaves it to whom it was given."""
    invite_id, wanted = number(fields, 0), word(fields, 1) == "1"
    if not wanted:
        await turn.services.further_role.give_back(turn.actor, invite_id, turn.now)
        await turn.show(Screen(people_words.GIVEN_BACK, screens.HOME_ROWS))
        return
    await turn.services.further_role.take(turn.actor, invite_id, turn.now)
    await next_step(turn)


async def on_join(turn: Turn, fields: list[str]) -> None:
    """«Начать» or «Вернуться к согласию»: the step that comes next; «Это не я» ends the invitation."""
    if fields == ["no"]:
        if turn.actor.person is not None:
            await turn.services.enrolment.decline(turn.actor, turn.now)
        actor, _ = await turn.services.enrolment.actor(turn.actor.account)
        await turn.show(await turn.services.home.screen(actor, turn.now))
        return
    await next_step(turn)


async def on_consent(turn: Turn, fields: list[str]) -> None:
    _known(turn)
    if fields == ["no"]:
        await turn.show(screens.no_consent())
        return
    await turn.services.enrolment.consent(turn.actor, turn.now)
    await next_step(turn)


async def on_interest(turn: Turn, fields: list[str]) -> None:
    """`own:0` nothing to declare; `own:pick:3.7:page` choosing; `own:3.7` these schools."""
    _known(turn)
    if word(fields, 0) == "pick":
        picked = _ids(word(fields, 1))
        page = int(fields[2]) if len(fields) > 2 and fields[2].isdigit() else 0
        schools = await turn.services.home.schools(turn.actor)
        await turn.show(screens.pick_schools(schools, picked, page))
        return
    if fields[0] == "0":  # «Всё верно» is said of all three sentences, the age among them
        await turn.services.enrolment.of_age(turn.actor, turn.now)
        await next_step(turn)
        return
    await _ask_reason(turn, _ids(fields[0]))


async def on_age(turn: Turn, fields: list[str]) -> None:
    """`age:1` is 18, `age:0` is not: then there is no way to be an observer, and whatever was planned is free again."""
    _known(turn)
    if word(fields, 0) == "1":
        await turn.services.enrolment.of_age(turn.actor, turn.now)
        await next_step(turn)
        return
    assert turn.actor.person is not None
    if fields[0] != "0" or turn.actor.person.adult_at is not None:
        raise BadButton
    await turn.services.personal_data.under_age(turn.actor, turn.now)
    await turn.forget()
    await turn.show(Screen(words.UNDER_AGE, screens.HOME_ROWS))


async def on_reason(turn: Turn, fields: list[str]) -> None:
    """`why:3.7:children`: the reason for school 3; then 7 is asked about."""
    _known(turn)
    picked, reason = _ids(word(fields, 0)), word(fields, 1)
    known = {school.id for school in await turn.services.home.schools(turn.actor)}
    if not picked or reason not in interest_words.CHOICES or picked[0] not in known:
        raise BadButton
    await turn.services.enrolment.declare(turn.actor, {picked[0]: reason}, turn.now)
    await _ask_reason(turn, picked[1:])
    await turn.toast(words.THANKS_FOR_TELLING)


async def _ask_reason(turn: Turn, picked: list[int]) -> None:
    """The reason of the first school that is left; without one, the age, and then the next step."""
    known = {school.id: school for school in await turn.services.home.schools(turn.actor)}
    left = [school_id for school_id in picked if school_id in known]
    if left:
        await turn.show(screens.which_interest(known[SchoolId(left[0])].short_name, left))
        return
    if turn.actor.person is not None and turn.actor.person.adult_at is None:
        await turn.show(screens.ask_age())
        return
    await next_step(turn)


async def on_rehearsal(turn: Turn, fields: list[str]) -> None:
    _known(turn)
    if fields == ["help"]:
        await turn.say(Screen(words.REHEARSAL_HELP, column(Button(words.WORKED, "try"))))
        return
    await turn.forget()
    await turn.services.enrolment.rehearse(turn.actor, turn.now)
    await next_step(turn)


async def rehearsal_word(turn: Turn, data: dict[str, object]) -> None:
    await turn.say(Screen(words.REHEARSAL_HEARD, column(Button(words.WORKED, "try"))))


async def next_step(turn: Turn) -> None:
    """Show what the enrolment asks next; at its end the person's card."""
    actor, _ = await turn.services.enrolment.actor(turn.actor.account)
    progress = await turn.services.enrolment.step(actor)
    if progress is not None and progress[0] is Step.REHEARSAL:
        await turn.expect(AWAITS_REHEARSAL)
    if (
        progress is not None
        and progress[0] is Step.READY
        and actor.person is not None
        and progress[1].value == "observer"
    ):
        await turn.show(screens.step(*progress, actor.person.code, "", []))
        return
    await turn.show(await turn.services.home.screen(actor, turn.now))


async def on_about(turn: Turn, fields: list[str]) -> None:
    await turn.show(screens.about(turn.services.home.place))


async def memo(turn: Turn, rest: str) -> None:
    await turn.say(for_writer(turn, screens.memo()))


async def dates(turn: Turn, rest: str) -> None:
    await turn.say(for_writer(turn, screens.dates(await turn.services.home.dates(turn.actor, turn.now))))


async def on_memo(turn: Turn, fields: list[str]) -> None:
    await show_to_writer(turn, screens.memo())


async def on_dates(turn: Turn, fields: list[str]) -> None:
    await show_to_writer(turn, screens.dates(await turn.services.home.dates(turn.actor, turn.now)))


def _known(turn: Turn) -> None:
    if turn.actor.person is None:
        raise BadButton


def _ids(text: str) -> list[int]:
    parts = [part for part in text.split(".") if part]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise BadButton
    return [int(part) for part in parts]
