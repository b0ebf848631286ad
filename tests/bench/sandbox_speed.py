"""How many calls a second the sandbox absorbs on one core, and that a long history does not slow it.

    python -m tests.bench.sandbox_speed [calls]

The limit of a load test must be the bot, so the sandbox should stay above 2 000 calls a second of its own CPU.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import aiohttp

MARKUP = {
    "inline_keyboard": [[{"text": "Да", "callback_data": "a:7315:Б6:y"}, {"text": "Нет", "callback_data": "a:7315:n"}]]
}
CONNECTIONS = 20


async def load(root: str, token: str, person_id: int, calls: int) -> None:
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def worker(share: int) -> None:
            for number in range(share):
                text = f"<b>Сохранено</b> 09:14. СОШ № 5, 6 «Б», вопрос {number}"
                body = {"chat_id": person_id, "text": text, "parse_mode": "HTML", "reply_markup": MARKUP}
                async with session.post(f"{root}/bot{token}/sendMessage", json=body) as response:
                    assert response.status == 200
                    await response.read()

        await asyncio.gather(*(worker(calls // CONNECTIONS) for _ in range(CONNECTIONS)))


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def post(address: str, body: dict[str, Any]) -> dict[str, Any]:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        content: dict[str, Any] = json.load(answer)
        return content


def main(calls: int) -> None:
    with subprocess.Popen([sys.executable, "-m", "bot.sandbox"], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        _, root, token = server.stdout.readline().split()
        person = post(f"{root}/sandbox/api/people", {"name": "Анна"})["id"]
        post(f"{root}/sandbox/api/send", {"person_id": person, "text": "/start"})
        for round_number in range(4):
            started, spent = time.perf_counter(), cpu_seconds(server.pid)
            asyncio.run(load(root, token, person, calls))
            wall, cpu = time.perf_counter() - started, cpu_seconds(server.pid) - spent
            print(
                f"history {round_number * calls:6}: {calls / wall:6.0f} calls/s, {calls / cpu:6.0f} per second of CPU"
            )
        server.terminate()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
