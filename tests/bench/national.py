"""A country: 40 000 schools and 1 000 000 sittings in regional files, loaded while others write.

`python -m tests.bench.national 0.05` takes a twentieth of it; the figures then are of that part.
"""

import asyncio
import resource
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from bot.app import App
from bot.domain.importing.columns import Kind
from bot.sandbox import Sandbox
from tests.running import settings_for

FIGURES = {
    "import_national_s": "load 40 000 schools and 1 000 000 sittings from 85 regional files",
    "import_peak_mb": "memory of the process at its highest during that",
    "import_others_p95_ms": "p95 of somebody else's small transaction meanwhile",
}
REGIONS, SCHOOLS, SITTINGS = 85, 40_000, 1_000_000
SUBJECTS = ("Русский язык", "Математика", "История", "Биология", "Физика")


async def main() -> None:
    await measure(1.0)


async def measure(scale: float) -> None:
    async with Sandbox.start() as sandbox:
        with tempfile.TemporaryDirectory() as folder:
            registers, schedules = _generate(Path(folder), scale)
            async with App.start(settings_for(sandbox, Path(folder) / "data")) as app:
                waits: list[float] = []
                others = asyncio.ensure_future(_others(app, waits))
                started = time.perf_counter()
                first = await app.services.bulk_importing.load(registers, Kind.SCHOOLS, app.clock(), _quiet)
                second = await app.services.bulk_importing.load(schedules, Kind.SCHEDULE, app.clock(), _told)
                seconds = time.perf_counter() - started
                others.cancel()
                assert first.wrong == second.wrong == 0, (first.errors, second.errors)
                assert first.new == int(SCHOOLS * scale)
                assert second.new == int(SITTINGS * scale)
                async with app.database.read() as reader:
                    assert await reader.fetch_value("SELECT COUNT(*) FROM report") == second.new
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"FIGURE import_national_s {seconds:.0f} s")
    print(f"FIGURE import_peak_mb {peak:.0f} MB")
    print(f"FIGURE import_others_p95_ms {statistics.quantiles(waits, n=20)[-1] * 1000:.0f} ms")


def _generate(folder: Path, scale: float) -> tuple[list[Path], list[Path]]:
    """One register and one schedule a region, written row by row."""
    schools, sittings = int(SCHOOLS * scale), int(SITTINGS * scale)
    regions = max(1, round(REGIONS * min(1.0, scale * 2)))
    names = [
        [f"СОШ № {number + 1}" for number in range(schools) if number % regions == region] for region in range(regions)
    ]
    registers, schedules = [], []
    for region, own in enumerate(names):
        register, schedule = folder / f"schools-{region:02}.csv", folder / f"schedule-{region:02}.csv"
        with register.open("w", encoding="utf-8") as file:
            file.write("Краткое наименование;Полное наименование;Логин ОО\n")
            file.writelines(f"{name};Школа {name};edu{name.split()[-1]:0>6}\n" for name in own)
        with schedule.open("w", encoding="utf-8") as file:
            file.write("ОО;Класс;Предмет;Дата;Урок;Начало;Кабинет\n")
            share = sittings // regions + (1 if region < sittings % regions else 0)
            for number in range(share):
                turn, school = divmod(number, len(own))
                day = date(2027, 4, 12) + timedelta(days=turn // 5 % 20)
                subject, letter = SUBJECTS[turn % 5], "АБВГ"[turn // 100 % 4]
                file.write(f"{own[school]};{4 + turn % 5}{letter};{subject};{day:%d.%m.%Y};2;09:20;{turn % 60}\n")
        registers.append(register)
        schedules.append(schedule)
    return registers, schedules


async def _others(app: App, waits: list[float]) -> None:
    """A tap of somebody else, ten times a second."""
    while True:
        started = time.perf_counter()
        async with app.database.transaction() as tx:
            await tx.next_numbers("bench")
        waits.append(time.perf_counter() - started)
        await asyncio.sleep(0.1)


def _quiet(name: str, rows: int) -> None:
    pass


def _told(name: str, rows: int) -> None:
    if rows % 100_000 == 0:
        print(f"# {name}: {rows}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    asyncio.run(measure(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0))
