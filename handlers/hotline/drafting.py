"""Before it is sent: message first, then section, school and level, then a check."""

from datetime import timedelta

from bot.domain.hotline.case import Category, Level
from bot.domain.hotline.contact import contact_in
from bot.domain.hotline.draft import Draft
from bot.screens import hotline as screens
from bot.services.hotline.intake import DraftFull, guess
from bot.texts import hotline as words
from bot.texts import hotline_faq as faq_texts
from handlers.errors import BadButton, number, word
from handlers.hotline import receipt
from handlers.hotline.pieces import case_id, due_day, may_write, read_piece
from handlers.turn import Turn

AWAITS_MESSAGE = "hotline_message"
AWAITS_SCHOOL = "hotline_school"
AWAITS_CONTACT = "hotline_contact"


async def begin(turn: Turn, rest: str) -> None:
    """H1: the notice, and from now on every message belongs to the draft."""
    await receipt.show_unseen(turn)
    if await turn.services.hotline.limits.is_banned(turn.actor.account, turn.now):
        await turn.show(screens.plain(words.BANNED))
        return
    await turn.expect(AWAITS_MESSAGE)
    await turn.show(screens.start(turn.services.hotline.rules.organiser))


async def on_official(turn: Turn, fields: list[str]) -> None:
    rules = turn.services.hotline.rules
    await turn.show(screens.official(rules.organiser, rules.official_address))


async def message_came(turn: Turn, data: dict[str, object]) -> None:
    """One more piece: text, voice, photo, album, file. An album is answered once."""
    piece, refusal = read_piece(turn)
    if piece is None:
        await turn.say(screens.plain(words.NOT_TAKEN[refusal]))
        return
    await receipt.show_unseen(turn)
    if not await may_write(turn, piece):
        return
    intake = turn.services.hotline.intake
    before = await intake.draft(turn.actor.account, turn.now)
    try:
        draft = await intake.add(turn.actor.account, turn.key, piece, turn.now)
    except DraftFull:
        await turn.say(screens.plain(words.TOO_MUCH))
        return
    await turn.expect(AWAITS_MESSAGE)
    await turn.services.hotline.unfinished.remind(turn.actor.account, draft, turn.now)
    album = (turn.message.media_group_id if turn.message else None) or ""
    if album and before is not None and before.album == album:
        return
    if album:
        await intake.choose(turn.actor.account, turn.now, album=album)
    await show_section(turn, draft)


async def edited(turn: Turn) -> bool:
    """A message of the draft was changed in the chat: what is sent is what the writer sees."""
    if turn.message is None:
        return False
    turn.discreet = True
    source = f"msg:{turn.chat_id}:{turn.message.message_id}"
    intake = turn.services.hotline.intake
    if not await intake.correct(turn.actor.account, source, turn.text.strip(), turn.now):
        return False
    draft = await intake.draft(turn.actor.account, turn.now)
    if draft is not None and draft.level is not None:
        await go_on(turn, draft)
    return True


async def show_section(turn: Turn, draft: Draft) -> None:
    """A plain question meets its answer first; else the section that the words suggest."""
    section, faq = guess(draft)
    if faq is not None:
        await turn.services.hotline.intake.choose(turn.actor.account, turn.now, faq_seen=True)
        await turn.show(screens.faq_answer(faq))
        return
    await turn.show(screens.section_asked(draft, section))


async def on_section(turn: Turn, fields: list[str]) -> None:
    try:
        section = Category(number(fields, 0))
    except ValueError:
        raise BadButton from None
    draft = await turn.services.hotline.intake.choose(turn.actor.account, turn.now, category=section, faq_seen=True)
    await go_on(turn, draft)


async def on_sections(turn: Turn, fields: list[str]) -> None:
    await turn.show(screens.sections(min(number(fields, 0), 1)))


async def on_faq(turn: Turn, fields: list[str]) -> None:
    """Without a name: the list."""
    sending = await turn.services.hotline.intake.draft(turn.actor.account, turn.now) is not None
    if fields and fields[0] in faq_texts.ANSWERS:
        await turn.show(screens.faq_answer(fields[0]))
    else:
        await turn.show(screens.faq_list(sending=sending))


async def on_faq_helped(turn: Turn, fields: list[str]) -> None:
    await receipt.show_unseen(turn)
    await turn.services.hotline.intake.forget(turn.actor.account)
    await turn.forget()
    await turn.show(screens.faq_helped())


async def on_school(turn: Turn, fields: list[str]) -> None:
    """0: they would rather not say."""
    school_id = number(fields, 0) or None
    if school_id is not None and school_id not in {s.id for s in await turn.services.home.schools(turn.actor)}:
        raise BadButton
    await turn.forget()
    draft = await turn.services.hotline.intake.choose(
        turn.actor.account, turn.now, school_known=True, school_id=school_id
    )
    await go_on(turn, draft)


async def school_typed(turn: Turn, data: dict[str, object]) -> None:
    intake = turn.services.hotline.intake
    found = await turn.services.hotline.schools.meant(turn.text) if turn.text else None
    if found is None:
        await turn.say(screens.school_asked([], text=words.SCHOOL_NOT_FOUND))
    elif not found.sure:
        await turn.say(screens.school_maybe(found.id, found.name))
    else:
        await turn.forget()
        await go_on(turn, await intake.choose(turn.actor.account, turn.now, school_known=True, school_id=found.id))


async def on_level(turn: Turn, fields: list[str]) -> None:
    try:
        level = Level(word(fields, 0))
    except ValueError:
        raise BadButton from None
    draft = await turn.services.hotline.intake.choose(
        turn.actor.account, turn.now, level=level, contact="", consent=None
    )
    await go_on(turn, draft)


async def on_change(turn: Turn, fields: list[str]) -> None:
    await turn.show(screens.change())


async def on_rewrite(turn: Turn, fields: list[str]) -> None:
    if await turn.services.hotline.intake.rewrite(turn.actor.account, turn.now) is None:
        await nothing_begun(turn)
        return
    await turn.expect(AWAITS_MESSAGE)
    await turn.show(screens.plain(words.WRITE_AGAIN))


async def on_ask_school_again(turn: Turn, fields: list[str]) -> None:
    await go_on(turn, await turn.services.hotline.intake.choose(turn.actor.account, turn.now, school_known=False))


async def on_ask_level_again(turn: Turn, fields: list[str]) -> None:
    draft = await turn.services.hotline.intake.choose(
        turn.actor.account, turn.now, level=None, contact="", consent=None
    )
    await go_on(turn, draft)


async def on_check(turn: Turn, fields: list[str]) -> None:
    await go_on(turn, await turn.services.hotline.intake.draft(turn.actor.account, turn.now))


async def on_drop(turn: Turn, fields: list[str]) -> None:
    await receipt.show_unseen(turn)
    await turn.services.hotline.forget_trace(turn.actor.account)
    await turn.show(screens.plain(words.DROPPED))


async def go_on(turn: Turn, draft: Draft | None) -> None:
    """The next question that has no answer yet, or the check."""
    if draft is None or not draft.pieces:
        await nothing_begun(turn)
    elif draft.category is None:
        await show_section(turn, draft)
    elif not draft.school_known:
        await turn.expect(AWAITS_SCHOOL)
        guesses = await turn.services.hotline.schools.named_in(draft.text)
        await turn.show(screens.school_asked([(found.id, found.name) for found in guesses]))
    elif draft.level is None:
        await turn.show(screens.levels())
    elif draft.level is Level.CONTACT and not draft.contact:
        await ask_contact(turn, draft)
    else:
        await turn.show(screens.check(draft, await turn.services.hotline.schools.name(draft.school_id)))


async def nothing_begun(turn: Turn) -> None:
    await turn.expect(AWAITS_MESSAGE)
    await turn.show(screens.plain(words.NOTHING_BEGUN))


async def on_send(turn: Turn, fields: list[str]) -> None:
    await send(turn, case_id(fields))


async def on_mask_and_send(turn: Turn, fields: list[str]) -> None:
    await turn.services.hotline.intake.choose(turn.actor.account, turn.now, masked=True)
    await send(turn, case_id(fields))


async def send(turn: Turn, draft_id: str) -> None:
    """Tapped twice, or handled again after a crash: the same case and the same number."""
    limits = turn.services.hotline.limits
    if (wait := limits.cases.wait(str(turn.actor.account), turn.now)) > timedelta(0):
        await turn.show(screens.plain(words.tomorrow(turn.now + wait, turn.zone)))
        return
    sent = await turn.services.hotline.intake.send(turn.actor.account, draft_id, turn.now)
    await turn.forget()
    if sent is not None:
        limits.cases.count(str(turn.actor.account), turn.now)
    if sent is None:
        case, _ = await turn.services.hotline.dialogue.own(turn.actor.account, draft_id)
        await turn.show(screens.accepted(case, due_day(turn, case)))
    elif sent.code:
        if not await receipt.show(turn, sent):
            await turn.expect(AWAITS_MESSAGE)
    else:
        await turn.show(screens.accepted(sent.case, due_day(turn, sent.case)))


# -- «Оставить контакт» ------------------------------------------------------------------------------------------------


async def ask_contact(turn: Turn, draft: Draft) -> None:
    """Its own consent on its own screen, then the contact itself."""
    if draft.consent is None:
        await turn.show(screens.consent(turn.services.hotline.contact_consent))
        return
    await turn.expect(AWAITS_CONTACT)
    await turn.show(screens.plain(words.CONTACT_ASKED))


async def on_agree(turn: Turn, fields: list[str]) -> None:
    consent = turn.services.hotline.contact_consent_mark
    await go_on(turn, await turn.services.hotline.intake.choose(turn.actor.account, turn.now, consent=consent))


async def contact_typed(turn: Turn, data: dict[str, object]) -> None:
    contact = contact_in(turn.text)
    if contact is None:
        await turn.say(screens.plain(words.CONTACT_WRONG))
        return
    await turn.forget()
    await go_on(turn, await turn.services.hotline.intake.choose(turn.actor.account, turn.now, contact=contact))
