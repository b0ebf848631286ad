"""An outbox, a sender and a local Telegram."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.botapi import BotApi
from bot.delivery.messenger import Messenger
from bot.delivery.pace import Pace
from bot.delivery.sender import Sender
from bot.domain.screen import Screen
from bot.sandbox import Sandbox
from bot.sandbox.chats import Person
from storage import outbox
from storage.database import Database
from storage.migrating import migrate
from storage.outbox import Priority, Promise, Repeat
from storage.sqlite import Row


def utc_now() -> datetime:
    return datetime.now(UTC)


class Post:
    """What a test needs of the outbox: promise, send, look."""

    def __init__(self, database: Database, sandbox: Sandbox) -> None:
        self.database = database
        self.sandbox = sandbox
        self.api = BotApi(sandbox.root, sandbox.token)
        self.pace = Pace(overall_per_second=1000)
        self.messenger = Messenger(self.api, self.pace)

    def sender(self, epoch: int = 1, **how: Any) -> Sender:
        return Sender(self.database, self.messenger, self.pace, utc_now, epoch, **how)

    @asynccontextmanager
    async def sending(self, epoch: int = 1, **how: Any) -> AsyncIterator[Sender]:
        """A sender that has recovered and runs; stopped at the end."""
        sender = self.sender(epoch, **how)
        await sender.recover()
        async with asyncio.TaskGroup() as group:
            running = group.create_task(sender.run())
            yield sender
            await sender.stop()
            running.cancel()

    async def deliver(self, epoch: int = 1, **how: Any) -> None:
        """Send everything that is due now, retries that are due later not included."""
        async with self.sending(epoch, **how) as sender:
            await asyncio.wait_for(sender.idle.wait(), 20)

    async def promise(
        self,
        key: str,
        chat: int | str,
        text: str = "Здравствуйте",
        *,
        priority: Priority = Priority.REMINDER,
        repeat: Repeat = Repeat.ORDINARY,
        protect: bool = False,
        **more: Any,
    ) -> int:
        recipient = chat if isinstance(chat, str) else outbox.to_chat(chat)
        times = {name: more.pop(name) for name in ("not_before", "not_after") if name in more}
        payload = {"screen": Screen(text, protect=protect).to_json()} | more
        async with self.database.transaction() as tx:
            return await outbox.promise(tx, utc_now(), [Promise(key, recipient, payload, priority, repeat, **times)])

    async def row(self, key: str) -> Row:
        async with self.database.read() as reader:
            found = await reader.fetch_one("SELECT * FROM outbox WHERE dedupe_key = :key", key=key)
        assert found is not None, key
        return found

    async def state(self, key: str) -> str:
        return (await self.row(key))["state"]

    async def make_due(self) -> None:
        """Retries that wait for later are due now."""
        async with self.database.transaction() as tx:
            await tx.execute("UPDATE outbox SET not_before = '2000-01-01T00:00:00.000000Z' WHERE state = 'pending'")

    def texts(self, chat_id: int) -> list[str]:
        """What the bot has put into a chat, in order."""
        messages = self.sandbox.world.chats[chat_id].messages.values()
        return [message["text"] for message in messages if message["from"]["is_bot"]]

    def calls(self, chat_id: int | None = None) -> int:
        return len(self.sandbox.journal.of("sendMessage", chat_id=chat_id))


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    path = tmp_path / "bot.db"
    await migrate(path)
    database = await Database.open(path)
    async with Sandbox.start() as sandbox:
        post = Post(database, sandbox)
        yield post
        await post.api.close()
    await database.close()


@pytest.fixture
def anna(post: Post) -> Person:
    return post.sandbox.world.add_person("Анна", started=True)


@pytest.fixture
def boris(post: Post) -> Person:
    return post.sandbox.world.add_person("Борис", started=True)
