"""The receiving and sending core as a process to be killed: real poller, inbox, lanes, outbox, sender; a tiny product.

`python -m tests.faults.core ROOT TOKEN DATABASE` imports everything once and forks a child for each line on standard input;
the child is the bot. It answers `PID` when the child was started, and `dead STATUS` when the child is gone.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.botapi import BotApi
from bot.delivery.messenger import Messenger
from bot.delivery.pace import Pace
from bot.delivery.sender import Sender
from bot.domain.screen import Screen
from bot.intake.health import Health
from bot.intake.lanes import Lanes
from bot.intake.polling import Poller
from bot.intake.receiving import Receiver
from bot.sealing import Keys
from storage import outbox
from storage.database import Database
from storage.lease import FileLock, Lease

TABLE = (
    "CREATE TABLE IF NOT EXISTS word (person INTEGER, number INTEGER, place INTEGER, half INTEGER,"
    " PRIMARY KEY (person, number, half))"
)


def utc_now() -> datetime:
    return datetime.now(UTC)


async def live(root: str, token: str, path: Path) -> None:
    """Store both halves of every word and promise a receipt in the same transaction; until killed."""
    lock = FileLock.take(path)
    database = await Database.open(path)
    lease = await Lease.acquire(database, utc_now)
    seal, api, pace, health = (
        Keys(bytes(32)).seal("inbox"),
        BotApi(root, token),
        Pace(overall_per_second=1000),
        Health(),
    )
    lanes = Lanes(database, seal, utc_now)
    receiver = Receiver(database, int(token.split(":")[0]), seal, utc_now, lanes.add)
    sender = Sender(database, Messenger(api, pace), pace, utc_now, lease.epoch)

    async def handle(raw: dict[str, Any]) -> None:
        person, number = raw["message"]["from"]["id"], int(raw["message"]["text"])
        async with database.transaction() as tx:
            place = await tx.next_numbers(f"place:{person}")
            for half in (1, 2):
                await tx.execute(
                    "INSERT INTO word VALUES (:person, :number, :place, :half) ON CONFLICT DO NOTHING",
                    person=person,
                    number=number,
                    place=place,
                    half=half,
                )
            receipt = outbox.Promise(
                f"receipt:{person}:{number}", outbox.to_chat(person), {"screen": Screen(f"Принято {number}").to_json()}
            )
            await outbox.promise(tx, utc_now(), [receipt])
        sender.wake()

    async def on_quarantine(raw: dict[str, Any] | None, update_id: int) -> None:
        return None

    await sender.recover()
    _, condemned = await lanes.recover()
    await lanes.set_aside(condemned, on_quarantine)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(Poller(api, receiver, health, poll_seconds=1).run())
            group.create_task(lanes.run(handle, on_quarantine))
            group.create_task(sender.run())
    finally:
        await api.close()
        await database.close()
        lock.free()


def nursery(root: str, token: str, path: Path) -> None:
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                asyncio.run(live(root, token, path))
            finally:
                os._exit(1)
        print(child, flush=True)
        print("dead", os.waitpid(child, 0)[1], flush=True)


if __name__ == "__main__":
    nursery(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
