"""Coordinators look at photos: confirm, or delete with a reason and a calm note to whoever sent them."""

from datetime import datetime

from bot.domain.people import Actor, Role
from bot.domain.photo import NoSuchPhoto
from bot.domain.screen import Screen
from bot.services.auditing import Auditing
from bot.texts import photos as words
from storage import photos
from storage.database import Database
from storage.outbox import Promise, promise, to_person
from storage.photos import StoredPhoto

MOST_SHOWN = 10


class PhotoReview:
    """Raises `NotAllowed`, `NoSuchPhoto`."""

    def __init__(self, database: Database, auditing: Auditing) -> None:
        self._database = database
        self._auditing = auditing

    async def of_report(self, actor: Actor, number: int, item: str) -> list[tuple[StoredPhoto, bool]]:
        """Photos that are on the disk, with whether each looks like an earlier one; of one item when given."""
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            held = [p for p in await photos.of_report(reader, number) if p.state == "stored" and item in ("", p.item)]
            return [(photo, await photos.near_of(reader, photo.id) is not None) for photo in held[:MOST_SHOWN]]

    async def of_alert(self, actor: Actor, number: int) -> list[tuple[StoredPhoto, bool]]:
        """The same of an urgent signal; also those whose bytes are still on their way."""
        actor.need(Role.COORDINATOR)
        async with self._database.read(snapshot=True) as reader:
            held = await photos.of_alert(reader, number)
            return [(photo, await photos.near_of(reader, photo.id) is not None) for photo in held[:MOST_SHOWN]]

    async def judge(self, actor: Actor, photo_id: int, verdict: str, now: datetime) -> None:
        by = actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            if not await photos.judge(tx, photo_id, verdict, by.id):
                raise NoSuchPhoto(photo_id)
            await self._auditing.note(tx, now, actor, "judge", f"photo:{photo_id}", verdict=verdict)

    async def delete(self, actor: Actor, photo_id: int, reason: str, now: datetime) -> None:
        """Deleting twice is deleting once; nobody is shown it any more."""
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            photo = await photos.one(tx, photo_id)
            if photo is None:
                raise NoSuchPhoto(photo_id)
            if not await photos.drop(tx, photo_id, "deleted", reason):
                return
            await self._auditing.note(tx, now, actor, "delete", f"photo:{photo_id}", reason=reason)
            screen = Screen(words.deleted(photo.report_number, reason))
            key = f"photo-deleted:{photo_id}"
            await promise(tx, now, [Promise(key, to_person(photo.person_id), {"screen": screen.to_json()})])
