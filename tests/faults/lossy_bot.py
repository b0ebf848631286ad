"""The positive control: a bot as the framework's own documentation writes it. Under the harness it must lose answers."""

import asyncio
from pathlib import Path
from typing import Any

import aiosqlite
from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery

from tests.faults.fork_server import live, main

STORED = "lossy.db"


async def serve(settings: dict[str, Any]) -> None:
    """Stores every answer durably, then confirms it; only the receiving is left to the framework's polling."""
    async with aiosqlite.connect(Path(settings["data_dir"]) / STORED) as database:
        await database.execute("PRAGMA journal_mode = WAL")
        await database.execute("PRAGMA synchronous = FULL")
        await database.execute("CREATE TABLE IF NOT EXISTS answer (data TEXT NOT NULL)")
        await database.commit()
        router = Router()
        turn = asyncio.Lock()

        @router.callback_query()
        async def pressed(press: CallbackQuery) -> None:
            async with turn:
                await database.execute("INSERT INTO answer VALUES (?)", (press.data,))
                await database.commit()
            await press.answer("ok")

        session = AiohttpSession(api=TelegramAPIServer.from_base(settings["bot_api_root"]))
        dispatcher = Dispatcher()
        dispatcher.include_router(router)
        await dispatcher.start_polling(Bot(settings["bot_token"], session=session), handle_signals=False)


def lossy_bot(order: dict[str, Any]) -> None:
    live(order, lambda: serve(order["settings"]))


if __name__ == "__main__":
    main(lossy_bot)
