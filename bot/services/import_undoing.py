"""An applied file taken back within a day, as long as nothing depends on it."""

import json
from datetime import datetime, timedelta

from bot.domain.importing.columns import Kind
from bot.domain.importing.run import NoSuchImport, TooLateToUndo, UndoImpossible
from bot.domain.people import Actor, Role
from bot.services.auditing import Auditing
from bot.services.import_writing import ImportWriting
from storage import import_undo, imports, sittings
from storage.database import Database
from storage.import_undo import SomethingDepends

UNDO_WITHIN = timedelta(hours=24)


class ImportUndoing:
    def __init__(self, database: Database, auditing: Auditing, writing: ImportWriting) -> None:
        self._database = database
        self._auditing = auditing
        self._writing = writing

    async def undo(self, actor: Actor | None, run_id: int, now: datetime) -> tuple[str, int, int]:
        """As a whole or not at all; (kind, rows taken away, rows put back). `actor` None is the administrator's shell.

        Raises `NotAllowed`, `NoSuchImport`, `TooLateToUndo`, `UndoImpossible` (something depends on it by now).
        """
        if actor is not None:
            actor.need(Role.COORDINATOR)
        async with self._database.read() as reader:
            run = await imports.run(reader, run_id)
        if run is None or run.state != "applied" or run.applied_at is None:
            raise NoSuchImport(run_id)
        if now - run.applied_at > UNDO_WITHIN:
            raise TooLateToUndo(run_id)
        kept = json.loads(run.undo)
        try:
            async with self._database.transaction() as tx:
                if not await imports.undone(tx, run_id, now):
                    raise NoSuchImport(run_id)
                is_plan = run.kind == Kind.SCHEDULE.value
                earlier = [*kept["before"], *kept.get("revived", ())] if is_plan else []
                loaded = [await sittings.sitting(tx, int(one)) for one in earlier]
                await self._writing.take_back_roles(tx, kept, now)
                gone, back = await import_undo.undo(tx, run.kind, kept, now)
                await self._writing.replan(tx, loaded, now)
                await self._auditing.note(tx, now, actor, "undo_import", f"import:{run_id}", gone=gone, back=back)
        except SomethingDepends as error:
            raise UndoImpossible(run_id, error.why) from error
        return run.kind, gone, back
