"""Reading a case: the record of reading is committed before a word is opened."""

from datetime import datetime

from bot.domain.hotline import guessing, masking
from bot.domain.hotline.case import CaseMessage
from bot.domain.hotline.life import Event
from bot.domain.hotline.views import Opened
from bot.domain.people import Actor
from bot.services.auditing import Auditing
from bot.services.hotline.access import Access
from bot.services.hotline.desk import CaseGone
from bot.services.hotline.keyring import CaseIsShredded, Keyring
from bot.services.hotline.progress import Progress
from storage.database import Database
from storage.hotline import files, messages


class Reading:
    def __init__(
        self, database: Database, keyring: Keyring, access: Access, progress: Progress, auditing: Auditing
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._access = access
        self._progress = progress
        self._auditing = auditing

    async def open(self, actor: Actor, case_id: str, now: datetime) -> Opened:
        """The texts of a case for one who may read them. Raises `NotAllowed`, `CaseHidden`, `CaseGone`."""
        async with self._database.transaction() as tx:
            case = await self._access.need(tx, actor, case_id)
            case = await self._progress.step(tx, case, Event.OPEN, now, actor=actor)
        # from here on the reading is on record, whatever happens next
        try:
            seal = await self._keyring.case_seal(case_id)
        except CaseIsShredded:
            raise CaseGone from None
        async with self._database.read(snapshot=True) as reader:
            sealed = await messages.of_case(reader, case_id)
            attached = await files.of_case(reader, case_id)
        opened = tuple(
            CaseMessage(
                message.seq,
                message.direction,
                masking.mask(seal.unseal(message.sealed, f"message|{message.seq}")),
                message.at,
                message.person_id,
            )
            for message in sealed
            if message.sealed
        )
        said = "\n".join(message.text for message in opened)
        held = tuple((file.id, file.kind, file.state) for file in attached)
        return Opened(case, opened, held, guessing.marks(said))
