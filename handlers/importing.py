"""Schools, schedule and observers from an Excel file sent to the chat."""

import re
from pathlib import Path

from bot.botapi import BotApiError, BotApiUnsure
from bot.domain.importing.columns import Kind
from bot.domain.people import Role
from bot.domain.photo import MAX_BYTES
from bot.screens import importing as screens
from bot.texts import commands
from bot.texts import import_chat as words
from bot.texts.escape import one_line
from handlers.errors import BadButton, number, word
from handlers.feature import Command, Feature
from handlers.progress import Progress
from handlers.turn import Turn

LARGE = 200_000  # bytes: the check takes seconds
LONGEST_NAME = 120
SUFFIX = r"\.[a-z0-9]{1,8}"


def create_feature() -> Feature:
    return Feature(
        "importing",
        taps={
            "im": on_ask,
            "imt": on_template,
            "imm": on_marked,
            "imd": on_changes,
            "imb": on_back,
            "ima": on_apply,
            "imc": on_cancel,
            "imu": on_undo,
            "imy": on_confirm,
        },
        commands=[Command("import", ask, commands.IMPORT, roles=frozenset({Role.COORDINATOR}))],
        media=file_sent,
    )


async def ask(turn: Turn, rest: str) -> None:
    turn.actor.need(Role.COORDINATOR)
    await turn.say(screens.ask_file())


async def on_ask(turn: Turn, fields: list[str]) -> None:
    turn.actor.need(Role.COORDINATOR)
    await turn.show(screens.ask_file())


async def on_template(turn: Turn, fields: list[str]) -> None:
    try:
        kind = Kind(word(fields, 0))
    except ValueError:
        raise BadButton from None
    content = await turn.services.importing.template(turn.actor, kind, turn.now)
    await turn.send_file(words.TEMPLATE_NAMES[kind.value], content)


async def file_sent(turn: Turn) -> bool:
    """Any document of a coordinator that is not a picture is taken for a table; the check says what it is."""
    document = turn.message.document if turn.message is not None else None
    if document is None or not turn.actor.has(Role.COORDINATOR):
        return False
    await turn.messenger.typing(turn.chat_id)
    name = one_line(Path(document.file_name or "table").name)[-LONGEST_NAME:]
    if (document.file_size or 0) > MAX_BYTES:
        await turn.say(screens.said(words.TOO_LARGE))
        return True
    with turn.services.importing.incoming() as folder:
        suffix = Path(name).suffix.lower()
        path = folder / f"table{suffix if re.fullmatch(SUFFIX, suffix) else ''}"
        try:
            await _download(turn, document.file_id, path)
        except (BotApiError, BotApiUnsure):
            await turn.say(screens.said(words.NOT_LOADED))
            return True
        if path.stat().st_size > LARGE:
            await Progress(turn).told(words.checking(name))
        check = await turn.services.importing.check(turn.actor, path, name, turn.now)
        await turn.show(screens.checked(check, turn.services.importing.doubts(check)))
    return True


async def on_marked(turn: Turn, fields: list[str]) -> None:
    await turn.messenger.typing(turn.chat_id, "upload_document")
    stem, content = await turn.services.importing.marked(turn.actor, number(fields, 0), turn.now)
    await turn.send_file(words.marked_name(stem), content, words.MARKED_CAPTION)


async def on_changes(turn: Turn, fields: list[str]) -> None:
    """`imd:12:1`: the second page of what file 12 would change."""
    await turn.messenger.typing(turn.chat_id)
    check = await turn.services.importing.again(turn.actor, number(fields, 0), turn.now)
    await turn.show(screens.changes(check, number(fields, 1) if len(fields) > 1 else 0))


async def on_back(turn: Turn, fields: list[str]) -> None:
    await turn.messenger.typing(turn.chat_id)
    check = await turn.services.importing.again(turn.actor, number(fields, 0), turn.now)
    await turn.show(screens.checked(check, turn.services.importing.doubts(check)))


async def on_apply(turn: Turn, fields: list[str]) -> None:
    progress = Progress(turn)

    async def told(done: int, total: int) -> None:
        await progress.told(words.loading(done, total))

    kind, new, changed = await turn.services.importing.apply(turn.actor, number(fields, 0), turn.now, told)
    await turn.show(screens.applied(number(fields, 0), kind, new, changed))


async def on_undo(turn: Turn, fields: list[str]) -> None:
    kind, gone, back = await turn.services.import_undoing.undo(turn.actor, number(fields, 0), turn.now)
    await turn.show(screens.said(words.undone(kind, gone, back)))


async def on_confirm(turn: Turn, fields: list[str]) -> None:
    """`imy:12:0`: the first doubtful name of check 12 means what we think."""
    await turn.messenger.typing(turn.chat_id)
    check = await turn.services.importing.confirm(turn.actor, number(fields, 0), number(fields, 1), turn.now)
    await turn.show(screens.checked(check, turn.services.importing.doubts(check)))


async def on_cancel(turn: Turn, fields: list[str]) -> None:
    await turn.services.importing.cancel(turn.actor, number(fields, 0))
    await turn.show(screens.said(words.CANCELLED))


async def _download(turn: Turn, file_id: str, path: Path) -> None:
    found, _ = await turn.messenger.api.locate(file_id)
    with path.open("wb") as file:
        async for chunk in turn.messenger.api.download(found, limit=MAX_BYTES):
            file.write(chunk)
