"""The sample municipality's 487-row schedule: checked and written, as the coordinator does it."""

import statistics
import tempfile
import time
from pathlib import Path

from bot.app import App
from bot.sandbox import Sandbox
from tests.municipality import DATA
from tests.running import settings_for

FIGURES = {"import_487_s": "check and load a schedule of 487 rows"}
TIMES = 3


async def main() -> None:
    seconds = []
    async with Sandbox.start() as sandbox:
        for _ in range(TIMES):
            with tempfile.TemporaryDirectory() as folder:
                async with App.start(settings_for(sandbox, Path(folder))) as app:
                    await _load(app, "schools.xlsx")
                    seconds.append(await _load(app, "schedule.xlsx"))
    print(f"FIGURE import_487_s {statistics.median(seconds):.1f} s")


async def _load(app: App, name: str) -> float:
    started = time.perf_counter()
    check = await app.services.importing.check(None, DATA / name, name, app.clock())
    await app.services.importing.apply(None, check.run_id, app.clock())
    return time.perf_counter() - started
