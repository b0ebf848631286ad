"""What aiogram itself costs: answers the press, edits the message, stores nothing."""

import asyncio
import itertools
import logging
import os

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

CARD = (
    "Question {number} of the report\nAnswered and waiting for the next one.\n\nWere the materials kept out of sight?"
)
ROWS = [
    [("Yes", "yes"), ("No", "no"), ("Not seen", "na")],
    [("Urgent", "urgent")],
    [("Back", "back"), ("Home", "home")],
]
KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=data) for text, data in row] for row in ROWS]
)


async def serve() -> None:
    logging.disable()
    router = Router()
    numbers = itertools.count(1)

    @router.callback_query()
    async def pressed(press: CallbackQuery, bot: Bot) -> None:
        assert isinstance(press.message, Message)
        text = CARD.format(number=next(numbers))
        await asyncio.gather(bot(press.answer()), bot(press.message.edit_text(text, reply_markup=KEYBOARD)))

    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BOT_API_ROOT"]))
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    await dispatcher.start_polling(Bot(os.environ["BOT_TOKEN"], session=session))


if __name__ == "__main__":
    asyncio.run(serve())
