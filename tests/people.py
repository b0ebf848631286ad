"""People as tests speak of them: `await observer.taps("Нет")`, `await observer.sees("Сохранено")`.

Every verb waits for what it needs and for nothing else: news of the world wake it, a time limit ends it with the
visible chat in the message of the AssertionError.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from bot.sandbox import Sandbox
from bot.sandbox.chats import Chat, Topic
from bot.sandbox.deeds import Attachment
from bot.sandbox.notices import is_service
from tests.lines import DirectLine, HttpLine, Line, Message
from tests.reading import Wanted, as_text, inline_buttons, matches, printed, without_typesetting

Where = Chat | int | None
T = TypeVar("T")

PATIENCE = 10.0


class Phone:
    """One person's phone. `chat`/`in_chat` None is the private chat with the bot."""

    def __init__(self, line: Line, person_id: int, name: str) -> None:
        self.id = person_id
        self.name = name
        self._line = line
        self._deed_at = 0
        self._received: set[tuple[int, int]] = set()

    # -- acting ----------------------------------------------------------------------------------------------------

    async def sends(
        self, text: str, *, chat: Where = None, topic: Topic | int | None = None, reply_to: Message | None = None
    ) -> Message:
        """The message sent (the last one when the text was too long for one)."""
        self._mark()
        answered = reply_to["message_id"] if reply_to is not None else None
        return await self._line.send(self.id, self._chat_id(chat), text, _topic_id(topic), answered)

    async def taps(self, label: str, *, in_chat: Where = None, timeout: float = PATIENCE, wait: bool = True) -> None:
        """Press the button with this label on the newest message that shows one: exact, else the only one that starts
        with it, else the only one that contains it. Waits for the button, then for the answer or a change in the chat."""
        chat_id = self._chat_id(in_chat)
        found = await self._until(lambda: self._find_button(chat_id, label), timeout)
        if found is None:
            raise self._failure(f"no button «{label}»", chat_id)
        message, button = found
        assert "callback_data" in button, f"«{button['text']}» is not a callback button: {button}"
        await self.taps_old(message, button["callback_data"], timeout=timeout, wait=wait)

    async def taps_through(self, steps: Iterable[tuple[str, str]]) -> None:
        """One label after the other, each when the words that the one before leads to are there: a press is answered
        before its card changes, and the label may stand on the old card as well."""
        for label, then in steps:
            await self.taps(label)
            await self.sees(then, fresh=True)

    async def taps_old(self, message: Message, data: str, *, timeout: float = PATIENCE, wait: bool = True) -> None:
        """Press a button that may be stale, gone or forged."""
        self._mark()
        chat_id = message["chat"]["id"]
        press = await self._line.tap(self.id, chat_id, message["message_id"], data)
        if not wait:
            return
        mark, seen = self._deed_at, self._line.seen
        changed = await self._until(lambda: press in seen.answered or seen.latest.get(chat_id, 0) > mark, timeout)
        if not changed:
            raise self._failure(f"the bot did nothing about the press {data!r}", chat_id)

    async def edits(self, message: Message, text: str) -> Message:
        self._mark()
        return await self._line.edit(self.id, message["chat"]["id"], message["message_id"], text)

    async def sends_photo(self, photo: bytes | Path, caption: str | None = None, **place: Any) -> Message:
        return (await self._sends_files("photo", [photo], caption, **place))[0]

    async def sends_album(
        self, files: Sequence[bytes | Path], caption: str | None = None, kind: str = "photo", **place: Any
    ) -> list[Message]:
        return await self._sends_files(kind, files, caption, **place)

    async def sends_document(
        self, content: bytes | Path, name: str = "", caption: str | None = None, **place: Any
    ) -> Message:
        return (await self._sends_files("document", [content], caption, name=name, **place))[0]

    async def sends_voice(self, content: bytes | Path = b"OggS", **place: Any) -> Message:
        return (await self._sends_files("voice", [content], None, **place))[0]

    async def _sends_files(
        self,
        kind: str,
        files: Iterable[bytes | Path],
        caption: str | None,
        *,
        name: str = "",
        chat: Where = None,
        topic: Topic | int | None = None,
    ) -> list[Message]:
        self._mark()
        attachments = [
            Attachment(item.read_bytes(), name or item.name) if isinstance(item, Path) else Attachment(item, name)
            for item in files
        ]
        chat_id = self._chat_id(chat)
        return await self._line.upload(self.id, chat_id, kind, attachments, caption or "", _topic_id(topic))

    async def blocks_bot(self) -> None:
        await self._line.set_blocked(self.id, True)

    async def unblocks_bot(self) -> None:
        await self._line.set_blocked(self.id, False)

    # -- looking ---------------------------------------------------------------------------------------------------

    async def sees(
        self, wanted: Wanted, *, in_chat: Where = None, timeout: float = PATIENCE, fresh: bool = False
    ) -> Message:
        """The newest message whose text or caption contains `wanted` (or matches the pattern), edits
        included, own messages not. `fresh`: only what appeared or changed since this person's last deed."""
        chat_id = self._chat_id(in_chat)
        found = await self._until(lambda: self._find_text(chat_id, wanted, fresh), timeout)
        if found is None:
            raise self._failure(f"nothing like «{as_text(wanted)}»", chat_id)
        return found

    async def does_not_see(self, wanted: Wanted, *, in_chat: Where = None, fresh: bool = False) -> None:
        """After the bot has nothing left to do, no visible message contains `wanted`."""
        await self._line.quiet()
        chat_id = self._chat_id(in_chat)
        if self._find_text(chat_id, wanted, fresh) is not None:
            raise self._failure(f"«{as_text(wanted)}» is there", chat_id)

    async def receives_document(self, *, in_chat: Where = None, timeout: float = PATIENCE) -> tuple[str, bytes]:
        """Name and bytes of the oldest document of the bot not received yet."""
        message = await self._receives("document", in_chat, timeout)
        document = message["document"]
        return document["file_name"], await self._line.file(document["file_id"])

    async def receives_photo(self, *, in_chat: Where = None, timeout: float = PATIENCE) -> bytes:
        """Bytes of the oldest photo of the bot not received yet, in its largest size."""
        message = await self._receives("photo", in_chat, timeout)
        return await self._line.file(message["photo"][-1]["file_id"])

    async def _receives(self, kind: str, in_chat: Where, timeout: float) -> Message:
        chat_id = self._chat_id(in_chat)

        def newcomer() -> Message | None:
            for message in self._line.messages(chat_id).values():
                key = (chat_id, message["message_id"])
                if kind in message and message["from"]["is_bot"] and key not in self._received:
                    self._received.add(key)
                    return message
            return None

        found = await self._until(newcomer, timeout)
        if found is None:
            raise self._failure(f"no new {kind}", chat_id)
        return found

    @property
    def last_message(self) -> Message:
        return self.newest()

    def newest(self, in_chat: Where = None) -> Message:
        """The newest message that is not a service one; AssertionError in an empty chat."""
        chat_id = self._chat_id(in_chat)
        for message in self._backwards(chat_id):
            return message
        raise self._failure("an empty chat", chat_id)

    def buttons(self, in_chat: Where = None) -> list[str]:
        """Labels on the newest message that has inline buttons."""
        for message in self._backwards(self._chat_id(in_chat)):
            if labels := [button["text"] for button in inline_buttons(message)]:
                return labels
        return []

    def toast(self) -> str:
        """The latest answer to a press, empty when there was none."""
        toasts = self._line.seen.toasts.get(self.id, [])
        return toasts[-1] if toasts else ""

    # -- inside ----------------------------------------------------------------------------------------------------

    def _mark(self) -> None:
        self._deed_at = self._line.seen.count

    def _chat_id(self, chat: Where) -> int:
        return self.id if chat is None else chat.id if isinstance(chat, Chat) else chat

    def _backwards(self, chat_id: int) -> Iterable[Message]:
        messages = self._line.messages(chat_id)
        return (message for message in reversed(list(messages.values())) if not is_service(message))

    def _find_text(self, chat_id: int, wanted: Wanted, fresh: bool) -> Message | None:
        for message in self._backwards(chat_id):
            new = self._line.seen.versions.get((chat_id, message["message_id"]), 0) > self._deed_at
            if (new or not fresh) and message["from"]["id"] != self.id and matches(message, wanted):
                return message
        return None

    def _find_button(self, chat_id: int, label: str) -> tuple[Message, dict[str, Any]] | None:
        wanted = without_typesetting(label)
        tests: list[Callable[[str], bool]] = [
            lambda text: text == wanted,
            lambda text: text.startswith(wanted),
            lambda text: wanted in text,
        ]
        for test in tests:
            for message in self._backwards(chat_id):
                fitting = [button for button in inline_buttons(message) if test(without_typesetting(button["text"]))]
                if len(fitting) > 1:
                    raise self._failure(f"«{label}» fits {[button['text'] for button in fitting]}", chat_id)
                if fitting:
                    return message, fitting[0]
        return None

    async def _until(self, probe: Callable[[], T | None], timeout: float) -> T | None:
        deadline = asyncio.get_running_loop().time() + timeout
        while True:
            found = probe()
            left = deadline - asyncio.get_running_loop().time()
            if found or left <= 0:
                return found
            await self._line.changed(left)

    def _failure(self, reason: str, chat_id: int) -> AssertionError:
        shown = [printed(message) for message in self._line.messages(chat_id).values()][-12:]
        return AssertionError(f"{self.name}: {reason}. The chat:\n" + "\n".join(shown or ["(empty)"]))


def person(sandbox: Sandbox, name: str, **details: Any) -> Phone:
    """The phone of the person with this name, who is added to the world when missing."""
    known = {someone.name: someone for someone in sandbox.world.people.values()}
    someone = known.get(name) or sandbox.world.add_person(name, **details)
    return Phone(DirectLine(sandbox), someone.id, name)


async def distant_person(line: HttpLine, name: str, **details: Any) -> Phone:
    """A new person in a sandbox that runs as another process."""
    return Phone(line, await line.add_person(name, **details), name)


def _topic_id(topic: Topic | int | None) -> int | None:
    return topic.id if isinstance(topic, Topic) else topic
