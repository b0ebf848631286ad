"""The README's "path of one report", end to end, on the municipality's own files: nothing is set up behind the bot's back."""

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import openpyxl

from bot.sandbox import Sandbox
from storage import photos, reports
from tests.filling import REST
from tests.journeys.test_report import picture
from tests.running import bot_at

DATA = Path(__file__).parents[1] / "data" / "municipality"
BEFORE = datetime(2027, 4, 14, 6, 0, tzinfo=UTC)
DURING = datetime(2027, 4, 15, 8, 30, tzinfo=UTC)  # 11:30 in Moscow: the third lesson has just ended


class Clock:
    """The bot's own clock, set by the test; everything else runs in real time."""

    def __init__(self, now: datetime) -> None:
        self._offset = now - datetime.now(UTC)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def set(self, now: datetime) -> None:
        self._offset = now - datetime.now(UTC)


async def test_path_of_one_report(tmp_path: Path) -> None:
    clock = Clock(BEFORE)
    async with Sandbox.start() as sandbox, bot_at(sandbox, tmp_path, clock=clock) as running:
        # 1. The administrator's console code makes the first coordinator.
        console = await running.app.services.enrolment.first_coordinator(1, clock())
        assert console is not None
        boss = running.person("Мария")
        await boss.sends(f"старт {console.code}")
        await boss.taps("Начать")
        await boss.taps("Даю согласие")
        # 2. Schools, schedule and observers come from Excel: dry run, then apply.
        for name, count in (("schools.xlsx", 16), ("schedule.xlsx", 487), ("observers.xlsx", 40)):
            await boss.sends_document(DATA / name, name)
            await boss.taps(f"Загрузить {count}", timeout=30)
            await boss.sees("загружено", fresh=True, timeout=30)
        # 3. An observer of the list gets a one-time invitation, gives consent, rehearses.
        await boss.sends("люди")
        await boss.taps("Наблюдатели")
        await boss.taps("Н-004")
        await boss.taps("Пригласить")
        shown = await boss.sees("Приглашение: Н-004")
        code = re.search(r"\d{4}-\d{4}", shown["text"])
        assert code is not None
        observer = running.person("Алим")
        await observer.sends(f"/start {code.group()}")
        await observer.taps("Начать")
        await observer.taps("Даю согласие")
        await observer.taps("Всё верно")
        await observer.taps("Получилось")
        await observer.sees("Вы — наблюдатель Н-004")
        # 4. The coordinator assigns the observer to a sitting; a report is expected.
        await boss.sends("график")
        await boss.taps("15 апреля")
        await boss.taps("СОШ № 1")
        await boss.taps("4 «А», Математика")
        await boss.taps("Назначить наблюдателя")
        await boss.taps("Н-004")
        await observer.sees("Вас назначили наблюдателем")
        # 5. The day: the checklist by stages, a violation with a comment and a photo, review, send, receipt.
        clock.set(DURING)
        await observer.sends("отчёт")
        await observer.taps("На месте, начать отчёт")
        await observer.sees("А8.", fresh=True)
        await observer.taps_through([("Да", "А12"), ("Да, оба", "Б6.")])
        await observer.taps("Нет")
        await boss.sees("Критично · СОШ № 1")
        await observer.sends("у двоих телефоны")
        await observer.taps("Добавить фото")
        await observer.taps("Другое")
        await observer.sends_photo(picture())
        await observer.taps("Готово")
        await observer.taps_through(REST[2:])
        await observer.sees("Нарушение: Б6 · Телефоны — «у двоих телефоны»")
        await observer.taps("Отправить отчёт")
        receipt = await observer.sees("принят в")
        number = int(re.search(r"Отчёт (\d+)", receipt["text"]).group(1))  # type: ignore[union-attr]
        await running.settled()
        async with running.app.database.read() as reader:
            report = await reports.load(reader, number)
            (photo,) = await photos.of_report(reader, number)
        assert report is not None
        assert len(report.answers) == 12
        assert photo.sha256
        # 6. A parent writes to the hotline; an operator answers; the parent sees it.
        parent = running.person("Ольга")
        await parent.sends("/start")
        await parent.taps("Сообщить о нарушении")
        await parent.sends("В школе собирали деньги на сборники для подготовки к ВПР")
        await _through_the_hotline(parent, boss)
        # 7. The coordinator reads the summary in chat and downloads the workbook; the totals are the same.
        await boss.sends("сводка")
        summary = await boss.sees("Отчёты: 1 из 1", fresh=True)
        assert "ВПР сегодня, 15" in summary["text"]
        assert "Нарушения: 1" in summary["text"]
        await boss.sends("эксель за 15 апреля 2027")
        name, content = await boss.receives_document(timeout=60)
        assert name.endswith(".xlsx")
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert {"Сводка"} <= set(book.sheetnames)
        printed = " ".join(
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell
        )
        assert "у двоих телефоны" in printed


async def _through_the_hotline(parent, boss) -> None:
    for label in ("Да, готово", "Не хочу указывать", "Ответ сюда, имя скрыто", "Отправить"):
        await parent.taps(label)
    case = await parent.sees("ГЛ-2027-00001")
    assert "Номер" in case["text"]
    await boss.taps("Открыть")
    await boss.sees("собирали деньги")
    await boss.taps("К карточке")
    await boss.taps("Ответить")
    await boss.sends("Проверили: деньги вернут до пятницы")
    await boss.taps("Отправить")
    await parent.sees("Проверили: деньги вернут до пятницы")
