"""Photos: kept by id on the first sight of them, their bytes fetched later, never a condition for a report."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.people import Actor, Role
from bot.domain.photo import MAX_PER_REPORT, TooManyPhotos
from bot.domain.reporting import Listed, NoSuchReport
from bot.domain.screen import Screen
from bot.screens import photos as screens
from bot.texts import photos as words
from storage import photos, reports
from storage.database import Database, Transaction
from storage.outbox import Priority, Promise, exists, postpone, promise, to_person
from storage.photos import NewPhoto, StoredPhoto

QUIET = timedelta(seconds=2)
Render = Callable[[Mapping[str, Any]], Awaitable[Screen | None]]
PAUSES_MINUTES = (0.1, 0.5, 1, 2, 5, 10, 20, 30)


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What was found out about the bytes."""

    path: str
    sha256: str
    size: int
    mime: str
    width: int
    height: int
    dhash: str
    clean_path: str = ""
    had_place: bool = False


class Photographing:
    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database = database
        self._zone = zone

    def renderers(self) -> dict[str, Render]:
        """Screens that the sender makes at the last moment."""
        return {"album": self._album}

    async def keep(self, actor: Actor, photo: NewPhoto, now: datetime) -> int:
        """Keep a photo, with or without a report; returns how many the report (or the loose pile) has now. Idempotent.

        An album has no count and no end: its one confirmation is promised for two seconds after its latest photo.
        Raises `NoSuchReport` for somebody else's report, `TooManyPhotos` past the limit of a report.
        """
        person = actor.need(Role.OBSERVER, Role.SCHOOL_COORDINATOR)
        async with self._database.transaction() as tx:
            if photo.report_number is None:
                _, fresh = await photos.add(tx, photo, now)
                await self._promise_confirmation(tx, photo, now, fresh=fresh)
                return len(await photos.loose(tx, person.id))
            report = await reports.load(tx, photo.report_number)
            if report is None or report.person_id != person.id:
                raise NoSuchReport(photo.report_number)
            before = await photos.count(tx, photo.report_number)
            _, fresh = await photos.add(tx, photo, now)
            if fresh and before >= MAX_PER_REPORT:
                raise TooManyPhotos(MAX_PER_REPORT)
            await self._promise_confirmation(tx, photo, now, fresh=fresh)
            return before + fresh

    async def may_belong_to(self, actor: Actor, now: datetime) -> list[Listed]:
        """Today's reports of this person."""
        if actor.person is None:
            return []
        today = now.astimezone(self._zone).date()
        async with self._database.read() as reader:
            found = await reports.of_person(reader, actor.person.id, from_day=today)
        return [listed for listed in found if listed.sitting.date == today]

    async def attach_loose(self, actor: Actor, number: int, item: str, now: datetime) -> int:
        """What came out of nowhere belongs to this report; returns how many photos that were."""
        person = actor.need(Role.OBSERVER, Role.SCHOOL_COORDINATOR)
        async with self._database.transaction() as tx:
            report = await reports.load(tx, number)
            if report is None or report.person_id != person.id:
                raise NoSuchReport(number)
            free = MAX_PER_REPORT - await photos.count(tx, number)
            loose = await photos.loose(tx, person.id)
            if len(loose) > free:
                raise TooManyPhotos(MAX_PER_REPORT)
            return await photos.attach(tx, loose, person.id, number, item, "")

    async def place(self, actor: Actor, number: int, item: str) -> int:
        """What came out of nowhere to this report is about an item of it. Idempotent."""
        person = actor.need(Role.OBSERVER, Role.SCHOOL_COORDINATOR)
        async with self._database.transaction() as tx:
            return await photos.place(tx, person.id, number, item)

    async def describe(self, actor: Actor, number: int, item: str, subject: str) -> int:
        """What is on them, said after they came. Idempotent."""
        person = actor.need(Role.OBSERVER, Role.SCHOOL_COORDINATOR)
        async with self._database.transaction() as tx:
            return await photos.describe(tx, person.id, number, item, subject)

    async def drop_loose(self, actor: Actor) -> int:
        """«Случайно, удалить»."""
        person = actor.need(Role.OBSERVER, Role.SCHOOL_COORDINATOR)
        async with self._database.transaction() as tx:
            loose = await photos.loose(tx, person.id)
            for photo_id in loose:
                await photos.drop(tx, photo_id, "deleted", "by its sender")
            return len(loose)

    async def loose(self, actor: Actor) -> int:
        if actor.person is None:
            return 0
        async with self._database.read() as reader:
            return len(await photos.loose(reader, actor.person.id))

    async def to_fetch(self, now: datetime) -> list[StoredPhoto]:
        async with self._database.read() as reader:
            return await photos.pending(reader, now)

    async def fetched(self, photo: StoredPhoto, facts: PhotoFacts, now: datetime) -> None:
        """The bytes are on the disk, whole and synced. Whoever sent coordinates in a file hears that they are cut."""
        async with self._database.transaction() as tx:
            near = await photos.near(tx, photo, facts.sha256, facts.dhash)
            fresh = await photos.stored(
                tx,
                photo.id,
                now,
                path=facts.path,
                sha256=facts.sha256,
                size=facts.size,
                mime=facts.mime,
                width=facts.width,
                height=facts.height,
                dhash=facts.dhash,
                clean_path=facts.clean_path,
                had_place=facts.had_place,
                near_id=near,
            )
            if fresh and facts.had_place and photo.as_document:
                screen = Screen(words.PLACE_CUT)
                key = f"photo-place:{photo.id}"
                await promise(tx, now, [Promise(key, to_person(photo.person_id), {"screen": screen.to_json()})])

    async def not_yet(self, photo: StoredPhoto, why: str, now: datetime) -> None:
        """Not reachable now: try again later, ever less often."""
        pause = timedelta(minutes=PAUSES_MINUTES[min(photo.tries, len(PAUSES_MINUTES) - 1)])
        async with self._database.transaction() as tx:
            await photos.try_later(tx, photo.id, now + pause, why)

    async def refuse(self, photo: StoredPhoto, why: str, now: datetime) -> None:
        """It can never be used: the sender is told why, once. `why` is a key of `bot.texts.photos.REFUSED`."""
        async with self._database.transaction() as tx:
            if await photos.drop(tx, photo.id, "refused", why):
                screen = Screen(words.REFUSED[why])
                key = f"photo-refused:{photo.id}"
                await promise(tx, now, [Promise(key, to_person(photo.person_id), {"screen": screen.to_json()})])

    async def _promise_confirmation(self, tx: Transaction, photo: NewPhoto, now: datetime, *, fresh: bool) -> None:
        if not photo.media_group_id or not fresh:
            return
        key = f"album:{photo.account}:{photo.media_group_id}"
        when = now + QUIET
        payload = {
            "render": "album",
            "person": photo.person_id,
            "report": photo.report_number,
            "item": photo.item,
            "chosen": bool(photo.subject),
            "group": photo.media_group_id,
            "day": now.astimezone(self._zone).date().isoformat(),
        }
        if not await postpone(tx, key, when):  # none yet, or it has been sent and this photo is late
            key = key if not await exists(tx, key) else f"{key}:{photo.message_id}"
            await promise(
                tx, now, [Promise(key, to_person(photo.person_id), payload, Priority.HOTLINE, not_before=when)]
            )

    async def _album(self, payload: Mapping[str, Any]) -> Screen | None:
        number = payload["report"]
        async with self._database.read() as reader:
            if number is not None:
                held, refused = await photos.count(reader, number), await photos.refused(reader, payload["group"])
                return screens.received(number, held, payload["item"], refused, chosen=payload.get("chosen", True))
            count = len(await photos.loose(reader, payload["person"]))
            today = date.fromisoformat(payload["day"])
            found = await reports.of_person(reader, payload["person"], from_day=today)
        return (
            screens.where_from(count, [listed for listed in found if listed.sitting.date == today]) if count else None
        )
