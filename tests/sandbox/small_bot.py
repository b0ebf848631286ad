"""The smallest bot that can hold a talk: raw HTTP, one loop, no library. Also a program, to be killed by tests."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import aiohttp

MENU = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}, {"text": "Нет", "callback_data": "no"}]]}


class SmallBot:
    """Greets, shows two buttons, edits its card on a press, echoes photos and documents by their count and name."""

    def __init__(self, root: str, token: str, session: aiohttp.ClientSession) -> None:
        self._address = f"{root}/bot{token}"
        self._session = session

    async def call(self, method: str, **arguments: Any) -> Any:
        async with self._session.post(f"{self._address}/{method}", json=arguments) as response:
            answer = await response.json()
            return answer.get("result")

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=30) or ():
                offset = update["update_id"] + 1
                await self._handle(update)

    async def _handle(self, update: dict[str, Any]) -> None:
        if "callback_query" in update:
            await self._pressed(update["callback_query"])
            return
        message = update.get("message") or update.get("edited_message")
        if message is None:
            return
        place = {"chat_id": message["chat"]["id"], "message_thread_id": message.get("message_thread_id", 0)}
        if "edited_message" in update:
            await self.call("sendMessage", **place, text=f"Исправлено: {message['text']}")
        elif "photo" in message:
            await self.call("sendPhoto", **place, photo=message["photo"][-1]["file_id"], caption="Фото принято")
        elif "document" in message:
            name = message["document"]["file_name"]
            await self.call("sendDocument", **place, document=message["document"]["file_id"], caption=f"Файл {name}")
        elif "text" in message:
            text = f"Вы сказали: {message['text']}. Верно? СОШ №\u00a05"
            await self.call("sendMessage", **place, text=text, reply_markup=MENU)

    async def _pressed(self, query: dict[str, Any]) -> None:
        if query["data"] == "silence":
            return
        await self.call("answerCallbackQuery", callback_query_id=query["id"], text=f"Принято: {query['data']}")
        place = {"chat_id": query["message"]["chat"]["id"], "message_id": query["message"]["message_id"]}
        await self.call("editMessageText", **place, text=f"Записано: {query['data']}", reply_markup=MENU)


async def main(root: str, token: str) -> None:
    async with aiohttp.ClientSession() as session:
        await SmallBot(root, token, session).run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
