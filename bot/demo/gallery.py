"""`python -m bot screens`: every screen of every role on one page, made by walking through the demo."""

import asyncio
import base64
import html
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.app import App
from bot.demo.running import demo
from bot.demo.town import Town
from bot.demo.walking import Seen, Walk, buttons, text_of
from bot.domain.people import MUNICIPALITY_ID, Actor, Membership, Role
from bot.sandbox import Sandbox
from bot.sandbox.chats import Person
from bot.texts import demo as demo_words
from bot.texts import gallery as words

Gallery = list[tuple[str, list[Seen]]]
TAGS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "blockquote": "blockquote"}


async def make_gallery(target: Path) -> tuple[int, int]:
    """Write the page; how many roles and screens it shows."""
    async with demo() as (sandbox, app, town):
        work = asyncio.ensure_future(app.run())
        try:
            await app.handling.wait()
            gallery = await walk_everywhere(sandbox, app, town)
        finally:
            app.stop()
            await work
        target.write_text(page(sandbox, gallery), "utf-8")
    return len(gallery), sum(len(screens) for _, screens in gallery)


async def walk_everywhere(sandbox: Sandbox, app: App, town: Town) -> Gallery:
    """The residents in their order, somebody with a fresh invitation, and the staff's group."""
    gallery: Gallery = []
    for resident in demo_words.RESIDENTS:
        phone = town.phones[resident.key]
        walk = Walk(sandbox, app, phone, sandbox.world.chats[phone.id])
        await walk.type(words.PHRASES[resident.role])
        gallery.append((resident.label, walk.screens))
    newcomer = sandbox.world.add_person(words.NEWCOMER)
    walk = Walk(sandbox, app, newcomer, sandbox.world.chats[newcomer.id])
    await walk.type([f"/start {await _invitation(app, town)}"])
    gallery.append((words.NEWCOMER, walk.screens))
    operator: Person = town.phones["operator"]
    group = Walk(sandbox, app, operator, town.group)
    await group.press_all()
    gallery.append((words.GROUP, group.screens))
    return gallery


async def _invitation(app: App, town: Town) -> str:
    coordinator = next(resident for resident in demo_words.RESIDENTS if resident.role == Role.COORDINATOR)
    actor, _ = await app.services.enrolment.actor(town.account(coordinator))
    actor = Actor(actor.account, actor.person, (Membership(Role.COORDINATOR, MUNICIPALITY_ID),))
    invitation = await app.services.enrolment.invite_new(actor, Role.OBSERVER, None, app.clock())
    return invitation.code


# -- the page ----------------------------------------------------------------------------------------------------------

STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:0;background:#e9eef2;color:#16232e}
header,section{max-width:1500px;margin:0 auto;padding:20px}
h1{font-size:24px;margin:0 0 6px}h2{font-size:20px;margin:0 0 12px}
nav a{margin-right:14px}
.screens{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:16px;align-items:start}
.screen{background:#fff;border-radius:12px;padding:12px;box-shadow:0 1px 2px #0002}
.path{font-size:12px;color:#5b6b78;margin-bottom:8px}
.text{white-space:pre-wrap;overflow-wrap:anywhere}
.row{display:flex;gap:6px;margin-top:6px}
.row span{flex:1;border:1px solid #b7c6d1;border-radius:8px;padding:6px;text-align:center;color:#1a4a72;font-weight:600}
img{max-width:100%;border-radius:8px;margin-bottom:8px}
"""


def page(sandbox: Sandbox, gallery: Gallery) -> str:
    """One self-contained HTML file."""
    links = "".join(f'<a href="#r{place}">{html.escape(role)}</a>' for place, (role, _) in enumerate(gallery))
    sections = "".join(
        f'<section id="r{place}"><h2>{html.escape(role)} · {len(screens)}</h2><div class="screens">'
        f"{''.join(_screen(sandbox, seen) for seen in screens)}</div></section>"
        for place, (role, screens) in enumerate(gallery)
    )
    return (
        f'<!doctype html><html lang="ru"><meta charset="utf-8"><title>{words.TITLE}</title><style>{STYLE}</style>'
        f"<header><h1>{words.TITLE}</h1><p>{words.INTRO}</p><nav>{links}</nav></header>{sections}</html>\n"
    )


def _screen(sandbox: Sandbox, seen: Seen) -> str:
    message = seen.message
    rows = "".join(
        f'<div class="row">{"".join(f"<span>{html.escape(label)}</span>" for label, _ in row)}</div>'
        for row in buttons(message)
    )
    path = " → ".join(html.escape(step) for step in seen.path)
    text = rich(text_of(message), message.get("entities") or message.get("caption_entities") or [])
    return (
        f'<div class="screen"><div class="path">{path}</div>{_attached(sandbox, message)}'
        f'<div class="text">{text}</div>{rows}</div>'
    )


def _attached(sandbox: Sandbox, message: dict[str, Any]) -> str:
    if photo := message.get("photo"):
        file = sandbox.world.files.find(photo[-1]["file_id"])
        if file is not None:
            content = base64.b64encode(sandbox.world.files.content(file)).decode()
            return f'<img alt="{words.PHOTO}" src="data:{file.mime};base64,{content}">'
    if document := message.get("document"):
        return f"<p>{words.FILE}: {html.escape(document.get('file_name', ''))}</p>"
    return ""


def rich(text: str, entities: Sequence[dict[str, Any]]) -> str:
    """The text with its entities as tags; offsets count UTF-16 units, as in the Bot API."""
    units = text.encode("utf-16-le")
    marks: list[tuple[int, int, str]] = []
    for number, entity in enumerate(entities):
        if tag := TAGS.get(entity["type"]):
            marks.append((entity["offset"], number, f"<{tag}>"))
            marks.append((entity["offset"] + entity["length"], -number - 1, f"</{tag}>"))
    done, result = 0, ""
    for at, _, mark in sorted(marks):
        result += html.escape(units[done * 2 : at * 2].decode("utf-16-le")) + mark
        done = at
    return result + html.escape(units[done * 2 :].decode("utf-16-le"))
