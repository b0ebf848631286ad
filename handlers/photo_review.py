"""Photos of a report or an urgent signal as a coordinator looks at them."""

import asyncio
from collections.abc import Sequence
from pathlib import PurePath

from bot.botapi import BotApiError, BotApiUnsure
from bot.delivery.outcome import Kind, classify
from bot.domain.people import Role
from bot.domain.photo import NotAPicture
from bot.domain.screen import Screen
from bot.pictures.preview import preview
from bot.screens import photos as screens
from bot.texts import photos as words
from handlers.errors import BadButton, number, word
from handlers.feature import Feature
from handlers.turn import Turn
from storage.photos import StoredPhoto

MOST_CUT = 2  # a line that was cut so often is not asked to carry the rest
VERDICTS = ("confirms", "no")


def create_feature() -> Feature:
    return Feature("photo_review", taps={"fp": on_photos, "up": on_alert_photos, "fv": on_verdict, "fd": on_delete})


async def on_photos(turn: Turn, fields: list[str]) -> None:
    report_number, item = number(fields, 0), fields[1] if len(fields) > 1 else ""
    found = await turn.services.day.photo_review.of_report(turn.actor, report_number, item)
    cards = [
        (photo, screens.for_staff(photo.id, report_number, photo.item, photo.subject, near=near))
        for photo, near in found
    ]
    await _show(turn, cards, f"fp:{report_number}:{item}" if item else f"fp:{report_number}")


async def on_alert_photos(turn: Turn, fields: list[str]) -> None:
    alert_number = number(fields, 0)
    found = await turn.services.day.photo_review.of_alert(turn.actor, alert_number)
    cards = [(photo, screens.of_alert_for_staff(photo.id, alert_number, near=near)) for photo, near in found]
    await _show(turn, cards, f"up:{alert_number}")


async def on_verdict(turn: Turn, fields: list[str]) -> None:
    verdict = word(fields, 1)
    if verdict not in VERDICTS:
        raise BadButton
    await turn.services.day.photo_review.judge(turn.actor, number(fields, 0), verdict, turn.now)
    await turn.toast(words.JUDGED)


async def on_delete(turn: Turn, fields: list[str]) -> None:
    turn.actor.need(Role.COORDINATOR)
    if len(fields) < 2:
        await turn.say(screens.why_delete(number(fields, 0)))
        return
    if fields[1] not in words.DELETE_REASONS:
        raise BadButton
    await turn.services.day.photo_review.delete(turn.actor, number(fields, 0), fields[1], turn.now)
    await turn.show(screens.said(words.DELETED))


async def _show(turn: Turn, cards: Sequence[tuple[StoredPhoto, Screen]], again: str) -> None:
    """Each photo with its buttons, once; how many could not be shown is said, with a button to ask anew."""
    if not cards:
        await turn.say(screens.said(words.NO_PHOTOS))
        return
    shown, cut = 0, 0
    for photo, card in cards:
        failed = await _send(turn, photo, card)
        shown += failed is None
        cut += failed not in (None, Kind.REFUSED)
        if failed in (Kind.PAUSE, Kind.UNREACHABLE, Kind.TOKEN) or cut == MOST_CUT:
            break
    if shown < len(cards):
        await turn.say(screens.not_shown(len(cards) - shown, len(cards), again))


async def _send(turn: Turn, photo: StoredPhoto, card: Screen) -> Kind | None:
    """By the messenger's own id of it; when that is refused, as every id is after a change of bot, a copy from the disk.

    A file is never sent on as it came: it holds the place and the telephone of whoever took it.
    """
    try:
        if not photo.as_document:
            await turn.messenger.send_kept(turn.chat_id, photo.file_id, card, as_document=False)
            return None
        if (clean := await turn.services.looking.clean_copy_of(turn.actor, photo)) is not None:
            name = f"{photo.id}{PurePath(photo.clean_path).suffix}"
            await turn.messenger.send_document(turn.chat_id, name, clean, card.text, rows=card)
            return None
    except (BotApiError, BotApiUnsure) as error:
        if (kind := classify(error).kind) is not Kind.REFUSED:
            return kind
    try:
        content = await turn.services.looking.copy_of(turn.actor, photo)
        if content is None:
            return Kind.REFUSED
        await turn.messenger.send_photo(turn.chat_id, await asyncio.to_thread(preview, content), card)
        return None
    except NotAPicture:
        return Kind.REFUSED
    except (BotApiError, BotApiUnsure) as error:
        return classify(error).kind
