"""`GET /health` for a monitoring system: 200 when everything works, 503 with the reasons when it does not."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from aiohttp import web

from bot.disk import Disk
from bot.intake.health import Health
from storage import briefings, inbox, outbox
from storage.database import Database
from storage.errors import StorageError

OLDEST_WAITS_SECONDS = 300
WRITE_SECONDS = 10.0
LOOK_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Vitals:
    """`problems` are codes; empty means healthy. Ages in seconds, None when it has not happened yet."""

    ok: bool
    problems: tuple[str, ...]
    last_poll_age: float | None
    updates_waiting: int
    oldest_update_age: float | None
    updates_quarantined: int
    updates_missed: int
    messages_pending: int
    messages_uncertain: int
    messages_unreachable: int
    messages_failed: int
    digests_given_up: int
    database_writable: bool
    disk_free_bytes: int
    disk_low: bool


class HealthPage:
    """Looks at most once in five seconds, however often it is asked: the page is no way to burden the bot."""

    def __init__(
        self,
        health: Health,
        database: Database,
        clock: Callable[[], datetime],
        disk: Disk,
        *,
        token_refused: Callable[[], bool] = lambda: False,
        missed: Callable[[], int] = lambda: 0,
        write_seconds: float = WRITE_SECONDS,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._health = health
        self._database = database
        self._clock = clock
        self._disk = disk
        self._token_refused = token_refused
        self._missed = missed
        self._write_seconds = write_seconds
        self._look_seconds = look_seconds
        self._looking = asyncio.Lock()
        self._seen: tuple[float, Vitals] | None = None
        self.address = ""
        self.ready = asyncio.Event()

    async def run(self, port: int, host: str = "127.0.0.1") -> None:
        """Serve until cancelled. Raises OSError when the port is taken."""
        app = web.Application(client_max_size=1024)
        app.router.add_get("/health", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            self.address = "http://{}:{}".format(*runner.addresses[0][:2])
            self.ready.set()
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def vitals(self) -> Vitals:
        """Never raises: what cannot be read is a problem and a number of its own."""
        async with self._looking:
            now = time.monotonic()
            if self._seen is None or now - self._seen[0] >= self._look_seconds:
                self._seen = (now, await self._look())
            return self._seen[1]

    async def _answer(self, request: web.Request) -> web.Response:
        vitals = await self.vitals()
        return web.json_response(
            asdict(vitals), status=200 if vitals.ok else 503, headers={"Cache-Control": "no-store"}
        )

    async def _look(self) -> Vitals:
        problems = []
        received: dict[str, int] = {}
        promised: dict[str, int] = {}
        oldest: datetime | None = None
        digests_lost = 0
        try:
            async with asyncio.timeout(self._write_seconds), self._database.read() as reader:
                received = await inbox.counts(reader)
                promised = await outbox.counts(reader)
                oldest = await inbox.oldest_open(reader)
                digests_lost = await briefings.digests_given_up(reader)
        except (StorageError, TimeoutError):
            problems.append("database_unreadable")
        writable = await self._writable()
        if not writable:
            problems.append("database_not_writable")
        if self._disk.full():
            problems.append("disk_full")
        oldest_age = None if oldest is None else (self._clock() - oldest).total_seconds()
        if oldest_age is not None and oldest_age > OLDEST_WAITS_SECONDS:
            problems.append("updates_stuck")
        if not self._health.ok():
            problems.append("no_link")
        if self._token_refused():
            problems.append("token_refused")
        last = self._health.last_poll
        return Vitals(
            ok=not problems,
            problems=tuple(problems),
            last_poll_age=None if last is None else round(time.monotonic() - last, 1),
            updates_waiting=received.get("new", 0),
            oldest_update_age=None if oldest_age is None else round(oldest_age, 1),
            updates_quarantined=received.get("quarantined", 0),
            updates_missed=self._missed(),
            messages_pending=promised.get("pending", 0) + promised.get("claimed", 0),
            messages_uncertain=promised.get("uncertain", 0),
            messages_unreachable=promised.get("unreachable", 0),
            messages_failed=promised.get("failed", 0),
            digests_given_up=digests_lost,
            database_writable=writable,
            disk_free_bytes=self._disk.free(),
            disk_low=self._disk.low(),
        )

    async def _writable(self) -> bool:
        """A real unit, committed: a full disk shows nowhere else."""
        try:
            async with asyncio.timeout(self._write_seconds), self._database.transaction() as tx:
                await tx.next_numbers("health")
        except (StorageError, TimeoutError):
            return False
        return True
