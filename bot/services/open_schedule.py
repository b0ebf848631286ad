"""The schedule as anybody may see it: schools, days, classes, subjects; no staff, and no trace of who looked."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.importing.school_names import SchoolMatcher
from bot.domain.people import MUNICIPALITY_ID, Account
from bot.domain.plan import NoSuchSitting, School, Sitting
from bot.sealing import Keys
from bot.texts.natural import by_name
from storage import plan_changes, schools
from storage.database import Database

MOST = 500  # sittings of one school: 23 sets of parallels


class OpenSchedule:
    def __init__(self, database: Database, keys: Keys, zone: ZoneInfo) -> None:
        self._database = database
        self._keys = keys
        self._zone = zone

    async def schools(self) -> list[School]:
        async with self._database.read() as reader:
            return by_name(await schools.all_schools(reader, MUNICIPALITY_ID), lambda school: school.short_name)

    async def find(self, text: str) -> School | None:
        """The school meant by what somebody typed, when it is clear."""
        known = await self.schools()
        match = SchoolMatcher([school.short_name for school in known]).match(text)
        return next((one for one in known if match is not None and one.short_name == match.name), None)

    async def of_school(
        self, account: Account, school_id: int, now: datetime, *, seen_at: datetime | None = None, again: bool = False
    ) -> tuple[School, list[tuple[Sitting, datetime, datetime]], datetime | None]:
        """(school, its sittings with when they were added and changed, when this viewer last looked).

        The viewer is a keyed hash. `again`: a further page of the same look, which was compared with `seen_at`.
        Raises `NoSuchSitting` for a school that is not there.
        """
        viewer = self._keys.hmac("viewer", str(account))
        async with self._database.transaction() as tx:
            school = await schools.school(tx, school_id)
            if school is None:
                raise NoSuchSitting(0)
            found = await plan_changes.of_school(tx, school_id, from_day=now.astimezone(self._zone).date(), limit=MOST)
            return school, found, seen_at if again else await plan_changes.look(tx, viewer, school_id, now)
