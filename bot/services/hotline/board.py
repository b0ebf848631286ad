"""What the staff forum has to know of the cases: titles and topics."""

from bot.services.hotline.rules import HotlineRules
from bot.texts import hotline_desk as words
from storage import recipients, schools
from storage.database import Database
from storage.hotline import cases, desk


class Board:
    def __init__(self, database: Database, rules: HotlineRules) -> None:
        self._database = database
        self._rules = rules

    async def group_id(self) -> int | None:
        """The staff group, or what it became when it migrated; None without one."""
        if self._rules.group_id is None:
            return None
        async with self._database.read() as reader:
            return await recipients.current_chat(reader, self._rules.group_id)

    async def title(self, case_id: str) -> str | None:
        """«00042 · отметки · СОШ № 5»; None for a case that is not there."""
        async with self._database.read() as reader:
            case = await cases.get(reader, case_id)
            if case is None:
                return None
            school = await schools.name(reader, case.school_id) if case.school_id else ""
        return words.topic_title(case.number, case.category, school)

    async def thread(self, case_id: str, group_id: int) -> int | None:
        async with self._database.read() as reader:
            return await desk.thread_of(reader, case_id, group_id)

    async def remember(self, case_id: str, group_id: int, thread_id: int) -> None:
        async with self._database.transaction() as tx:
            await desk.set_thread(tx, case_id, group_id, thread_id, self._rules.clock())

    async def forget(self, case_id: str, thread_id: int | None) -> None:
        """The topic is gone; the next message makes another."""
        if thread_id is not None:
            async with self._database.transaction() as tx:
                await desk.forget_thread(tx, case_id, thread_id)
