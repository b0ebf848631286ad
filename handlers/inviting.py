"""Invitations on paper, and those that wait to be used."""

from bot.domain.people import Role
from bot.screens import inviting as screens
from bot.services.inviting import FOR_PAPER
from bot.texts import invitation_sheet as sheet_words
from bot.texts import inviting as words
from handlers.errors import BadButton, number, page, word
from handlers.feature import Command, Feature
from handlers.turn import Turn


def create_feature() -> Feature:
    return Feature(
        "inviting",
        taps={"ip": on_paper, "iw": on_waiting, "ix": on_revoke},
        commands=[Command("invites", waiting, words.COMMAND_WORDS, roles=frozenset({Role.COORDINATOR}))],
    )


async def on_paper(turn: Turn, fields: list[str]) -> None:
    """`ip` for whom; `ip:observer` the sheets, as documents."""
    turn.actor.need(Role.COORDINATOR)
    if not fields:
        await turn.show(screens.for_whom(FOR_PAPER))
        return
    role = next((role for role in FOR_PAPER if role.value == word(fields, 0)), None)
    if role is None:
        raise BadButton
    await turn.meanwhile(screens.said(words.MAKING))  # no second tap: it would make the codes of this sheet void
    await turn.messenger.typing(turn.chat_id, "upload_document")
    made = 0
    async for sheet in turn.services.inviting.sheets(turn.actor, role, turn.messenger.link, turn.now):
        made += 1
        last = sheet.part == sheet.parts
        sent = await turn.send_file(
            sheet_words.file_name(sheet.part, sheet.parts),
            sheet.content,
            sheet_words.caption(sheet.count, sheet.joined, sheet.part, sheet.parts),
            buttons=screens.after_sheet() if last else None,
        )
        if not sent:
            await turn.say(screens.said(sheet_words.not_sent(sheet.part, sheet.parts)))
            break
    if made:
        await turn.meanwhile(screens.for_whom(FOR_PAPER))
    else:
        await turn.show(screens.said(sheet_words.NOBODY))


async def waiting(turn: Turn, rest: str) -> None:
    await turn.say(screens.waiting(await turn.services.inviting.waiting(turn.actor, turn.now), turn.zone, 0))


async def on_waiting(turn: Turn, fields: list[str]) -> None:
    found = await turn.services.inviting.waiting(turn.actor, turn.now)
    await turn.show(screens.waiting(found, turn.zone, page(fields, 0)))


async def on_revoke(turn: Turn, fields: list[str]) -> None:
    """`ix:12` this one; `ix:all` asks, `ix:all:yes` all of them."""
    if fields == ["all"]:
        await turn.show(screens.ask_all())
        return
    chosen = None if fields == ["all", "yes"] else number(fields, 0)
    count = await turn.services.inviting.revoke(turn.actor, chosen, turn.now)
    found = await turn.services.inviting.waiting(turn.actor, turn.now)
    await turn.show(screens.waiting(found, turn.zone, 0, words.revoked(count)))
