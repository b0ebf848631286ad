"""An unmodified aiogram bot over real HTTP: every object validates, every trouble becomes the right exception."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator

import aiogram
import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    CallbackQuery,
    CopyTextButton,
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from PIL import Image

from bot.sandbox import Sandbox
from bot.sandbox.chats import Person
from bot.sandbox.deeds import Attachment
from tests.people import person


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.root))
    bot = Bot(sandbox.token, session=session, default=DefaultBotProperties(parse_mode="HTML"))
    yield bot
    await session.close()


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(buffer, "PNG")
    return buffer.getvalue()


def keyboard() -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text="Да", callback_data="yes", style="primary")],
            [InlineKeyboardButton(text="Код", copy_text=CopyTextButton(text="9577"))],
        ]
    )


def echo_router() -> Router:
    router = Router()

    @router.message()
    async def echo(message: Message) -> None:
        if message.photo:
            await message.answer_photo(message.photo[-1].file_id, caption=f"<b>{message.caption}</b>")
        else:
            await message.reply(f"<i>{message.text}</i>", reply_markup=keyboard())

    @router.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        await query.answer("Сохранено")
        assert not isinstance(query.message, InaccessibleMessage)
        assert query.message is not None
        await query.message.edit_text(f"Записано: {query.data}")

    return router


async def test_default_polling_holds_a_talk(sandbox: Sandbox, bot: Bot):
    dispatcher = Dispatcher()
    dispatcher.include_router(echo_router())
    anna = person(sandbox, "Анна Петрова", username="anna")
    async with asyncio.TaskGroup() as group:
        group.create_task(dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False))
        await anna.sends("/start привет & пока")
        answer = await anna.sees("привет & пока")
        assert answer["entities"][0]["type"] == "italic"
        await anna.taps("Да")
        await anna.sees("Записано: yes")
        assert anna.toast() == "Сохранено"
        await anna.sends_photo(picture(), caption="Б6")
        assert (await anna.sees("Б6"))["caption_entities"][0]["type"] == "bold"
        await dispatcher.stop_polling()


async def test_every_answer_validates(sandbox: Sandbox, bot: Bot, anna: Person):
    group = sandbox.world.add_group("Горячая линия", forum=True, members=[anna])
    me = await bot.get_me()
    assert (me.id, me.is_bot) == (sandbox.world.bot.id, True)
    sent = await bot.send_message(anna.id, "<b>Сводка</b> <a href='https://a.ru'>тут</a>", reply_markup=keyboard())
    assert sent.html_text == '<b>Сводка</b> <a href="https://a.ru">тут</a>'
    reply = await bot.send_message(anna.id, "ответ", reply_parameters=ReplyParameters(message_id=sent.message_id))
    assert reply.reply_to_message is not None
    await bot.send_message(anna.id, "x", reply_markup=ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Отчёт")]]))
    photo = await bot.send_photo(anna.id, BufferedInputFile(picture(), "a.png"), caption="карта")
    document = await bot.send_document(anna.id, BufferedInputFile(b"rows", "сводка за день.xlsx"))
    assert document.document is not None
    assert document.document.file_name == "сводка за день.xlsx"
    await bot.send_voice(anna.id, BufferedInputFile(b"OggS", "a.ogg"))
    album = await bot.send_media_group(
        anna.id, [InputMediaPhoto(media=BufferedInputFile(picture(), f"{n}.png")) for n in range(2)]
    )
    assert album[0].media_group_id == album[1].media_group_id
    assert photo.photo is not None
    media = InputMediaPhoto(media=BufferedInputFile(picture(), "b.png"), caption="новая")
    edited = await bot.edit_message_media(media, chat_id=anna.id, message_id=photo.message_id)
    assert isinstance(edited, Message)
    assert edited.caption == "новая"
    file = await bot.get_file(document.document.file_id)
    assert file.file_path is not None
    buffer = await bot.download_file(file.file_path)
    assert buffer is not None
    assert buffer.read() == b"rows"
    await bot.copy_message(anna.id, anna.id, document.message_id)
    await bot.pin_chat_message(anna.id, sent.message_id)
    await bot.unpin_chat_message(anna.id, message_id=sent.message_id)
    await bot.send_chat_action(anna.id, "upload_document")
    await bot.set_my_commands([BotCommand(command="start", description="Начать")], BotCommandScopeChat(chat_id=anna.id))
    assert (await bot.get_my_commands(BotCommandScopeChat(chat_id=anna.id)))[0].command == "start"
    await bot.set_my_description("Бот ВПР")
    assert (await bot.get_my_description()).description == "Бот ВПР"
    for chat_id in (anna.id, group.id):
        assert (await bot.get_chat(chat_id)).id == chat_id
    statuses = {member.user.id: member.status for member in await bot.get_chat_administrators(group.id)}
    assert statuses == {anna.id: "creator", me.id: "administrator"}
    topic = await bot.create_forum_topic(group.id, "00042")
    await bot.send_message(group.id, "карточка", message_thread_id=topic.message_thread_id)
    await bot.close_forum_topic(group.id, topic.message_thread_id)
    await bot.ban_chat_member(group.id, sandbox.world.add_person("Чужой").id)
    await bot.delete_messages(anna.id, [sent.message_id, reply.message_id])
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_every_update_validates(sandbox: Sandbox, bot: Bot, anna: Person):
    await bot.get_updates(
        allowed_updates=["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
    )
    deeds, life = sandbox.deeds, sandbox.group_life
    message = deeds.sends(anna, "/start 5 @vpr_bot https://ya.ru")[0]
    deeds.edits(anna, message["message_id"], "исправлено")
    deeds.sends_files(anna, "photo", [Attachment(picture())] * 2, caption="Б6")
    deeds.sends_files(anna, "voice", [Attachment(b"OggS")])
    deeds.sends_files(anna, "video", [Attachment(b"mp4", "a.mp4")])
    deeds.taps(anna, 999, "old")
    deeds.blocks(anna)
    deeds.unblocks(anna)
    group = sandbox.world.add_group("Г", members=[anna])
    life.joins(group, sandbox.world.add_person("Новенький"))
    forum = life.upgrades(group)
    forum.is_forum, forum.face = True, {}
    topic = life.creates_topic(forum, anna.user(), "тема")
    deeds.sends(anna, "в теме", chat_id=forum.id, topic_id=topic.id)
    life.closes_topic(forum, anna.user(), topic)
    life.removes_bot(forum, anna)
    updates = await bot.get_updates(offset=1)
    assert len(updates) == len(sandbox.world.updates.ledger)
    press = next(update.callback_query for update in updates if update.callback_query)
    assert isinstance(press.message, InaccessibleMessage)


async def test_one_undecodable_update_stops_a_plain_get_updates(sandbox: Sandbox, bot: Bot, anna: Person):
    sandbox.world.updates.inject_undecodable(anna.chat(), anna.user())
    with pytest.raises(ClientDecodeError):
        await bot.get_updates()


async def test_troubles_become_the_exceptions_of_the_library(sandbox: Sandbox, bot: Bot, anna: Person):
    async def send() -> None:
        await bot.send_message(anna.id, "x", request_timeout=1)

    expected: list[tuple[str, str, type[Exception]]] = [
        ("429", "before", TelegramRetryAfter),
        ("403", "before", TelegramForbiddenError),
        ("400", "before", TelegramBadRequest),
        ("401", "before", TelegramUnauthorizedError),
        ("500", "before", aiogram.exceptions.RestartingTelegram),
        ("502", "before", TelegramServerError),
        ("html", "after", ClientDecodeError),
        ("garbage", "after", ClientDecodeError),
        ("reset", "before", TelegramNetworkError),
        ("reset", "after", TelegramNetworkError),
        ("hang", "after", TelegramNetworkError),
    ]
    for effect, when, exception in expected:
        sandbox.faults.add(effect, "sendMessage", when=when)
        with pytest.raises(exception):
            await send()
    executed = [call.fault for call in sandbox.journal.of("sendMessage", executed=True)]
    assert executed == ["html:after", "garbage:after", "reset:after", "hang:after"]


async def test_refusals_become_the_exceptions_of_the_library(sandbox: Sandbox, bot: Bot, anna: Person):
    group = sandbox.world.add_group("Г", members=[anna])
    new = sandbox.group_life.upgrades(group)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(group.id, "x")
    assert moved.value.migrate_to_chat_id == new.id
    sandbox.deeds.blocks(anna)
    with pytest.raises(TelegramForbiddenError, match="blocked"):
        await bot.send_message(anna.id, "x")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(1, "x")
    sandbox.deeds.unblocks(anna)
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_document(anna.id, BufferedInputFile(bytes((50 << 20) + 1), "big.bin"))
    sandbox.revoke_token()
    with pytest.raises(TelegramUnauthorizedError):
        await bot.send_message(anna.id, "x")


async def test_two_pollers(sandbox: Sandbox, bot: Bot):
    older = asyncio.ensure_future(bot.get_updates(timeout=30))
    await sandbox.world.changes.until(lambda: sandbox.world.updates.polled, 5)
    younger = asyncio.ensure_future(bot.get_updates(offset=1, timeout=1))
    with pytest.raises(TelegramConflictError):
        await older
    assert await younger == []


async def test_an_unknown_method(bot: Bot):
    with pytest.raises(TelegramNotFound):
        await bot.send_dice(1)
