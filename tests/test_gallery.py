"""The gallery: a walk through the demo presses every kind of button, and nothing breaks under it."""

import asyncio
from collections.abc import AsyncIterator
from html.parser import HTMLParser

import pytest
import pytest_asyncio

from bot.demo.gallery import page, rich
from bot.demo.running import demo
from bot.demo.walking import Seen, Walk, buttons, text_of
from bot.sandbox.chats import Message
from bot.texts import demo as demo_words
from bot.texts import gallery as words

pytestmark = pytest.mark.asyncio(loop_scope="module")
WALKED = {"observer": 40, "parent": 15, "principal": 8}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walks() -> AsyncIterator[tuple[dict[str, list[Seen]], list[str], str]]:
    """Screens of a few roles, the errors of handled updates, and the page."""
    async with demo() as (sandbox, app, town):
        work = asyncio.ensure_future(app.run())
        await app.handling.wait()
        found = {}
        for resident in demo_words.RESIDENTS:
            if resident.key in WALKED:
                phone = town.phones[resident.key]
                walk = Walk(sandbox, app, phone, sandbox.world.chats[phone.id])
                await walk.type(words.PHRASES[resident.role])
                found[resident.key] = walk.screens
        async with app.database.read() as reader:
            rows = await reader.fetch_all("SELECT error FROM inbox WHERE tries > 0 OR state = 'quarantined'")
        yield found, [row[0] for row in rows], page(sandbox, list(found.items()))
        app.stop()
        await work


@pytest.mark.parametrize(("role", "least"), WALKED.items())
async def test_walk_reaches_the_screens_of_a_role(walks, role: str, least: int):
    found, _, _ = walks
    assert len(found[role]) >= least


async def test_no_button_and_no_word_breaks_a_handler(walks):
    _, errors, _ = walks
    assert errors == []


def too_much_in(message: Message) -> list[str]:
    """What breaks the contract of screens, with the beginning of the screen."""
    rows, text = buttons(message), text_of(message)
    flat = [button for row in rows for button in row]
    found = [f"{len(text)} characters"] if len(text) > 3500 else []
    found += [f"{len(rows)} rows"] if len(rows) > 8 else []
    found += [f"label {label!r}" for label, _ in flat if len(label) > 24]
    found += [f"data {data!r}" for _, data in flat if len(data.encode()) > 64]
    return [f"{text[:40]!r}: {what}" for what in found]


async def test_every_screen_obeys_the_compatibility_contract(walks):
    found, _, _ = walks
    screens = [seen.message for seen_of_role in found.values() for seen in seen_of_role]
    too_much = [line for message in screens for line in too_much_in(message)]
    assert not too_much, "\n".join(too_much)


async def test_page_is_whole_html_with_every_screen(walks):
    found, _, html = walks
    balance: list[str] = []

    class Balanced(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in ("meta", "img"):
                balance.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert balance.pop() == tag

    Balanced().feed(html)
    assert balance == []
    assert html.count('<div class="screen">') == sum(map(len, found.values()))


async def test_entities_become_tags_and_the_rest_is_escaped():
    entities = [{"type": "bold", "offset": 3, "length": 5}, {"type": "italic", "offset": 5, "length": 3}]
    assert rich("🙂 a<b>c & d", entities) == "🙂 <b>a&lt;<i>b&gt;c</i></b> &amp; d"
