"""The control API under /sandbox/api: what the page of phones and the tests of a killed bot use."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from bot.sandbox.chats import USUAL_ADMIN_RIGHTS, Chat, Message, Person
from bot.sandbox.deeds import Attachment
from bot.sandbox.errors import Impossible, Refused
from bot.sandbox.stream import EventStream

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

PREFIX = "/sandbox/api"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Control:
    """Errors are answered as {"error": text} with 400 (not possible), 404 (nobody there)."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._world = sandbox.world

    def routes(self) -> list[web.RouteDef]:
        table: list[tuple[str, str, Handler]] = [
            ("GET", "/world", self.world),
            ("POST", "/people", self.add_person),
            ("POST", "/groups", self.add_group),
            ("GET", "/chats/{viewer_id}/{chat_id}", self.chat),
            ("GET", "/stream", EventStream(self._world).handle),
            ("POST", "/send", self.send),
            ("POST", "/tap", self.tap),
            ("POST", "/edit", self.edit),
            ("POST", "/upload", self.upload),
            ("POST", "/block", self.block),
            ("POST", "/unblock", self.unblock),
            ("GET", "/files/{file_id}", self.file),
            ("POST", "/faults", self.set_faults),
            ("GET", "/journal", self.journal),
            ("GET", "/updates", self.ledger),
            ("POST", "/updates", self.inject),
            ("POST", "/clock", self.advance),
            ("POST", "/quiet", self.quiet),
        ]
        return [web.route(method, PREFIX + path, _careful(handler)) for method, path, handler in table]

    # -- looking ---------------------------------------------------------------------------------------------------

    async def world(self, request: web.Request) -> web.Response:
        world = self._world
        return _json(
            {
                "now": world.clock.now().isoformat(),
                "bot": {"id": world.bot.id, "username": world.bot.username, "first_name": world.bot.first_name},
                "people": [_person(person) for person in world.people.values()],
                "groups": [_group(chat) for chat in world.groups()],
                "guide": world.guide,
            }
        )

    async def chat(self, request: web.Request) -> web.Response:
        viewer = self._person(request.match_info["viewer_id"])
        chat = self._sandbox.deeds.chat_of(viewer, int(request.match_info["chat_id"]))
        return _json(
            {
                "messages": [_seen(message, viewer) for message in chat.messages.values()],
                "commands": self._world.commands.seen_by(chat, viewer.id, viewer.language_code),
                "reply_keyboard": chat.reply_keyboard,
                "pinned": chat.pinned,
                "blocked": viewer.blocked,
            }
        )

    async def file(self, request: web.Request) -> web.Response:
        file = self._world.files.find(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        headers = {"X-File-Name": file.name.encode("unicode_escape").decode()} if file.name else {}
        content = self._world.files.content(file)
        return web.Response(body=content, content_type=file.mime, headers=headers)

    async def journal(self, request: web.Request) -> web.Response:
        journal = self._sandbox.journal
        calls = journal.since(int(request.query.get("since", "0")))
        return _json({"calls": [call.json() for call in calls], "next": journal.next_number})

    async def ledger(self, request: web.Request) -> web.Response:
        """Every update ever made and what became of it."""
        updates = [
            {"update_id": item.id, "kind": item.kind, "fate": item.fate, "deliveries": item.deliveries}
            for item in self._world.updates.ledger
        ]
        return _json({"updates": updates, "pending": len(self._world.updates)})

    # -- doing -----------------------------------------------------------------------------------------------------

    async def add_person(self, request: web.Request) -> web.Response:
        body = await request.json()
        person = self._world.add_person(
            str(body["name"]), id=body.get("id"), username=body.get("username"), label=str(body.get("label") or "")
        )
        return _json(_person(person))

    async def add_group(self, request: web.Request) -> web.Response:
        """The first member makes the group and adds the bot as an administrator, of which the bot is told."""
        body = await request.json()
        members = [self._person(item) for item in body["member_ids"]]
        chat = self._world.add_group(str(body["title"]), forum=bool(body.get("forum")), members=members)
        if members:
            del chat.members[self._world.bot.id]
            self._sandbox.group_life.adds_bot(chat, members[0], USUAL_ADMIN_RIGHTS)
        return _json(_group(chat))

    async def send(self, request: web.Request) -> web.Response:
        body = await request.json()
        messages = self._sandbox.deeds.sends(
            self._person(body["person_id"]),
            str(body["text"]),
            chat_id=body.get("chat_id"),
            topic_id=body.get("topic_id"),
            reply_to=body.get("reply_to"),
        )
        return _json({"messages": messages})

    async def tap(self, request: web.Request) -> web.Response:
        body = await request.json()
        press = self._sandbox.deeds.taps(
            self._person(body["person_id"]), int(body["message_id"]), str(body["data"]), chat_id=body.get("chat_id")
        )
        return _json({"callback_query_id": press.id})

    async def edit(self, request: web.Request) -> web.Response:
        body = await request.json()
        message = self._sandbox.deeds.edits(
            self._person(body["person_id"]), int(body["message_id"]), str(body["text"]), chat_id=body.get("chat_id")
        )
        return _json({"message": message})

    async def upload(self, request: web.Request) -> web.Response:
        fields: dict[str, str] = {}
        attachments: list[Attachment] = []
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            if not isinstance(part, BodyPartReader):
                raise Impossible("nested multipart")
            content = await part.read(decode=True)
            if part.name == "file":
                mime = part.headers.get("Content-Type", "")
                attachments.append(Attachment(bytes(content), part.filename or "file", mime))
            elif part.name:
                fields[part.name] = content.decode()
        messages = self._sandbox.deeds.sends_files(
            self._person(fields["person_id"]),
            fields.get("kind", "document"),
            attachments,
            caption=fields.get("caption", ""),
            chat_id=_number(fields.get("chat_id")),
            topic_id=_number(fields.get("topic_id")),
        )
        return _json({"messages": messages})

    async def block(self, request: web.Request) -> web.Response:
        self._sandbox.deeds.blocks(self._person((await request.json())["person_id"]))
        return _json({"ok": True})

    async def unblock(self, request: web.Request) -> web.Response:
        self._sandbox.deeds.unblocks(self._person((await request.json())["person_id"]))
        return _json({"ok": True})

    async def set_faults(self, request: web.Request) -> web.Response:
        self._world.faults.load(await request.json())
        return _json({"rules": len(self._world.faults.rules)})

    async def inject(self, request: web.Request) -> web.Response:
        return _json({"update_id": self._world.updates.inject(await request.json()).id})

    async def advance(self, request: web.Request) -> web.Response:
        self._world.clock.advance(float((await request.json())["advance_seconds"]))
        self._world.changes.publish({"type": "world", "chat_id": 0})
        return _json({"now": self._world.clock.now().isoformat()})

    async def quiet(self, request: web.Request) -> web.Response:
        """Waits until the bot has nothing left to do; {settle?, timeout?} in seconds."""
        body = await request.json()
        try:
            await self._sandbox.quiet(float(body.get("settle", 0.15)), float(body.get("timeout", 30)))
        except TimeoutError as error:
            return _json({"quiet": False, "why": str(error)})
        return _json({"quiet": True})

    def _person(self, raw: Any) -> Person:
        return self._world.people[int(raw)]


def _careful(handler: Handler) -> Handler:
    """Mistakes of the caller become answers, not stack traces."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except Refused as refused:
            return _json({"error": refused.description}, 400)
        except KeyError as error:
            return _json({"error": f"unknown: {error}"}, 404)
        except (Impossible, ValueError, TypeError) as error:
            return _json({"error": str(error)}, 400)

    return guarded


def _json(payload: dict[str, Any], status: int = 200) -> web.Response:
    return web.json_response(payload, status=status, dumps=lambda value: json.dumps(value, ensure_ascii=False))


def _number(raw: str | None) -> int | None:
    return int(raw) if raw else None


def _person(person: Person) -> dict[str, Any]:
    return {"id": person.id, "name": person.name, "username": person.username, "label": person.label}


def _group(chat: Chat) -> dict[str, Any]:
    return {
        "id": chat.id,
        "title": chat.title,
        "forum": chat.is_forum,
        "topics": [{"id": topic.id, "name": topic.name, "closed": topic.closed} for topic in chat.topics.values()],
        "member_ids": [key for key, member in chat.members.items() if member.present and not member.user["is_bot"]],
    }


def _seen(message: Message, viewer: Person) -> Message:
    return {**message, "outgoing": True} if message["from"]["id"] == viewer.id else message
