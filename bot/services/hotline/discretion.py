"""What a writer's chat waits for, and answers that could not be delivered at once, so that no table names the chat."""

import base64
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from bot.domain.people import Account
from bot.domain.screen import Screen
from bot.sealing import CannotUnseal
from bot.services.hotline.keyring import Keyring
from storage.database import Database, Transaction
from storage.expectations import VALID_FOR, Expectation
from storage.hotline.traces import forget_promises, forget_promises_older
from storage.outbox import Priority, Promise, promise
from storage.vault import awaiting

STATES = "hotline_"
SEALED = "sealed"  # the kind of recipient, and of payload


class Address(NamedTuple):
    """The keyed hash of an account, and the recipient in the outbox: that hash and its sealed chat."""

    owner: str
    recipient: str


class Discretion:
    """Stands in for the tables `expectation` and `outbox` where a row in clear would say who writes to the hotline."""

    def __init__(self, database: Database, vault: Database, keyring: Keyring) -> None:
        self._database = database
        self._vault = vault
        self._keyring = keyring
        self._seal = keyring.installation.seal("hotline-awaiting")

    @staticmethod
    def owns(state: str) -> bool:
        return state.startswith(STATES)

    async def expectation(self, account: Account, now: datetime, source: str = "") -> Expectation | None:
        """Also what `source` itself has ended, when it is handled again."""
        found = await self._row(account, now)
        if found is None:
            return None
        state, data, ended_by = found
        return Expectation(state, data) if ended_by in ("", self._keyring.source(source)) else None

    async def expect(self, account: Account, state: str, data: Mapping[str, Any], now: datetime) -> None:
        await self._put(account, [state, data, ""], now)

    async def forget(self, account: Account, now: datetime, source: str = "") -> None:
        """Nothing is awaited any more, except by `source` itself, handled again; without `source`, the row goes."""
        found = await self._row(account, now)
        if found is None or (source and found[2]):
            return
        if source:
            await self._put(account, [found[0], found[1], self._keyring.source(source)], now)
            return
        async with self._vault.transaction() as tx:
            await awaiting.clear(tx, self._keyring.owner(account))

    async def _row(self, account: Account, now: datetime) -> tuple[str, dict[str, Any], str] | None:
        owner = self._keyring.owner(account)
        async with self._vault.read() as reader:
            sealed = await awaiting.get(reader, owner, now - VALID_FOR)
        if sealed is None:
            return None
        state, data, ended_by = json.loads(self._seal.unseal(sealed, owner))
        return state, data, ended_by

    async def _put(self, account: Account, row: list[Any], now: datetime) -> None:
        owner = self._keyring.owner(account)
        sealed = self._seal.seal(json.dumps(row).encode(), owner)
        async with self._vault.transaction() as tx:
            await awaiting.put(tx, owner, sealed, now)

    async def send_later(
        self, key: str, account: Account, screen: Screen, now: datetime, *, wait: timedelta, uncertain: bool
    ) -> None:
        """A direct answer as a promise whose chat and words are sealed."""
        owner, recipient = self.address(account)
        payload = {"render": SEALED, "owner": owner, "words": self._sealed(screen.to_json(), owner)}
        if uncertain:
            payload["repeat"] = "yes"
        promised = Promise(self.key(key), recipient, payload, Priority.HOTLINE, not_before=now + wait)
        async with self._database.transaction() as tx:
            await promise(tx, now, [promised])

    def address(self, account: Account) -> Address:
        """How a promise to this chat names it."""
        owner = self._keyring.owner(account)
        return Address(owner, f"{SEALED}:{owner}:{self._sealed([account.chat_id], owner)}")

    def key(self, cause: str) -> str:
        """A dedupe key that does not say what it stands for."""
        return self._keyring.source(cause)

    async def forget_old_answers(self, tx: Transaction, before: datetime) -> int:
        """What was promised so long ago that it was delivered, or nobody waits for it; `before` bounds how long such rows
        could be traced back by whoever has the key file."""
        return await forget_promises_older(tx, f"{SEALED}:", before)

    async def forget_answers(self, tx: Transaction, account: Account) -> int:
        """Take back and forget every such promise to this chat, sent or not."""
        return await forget_promises(tx, f"{SEALED}:{self._keyring.owner(account)}:")

    async def resolve(self, value: str) -> int | None:
        owner, _, chat = value.partition(":")
        try:
            return int(self._unsealed(chat, owner)[0])
        except CannotUnseal:
            return None

    async def render(self, payload: Mapping[str, Any]) -> Screen | None:
        try:
            return Screen.from_json(self._unsealed(str(payload["words"]), str(payload["owner"])))
        except CannotUnseal:
            return None

    def _sealed(self, content: Any, owner: str) -> str:
        return base64.urlsafe_b64encode(self._seal.seal(json.dumps(content).encode(), owner)).decode()

    def _unsealed(self, text: str, owner: str) -> Any:
        return json.loads(self._seal.unseal(base64.urlsafe_b64decode(text), owner))
