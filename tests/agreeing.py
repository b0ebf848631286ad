"""The consent of people whom tests enrol without the chat; without it no role of theirs counts."""

from datetime import datetime

from bot.domain.enrolment import CONSENT_KIND
from bot.domain.people import Account
from bot.texts.consents import WORK_VERSION
from storage import consents
from storage.database import Transaction


async def agree(tx: Transaction, person_id: int, account: Account, now: datetime) -> None:
    await consents.give(tx, person_id, CONSENT_KIND, WORK_VERSION, "", account, now)
