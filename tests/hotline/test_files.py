"""Photos and voices of a message: without metadata, sealed on the disk, read with a record, gone from the screen in time."""

from io import BytesIO

from PIL import Image

from tests.hotline.canary import hits
from tests.hotline.test_main_line import STORY
from tests.hotline.town import Town


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
