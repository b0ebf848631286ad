"""Photos of a report as a coordinator looks at them."""

from bot.domain.people import Role
from bot.screens import photos as screens
from bot.texts import photos as words
from handlers.errors import BadButton, number, word
from handlers.feature import Feature
from handlers.turn import Turn

VERDICTS = ("confirms", "no")


def create_feature() -> Feature:
    return Feature("photo_review", taps={"fp": on_photos, "up": on_alert_photos, "fv": on_verdict, "fd": on_delete})


async def on_photos(turn: Turn, fields: list[str]) -> None:
    """Each photo comes with its buttons, by the messenger's own id of it."""
    report_number, item = number(fields, 0), fields[1] if len(fields) > 1 else ""
    found = await turn.services.day.photo_review.of_report(turn.actor, report_number, item)
    if not found:
        await turn.say(screens.said(words.NO_PHOTOS))
        return
    for photo, near in found:
        screen = screens.for_staff(photo.id, report_number, photo.item, photo.subject, near=near)
        await turn.messenger.send_kept(turn.chat_id, photo.file_id, screen, as_document=photo.as_document)


async def on_alert_photos(turn: Turn, fields: list[str]) -> None:
    alert_number = number(fields, 0)
    found = await turn.services.day.photo_review.of_alert(turn.actor, alert_number)
    if not found:
        await turn.say(screens.said(words.NO_PHOTOS))
        return
    for photo, near in found:
        screen = screens.of_alert_for_staff(photo.id, alert_number, near=near)
        await turn.messenger.send_kept(turn.chat_id, photo.file_id, screen, as_document=photo.as_document)


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
