"""Which school a writer means, in a text or as an answer."""

from dataclasses import dataclass

from bot.domain.importing.school_names import SchoolMatcher
from bot.domain.plan import School
from storage import schools
from storage.database import Database

MOST = 3


@dataclass(frozen=True, slots=True)
class SchoolGuess:
    """A school meant by some text. Not `sure`: only a question to ask."""

    id: int
    name: str
    sure: bool


class SchoolNames:
    def __init__(self, database: Database, municipality_id: int) -> None:
        self._database = database
        self._municipality_id = municipality_id

    async def named_in(self, text: str) -> list[SchoolGuess]:
        """Schools that a text names, at most three."""
        known, matcher = await self._matcher()
        found = [mention.match for mention in matcher.mentions(text) if mention.match]
        return [SchoolGuess(known[match.name].id, match.name, match.exact) for match in found[:MOST]]

    async def meant(self, text: str) -> SchoolGuess | None:
        """The one school that was typed as an answer: a bare number will do."""
        known, matcher = await self._matcher()
        match = matcher.match(text)
        if match is None and (found := matcher.mentions(text)):
            match = found[0].match
        return None if match is None else SchoolGuess(known[match.name].id, match.name, match.exact)

    async def name(self, school_id: int | None) -> str:
        """'' for no school."""
        if school_id is None:
            return ""
        async with self._database.read() as reader:
            return await schools.name(reader, school_id)

    async def _matcher(self) -> tuple[dict[str, School], SchoolMatcher]:
        async with self._database.read() as reader:
            known = {school.short_name: school for school in await schools.all_schools(reader, self._municipality_id)}
        return known, SchoolMatcher(known)
