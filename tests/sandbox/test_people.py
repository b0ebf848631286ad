"""The verbs of people, against a bot of sixty lines: what they wait for and how they fail."""

from __future__ import annotations

import asyncio
import contextlib
import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from PIL import Image

from bot.sandbox import Sandbox
from bot.sandbox.errors import Impossible
from tests.people import Phone, person
from tests.sandbox.small_bot import SmallBot


@pytest.fixture
async def running(sandbox: Sandbox) -> AsyncIterator[None]:
    async with aiohttp.ClientSession() as session:
        bot = asyncio.ensure_future(SmallBot(sandbox.root, sandbox.token, session).run())
        yield
        bot.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await bot


@pytest.fixture
def observer(sandbox: Sandbox, running: None) -> Phone:
    return person(sandbox, "Анна Петрова", username="anna")


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(buffer, "JPEG")
    return buffer.getvalue()


async def test_a_talk(observer: Phone):
    await observer.sends("/start abc")
    card = await observer.sees("Вы сказали: /start abc")
    assert observer.buttons() == ["Да", "Нет"]
    await observer.taps("Нет")
    assert observer.toast() == "Принято: no"
    edited = await observer.sees("Записано: no")
    assert edited["message_id"] == card["message_id"]
    assert observer.last_message == edited


async def test_typesetting_does_not_matter_but_own_words_are_not_seen(observer: Phone):
    await observer.sends("привет")
    await observer.sees("СОШ № 5")
    await observer.sees(re.compile(r"СОШ № \d"))
    await observer.does_not_see(re.compile("^привет"))


async def test_fresh_means_since_the_last_deed(observer: Phone):
    await observer.sends("раз")
    await observer.sees("Верно?")
    await observer.sends("два")
    assert "два" in (await observer.sees("Верно?", fresh=True))["text"]


async def test_what_is_not_there_fails_with_the_chat_in_view(observer: Phone):
    await observer.sends("привет")
    await observer.sees("Верно?")
    with pytest.raises(AssertionError, match=r"(?s)Анна Петрова: nothing like «Пока».*Вы сказали: привет.*\[Да\|Нет\]"):
        await observer.sees("Пока", timeout=0.05)
    with pytest.raises(AssertionError, match="no button «Может быть»"):
        await observer.taps("Может быть", timeout=0.05)
    with pytest.raises(AssertionError, match="«Верно» is there"):
        await observer.does_not_see("Верно")


async def test_a_label_may_be_a_unique_part(sandbox: Sandbox):
    boris = person(sandbox, "Борис", started=True)
    labels = ["Отправить всем (3)", "Отправить мне", "Назад"]
    markup = {"inline_keyboard": [[{"text": label, "callback_data": label[-3:]}] for label in labels]}
    world = sandbox.world
    world.post(world.chats[boris.id], world.bot.user(), {"text": "?", "reply_markup": markup})
    await boris.taps("Отправить всем", wait=False)
    await boris.taps("мне", wait=False)
    with pytest.raises(AssertionError, match="fits"):
        await boris.taps("Отправить", wait=False)


async def test_old_and_forged_presses(observer: Phone):
    await observer.sends("привет")
    card = await observer.sees("Верно?")
    await observer.taps_old(card, "forged:1")
    await observer.sees("Записано: forged:1")
    with pytest.raises(AssertionError, match="did nothing about the press"):
        await observer.taps_old(card, "silence", timeout=0.05)


async def test_an_edit_reaches_the_bot(observer: Phone):
    message = await observer.sends("прывет")
    await observer.sees("прывет")
    await observer.edits(message, "привет")
    await observer.sees("Исправлено: привет")


async def test_files_go_both_ways(observer: Phone, tmp_path: Path):
    await observer.sends_photo(picture(), caption="Б6")
    await observer.sees("Фото принято")
    assert await observer.receives_photo() == picture()
    path = tmp_path / "график.xlsx"
    path.write_bytes(b"rows")
    await observer.sends_document(path)
    assert await observer.receives_document() == ("график.xlsx", b"rows")
    await observer.sends_document(b"more", "ещё.xlsx")
    assert await observer.receives_document() == ("ещё.xlsx", b"more")
    album = await observer.sends_album([picture(), picture()])
    assert len({message["media_group_id"] for message in album}) == 1


async def test_blocking(observer: Phone, sandbox: Sandbox):
    await observer.sends("привет")
    await observer.sees("Верно?")
    await observer.blocks_bot()
    with pytest.raises(Impossible):
        await observer.sends("ещё")
    await observer.unblocks_bot()
    await observer.sends("снова")
    await observer.sees("снова")


async def test_groups_and_topics(sandbox: Sandbox, running: None):
    operator = person(sandbox, "Оператор")
    group = sandbox.world.add_group("Горячая линия", forum=True, members=["Оператор"])
    topic = sandbox.group_life.creates_topic(group, sandbox.world.bot.user(), "00042")
    await operator.sends("беру", chat=group, topic=topic)
    seen = await operator.sees("Вы сказали: беру", in_chat=group)
    assert seen["message_thread_id"] == topic.id
    await operator.taps("Да", in_chat=group)
    await operator.sees("Записано: yes", in_chat=group)


async def test_quiet_waits_for_the_bot_to_finish(sandbox: Sandbox, observer: Phone):
    for number in range(20):
        await observer.sends(str(number))
    await sandbox.quiet()
    assert len(sandbox.journal.of("sendMessage")) == 20
    assert len(sandbox.world.updates) == 0


async def test_quiet_says_what_is_still_going_on(sandbox: Sandbox):
    await person(sandbox, "Борис").sends("никто не слушает")
    with pytest.raises(TimeoutError, match="1 updates pending"):
        await sandbox.quiet(timeout=0.3)
