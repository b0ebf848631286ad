"""A hundred observers a second send their reports, for a minute: how many have their receipt?"""

import argparse
import asyncio
import statistics
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bot.app import App
from bot.cli.running import loop_factory
from bot.domain.checklist import ReportForm
from bot.domain.checklist_file import load_checklist
from bot.sandbox import Sandbox
from bot.sandbox.changes import Event
from storage.clock import to_text
from tests.faults.findings import connect
from tests.faults.nursery import Nursery, fork_server
from tests.faults.promised_reports import RECEIPT
from tests.faults.town import Town, found, settings_of

RATE = 100
OBSERVERS = 50
PATIENCE_SECONDS = 30


async def soak(seconds: int, folder: Path) -> tuple[int, int, int, list[float]]:
    """(sent, stored as sent, with a receipt, waits of those in seconds)."""
    count = RATE * seconds
    async with fork_server() as server, Sandbox.start() as sandbox, Nursery.open(server, sandbox, folder) as nursery:
        town = await found(
            sandbox, nursery.data, Random(1), observers=OBSERVERS, reports_each=count // OBSERVERS, parents=0
        )
        await fill(town, nursery.data)
        sent_at: dict[int, float] = {}
        waits: dict[int, float] = {}

        def hear(event: Event) -> None:
            text = event.get("message", {}).get("text", "") if event["type"] in ("edit", "message") else ""
            if match := RECEIPT.search(text):
                number = int(match[1])
                waits.setdefault(number, time.monotonic() - sent_at.get(number, 0.0))

        sandbox.world.changes.listen(hear)
        await nursery.start()
        await nursery.polls()
        await asyncio.sleep(1)
        began = time.monotonic()
        for index in range(count):
            await asyncio.sleep(max(0.0, began + index / RATE - time.monotonic()))
            observer = town.observers[index % OBSERVERS]
            number = observer.reports[index // OBSERVERS]
            sent_at[number] = time.monotonic()
            sandbox.deeds.taps(observer.phone, observer.card["message_id"], f"rx:{number}")
        await sandbox.world.changes.until(lambda: len(waits) >= count, PATIENCE_SECONDS)
        nursery.kill()
        await nursery.ended()
        connection = connect(nursery.data)
        stored = connection.execute("SELECT COUNT(*) FROM report WHERE state = 'submitted'").fetchone()[0]
        connection.close()
    return count, stored, len(waits), sorted(waits.values())


async def fill(town: Town, data: Path) -> None:
    """Every answer is given; only the sending is left."""
    checklist = load_checklist()
    items = checklist.items(ReportForm.SHORT)
    async with App.start(settings_of(town.sandbox, data)) as app:
        now = to_text(app.clock())
        async with app.database.transaction() as tx:
            await tx.execute(
                "UPDATE report SET state = 'partial', opened_at = :now, checklist = :name, checklist_version = :version"
                " WHERE kind = 'observer'",
                now=now,
                name=checklist.name,
                version=checklist.version,
            )
            await tx.execute_many(
                "INSERT INTO answer (report_number, item, value, entered_at) VALUES (:number, :item, 'yes', :now)",
                [
                    {"number": number, "item": item.code, "now": now}
                    for number in town.expected.reports
                    for item in items
                ],
            )


def main(arguments: argparse.Namespace) -> int:
    with TemporaryDirectory(prefix="vpr-soak-") as folder, asyncio.Runner(loop_factory=loop_factory()) as runner:
        sent, stored, acked, waits = runner.run(soak(arguments.seconds, Path(folder)))
    p50, p95 = (statistics.quantiles(waits, n=100)[index - 1] * 1000 for index in (50, 95)) if waits else (0, 0)
    print(f"{sent} sent, {stored} stored, {acked} receipts; waits: median {p50:.0f} ms, 95 % {p95:.0f} ms")
    print(f"FIGURE soak_success_percent {100 * min(stored, acked) / sent:.2f} %")
    return 0 if min(stored, acked) >= 0.99 * sent else 1
