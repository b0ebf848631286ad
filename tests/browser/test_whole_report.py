"""A whole report is filled by clicking on the page of phones: the real bot, the real database, a real browser."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.domain.people import Role
from bot.domain.report import ReportState
from bot.sandbox import Sandbox
from storage import photos, reports
from tests.browser.desk import Desk
from tests.city import City
from tests.faults.noon import ZONE
from tests.journeys.test_report import picture
from tests.running import bot_at

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_whole_report_is_filled_by_clicking(page: Page, sandbox: Sandbox, tmp_path: Path) -> None:
    async with bot_at(sandbox, tmp_path, timezone=ZONE) as running:
        city = City(running)
        await city.has_school("СОШ № 5")
        _, person = await city.phone_of("Анна", Role.OBSERVER)
        await city.phone_of("Мария", Role.COORDINATOR)
        number = await city.sits_today("СОШ № 5", "6Б", "Русский язык", person, minutes=-90)
        await running.settled()
        desk = Desk(page, sandbox, None)
        await desk.open()
        observer = await desk.phone("Анна")
        await observer.says("/start")
        for label, then in (("На месте", "А8."), ("Да", "А12"), ("Да, оба", "Б6."), ("Нет", "Что именно?")):
            await observer.taps(label)
            await observer.sees(then)
        await observer.says("у двоих телефоны")
        await observer.sees("у двоих телефоны")
        await observer.taps("Добавить фото")
        await observer.sees("Что на нём?")
        await observer.taps("Другое")
        await observer.sees("Пришлите фото")
        shot = tmp_path / "class.jpg"
        shot.write_bytes(picture())
        await observer.attaches("Фото с устройства", str(shot))
        await observer.button("Отправить").click()
        await observer.sees("Получено фото: 1")
        ends = (
            ("Готово", "Б2"),
            ("Да, все", "В3."),
            ("Да", "В6."),
            ("Да", "В1."),
            ("Да", "Г2"),
            ("Да, оба", "Проверьте"),
        )
        for label, then in ends:
            await observer.taps(label)
            await observer.sees(then)
        await observer.taps("Отправить отчёт")
        await observer.sees(f"Отчёт {number} принят")
        boss = await desk.phone("Мария")
        await boss.has("у двоих телефоны")  # the schedule may have had more to tell her since
        await running.settled()
        async with running.app.database.read() as reader:
            report = await reports.load(reader, number)
            assert await photos.count(reader, number) == 1
        assert report is not None
        assert report.state is ReportState.SUBMITTED
        await expect(observer.messages).not_to_have_count(0)
        assert desk.complaints == []
