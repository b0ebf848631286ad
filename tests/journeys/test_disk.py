"""Little room on the disk: reports go on, photos wait in the messenger, the coordinators hear of it."""

from pathlib import Path

from bot.domain.people import Role
from bot.sandbox import Sandbox
from storage import photos
from tests.city import City
from tests.clock import RunningClock
from tests.pictures.test_clean_copy import photo
from tests.running import Running, bot_at

MORE_THAN_THERE_IS = 1 << 40  # megabytes


async def states(running: Running, number: int) -> list[str]:
    await running.settled()
    async with running.app.database.read() as reader:
        return [each.state for each in await photos.of_report(reader, number)]


async def test_reports_before_photos_and_all_of_it_when_there_is_room_again(
    tmp_path: Path, clock: RunningClock
) -> None:
    async with Sandbox.start() as sandbox:
        async with bot_at(sandbox, tmp_path, clock=clock, disk_reserve_mb=MORE_THAN_THERE_IS) as running:
            city = City(running)
            await city.has_school("СОШ № 5")
            boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
            observer, person = await city.phone_of("Анна", Role.OBSERVER)
            number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
            await running.app.schedule.tick()
            await boss.sees("кончается место")
            await running.app.schedule.tick()
            await observer.sends("/start")
            await observer.taps("начать отчёт")
            await observer.taps("Нет")
            await observer.sends_photo(photo())
            await observer.sees("Получено фото: 1")
            await observer.sends("Лежали на столе")
            await observer.sees("А8: «Лежали на столе»")
            assert await states(running, number) == ["pending"]
            assert [path for path in (tmp_path / "photos").rglob("*") if path.is_file()] == []
            said = [
                each
                for each in sandbox.world.chats[boss.id].messages.values()
                if "кончается место" in each.get("text", "")
            ]
            assert len(said) == 1
        async with bot_at(sandbox, tmp_path, clock=clock) as running:
            assert await states(running, number) == ["stored"]
