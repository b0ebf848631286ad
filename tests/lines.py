"""How a test reaches the people of the sandbox: directly in its own event loop, or over HTTP when the bot is killed."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.sandbox import Sandbox
from bot.sandbox.deeds import Attachment

Message = dict[str, Any]
Event = dict[str, Any]


@dataclass
class Seen:
    """What the events have told so far: when each message last changed, which presses were answered, toasts."""

    count: int = 0
    versions: dict[tuple[int, int], int] = field(default_factory=dict)
    latest: dict[int, int] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    toasts: dict[int, list[str]] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        self.count += 1
        if event["type"] in ("message", "edit"):
            self.versions[event["chat_id"], event["message"]["message_id"]] = self.count
            self.latest[event["chat_id"]] = self.count
        elif event["type"] == "toast":
            self.answered.add(event["callback_query_id"])
            self.toasts.setdefault(event["person_id"], []).append(event["text"])


class Line(ABC):
    """Reading is immediate, acting is awaited, `changed` waits for the next piece of news."""

    def __init__(self) -> None:
        self.seen = Seen()

    @abstractmethod
    def messages(self, chat_id: int) -> Mapping[int, Message]: ...

    @abstractmethod
    async def changed(self, timeout: float) -> bool: ...

    @abstractmethod
    async def send(
        self, person_id: int, chat_id: int, text: str, topic: int | None, reply_to: int | None
    ) -> Message: ...

    @abstractmethod
    async def tap(self, person_id: int, chat_id: int, message_id: int, data: str) -> str: ...

    @abstractmethod
    async def edit(self, person_id: int, chat_id: int, message_id: int, text: str) -> Message: ...

    @abstractmethod
    async def upload(
        self, person_id: int, chat_id: int, kind: str, files: Sequence[Attachment], caption: str, topic: int | None
    ) -> list[Message]: ...

    @abstractmethod
    async def set_blocked(self, person_id: int, blocked: bool) -> None: ...

    @abstractmethod
    async def file(self, file_id: str) -> bytes: ...

    @abstractmethod
    async def quiet(self) -> None: ...


class DirectLine(Line):
    """The sandbox runs in the loop of the test."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__()
        self.sandbox = sandbox
        sandbox.world.changes.listen(self.seen.take)

    def messages(self, chat_id: int) -> Mapping[int, Message]:
        return self.sandbox.world.chats[chat_id].messages

    async def changed(self, timeout: float) -> bool:
        return await self.sandbox.world.changes.next(timeout)

    async def send(self, person_id: int, chat_id: int, text: str, topic: int | None, reply_to: int | None) -> Message:
        person = self.sandbox.world.people[person_id]
        return self.sandbox.deeds.sends(person, text, chat_id=chat_id, topic_id=topic, reply_to=reply_to)[-1]

    async def tap(self, person_id: int, chat_id: int, message_id: int, data: str) -> str:
        person = self.sandbox.world.people[person_id]
        return self.sandbox.deeds.taps(person, message_id, data, chat_id=chat_id).id

    async def edit(self, person_id: int, chat_id: int, message_id: int, text: str) -> Message:
        return self.sandbox.deeds.edits(self.sandbox.world.people[person_id], message_id, text, chat_id=chat_id)

    async def upload(
        self, person_id: int, chat_id: int, kind: str, files: Sequence[Attachment], caption: str, topic: int | None
    ) -> list[Message]:
        person = self.sandbox.world.people[person_id]
        return self.sandbox.deeds.sends_files(person, kind, files, caption=caption, chat_id=chat_id, topic_id=topic)

    async def set_blocked(self, person_id: int, blocked: bool) -> None:
        person = self.sandbox.world.people[person_id]
        (self.sandbox.deeds.blocks if blocked else self.sandbox.deeds.unblocks)(person)

    async def file(self, file_id: str) -> bytes:
        files = self.sandbox.world.files
        return files.content(files.need(file_id))

    async def quiet(self) -> None:
        await self.sandbox.quiet()


class HttpLine(Line):
    """The sandbox is another process: its news arrive as server-sent events and are mirrored here."""

    def __init__(self, root: str, session: aiohttp.ClientSession) -> None:
        super().__init__()
        self._api = f"{root}/sandbox/api"
        self._session = session
        self._chats: dict[int, dict[int, Message]] = {}
        self._news = asyncio.Event()
        self._streaming = asyncio.Event()

    @classmethod
    @contextlib.asynccontextmanager
    async def open(cls, root: str) -> AsyncIterator[HttpLine]:
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
            line = cls(root, session)
            reader = group.create_task(line._read())
            await line._streaming.wait()
            try:
                yield line
            finally:
                reader.cancel()

    async def add_person(self, name: str, **details: Any) -> int:
        """The id of a new person."""
        return int((await self.post("/people", {"name": name, **details}))["id"])

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self._session.post(self._api + path, json=body) as answer:
            return await self._checked(answer)

    async def get(self, path: str) -> dict[str, Any]:
        async with self._session.get(self._api + path) as answer:
            return await self._checked(answer)

    @staticmethod
    async def _checked(answer: aiohttp.ClientResponse) -> dict[str, Any]:
        content: dict[str, Any] = await answer.json()
        assert answer.status == 200, content
        return content

    async def _read(self) -> None:
        endless = aiohttp.ClientTimeout(total=None)
        async with self._session.get(f"{self._api}/stream", timeout=endless) as answer:
            self._streaming.set()
            async for line in answer.content:
                if line.startswith(b"data: "):
                    self._take(json.loads(line[6:]))

    def _take(self, event: Event) -> None:
        chat = self._chats.setdefault(event["chat_id"], {})
        if event["type"] in ("message", "edit"):
            chat[event["message"]["message_id"]] = event["message"]
        elif event["type"] == "delete":
            chat.pop(event["message"]["message_id"], None)
        self.seen.take(event)
        self._news.set()

    def messages(self, chat_id: int) -> Mapping[int, Message]:
        return self._chats.get(chat_id, {})

    async def changed(self, timeout: float) -> bool:
        self._news.clear()
        try:
            async with asyncio.timeout(timeout):
                await self._news.wait()
        except TimeoutError:
            return False
        return True

    async def send(self, person_id: int, chat_id: int, text: str, topic: int | None, reply_to: int | None) -> Message:
        body = {"person_id": person_id, "chat_id": chat_id, "text": text, "topic_id": topic, "reply_to": reply_to}
        messages: list[Message] = (await self.post("/send", body))["messages"]
        return messages[-1]

    async def tap(self, person_id: int, chat_id: int, message_id: int, data: str) -> str:
        body = {"person_id": person_id, "chat_id": chat_id, "message_id": message_id, "data": data}
        return str((await self.post("/tap", body))["callback_query_id"])

    async def edit(self, person_id: int, chat_id: int, message_id: int, text: str) -> Message:
        body = {"person_id": person_id, "chat_id": chat_id, "message_id": message_id, "text": text}
        message: Message = (await self.post("/edit", body))["message"]
        return message

    async def upload(
        self, person_id: int, chat_id: int, kind: str, files: Sequence[Attachment], caption: str, topic: int | None
    ) -> list[Message]:
        form = aiohttp.FormData(quote_fields=False)
        for name, value in (("person_id", person_id), ("chat_id", chat_id), ("kind", kind), ("caption", caption)):
            form.add_field(name, str(value))
        if topic is not None:
            form.add_field("topic_id", str(topic))
        for file in files:
            mime = file.mime or "application/octet-stream"
            form.add_field("file", io.BytesIO(file.content), filename=file.name or "file", content_type=mime)
        async with self._session.post(f"{self._api}/upload", data=form) as answer:
            messages: list[Message] = (await self._checked(answer))["messages"]
            return messages

    async def set_blocked(self, person_id: int, blocked: bool) -> None:
        await self.post("/block" if blocked else "/unblock", {"person_id": person_id})

    async def file(self, file_id: str) -> bytes:
        async with self._session.get(f"{self._api}/files/{file_id}") as answer:
            assert answer.status == 200, file_id
            return await answer.read()

    async def quiet(self) -> None:
        answer = await self.post("/quiet", {})
        assert answer["quiet"], answer["why"]
