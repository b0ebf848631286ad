"""Photos and voices of a message: without metadata, sealed on the disk, read with a record, gone from the screen in time."""

import asyncio
from io import BytesIO

import pytest
from PIL import Image

from bot.delivery.hotline_edge import HotlineEdge
from bot.disk import Disk
from tests.hotline.canary import hits
from tests.hotline.test_main_line import STORY
from tests.hotline.town import Town
from tests.people import Phone


def photo_with_place() -> bytes:
    """A picture whose metadata say where and with what it was taken."""
    picture = Image.new("RGB", (640, 480), (200, 180, 120))
    exif = Image.Exif()
    exif[0x010F] = "КАМЕРА-МАРИНЫ"
    exif[0x8825] = {1: "N", 2: (55.0, 1.0, 48.0)}
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


async def test_album_voice_and_document_reach_the_operator_clean(town: Town):
    operator = await town.operator()
    parent = town.parent()
    await parent.sends("горячая линия")
    await parent.sends_album([photo_with_place(), photo_with_place()], STORY)
    await parent.sees("Записано")
    await parent.sends_voice(b"OggS" + "голос".encode() * 40)
    await parent.sends_document(photo_with_place(), "справка Марины.jpg")
    await parent.sees("4 файла")
    await parent.taps("Да, готово")
    await parent.taps("СОШ № 5")
    await parent.taps("Ответ сюда, имя скрыто")
    await parent.taps("Отправить")
    await parent.sees("Принято")
    assert await town.edge.fetch_due(town.clock()) == 4
    assert await town.edge.fetch_due(town.clock()) == 0
    assert hits(town.folder, "КАМЕРА-МАРИНЫ", "справка Марины") == []
    assert hits(town.folder / "hotline_files", "голос") == []
    await operator.taps("Открыть")
    await operator.taps("фото 1")
    seen = await operator.receives_photo()
    assert dict(Image.open(BytesIO(seen)).getexif()) == {}
    await operator.taps("файл 4")
    _, document = await operator.receives_document()
    assert dict(Image.open(BytesIO(document)).getexif()) == {}
    async with town.running.app.database.read() as reader:
        actions = [row[0] for row in await reader.fetch_all("SELECT action FROM audit ORDER BY seq")]
    assert actions.count("hotline.file") == 2
    assert actions.count("hotline.open") == 1


async def sends_photos(town: Town, count: int) -> None:
    """A message to the hotline with photos that are still at the messenger."""
    parent = town.parent()
    await parent.sends("горячая линия")
    await parent.sends(STORY)
    for _ in range(count):
        await parent.sends_photo(photo_with_place())
    for label in ("Да, готово", "СОШ № 5", "Ответ сюда, имя скрыто", "Отправить"):
        await parent.taps(label)
    await parent.sees("Принято")


async def file_states(town: Town) -> list[str]:
    async with town.running.app.database.read() as reader:
        return [row[0] for row in await reader.fetch_all("SELECT state FROM case_file ORDER BY message_seq, id")]


async def test_files_wait_in_the_messenger_while_only_the_reserve_is_left(town: Town) -> None:
    await sends_photos(town, 1)
    full = HotlineEdge(town.running.app.api, town.hotline, Disk(town.folder, 1 << 60))
    assert await full.fetch_due(town.clock()) == 0
    assert await file_states(town) == ["pending"]
    assert await town.edge.fetch_due(town.clock()) == 1
    assert await file_states(town) == ["stored"]


async def test_a_file_without_a_path_is_asked_for_again_and_holds_up_no_other(town: Town) -> None:
    await sends_photos(town, 2)
    town.running.sandbox.faults.add("empty", "getFile")
    assert await town.edge.fetch_due(town.clock()) == 2
    assert sorted(await file_states(town)) == ["pending", "stored"]
    assert await town.edge.fetch_due(town.clock.forward(minutes=1)) == 1
    assert await file_states(town) == ["stored", "stored"]


async def test_shown_texts_disappear_after_half_an_hour(town: Town):
    operator = await town.operator()
    parent = town.parent()
    await parent.sends("горячая линия")
    await parent.sends(STORY)
    await parent.taps("Да, готово")
    await parent.taps("СОШ № 5")
    await parent.taps("Ответ сюда, имя скрыто")
    await parent.taps("Отправить")
    await operator.taps("Открыть")
    shown = await operator.sees("двойки за ВПР")
    assert shown.get("has_protected_content")
    await town.running.settled()
    assert await town.edge.take_off(town.clock.forward(minutes=29)) == 0
    await operator.sees("двойки за ВПР")
    assert await town.edge.take_off(town.clock.forward(minutes=2)) == 1
    await operator.does_not_see("двойки за ВПР")


async def test_a_file_that_does_not_come_keeps_no_text_on_the_screen(town: Town) -> None:
    operator = await opened_with(town)
    faults, world = town.running.sandbox.faults, town.running.sandbox.world
    hanging = faults.add("hang", "download", count=None)
    parent = town.parent("Другой Родитель")
    await parent.sends("горячая линия")
    await parent.sends_photo(photo_with_place(), STORY)
    for label in ("Да, готово", "СОШ № 5", "Ответ сюда, имя скрыто", "Отправить"):
        await parent.taps(label)
    await parent.sees("Принято")
    town.clock.forward(minutes=31)
    tick = asyncio.ensure_future(town.running.app.schedule.tick())
    assert await world.changes.until(lambda: hanging.struck > 0, 20)
    shown = world.chats[operator.id].messages
    assert await world.changes.until(lambda: not any("двойки" in m.get("text", "") for m in shown.values()), 20)
    assert not tick.done(), "the file hangs all the while"
    tick.cancel()
    await asyncio.gather(tick, return_exceptions=True)


async def opened_with(town: Town, *sent: str) -> Phone:
    """An operator before the open texts of a message with a photo or a voice."""
    operator = await town.operator()
    parent = town.parent()
    await parent.sends("горячая линия")
    await parent.sends(STORY)
    for kind in sent:
        await (parent.sends_photo(photo_with_place()) if kind == "photo" else parent.sends_voice(b"OggS" * 40))
    for label in ("Да, готово", "СОШ № 5", "Ответ сюда, имя скрыто", "Отправить"):
        await parent.taps(label)
    await parent.sees("Принято")
    assert await town.edge.fetch_due(town.clock()) == len(sent)
    await operator.taps("Открыть")
    await operator.sees("двойки за ВПР")
    return operator


def files_shown(town: Town, phone: Phone) -> list[str]:
    held = town.running.sandbox.world.chats[phone.id].messages.values()
    return [kind for m in held for kind in ("photo", "voice", "document") if kind in m]


@pytest.mark.parametrize(("sent", "button"), [("photo", "фото 1"), ("voice", "голос 1")])
async def test_a_file_is_on_the_list_for_deletion_before_it_is_shown(town: Town, sent: str, button: str) -> None:
    """Whatever becomes of the answer: a connection lost after Telegram showed it leaves nothing behind."""
    operator = await opened_with(town, sent)
    for method in ("sendPhoto", "sendVoice", "editMessageMedia"):
        town.running.sandbox.faults.add("reset", method, when="after", count=None)
    await operator.taps(button)
    await town.running.settled()
    assert len(files_shown(town, operator)) == 1
    held = town.running.sandbox.world.chats[operator.id].messages.values()
    assert all(m.get("has_protected_content") for m in held if "photo" in m or "document" in m)
    town.running.sandbox.faults.clear()
    await town.edge.take_off(town.clock.forward(minutes=31))
    assert files_shown(town, operator) == []
    await operator.does_not_see("двойки за ВПР")


async def test_a_photo_that_telegram_does_not_take_for_one_is_shown_as_a_file(town: Town) -> None:
    operator = await opened_with(town, "photo")
    town.running.sandbox.faults.add("400", "editMessageMedia", count=1)
    await operator.taps("фото 1")
    await operator.receives_document()
    await town.running.settled()
    await town.edge.take_off(town.clock.forward(minutes=31))
    assert files_shown(town, operator) == []


@pytest.mark.parametrize("trouble", ["401", "429", "502", "403"])
async def test_what_could_not_be_deleted_now_is_deleted_later(town: Town, trouble: str) -> None:
    """A token that was revoked and replaced: not a reason to leave a text on the screen for ever."""
    operator = await opened_with(town, "photo")
    await operator.taps("фото 1")
    await operator.receives_photo()
    town.running.sandbox.faults.add(trouble, "deleteMessage", count=None)
    assert await town.edge.take_off(town.clock.forward(minutes=31)) == 0
    assert await town.edge.take_off(town.clock.forward(minutes=10)) == 0
    town.running.sandbox.faults.clear()
    assert await town.edge.take_off(town.clock.forward(minutes=10)) == 2
    assert files_shown(town, operator) == []
    await operator.does_not_see("двойки за ВПР")


async def test_what_telegram_does_not_know_any_more_is_off_the_list(town: Town) -> None:
    operator = await opened_with(town)
    shown = await operator.sees("двойки за ВПР")
    await town.running.app.messenger.delete(operator.id, [shown["message_id"]])
    assert await town.edge.take_off(town.clock.forward(minutes=31)) == 1
    assert await town.edge.take_off(town.clock.forward(minutes=31)) == 0
