"""Photos on their way: before the words, as a file with a place in it, the same one twice, deleted with a reason."""

import asyncio
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from bot.botapi import BotApi
from bot.disk import Disk
from bot.domain.people import Role
from bot.intake.photo_fetching import PhotoFetcher
from storage import photos
from tests.city import City
from tests.clock import RunningClock
from tests.pictures.test_clean_copy import exif, photo


async def begun(city: City):
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
    await observer.sends("/start")
    await observer.taps("начать отчёт")
    return boss, observer, number


async def stored(city: City, number: int):
    await city.running.settled()
    async with city.running.app.database.read() as reader:
        return await photos.of_report(reader, number)


async def test_photo_before_its_words_belongs_to_the_item_and_the_words_are_still_awaited(city: City) -> None:
    _, observer, number = await begun(city)
    await observer.taps("Нет")
    await observer.sends_photo(photo())
    await observer.sees("Получено фото: 1. Пункт А8")
    await observer.sends("Лежали на столе")
    await observer.sees("А8: «Лежали на столе»")
    (kept,) = await stored(city, number)
    assert (kept.item, kept.state) == ("А8", "stored")


async def test_file_with_a_place_is_cut_and_the_same_photo_is_marked(city: City) -> None:
    boss, observer, number = await begun(city)
    await observer.taps("Нет")
    await observer.taps("Лежали")
    await observer.taps("Добавить фото")
    await observer.taps("Объявление")
    await observer.sends_document(photo(exif=exif()), "IMG_1.jpg")
    await observer.sees("Убрал из файла координаты")
    await observer.sends_document(photo(exif=exif()), "IMG_1.jpg")
    first, second = await stored(city, number)
    async with city.running.app.database.read() as reader:
        assert await photos.near_of(reader, first.id) is None
        assert await photos.near_of(reader, second.id) == first.id
        clean = await reader.fetch_value("SELECT clean_path FROM photo WHERE id = :id", id=first.id)
    folder = city.running.app.settings.data_dir / "photos"
    assert b"CANARY" in (folder / first.path).read_bytes()
    copy = (folder / clean).read_bytes()
    assert b"CANARY" not in copy
    assert Image.open(BytesIO(copy)).size == (64, 48)
    await boss.sends(f"отчёт {number}")
    await boss.taps("Фото: 2")
    await boss.sees("Похоже на уже присланное фото")
    for _ in range(2):
        name, shown = await boss.receives_document()
        assert name.endswith(".jpg")
        assert b"CANARY" not in shown, "nor does a coordinator learn where it was taken"


async def test_coordinator_deletes_with_a_reason_and_a_calm_note(city: City) -> None:
    boss, observer, number = await begun(city)
    await observer.taps("Нет")
    await observer.sends_photo(photo())
    await observer.sees("Получено фото")
    await stored(city, number)
    await boss.sends(f"отчёт {number}")
    await boss.taps("Фото: 1")
    await boss.taps("Удалить")
    await boss.taps("Дети на фото")
    await boss.sees("Фото удалено")
    await observer.sees("на нём видны дети. Это бывает, отчёт не изменился")
    assert await stored(city, number) == []


async def test_album_says_what_did_not_fit(city: City) -> None:
    _, observer, number = await begun(city)
    await observer.taps("Нет")
    await observer.taps("Лежали")
    await observer.taps("Добавить фото")
    await observer.taps("Объявление")
    await observer.sends_album([photo(), photo("PNG"), b"\x89PNG not at all"], kind="document")
    await observer.sees("Получено фото")
    await observer.sees("не похож на фото")
    held = await stored(city, number)
    assert sorted(each.state for each in held) == ["refused", "stored", "stored"]


async def test_photo_instead_of_the_words_that_are_awaited_is_not_lost(city: City) -> None:
    _, observer, number = await begun(city)
    await observer.sends(f"отчёт {number} всё да")
    await observer.taps("Отправить отчёт")
    await observer.taps("Показать отчёт")
    await observer.taps("Время")
    await observer.taps("Ушёл")
    await observer.taps("Указать другое")
    await observer.sends_photo(photo())
    await observer.sees("К чему относится это фото? Сохранено: 1")
    await observer.taps(f"Отчёт {number}")
    await observer.sends("10.05")
    await observer.taps("Уточнили")
    await observer.sees("Ушёл: 10:05")
    assert len(await stored(city, number)) == 1


async def test_caption_of_a_photo_is_the_comment_that_was_awaited(city: City) -> None:
    _, observer, number = await begun(city)
    await observer.taps("Нет")
    await observer.sends_photo(photo(), caption="Лежали на столе")
    await observer.sees("А8: «Лежали на столе»")
    (kept,) = await stored(city, number)
    assert kept.item == "А8"


async def test_report_goes_without_its_files_and_says_how_many_came(city: City, clock: RunningClock) -> None:
    boss, observer, number = await begun(city)
    await observer.sends(f"отчёт {number} всё да")
    await observer.sends_photo(photo())
    await observer.taps(f"Отчёт {number}")
    await stored(city, number)
    city.running.sandbox.faults.add("502", "getFile", count=None)
    await observer.sends_album([photo("PNG"), photo("WEBP")])
    await observer.taps(f"Отчёт {number}")
    await observer.taps_old(observer.newest(), f"rx:{number}")
    await observer.sees("фото 3 (загружено 1, остальное догрузится само)")
    await boss.sends(f"отчёт {number}")
    await boss.sees("Фото: 3 (загружено 1, остальное догрузится само)")
    city.running.sandbox.faults.clear()
    clock.advance(hours=1)
    await stored(city, number)
    await boss.sends(f"отчёт {number}")
    await boss.sees("Фото: 3.", fresh=True)


async def test_photo_whose_caption_is_a_command_is_kept_as_well(city: City) -> None:
    _, observer, number = await begun(city)
    await observer.sends_photo(photo(), "главная")
    await observer.sees("Вы — наблюдатель")
    await observer.taps(f"{number}")
    (kept,) = await stored(city, number)
    assert kept.state == "stored"


async def test_photo_without_a_path_is_asked_for_again_and_holds_up_no_other(city: City, clock: RunningClock) -> None:
    _, observer, number = await begun(city)
    await observer.taps("Нет")
    await observer.taps("Лежали")
    city.running.sandbox.faults.add("empty", "getFile")
    await observer.sends_album([photo(), photo("PNG")])
    await observer.taps(f"Отчёт {number}")
    async with asyncio.timeout(30):
        assert [each.state for each in await stored(city, number)] == ["pending", "stored"]
        clock.advance(minutes=1)
        assert [each.state for each in await stored(city, number)] == ["stored", "stored"]


class Odd(BotApi):
    """A messenger that answers what no documentation says."""

    async def call(self, method: str, *details: Any, **how: Any) -> Any:
        return []


async def test_nothing_about_a_photo_ends_the_fetching(city: City, clock: RunningClock, tmp_path: Path) -> None:
    _, observer, number = await begun(city)
    app = city.running.app
    city.running.sandbox.faults.add("502", "getFile", count=None)
    await observer.taps("Нет")
    await observer.sends_photo(photo())
    assert [each.state for each in await stored(city, number)] == ["pending"]
    clock.advance(hours=1)
    folder = tmp_path / "elsewhere"
    fetcher = PhotoFetcher(
        Odd(app.settings.bot_api_root, ""), app.services.photographing, folder, Disk(tmp_path, 0), clock
    )
    fetcher.sweep()
    running, rests = asyncio.ensure_future(fetcher.run()), asyncio.ensure_future(fetcher.idle.wait())
    await asyncio.wait({running, rests}, return_when=asyncio.FIRST_COMPLETED)
    assert not running.done()
    running.cancel()
    await asyncio.wait({running, rests})


async def test_until_when_photos_may_follow_is_what_the_settings_say(city_with) -> None:
    async with city_with(corrections_until="18:30") as city:
        _, observer, number = await begun(city)
        card = observer.newest()
        await observer.taps_old(card, f"pw:{number}::room")
        await observer.sees("дошлите до 18:30")


async def test_a_photo_nobody_asked_for_brings_the_warning_too(city: City) -> None:
    _, observer, _ = await begun(city)
    await observer.sends_photo(photo())
    shown = await observer.sees("К чему относится это фото")
    assert "Нельзя снимать детей" in shown["text"]
    await observer.sends("срочно дверь заперта")
    await observer.sends_photo(photo("PNG"))
    shown = await observer.sees("Фото приложено к сигналу")
    assert "Нельзя снимать детей" in shown["text"]


async def test_a_photo_nobody_asked_for_goes_to_its_item_and_is_described(city: City) -> None:
    _, observer, number = await begun(city)
    await observer.sends(f"отчёт {number} А8 нет лежали на столе")
    await observer.sees("Принято")
    await observer.sends_photo(photo())
    await observer.taps(f"Отчёт {number}")
    shown = await observer.sees("Фото приложены к отчёту")
    assert "Нельзя снимать детей" in shown["text"]
    await observer.taps("К пункту А8")
    await observer.sees("к пункту А8")
    await observer.taps("Пустая аудитория")
    await observer.sees("Отмечено: пустая аудитория")
    (kept,) = await stored(city, number)
    assert (kept.item, kept.subject) == ("А8", "room")


async def test_an_album_instead_of_words_is_described_and_the_words_are_still_awaited(city: City) -> None:
    _, observer, number = await begun(city)
    await observer.taps("Нет")
    await observer.sends_album([photo(), photo("PNG")])
    await observer.sees("Получено фото: 2. Пункт А8")
    await observer.taps("Пакет, сейф")
    await observer.sees("Отмечено: пакет")
    await observer.sends("Лежали на столе")
    await observer.sees("А8: «Лежали на столе»")
    assert {(one.item, one.subject) for one in await stored(city, number)} == {("А8", "package")}
