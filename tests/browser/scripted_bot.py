"""A bot for the tests of the page: raw HTTP, one loop; each word or button shows one thing a messenger can show."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from PIL import Image

CARD = {
    "inline_keyboard": [
        [{"text": "Начать отчёт", "callback_data": "report", "style": "primary"}],
        [{"text": "Срочно: нарушение", "callback_data": "urgent", "style": "danger"}],
        [{"text": "Памятка", "callback_data": "memo"}, {"text": "Мои даты", "callback_data": "slow"}],
        [{"text": "Код 7315-4482", "copy_text": {"text": "7315-4482"}}],
    ]
}
QUESTION = {
    "inline_keyboard": [
        [{"text": text, "callback_data": f"answer {text}"} for text in ("Да", "Нет", "Не наблюдал")],
        [{"text": "Назад", "callback_data": "back"}, {"text": "Главная", "callback_data": "back"}],
    ]
}
FORMATTED = (
    "<b>Памятка</b> <i>наклонно</i> <u>подчёркнуто</u> <s>зачёркнуто</s> <code>7315-4482</code> 🙂 "
    '<a href="https://example.org/vpr">правила</a> <tg-spoiler>тайна</tg-spoiler>\n'
    "<blockquote expandable>1. Приходите за 20 минут.\n2. Телефон не доставайте.\n3. Не вмешивайтесь.\n"
    "4. Записывайте время.\n5. Отчёт заполняйте в коридоре.</blockquote>"
    "После цитаты &lt;img src=x onerror=alert(1)&gt;"
)
COMMANDS = [{"command": "start", "description": "Главная"}, {"command": "report", "description": "Мой отчёт"}]


class ScriptedBot:
    """`gate` holds the answer to «Мои даты» until a test opens it; `received` are sizes of files it downloaded."""

    def __init__(self, root: str, token: str, session: aiohttp.ClientSession) -> None:
        self._root = root
        self._token = token
        self._session = session
        self.gate = asyncio.Event()
        self.received: list[int] = []

    @classmethod
    @contextlib.asynccontextmanager
    async def start(cls, root: str, token: str) -> AsyncIterator[ScriptedBot]:
        async with aiohttp.ClientSession() as session:
            bot = cls(root, token, session)
            await bot.call("setMyCommands", commands=COMMANDS)
            loop = asyncio.ensure_future(bot.run())
            try:
                yield bot
            finally:
                loop.cancel()
                with contextlib.suppress(asyncio.CancelledError, aiohttp.ClientError):
                    await loop

    async def call(self, method: str, **arguments: Any) -> Any:
        address = f"{self._root}/bot{self._token}/{method}"
        async with self._session.post(address, json=arguments) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def send_files(self, method: str, fields: dict[str, Any], files: dict[str, tuple[str, bytes]]) -> None:
        form = aiohttp.FormData(quote_fields=False)
        for name, value in fields.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, (filename, content) in files.items():
            form.add_field(name, content, filename=filename)
        async with self._session.post(f"{self._root}/bot{self._token}/{method}", data=form) as response:
            answer = await response.json()
        assert answer["ok"], answer

    async def run(self) -> None:
        offset = 0
        async with asyncio.TaskGroup() as group:
            while True:
                for update in await self.call("getUpdates", offset=offset, timeout=30):
                    offset = update["update_id"] + 1
                    group.create_task(self._handle(update))

    async def _handle(self, update: dict[str, Any]) -> None:
        if "callback_query" in update:
            await self._pressed(update["callback_query"])
        elif "message" in update:
            await self._told(update["message"])
        elif "edited_message" in update:
            message = update["edited_message"]
            await self.call("sendMessage", chat_id=message["chat"]["id"], text=f"Исправлено: {message['text']}")

    # -- buttons ---------------------------------------------------------------------------------------------------

    async def _pressed(self, query: dict[str, Any]) -> None:
        data, message = query["data"], query["message"]
        place = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
        if data == "slow":
            await self.gate.wait()
        alert = data == "urgent"
        text = "Сигнал отправлен координатору" if alert else "Сохранено"
        await self.call("answerCallbackQuery", callback_query_id=query["id"], text=text, show_alert=alert)
        if data == "report":
            text = "<b>Вопрос 1 из 3</b>\nМатериалы хранились так, что посторонние их не видели?"
            await self.call("editMessageText", **place, text=text, parse_mode="HTML", reply_markup=QUESTION)
        elif data.startswith("answer"):
            await self.call("editMessageText", **place, text=f"Записано: {data[7:]}", reply_markup=QUESTION)
        elif data == "back":
            await self.call("deleteMessage", **place)

    # -- words and files -------------------------------------------------------------------------------------------

    async def _told(self, message: dict[str, Any]) -> None:
        place = {"chat_id": message["chat"]["id"]}
        if message.get("is_topic_message"):
            place["message_thread_id"] = message["message_thread_id"]
        file = message["photo"][-1] if "photo" in message else message.get("document") or message.get("voice")
        if file is not None:
            self.received.append(len(await self._download(file["file_id"])))
            caption = message.get("caption", "без подписи")
            await self.call("sendMessage", **place, text=f"Принято файлов: {len(self.received)}, {caption}")
        elif "text" in message:
            await self._answer(place, message)

    async def _download(self, file_id: str) -> bytes:
        file = await self.call("getFile", file_id=file_id)
        async with self._session.get(f"{self._root}/file/bot{self._token}/{file['file_path']}") as response:
            return await response.read()

    async def _answer(self, place: dict[str, Any], message: dict[str, Any]) -> None:
        match message["text"].partition(" ")[0]:
            case "/start":
                text = "<b>Вы — наблюдатель Н-017</b>\nСегодня: СОШ № 5, 6 «Б»\nОтчёт: не начат"
                await self.call("sendMessage", **place, text=text, parse_mode="HTML", reply_markup=CARD)
            case "памятка":
                sent = await self.call("sendMessage", **place, text=FORMATTED, parse_mode="HTML")
                await self.call("pinChatMessage", chat_id=place["chat_id"], message_id=sent["message_id"])
            case "фото":
                fields = {**place, "caption": "Сводка за день", "photo": "attach://one"}
                await self.send_files("sendPhoto", fields, {"one": ("card.png", picture("#dfe7dc"))})
            case "альбом":
                media = [{"type": "photo", "media": f"attach://p{number}"} for number in range(3)]
                media[0]["caption"] = "Кабинет 214"
                photos = {f"p{number}": (f"p{number}.png", picture(f"#{number + 5}0a0a0")) for number in range(3)}
                await self.send_files("sendMediaGroup", {**place, "media": media}, photos)
            case "файл":
                fields = {**place, "caption": "25 отчётов", "document": "attach://book"}
                await self.send_files(
                    "sendDocument", fields, {"book": ("ВПР_отчёты.csv", b"\xef\xbb\xbf" + b"1;2\r\n" * 99)}
                )
            case "клавиатура":
                keyboard = [[{"text": "Началось"}, {"text": "Закончилось"}]]
                await self.call("sendMessage", **place, text="Выберите", reply_markup={"keyboard": keyboard})
            case "печатай":
                await self.call("sendChatAction", **place, action="typing")
            case "тема":
                await self.call("createForumTopic", chat_id=place["chat_id"], name="00042 · отметки")
            case _:
                await self.call("sendMessage", **place, text=f"Вы сказали: {message['text']}")


def picture(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (1200, 900), colour).save(buffer, "PNG")
    return buffer.getvalue()
