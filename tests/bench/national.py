"""A country: 40 000 schools and 1 000 000 sittings in regional files, loaded beside a bot that others are using.

As an administrator does it: `python -m bot load`, a process of its own, whose address space is limited. Somebody's small
transactions in the bot are timed before it and during it. `python -m tests.bench.national 0.05` takes a twentieth; the
figures then are of that part.
"""

import asyncio
import contextlib
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

from bot.app import App
from bot.sandbox import Sandbox
from tests.bench.processes import ROOT, environment
from tests.running import settings_for

FIGURES = {
    "import_national_s": "load 40 000 schools and 1 000 000 sittings from 85 regional files, beside a bot at work",
    "import_peak_mb": "memory of that process at its highest",
    "import_limit_mb": "address space it was allowed: with more it would have failed",
    "import_others_p95_ms": "p95 of somebody else's small transaction meanwhile",
    "import_others_p95_before_ms": "p95 of the same without the import",
    "import_others_ratio": "the one divided by the other",
    "import_others_p95_computing_ms": "p95 of the same beside a process that computes and touches no database",
}
REGIONS, SCHOOLS, SITTINGS = 85, 40_000, 1_000_000
SUBJECTS = ("Русский язык", "Математика", "История", "Биология", "Физика")
LIMIT_MB = 768
QUIET_SECONDS = 20.0


async def main() -> None:
    await measure(1.0)


async def measure(scale: float) -> None:
    async with Sandbox.start() as sandbox:
        with tempfile.TemporaryDirectory() as folder:
            registers, schedules = _generate(Path(folder), scale)
            data = Path(folder) / "data"
            async with App.start(settings_for(sandbox, data)) as app:
                before: list[float] = []
                during: list[float] = []
                async with _others(app, before):
                    await asyncio.sleep(QUIET_SECONDS)
                started = time.perf_counter()
                async with _others(app, during):
                    peak = await _load(sandbox, data, "schools", registers)
                    peak = max(peak, await _load(sandbox, data, "schedule", schedules))
                seconds = time.perf_counter() - started
                computing: list[float] = []
                async with _others(app, computing):
                    await _compute(QUIET_SECONDS)
                async with app.database.read() as reader:
                    assert await reader.fetch_value("SELECT COUNT(*) FROM school") == int(SCHOOLS * scale)
                    assert await reader.fetch_value("SELECT COUNT(*) FROM sitting") == int(SITTINGS * scale)
                    assert await reader.fetch_value("SELECT COUNT(*) FROM report") == int(SITTINGS * scale)
    p95_before, p95_during, p95_computing = (
        statistics.quantiles(waits, n=20)[-1] * 1000 for waits in (before, during, computing)
    )
    print(f"FIGURE import_national_s {seconds:.0f} s")
    print(f"FIGURE import_peak_mb {peak:.0f} MB")
    print(f"FIGURE import_limit_mb {LIMIT_MB} MB")
    print(f"FIGURE import_others_p95_ms {p95_during:.0f} ms")
    print(f"FIGURE import_others_p95_before_ms {p95_before:.0f} ms")
    print(f"FIGURE import_others_ratio {p95_during / p95_before:.1f} x")
    print(f"FIGURE import_others_p95_computing_ms {p95_computing:.0f} ms")


async def _compute(seconds: float) -> None:
    """A process that only keeps a core busy: what the loader costs beyond that, the database costs."""
    code = f"import time\nends = time.monotonic() + {seconds}\nwhile time.monotonic() < ends: pass"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code)
    await process.wait()


async def _load(sandbox: Sandbox, data: Path, kind: str, files: list[Path]) -> float:
    """Load these files with the command, its progress on stderr; the highest resident memory in MB."""
    limited = f'ulimit -v {LIMIT_MB * 1024} && exec "$@"'
    loading = await asyncio.create_subprocess_exec(
        *("sh", "-c", limited, "sh", sys.executable, "-m", "bot", "load", kind, *map(str, files)),
        cwd=ROOT,
        env=environment(sandbox, data),
        stdout=sys.stderr,
    )
    peak = 0.0
    ended = asyncio.ensure_future(loading.wait())
    while not ended.done():
        peak = max(peak, _resident_peak_mb(loading.pid))
        await asyncio.wait({ended}, timeout=0.5)
    assert loading.returncode == 0, loading.returncode
    return peak


def _resident_peak_mb(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


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


@contextlib.asynccontextmanager
async def _others(app: App, waits: list[float]) -> AsyncIterator[None]:
    """A tap of somebody else, ten times a second."""

    async def tap() -> None:
        while True:
            started = time.perf_counter()
            async with app.database.transaction() as tx:
                await tx.next_numbers("bench")
            waits.append(time.perf_counter() - started)
            await asyncio.sleep(0.1)

    tapping = asyncio.ensure_future(tap())
    try:
        yield
    finally:
        tapping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await tapping


if __name__ == "__main__":
    asyncio.run(measure(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0))
