"""Screens and files to Telegram: the only place that knows how a screen becomes a Bot API call."""

from collections.abc import Sequence
from typing import Any

from bot.botapi import BotApi, BotApiError, BotApiUnsure
from bot.delivery.pace import Pace
from bot.domain.screen import Button, Screen

NO_PREVIEW = {"is_disabled": True}
NOT_MODIFIED = "message is not modified"
TOO_OLD = "query is too old"


class Messenger:
    """Calls return when Telegram has answered. Raises `BotApiError` and `BotApiUnsure` unless a docstring says otherwise."""

    def __init__(self, api: BotApi, pace: Pace) -> None:
        self.api = api
        self._pace = pace

    async def send(
        self,
        chat_id: int,
        screen: Screen,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
        reserved: bool = False,
    ) -> int:
        """A new message; returns its id. `reserved`: it was counted against the overall pace already."""
        params = _screen(screen) | {"chat_id": chat_id}
        if screen.protect:
            params["protect_content"] = True
        if thread_id is not None:
            params["message_thread_id"] = thread_id
        if reply_to is not None:
            params["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
        self._pace.take(chat_id, reserved=reserved)
        return int((await self.api.call("sendMessage", params))["message_id"])

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> None:
        """Turn a message into this screen. "Not modified" is success."""
        self._pace.take(chat_id)
        try:
            await self.api.call("editMessageText", _screen(screen) | {"chat_id": chat_id, "message_id": message_id})
        except BotApiError as error:
            if NOT_MODIFIED not in error.description:
                raise

    async def answer_tap(self, tap_id: str, text: str = "", *, alert: bool = False) -> None:
        """Stop the clock on the button. Never raises: a tap that is too old to answer is still a tap (rules CB1)."""
        params: dict[str, Any] = {"callback_query_id": tap_id}
        if text:
            params |= {"text": text[:200], "show_alert": alert}
        try:
            await self.api.call("answerCallbackQuery", params, timeout=10)
        except (BotApiError, BotApiUnsure):
            return

    async def delete(self, chat_id: int, message_ids: Sequence[int]) -> bool:
        """Delete messages of the last 48 hours; False when Telegram refused."""
        try:
            for start in range(0, len(message_ids), 100):
                await self.api.call(
                    "deleteMessages", {"chat_id": chat_id, "message_ids": list(message_ids[start : start + 100])}
                )
        except BotApiError:
            return False
        return True

    async def send_document(
        self, chat_id: int, name: str, content: bytes, caption: str = "", *, rows: Screen | None = None
    ) -> int:
        self._pace.take(chat_id)
        params: dict[str, Any] = {"chat_id": str(chat_id), "caption": caption, "parse_mode": "HTML"}
        if rows is not None and rows.rows:
            params["reply_markup"] = _keyboard(rows)
        result = await self.api.call("sendDocument", params, files={"document": (name, content)}, timeout=120)
        return int(result["message_id"])

    async def send_photo(self, chat_id: int, content: bytes, screen: Screen) -> int:
        """A picture whose caption and buttons are the screen's."""
        self._pace.take(chat_id)
        params: dict[str, Any] = {"chat_id": str(chat_id), "caption": screen.text, "parse_mode": "HTML"}
        if screen.rows:
            params["reply_markup"] = _keyboard(screen)
        result = await self.api.call("sendPhoto", params, files={"photo": ("picture.png", content)}, timeout=60)
        return int(result["message_id"])

    async def typing(self, chat_id: int, action: str = "typing") -> None:
        """Never raises: it is only a courtesy."""
        try:
            await self.api.call("sendChatAction", {"chat_id": chat_id, "action": action}, timeout=5)
        except (BotApiError, BotApiUnsure):
            return


def _screen(screen: Screen) -> dict[str, Any]:
    params: dict[str, Any] = {"text": screen.text, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
    if screen.rows:
        params["reply_markup"] = _keyboard(screen)
    return params


def _keyboard(screen: Screen) -> dict[str, Any]:
    return {"inline_keyboard": [[_button(button) for button in row] for row in screen.rows]}


def _button(button: Button) -> dict[str, Any]:
    if button.copies:
        return {"text": button.label, "copy_text": {"text": button.copies}}
    if button.url:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.data}
