"""Photos to a report: asked for, or out of nowhere. Each is kept the moment it comes."""

from dataclasses import replace

from aiogram.types import Document, Message

from bot.domain.people import Role
from bot.domain.report import violations
from bot.screens import photos as screens
from bot.services.alerting import MAY_RAISE
from bot.texts import photos as words
from handlers.alert import TAKES_PHOTOS
from handlers.errors import BadButton, not_understood, number, word
from handlers.feature import Feature
from handlers.report_showing import AWAITS_COMMENT, show_to_writer
from handlers.turn import Turn
from storage.photos import NewPhoto

AWAITS_PHOTO = "photo"
PICTURE_ENDS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")


def create_feature() -> Feature:
    return Feature(
        "photos",
        taps={"ph": on_add, "pw": on_subject, "pa": on_attach, "pxi": on_place, "pxq": on_describe, "pd": on_drop},
        inputs={AWAITS_PHOTO: awaited},
        brief=frozenset({AWAITS_PHOTO}),
        takes_files=frozenset({AWAITS_PHOTO}),
        media=out_of_nowhere,
    )


async def on_add(turn: Turn, fields: list[str]) -> None:
    """«Добавить фото»: what is on it comes first."""
    report_number, item = number(fields, 0), fields[1] if len(fields) > 1 else ""
    await turn.services.reporting.view(turn.actor, report_number, turn.now)
    await show_to_writer(turn, screens.what_is_on_it(report_number, item))


async def on_subject(turn: Turn, fields: list[str]) -> None:
    report_number, item, subject = number(fields, 0), word(fields, 1), word(fields, 2)
    if subject not in words.SUBJECTS:
        raise BadButton
    view = await turn.services.reporting.view(turn.actor, report_number, turn.now)
    await turn.expect(AWAITS_PHOTO, report=report_number, item=item, subject=subject, since=turn.now.isoformat())
    await show_to_writer(turn, screens.send_them(report_number, f"{view.corrections_until:%H:%M}"))


async def awaited(turn: Turn, data: dict[str, object]) -> None:
    """A photo that was asked for. The expectation stays, so an album comes in whole."""
    photo = _photo(turn, int(str(data["report"])), str(data["item"]), str(data["subject"]), awaited=True)
    if photo is None:
        await not_understood(turn)
        return
    count = await turn.services.photographing.keep(turn.actor, photo, turn.now)
    if not photo.media_group_id:  # an album is confirmed once, after a moment of silence, from the outbox
        assert photo.report_number is not None
        await turn.say(screens.received(photo.report_number, count, photo.item))


async def out_of_nowhere(turn: Turn) -> bool:
    """A photo nobody asked for is kept first, and asked about second."""
    expected = await turn.services.conversation.expectation(turn.actor.account, turn.now)
    if expected is not None and expected.state in TAKES_PHOTOS and turn.actor.has(*MAY_RAISE):
        return await _to_alert(turn, int(str(expected.data["alert"])))
    if not turn.actor.has(Role.OBSERVER, Role.SCHOOL_COORDINATOR):
        return False
    if expected is not None and expected.state == AWAITS_COMMENT:  # it came before its words
        return await _to_item(turn, int(str(expected.data["report"])), str(expected.data["item"]))
    photo = _photo(turn, None, "", "")
    if photo is None:
        return False
    count = await turn.services.photographing.keep(turn.actor, photo, turn.now)
    if not photo.media_group_id:
        await turn.say(screens.where_from(count, await turn.services.photographing.may_belong_to(turn.actor, turn.now)))
    return True


async def _to_item(turn: Turn, report_number: int, item: str) -> bool:
    """A photo sent while the words to a «Нет» are awaited belongs to that item; the words are awaited still."""
    photo = _photo(turn, report_number, item, "")
    if photo is None:
        return False
    count = await turn.services.photographing.keep(turn.actor, photo, turn.now)
    if not photo.media_group_id:
        await turn.say(screens.received(report_number, count, item, chosen=False))
    return True


async def _to_alert(turn: Turn, alert_number: int) -> bool:
    """More about an urgent signal; the words are awaited still."""
    photo = _photo(turn, None, "", "")
    if photo is None:
        return False
    await turn.services.alerting.photographed(turn.actor, replace(photo, alert_number=alert_number), turn.now)
    return True


async def on_attach(turn: Turn, fields: list[str]) -> None:
    report_number = number(fields, 0)
    count = await turn.services.photographing.attach_loose(turn.actor, report_number, "", turn.now)
    view = await turn.services.reporting.view(turn.actor, report_number, turn.now)
    await turn.show(
        screens.attached(count, report_number, [one.item.code for one in violations(view.report, view.checklist)])
    )


async def on_place(turn: Turn, fields: list[str]) -> None:
    """`pxi:7315:Б6`: what came out of nowhere is about this item."""
    view = await turn.services.reporting.view(turn.actor, number(fields, 0), turn.now)
    item = view.checklist.item(word(fields, 1)).code
    await turn.services.photographing.place(turn.actor, view.report.number, item)
    await turn.show(screens.placed(view.report.number, item))


async def on_describe(turn: Turn, fields: list[str]) -> None:
    """`pxq:7315:Б6:room`: what is on photos that came before it was asked. Words that are awaited are awaited still."""
    report_number, item, subject = number(fields, 0), word(fields, 1), word(fields, 2)
    if subject not in words.SUBJECTS:
        raise BadButton
    await turn.services.photographing.describe(turn.actor, report_number, item, subject)
    await turn.show(screens.described(report_number, subject))


async def on_drop(turn: Turn, fields: list[str]) -> None:
    await turn.services.photographing.drop_loose(turn.actor)
    await turn.show(screens.dropped())


def _photo(turn: Turn, report_number: int | None, item: str, subject: str, *, awaited: bool = False) -> NewPhoto | None:
    """`awaited`: any file is tried as a photo; its bytes will tell."""
    message = turn.message
    assert message is not None
    assert turn.actor.person is not None
    sent = _file(message, awaited=awaited)
    if sent is None:
        return None
    file_id, unique_id, size, as_document = sent
    return NewPhoto(
        turn.actor.person.id,
        turn.actor.account,
        message.message_id,
        file_id,
        unique_id,
        as_document,
        message.media_group_id or "",
        size,
        report_number,
        item,
        subject,
    )


def _file(message: Message, *, awaited: bool) -> tuple[str, str, int | None, bool] | None:
    if message.photo:
        largest = message.photo[-1]
        return largest.file_id, largest.file_unique_id, largest.file_size, False
    document = message.document
    if document is not None and (awaited or _looks_like_a_picture(document)):
        return document.file_id, document.file_unique_id, document.file_size, True
    return None


def _looks_like_a_picture(document: Document) -> bool:
    """Some phones send HEIC without saying what it is."""
    name = (document.file_name or "").lower()
    return (document.mime_type or "").startswith("image/") or name.endswith(PICTURE_ENDS)
