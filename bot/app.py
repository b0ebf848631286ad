"""Composition root: builds everything, starts it in order, stops it in the opposite order."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.botapi import BotApi
from bot.building import open_services, works
from bot.delivery.briefings import Briefings
from bot.delivery.exports import ExportRunner
from bot.delivery.hotline_edge import HotlineEdge
from bot.delivery.messenger import Messenger
from bot.delivery.pace import Pace
from bot.delivery.sender import Sender
from bot.delivery.standing import Standing
from bot.disk import Disk
from bot.domain.checklist import Checklists
from bot.health_page import HealthPage
from bot.intake.health import Health
from bot.intake.in_order import InOrder
from bot.intake.lanes import Lanes
from bot.intake.photo_fetching import PhotoFetcher
from bot.intake.polling import Poller
from bot.intake.receiving import Receiver
from bot.intake.webhook import Webhook
from bot.preparing import keep_copies, prepare
from bot.schedule import Due, Schedule
from bot.sealing import Keys
from bot.services.all import Services
from bot.services.staff import Staff
from bot.settings import Settings
from storage.database import Database
from storage.errors import AnotherInstanceRuns
from storage.lease import BEAT_SECONDS, FileLock, Lease
from storage.sqlite import TRANSIENT

if TYPE_CHECKING:
    from handlers.dispatching import Conversationalist

log = logging.getLogger(__name__)

DRAIN_SECONDS = 9.0  # whoever stops us waits for ten
LANDING_SECONDS = 3.0  # of them, for what is on its way to the messenger


def utc_now() -> datetime:
    return datetime.now(UTC)


def _intake(settings: Settings, api: BotApi, receiver: Receiver, health: Health, poll_seconds: int) -> Poller | Webhook:
    if settings.webhook_url is None:
        return Poller(api, receiver, health, poll_seconds=poll_seconds)
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else None
    return Webhook(api, receiver, health, url=settings.webhook_url, secret=secret, port=settings.webhook_port)


def _gaps(receiver: Receiver, services: Services) -> Due:
    told = 0

    async def tell(now: datetime) -> None:
        nonlocal told
        if receiver.missed > told:
            missed = receiver.missed
            await services.housekeeping.updates_missing(missed - told, now)
            told = missed

    return tell


def _copies(settings: Settings) -> dict[str, Due]:
    async def copy(now: datetime) -> None:
        await keep_copies(settings, now)

    return {"backup": copy}


def _works(services: Services, disk: Disk) -> dict[str, Due]:
    async def mind_the_disk(now: datetime) -> None:
        if disk.low():
            await services.housekeeping.disk_is_short(disk.free(), disk.full(), now)

    return works(services) | {"disk": mind_the_disk}


@dataclass
class App:
    """A running bot. `async with App.start(settings) as app: await app.run()`.

    Receiving, sending and fetching begin at once; handling begins when the chat framework is imported, which takes seconds.
    """

    settings: Settings
    database: Database
    lease: Lease
    api: BotApi
    keys: Keys
    services: Services
    messenger: Messenger
    lanes: Lanes
    intake: Poller | Webhook
    health_page: HealthPage
    sender: Sender
    photo_fetcher: PhotoFetcher
    standing: Standing
    exports: ExportRunner
    schedule: Schedule
    health: Health
    clock: Callable[[], datetime]
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _taken_over: AnotherInstanceRuns | None = None
    handling: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    @asynccontextmanager
    async def start(
        cls,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = utc_now,
        poll_seconds: int = 25,
        checklists: Checklists | None = None,
    ) -> AsyncIterator["App"]:
        """Open everything; on leaving, close everything, the database last. Raises what storage raises."""
        async with AsyncExitStack() as stack:
            stack.callback((await FileLock.take(settings.database_path)).free)
            # before the database: a death between the two must not look like a lost key
            keys = Keys.load(settings.key_path, make=not settings.database_path.exists())
            await prepare(settings, clock())
            database = await Database.open(settings.database_path)
            stack.push_async_callback(database.close)
            lease = await Lease.acquire(database, clock)
            stack.push_async_callback(lease.release)
            services = await stack.enter_async_context(open_services(settings, database, keys, clock, checklists))
            api = BotApi(settings.bot_api_root, settings.bot_token.get_secret_value(), proxy=settings.bot_proxy_url)
            stack.push_async_callback(api.close)
            yield cls._assembled(settings, database, lease, keys, services, api, clock, poll_seconds)

    @classmethod
    def _assembled(
        cls,
        settings: Settings,
        database: Database,
        lease: Lease,
        keys: Keys,
        services: Services,
        api: BotApi,
        clock: Callable[[], datetime],
        poll_seconds: int,
    ) -> "App":
        pace, health, inbox_seal = Pace(overall_per_second=settings.messages_per_second), Health(), keys.seal("inbox")
        messenger, disk = Messenger(api, pace), Disk(settings.data_dir, settings.disk_reserve_mb << 20)
        lanes = Lanes(database, inbox_seal, clock)
        hand_on = InOrder(lanes.add).add if settings.webhook_url else lanes.add
        receiver = Receiver(database, settings.bot_id, inbox_seal, clock, hand_on)
        edge = HotlineEdge(api, services.hotline, disk)
        briefings = Briefings(services.briefing, services.picturing, services.conversation, messenger)
        due = _works(services, disk) | {"gaps": _gaps(receiver, services)}
        told = {"live cards": briefings.refresh, "digests": briefings.send_digests}
        sender = Sender(
            database,
            messenger,
            pace,
            clock,
            lease.epoch,
            renderers=services.photographing.renderers() | services.hotline.renderers() | services.day.renderers(),
            resolvers=services.hotline.resolvers() | edge.resolvers(),
        )
        return cls(
            settings=settings,
            database=database,
            lease=lease,
            api=api,
            keys=keys,
            services=services,
            messenger=messenger,
            lanes=lanes,
            intake=_intake(settings, api, receiver, health, poll_seconds),
            health_page=HealthPage(
                health,
                database,
                clock,
                disk,
                token_refused=lambda: sender.token_refused,
                missed=lambda: receiver.missed,
            ),
            sender=sender,
            schedule=Schedule(
                [due, _copies(settings), edge.deletions(), edge.works(), told], clock, settings.zone, sender.wake
            ),
            standing=Standing(api, database, Staff(), clock),
            exports=ExportRunner(services.exporting, messenger, clock, sender.wake),
            photo_fetcher=PhotoFetcher(api, services.photographing, settings.data_dir / "photos", disk, clock),
            health=health,
            clock=clock,
        )

    async def run(self) -> None:
        """Until `stop()` or cancellation. Leaves only after what was in hand is finished or safely put back."""
        self.photo_fetcher.sweep()
        self.services.importing.clean_up()
        await self.sender.recover()
        left, suspects = await self.lanes.recover()
        if left:
            log.info("%d updates wait from an earlier run", left)
        try:
            async with asyncio.TaskGroup() as group:
                edges = [
                    group.create_task(self.intake.run()),
                    group.create_task(self.sender.run()),
                    group.create_task(self.photo_fetcher.run()),
                    group.create_task(self.standing.run()),
                    group.create_task(self.exports.run()),
                ]
                edges.append(group.create_task(self._hold_lease()))
                if self.settings.health_port is not None:
                    edges.append(group.create_task(self.health_page.run(self.settings.health_port)))
                self.schedule.start()
                handling = group.create_task(self._handle(suspects))
                await self._stopping.wait()
                self.schedule.stop()
                edges[0].cancel()
                await self._drain()
                for task in [handling, *edges]:
                    task.cancel()
        finally:
            await self.lanes.flush()
        if self._taken_over is not None:
            raise self._taken_over

    def stop(self) -> None:
        """Ask `run` to end; safe from a signal handler."""
        self._stopping.set()

    async def settled(self) -> None:
        """Wait until everything received is handled and everything due is sent and fetched."""
        while True:
            await self.lanes.settled()
            self.sender.wake()
            self.photo_fetcher.wake()
            self.standing.wake()
            await self.standing.idle.wait()
            self.exports.wake()
            await self.exports.idle.wait()
            await self.sender.idle.wait()
            await self.photo_fetcher.idle.wait()
            if self.lanes.waiting == 0:
                return

    def wake(self) -> None:
        self.sender.wake()
        self.photo_fetcher.wake()
        self.standing.wake()

    async def _handle(self, suspects: list[Any]) -> None:
        """Import the chat framework beside the running loop, then work through the lanes."""
        conversationalist, framework = await asyncio.to_thread(self._import_framework)
        handle = framework.create_handle(conversationalist, self.settings.bot_token.get_secret_value())
        gc.collect()
        gc.freeze()  # the framework's models never die; looking at them again cost pauses of a quarter second
        self.handling.set()

        await self.lanes.set_aside(suspects, conversationalist.on_quarantine)
        await self.lanes.run(handle, conversationalist.on_quarantine)

    def _import_framework(self) -> tuple["Conversationalist", Any]:
        """What only handling needs; the makers of files too, so that nobody's first file waits for them."""
        import handlers.dispatching
        import handlers.features

        conversationalist = handlers.dispatching.Conversationalist(
            handlers.features.all_features(), self.services, self.messenger, self.clock, self.settings.zone, self.wake
        )
        return conversationalist, handlers.dispatching

    async def _hold_lease(self) -> None:
        """Ends the bot when another one has taken over (this one slept, its machine was paused)."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            try:
                await self.lease.beat()
            except AnotherInstanceRuns as error:
                self._taken_over = error
                self.stop()
            except TRANSIENT as error:
                log.warning("the lease could not be renewed yet: %s", error)

    async def _drain(self) -> None:
        until = asyncio.get_running_loop().time() + DRAIN_SECONDS
        try:
            async with asyncio.timeout_at(until - LANDING_SECONDS):
                await self.lanes.settled()
        except TimeoutError:
            log.warning("%d updates are left for the next start", self.lanes.waiting)
        with suppress(TimeoutError):
            async with asyncio.timeout_at(until):
                await self.sender.stop()  # what is on its way lands; cut off, it would go out once more as a repeat
