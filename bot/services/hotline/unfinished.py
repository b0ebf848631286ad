"""Whoever begins a message and does not send it is reminded once, and no table says whom."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.hotline.draft import Draft
from bot.domain.people import Account
from bot.domain.screen import Screen
from bot.screens import hotline as screens
from bot.services.hotline.discretion import Discretion
from bot.services.hotline.intake import Intake
from bot.services.hotline.rules import HotlineRules
from storage.database import Database
from storage.outbox import Priority, Promise, promise

AFTER = timedelta(minutes=30)
POINTLESS_AFTER = timedelta(hours=12)
UNFINISHED = "hotline_unfinished"


class Unfinished:
    def __init__(self, database: Database, intake: Intake, discretion: Discretion, rules: HotlineRules) -> None:
        self._database = database
        self._intake = intake
        self._discretion = discretion
        self._rules = rules

    async def remind(self, account: Account, draft: Draft, now: datetime) -> None:
        """Promise the reminder of this draft; promised twice it is sent once, and not at all when the draft was sent."""
        address = self._discretion.address(account)
        payload = {"render": UNFINISHED, "owner": address.owner, "draft": draft.case_id}
        promised = Promise(
            self._discretion.key(f"unfinished:{draft.case_id}"),
            address.recipient,
            payload,
            Priority.REMINDER,
            not_before=now + AFTER,
            not_after=now + POINTLESS_AFTER,
        )
        async with self._database.transaction() as tx:
            await promise(tx, now, [promised])

    async def render(self, payload: Mapping[str, Any]) -> Screen | None:
        """None when there is nothing to finish any more."""
        now = self._rules.clock()
        draft = await self._intake.draft_of(str(payload["owner"]), now)
        if draft is None or draft.case_id != payload["draft"] or draft.is_sent or not draft.pieces:
            return None
        return replace(screens.unfinished(), silent=self._rules.is_night(now))
