"""A call or a visit, typed in by an operator: text, section, school, contact."""

from bot.domain.hotline.case import Channel
from bot.domain.hotline.contact import contact_in
from bot.domain.hotline.guessing import section as guessed
from bot.screens import hotline_desk as desk_screens
from bot.screens import hotline_entering as screens
from bot.texts import hotline as writer_words
from bot.texts import hotline_desk as words
from handlers.errors import BadButton, number, word
from handlers.hotline_desk.cards import section, show_card
from handlers.turn import Turn

AWAITS_ENTRY = "hotline_entry"
AWAITS_ENTRY_SCHOOL = "hotline_entry_school"
AWAITS_ENTRY_CONTACT = "hotline_entry_contact"


def channel_of(value: object) -> Channel:
    """Raises `BadButton`."""
    if value not in (Channel.PHONE.value, Channel.VISIT.value):
        raise BadButton
    return Channel(str(value))


async def on_enter(turn: Turn, fields: list[str]) -> None:
    channel = channel_of(word(fields, 0))
    await turn.expect(AWAITS_ENTRY, channel=channel.value)
    await turn.show(screens.enter(words.ENTER_WHAT[channel.value]))


async def entry_came(turn: Turn, data: dict[str, object]) -> None:
    channel = channel_of(data["channel"])
    if not turn.text.strip():
        await turn.say(screens.enter(words.NOT_TEXT))
        return
    await turn.services.hotline.entering.begin(turn.actor, turn.key, turn.text.strip(), turn.now)
    await turn.forget()
    await turn.say(screens.entered_section(channel.value, guessed(turn.text)))


async def on_entered_sections(turn: Turn, fields: list[str]) -> None:
    channel = channel_of(word(fields, 0))
    await turn.show(desk_screens.sections(f"hd:esection:{channel.value}", ""))


async def on_entered_section(turn: Turn, fields: list[str]) -> None:
    channel = channel_of(word(fields, 0))
    draft = await turn.services.hotline.entering.choose(turn.actor, turn.now, section=section(fields, 1))
    if draft is None:
        await turn.show(screens.enter(words.ENTER_AGAIN))
        return
    guesses = await turn.services.hotline.schools.named_in(draft.text)
    await turn.expect(AWAITS_ENTRY_SCHOOL, channel=channel.value)
    await turn.show(screens.entered_school(channel.value, [(found.id, found.name) for found in guesses]))


async def on_entered_school(turn: Turn, fields: list[str]) -> None:
    channel, school_id = channel_of(word(fields, 0)), number(fields, 1) or None
    await ask_contact(turn, channel, school_id)


async def entry_school_typed(turn: Turn, data: dict[str, object]) -> None:
    channel = channel_of(data["channel"])
    found = await turn.services.hotline.schools.meant(turn.text)
    if found is None or not found.sure:
        guesses = [(found.id, found.name)] if found else []
        await turn.say(screens.entered_school(channel.value, guesses, writer_words.SCHOOL_NOT_FOUND))
        return
    await ask_contact(turn, channel, found.id)


async def ask_contact(turn: Turn, channel: Channel, school_id: int | None) -> None:
    await turn.services.hotline.entering.choose(turn.actor, turn.now, school_id=school_id)
    await turn.expect(AWAITS_ENTRY_CONTACT, channel=channel.value)
    await turn.show(screens.entered_contact(channel.value))


async def entry_contact_typed(turn: Turn, data: dict[str, object]) -> None:
    contact = contact_in(turn.text)
    if contact is None:
        await turn.say(screens.enter(writer_words.CONTACT_WRONG))
        return
    await register(turn, channel_of(data["channel"]), contact)


async def on_without_contact(turn: Turn, fields: list[str]) -> None:
    await register(turn, channel_of(word(fields, 0)), "")


async def register(turn: Turn, channel: Channel, contact: str) -> None:
    await turn.forget()
    case = await turn.services.hotline.entering.register(turn.actor, channel, contact, turn.now)
    if case is None:
        await turn.show(screens.enter(words.ENTER_AGAIN))
        return
    await show_card(turn, case.id)
