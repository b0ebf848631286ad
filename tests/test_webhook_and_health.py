"""The whole bot behind a webhook, and its page for the monitoring system."""

import aiohttp

from bot.sandbox import Sandbox
from tests.running import bot_at


async def test_a_person_is_answered_through_the_webhook_and_the_page_says_well(tmp_path, unused_tcp_port_factory):
    webhook_port, health_port = unused_tcp_port_factory(), unused_tcp_port_factory()
    async with (
        Sandbox.start() as sandbox,
        bot_at(
            sandbox,
            tmp_path,
            webhook_url=f"http://127.0.0.1:{webhook_port}/telegram",
            webhook_port=webhook_port,
            webhook_secret="a-secret",
            health_port=health_port,
        ) as running,
        aiohttp.ClientSession() as session,
    ):
        anna = running.person("Анна")
        await anna.sends("/start")
        # the first updates are held for a moment, since nobody knows yet which number comes first
        assert await sandbox.world.changes.until(
            lambda: len(sandbox.journal.of("sendMessage", chat_id=anna.id, executed=True)) > 0, 20
        )
        assert sandbox.journal.of("getUpdates") == []
        async with session.get(f"http://127.0.0.1:{health_port}/health") as answer:
            assert answer.status == 200
            assert (await answer.json())["problems"] == []
