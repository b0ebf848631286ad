"""The raw client: answers, refusals, and the difference between "not sent" and "nobody knows"."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.botapi import BotApi, BotApiError, BotApiUnsure, backoff
from bot.sandbox import Sandbox
from bot.sandbox.deeds import Attachment


@pytest.fixture
async def sandbox():
    async with Sandbox.start() as sandbox:
        yield sandbox


@pytest.fixture
async def api(sandbox):
    api = BotApi(sandbox.root, sandbox.token)
    yield api
    await api.close()


@pytest.fixture
def anna(sandbox):
    return sandbox.world.add_person("Анна", started=True)


async def test_a_call_and_its_answer(sandbox, api, anna):
    assert (await api.call("getMe"))["id"] == sandbox.world.bot.id
    sent = await api.call("sendMessage", {"chat_id": anna.id, "text": "Здравствуйте «№ 5»"})
    assert sandbox.world.chats[anna.id].messages[sent["message_id"]]["text"] == "Здравствуйте «№ 5»"


@pytest.mark.parametrize("size", [10, 3_000_000])
async def test_files_go_as_multipart_whatever_their_size(sandbox, api, anna, size):
    content = b"x" * size
    sent = await api.call(
        "sendDocument", {"chat_id": anna.id, "caption": "Отчёт"}, files={"document": ("отчёт.xlsx", content)}
    )
    link = await api.call("getFile", {"file_id": sent["document"]["file_id"]})
    received = b"".join([chunk async for chunk in api.download(link["file_path"], limit=size)])
    assert received == content
    assert sent["document"]["file_name"] == "отчёт.xlsx"


async def test_a_refusal_carries_what_the_server_said(sandbox, api, anna):
    sandbox.faults.add("429", "sendMessage", retry_after=17)
    with pytest.raises(BotApiError) as refusal:
        await api.call("sendMessage", {"chat_id": anna.id, "text": "x"})
    assert (refusal.value.code, refusal.value.retry_after, refusal.value.passing) == (429, 17, True)
    with pytest.raises(BotApiError) as refusal:
        await api.call("sendMessage", {"chat_id": 1, "text": "x"})
    assert (refusal.value.code, refusal.value.passing) == (400, False)


@pytest.mark.parametrize("effect", ["500", "502", "html", "garbage", "reset"])
async def test_no_usable_answer_is_unsure(sandbox, api, anna, effect):
    sandbox.faults.add(effect, "sendMessage", when="after")
    with pytest.raises(BotApiUnsure) as unsure:
        await api.call("sendMessage", {"chat_id": anna.id, "text": "x"})
    assert unsure.value.sent
    assert not unsure.value.passing
    assert len(sandbox.journal.of("sendMessage", executed=True)) == 1


async def test_a_hanging_server_is_unsure_after_the_time_limit(sandbox, api, anna):
    sandbox.faults.add("hang", "sendMessage")
    with pytest.raises(BotApiUnsure) as unsure:
        await api.call("sendMessage", {"chat_id": anna.id, "text": "x"}, timeout=0.2)
    assert unsure.value.sent


@pytest.mark.parametrize("root", ["http://127.0.0.1:9", "http://name.that.is.not.invalid", "http://"])
async def test_nobody_there_means_not_sent(root):
    api = BotApi(root, "1:secret-secret-secret-secret")
    with pytest.raises(BotApiUnsure) as unsure:
        await api.call("sendMessage", {"chat_id": 1, "text": "x"}, timeout=10)
    await api.close()
    assert not unsure.value.sent
    assert unsure.value.passing
    assert "secret" not in str(unsure.value)
    assert unsure.value.__cause__ is None


@pytest.mark.parametrize("scheme", ["socks5", "http"])
async def test_a_proxy_that_is_not_there_means_not_sent(scheme):
    api = BotApi("http://127.0.0.1:9", "1:secret-secret-secret-secret", proxy=f"{scheme}://127.0.0.1:9")
    with pytest.raises(BotApiUnsure) as unsure:
        await api.call("getMe", timeout=10)
    await api.close()
    assert not unsure.value.sent


STRANGE = [
    (200, b""),
    (200, b"null"),
    (200, b"7"),
    (200, b"[]"),
    (200, b'{"ok": true}'),
    (200, b'{"ok": "yes", "result": 1}'),
    (200, b"[" * 100_000),
    (400, b'{"ok": false, "error_code": "many"}'),
    (400, b'{"ok": false, "parameters": 7}'),
    (200, "тест".encode("utf-16")),
]


@pytest.mark.parametrize(("status", "body"), STRANGE)
def test_strange_answers_are_unsure(status, body):
    with pytest.raises(BotApiUnsure):
        BotApi.result_of("getMe", status, body)


def test_a_refusal_without_a_code_has_the_status():
    with pytest.raises(BotApiError) as refusal:
        BotApi.result_of("getMe", 403, json.dumps({"ok": False}).encode())
    assert refusal.value.code == 403


async def test_half_a_surrogate_pair_does_not_stop_a_message(sandbox, api, anna):
    sent = await api.call("sendMessage", {"chat_id": anna.id, "text": "половина \ud83d пары"})
    assert sandbox.world.chats[anna.id].messages[sent["message_id"]]["text"] == "половина ? пары"


async def photo(sandbox, api, anna, size=300_000):
    (message,) = sandbox.deeds.sends_files(anna, "document", [Attachment(b"y" * size, "a.bin")])
    return (await api.call("getFile", {"file_id": message["document"]["file_id"]}))["file_path"]


async def read(api, path, limit=1_000_000):
    return b"".join([chunk async for chunk in api.download(path, limit=limit, timeout=5)])


async def test_a_download_stops_at_its_limit(sandbox, api, anna):
    path = await photo(sandbox, api, anna)
    with pytest.raises(BotApiError) as refusal:
        await read(api, path, limit=100_000)
    assert refusal.value.code == 413


@pytest.mark.parametrize("effect", ["cut", "reset"])
async def test_a_download_that_breaks_is_no_file(sandbox, api, anna, effect):
    path = await photo(sandbox, api, anna)
    sandbox.faults.add(effect, "download", count=2)  # reading a file is repeated once by aiohttp itself
    with pytest.raises(BotApiUnsure):
        await read(api, path)
    sandbox.faults.clear()
    assert len(await read(api, path)) == 300_000


async def test_a_download_that_is_refused_names_the_code_and_no_address(sandbox, api, anna):
    with pytest.raises(BotApiError) as refusal:
        await read(api, "photos/nothing.jpg")
    assert refusal.value.code == 404
    assert sandbox.token not in str(refusal.value)


@asynccontextmanager
async def server_that_counts():
    """Accepts, reads the request, closes without a word; the second request on a connection would be a retry."""
    requests: list[str] = []

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        requests.append(await request.text())
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    runner = web.ServerRunner(web.Server(handle, access_log=None))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}", requests
    await runner.cleanup()


async def test_a_message_is_never_sent_twice_by_the_client_itself():
    """aiohttp repeats some requests on a connection that closes; a message must not be among them."""
    async with server_that_counts() as (root, requests):
        api = BotApi(root, "1:secret-secret-secret-secret")
        for _ in range(3):
            with pytest.raises(BotApiUnsure):
                await api.call("sendMessage", {"chat_id": 1, "text": "x"})
        await api.close()
        assert len(requests) == 3


async def test_closing_twice_and_using_again(sandbox, api):
    await api.close()
    await api.close()
    assert (await api.call("getMe"))["is_bot"]


async def test_backoff_grows_to_its_limit():
    loop = asyncio.get_running_loop()
    started = loop.time()
    await backoff(0, most=0.01)
    await backoff(1000, most=0.01)
    assert loop.time() - started < 5
