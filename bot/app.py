"""Composition root: builds everything, starts it in order, stops it in the opposite order."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.botapi import BotApi
from bot.delivery.messenger import Messenger
from bot.delivery.pace import Pace
from bot.delivery.sender import Sender
from bot.domain.asking import Pace as AskingPace
from bot.domain.checklist import ReportForm
from bot.domain.checklist_file import load_checklist
from bot.intake.health import Health
from bot.intake.lanes import Lanes
from bot.intake.photo_fetching import PhotoFetcher
from bot.intake.polling import Poller
from bot.intake.receiving import Receiver
from bot.screens.start import Place
from bot.sealing import Keys
from bot.services.all import Services
from bot.services.auditing import Auditing
from bot.services.conversation import Conversation
from bot.services.enrolment import Enrolment
from bot.services.home import Home
from bot.services.import_writing import ImportWriting
from bot.services.importing import Importing
from bot.services.photographing import Photographing
from bot.services.planning import Planning, ReportRules
from bot.services.reporting import Reporting
from bot.services.staff import Staff
from bot.services.staffing import Staffing
from bot.services.summarising import Summarising
from bot.settings import Settings
from storage import schools
from storage.audit import Audit
from storage.database import Database
from storage.migrating import migrate

if TYPE_CHECKING:
    from handlers.dispatching import Conversationalist

log = logging.getLogger(__name__)

DRAIN_SECONDS = 10.0


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class App:
    """A running bot. `async with App.start(settings) as app: await app.run()`.

    Receiving, sending and fetching begin at once; handling begins when the chat framework is imported, which takes seconds.
    """

    settings: Settings
    database: Database
    api: BotApi
    keys: Keys
    services: Services
    messenger: Messenger
    lanes: Lanes
    poller: Poller
    sender: Sender
    photo_fetcher: PhotoFetcher
    health: Health
    clock: Callable[[], datetime]
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    handling: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    @asynccontextmanager
    async def start(
        cls, settings: Settings, *, clock: Callable[[], datetime] = utc_now, poll_seconds: int = 25
    ) -> AsyncIterator["App"]:
        """Open everything; on leaving, close everything, the database last. Raises what storage raises."""
        await migrate(settings.database_path)
        database = await Database.open(settings.database_path)
        api = BotApi(settings.bot_api_root, settings.bot_token.get_secret_value(), proxy=settings.bot_proxy_url)
        try:
            yield await _build(cls, settings, database, api, clock, poll_seconds)
        finally:
            await api.close()
            await database.close()

    async def run(self) -> None:
        """Until `stop()` or cancellation. Leaves only after what was in hand is finished or safely put back."""
        self.photo_fetcher.sweep()
        await self.sender.recover()
        left, suspects = await self.lanes.recover()
        if left:
            log.info("%d updates wait from an earlier run", left)
        try:
            async with asyncio.TaskGroup() as group:
                edges = [
                    group.create_task(self.poller.run()),
                    group.create_task(self.sender.run()),
                    group.create_task(self.photo_fetcher.run()),
                ]
                handling = group.create_task(self._handle(suspects))
                await self._stopping.wait()
                edges[0].cancel()
                await self._drain()
                for task in [handling, *edges]:
                    task.cancel()
        finally:
            await self.lanes.flush()

    def stop(self) -> None:
        """Ask `run` to end; safe from a signal handler."""
        self._stopping.set()

    async def settled(self) -> None:
        """Wait until everything received is handled and everything due is sent and fetched."""
        while True:
            await self.lanes.settled()
            self.sender.wake()
            self.photo_fetcher.wake()
            await self.sender.idle.wait()
            await self.photo_fetcher.idle.wait()
            if self.lanes.waiting == 0:
                return

    def wake(self) -> None:
        self.sender.wake()
        self.photo_fetcher.wake()

    async def _handle(self, suspects: list[Any]) -> None:
        """Import the chat framework beside the running loop, then work through the lanes."""
        conversationalist, framework = await asyncio.to_thread(self._import_framework)
        dispatcher = framework.create_dispatcher(conversationalist)
        bot = framework.create_bot(self.settings.bot_token.get_secret_value())
        gc.collect()
        gc.freeze()  # the framework's models never die; looking at them again cost pauses of a quarter second
        self.handling.set()

        async def handle(raw: dict[str, Any]) -> None:
            await framework.feed(dispatcher, bot, raw)

        await self.lanes.handle_suspects(suspects, handle, conversationalist.on_quarantine)
        await self.lanes.run(handle, conversationalist.on_quarantine)

    def _import_framework(self) -> tuple["Conversationalist", Any]:
        import handlers.dispatching
        import handlers.features

        conversationalist = handlers.dispatching.Conversationalist(
            handlers.features.all_features(), self.services, self.messenger, self.clock, self.settings.zone, self.wake
        )
        return conversationalist, handlers.dispatching

    async def _drain(self) -> None:
        try:
            await asyncio.wait_for(self.lanes.settled(), DRAIN_SECONDS)
        except TimeoutError:
            log.warning("%d updates are left for the next start", self.lanes.waiting)


async def _build(
    cls: type[App],
    settings: Settings,
    database: Database,
    api: BotApi,
    clock: Callable[[], datetime],
    poll_seconds: int,
) -> App:
    keys = Keys.load(settings.key_path)
    checklist = load_checklist()
    async with database.transaction() as tx:
        await schools.ensure_municipality(tx, settings.municipality, settings.timezone)
    auditing = Auditing(Audit(keys.derive("audit")))
    staff = Staff()
    form = ReportForm(settings.report_form)
    place = Place(
        settings.municipality,
        settings.organiser or settings.municipality,
        settings.coordinator_phone or "",
        settings.zone,
    )
    enrolment = Enrolment(database, keys, auditing, staff, place.organiser)
    planning = Planning(database, auditing, ReportRules(form, settings.report_deadline_hours, settings.zone))
    photographing = Photographing(database, settings.zone)
    services = Services(
        conversation=Conversation(database, staff),
        enrolment=enrolment,
        home=Home(database, enrolment, checklist, form, place),
        planning=planning,
        staffing=Staffing(database, auditing),
        importing=Importing(database, auditing, ImportWriting(planning), settings.data_dir / "imports"),
        reporting=Reporting(database, checklist, auditing, staff, settings.zone, AskingPace(settings.report_mode)),
        photographing=photographing,
        summarising=Summarising(database, settings.zone),
    )
    pace = Pace()
    messenger = Messenger(api, pace)
    health = Health()
    inbox_seal = keys.seal("inbox")
    lanes = Lanes(database, inbox_seal, clock)
    receiver = Receiver(database, settings.bot_id, inbox_seal, clock, lanes.add)
    return cls(
        settings=settings,
        database=database,
        api=api,
        keys=keys,
        services=services,
        messenger=messenger,
        lanes=lanes,
        poller=Poller(api, receiver, health, poll_seconds=poll_seconds),
        sender=Sender(database, messenger, pace, clock, 1, renderers=photographing.renderers()),
        photo_fetcher=PhotoFetcher(api, photographing, settings.data_dir / "photos", clock),
        health=health,
        clock=clock,
    )
