"""Delivery to a webhook: secret, order within a chat, retries, expiry, and the way back to polling."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox import Sandbox
from bot.sandbox.chats import Person
from tests.sandbox.conftest import RawApi

SECRET = "S3cret_-"


class Hook:
    """A webhook that answers what `answers` says, 200 when it says nothing more."""

    def __init__(self) -> None:
        self.url = ""
        self.received: list[dict[str, Any]] = []
        self.secrets: set[str] = set()
        self.answers: list[web.Response] = []
        self.waits_for: dict[str, str] = {}
        self._news = asyncio.Condition()

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        if (other := self.waits_for.get(update["message"]["text"])) is not None:
            await self._until(lambda: other in [item["message"]["text"] for item in self.received])
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        async with self._news:
            self.received.append(update)
            self._news.notify_all()
        return self.answers.pop(0) if self.answers else web.Response()

    async def _until(self, probe: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            async with self._news:
                await self._news.wait_for(probe)

    async def has(self, count: int) -> list[str]:
        """Wait for so many deliveries; their texts."""
        await self._until(lambda: len(self.received) >= count)
        return [update["message"]["text"] for update in self.received]


@pytest.fixture
async def hook(sandbox: Sandbox) -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    sandbox.courier.pace = 0.01
    yield hook
    await runner.cleanup()


async def test_updates_arrive_with_the_secret(api: RawApi, anna: Person, hook: Hook, sandbox: Sandbox):
    sandbox.deeds.sends(anna, "до")
    await api.result("setWebhook", url=hook.url, secret_token=SECRET)
    sandbox.deeds.sends(anna, "после")
    assert await hook.has(2) == ["до", "после"]
    assert hook.secrets == {SECRET}
    await sandbox.quiet()
    assert len(sandbox.world.updates) == 0


async def test_while_a_webhook_is_set_polling_is_a_conflict(api: RawApi, anna: Person, hook: Hook, sandbox: Sandbox):
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api.answer("getUpdates", timeout=30))
        await sandbox.world.changes.until(lambda: sandbox.world.updates.polled, 5)
        await api.result("setWebhook", url=hook.url)
    assert poll.result()["description"] == "Conflict: terminated by setWebhook request"
    refusal = await api.refusal("getUpdates")
    assert refusal.startswith("Conflict: can't use getUpdates method while webhook is active")
    assert await api.result("deleteWebhook")
    sandbox.deeds.sends(anna, "снова опрос")
    assert len(await api.result("getUpdates")) == 1
    assert hook.received == []


async def test_a_failed_delivery_is_repeated_and_shown(api: RawApi, anna: Person, hook: Hook, sandbox: Sandbox):
    hook.answers = [web.Response(status=500), web.Response(status=429, headers={"Retry-After": "1"})]
    await api.result("setWebhook", url=hook.url)
    sandbox.deeds.sends(anna, "раз")
    sandbox.deeds.sends(anna, "два")
    assert await hook.has(4) == ["раз", "раз", "раз", "два"], "the order within a chat is kept"
    info = await api.result("getWebhookInfo")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 429")
    assert info["url"] == hook.url
    assert info["max_connections"] == 40


async def test_chats_do_not_wait_for_each_other(api: RawApi, anna: Person, hook: Hook, sandbox: Sandbox):
    boris = sandbox.world.add_person("Борис", started=True)
    hook.waits_for = {"медленно": "быстро"}
    await api.result("setWebhook", url=hook.url)
    sandbox.deeds.sends(anna, "медленно")
    sandbox.deeds.sends(boris, "быстро")
    assert await hook.has(2) == ["быстро", "медленно"]


async def test_a_shuffle_breaks_the_order_on_purpose(api: RawApi, anna: Person, hook: Hook, sandbox: Sandbox):
    sandbox.faults.updates.shuffle = 1.0
    hook.waits_for = {"раз": "три"}
    await api.result("setWebhook", url=hook.url)
    for text in ("раз", "два", "три"):
        sandbox.deeds.sends(anna, text)
    received = await hook.has(3)
    assert received.index("три") < received.index("раз")


async def test_a_duplicate_comes_once_more(api: RawApi, anna: Person, hook: Hook, sandbox: Sandbox):
    sandbox.faults.updates.duplicate = 1.0
    await api.result("setWebhook", url=hook.url)
    sandbox.deeds.sends(anna, "раз")
    assert await hook.has(2) == ["раз", "раз"]
    await sandbox.quiet()
    assert len(hook.received) == 2


async def test_an_update_that_expired_is_not_delivered(api: RawApi, anna: Person, hook: Hook, sandbox: Sandbox):
    sandbox.deeds.sends(anna, "старое")
    sandbox.world.clock.advance(86_500)
    await api.result("setWebhook", url=hook.url)
    sandbox.deeds.sends(anna, "новое")
    assert await hook.has(1) == ["новое"]


async def test_a_method_may_be_called_in_the_answer(api: RawApi, anna: Person, hook: Hook, sandbox: Sandbox):
    hook.answers = [web.json_response({"method": "sendMessage", "chat_id": anna.id, "text": "в ответе"})]
    await api.result("setWebhook", url=hook.url)
    sandbox.deeds.sends(anna, "раз")
    await hook.has(1)
    await sandbox.quiet()
    assert [message["text"] for message in sandbox.world.chats[anna.id].messages.values()] == ["раз", "в ответе"]


async def test_pending_updates_survive_unless_dropped_on_purpose(api: RawApi, anna: Person, sandbox: Sandbox):
    sandbox.deeds.sends(anna, "раз")
    await api.result("deleteWebhook", drop_pending_updates=False)
    assert (await api.result("getWebhookInfo"))["pending_update_count"] == 1
    await api.result("deleteWebhook", drop_pending_updates=True)
    assert (await api.result("getWebhookInfo"))["pending_update_count"] == 0


async def test_wrong_webhooks_are_refused(api: RawApi):
    assert await api.refusal("setWebhook", url="nonsense") == "Bad Request: invalid webhook URL specified"
    unallowed = await api.refusal("setWebhook", url="https://a.ru/", secret_token="тайна")
    assert unallowed == "Bad Request: secret token contains unallowed characters"
    long = await api.refusal("setWebhook", url="https://a.ru/", secret_token="x" * 257)
    assert long == "Bad Request: secret token is too long"
