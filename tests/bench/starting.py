"""From the start of the process to the first update safely stored, and to the first answer; then memory at rest."""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from bot.sandbox import Sandbox
from tests.bench.processes import PATIENCE_SECONDS, process

FIGURES = {
    "intake_ready_s": "from start until a waiting update is on the disk and confirmed",
    "first_answer_s": "from start until the person has the first answer",
    "idle_rss_mb": "memory of the bot at rest",
}
TIMES = 3
REST_SECONDS = 5


async def main() -> None:
    starts = [await _start() for _ in range(TIMES)]
    for name, unit, values in zip(FIGURES, ("s", "s", "MB"), zip(*starts, strict=True), strict=True):
        print(f"FIGURE {name} {statistics.median(values):.1f} {unit}")


async def _start() -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with Sandbox.start() as sandbox:
            person = sandbox.world.add_person("P")
            sandbox.deeds.sends(person, "/start")
            started = time.perf_counter()
            async with process("bot", "run", sandbox=sandbox, folder=Path(folder)) as running:
                await _until(sandbox, lambda: sandbox.world.updates.ledger[0].fate == "confirmed")
                intake = time.perf_counter() - started
                await _until(sandbox, lambda: len(sandbox.world.chats[person.id].messages) > 1)
                answer = time.perf_counter() - started
                await asyncio.sleep(REST_SECONDS)
                return intake, answer, _resident_mb(running.pid)


async def _until(sandbox: Sandbox, probe: object) -> None:
    assert callable(probe)
    if not await sandbox.world.changes.until(probe, PATIENCE_SECONDS):
        raise TimeoutError("the bot did not come up")


def _resident_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError("no VmRSS")
