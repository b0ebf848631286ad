"""Screens and files to Telegram: the only place that knows how a screen becomes a Bot API call."""

from collections.abc import Sequence
from typing import Any

from bot.botapi import BotApi, BotApiError, BotApiUnsure
from bot.delivery.pace import Busy, Pace
from bot.domain.screen import Button, Screen
from bot.texts.escape import fit_html

NO_PREVIEW = {"is_disabled": True}
MESSAGE_LIMIT, CAPTION_LIMIT = 4096, 1024  # visible UTF-16 units
NOT_MODIFIED = "message is not modified"


class Messenger:
    """Calls return when Telegram has answered. Raises `BotApiError` and `BotApiUnsure` unless a docstring says otherwise."""

    def __init__(self, api: BotApi, pace: Pace) -> None:
        self.api = api
        self._pace = pace
        self._username = ""

    async def paced(
        self, method: str, chat_id: int, params: dict[str, Any], *, reserved: bool = False, **how: Any
    ) -> Any:
        """A call that counts against the pace; when it was too much all the same, the chat rests.

        A direct one waits for its turn; when that is far, it is refused as Telegram would refuse it, without asking.
        """
        if reserved:
            self._pace.take(chat_id, reserved=True)
        else:
            try:
                await self._pace.turn(chat_id)
            except Busy as busy:
                raise BotApiError(method, 429, "Too Many Requests: not asked", max(1, int(busy.seconds))) from None
        try:
            return await self.api.call(method, params | {"chat_id": chat_id}, **how)
        except BotApiError as error:
            if error.code == 429:
                self._pace.limited(chat_id, (error.retry_after or 1) + 1)
            raise

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
        params = _screen(screen)
        if screen.protect:
            params["protect_content"] = True
        if screen.silent:
            params["disable_notification"] = True
        if thread_id is not None:
            params["message_thread_id"] = thread_id
        if reply_to is not None:
            params["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
        return _message_id("sendMessage", await self.paced("sendMessage", chat_id, params, reserved=reserved))

    async def edit(self, chat_id: int, message_id: int, screen: Screen, *, reserved: bool = False) -> None:
        """Turn a message into this screen. "Not modified" is success."""
        params = _screen(screen) | {"message_id": message_id}
        try:
            await self.paced("editMessageText", chat_id, params, reserved=reserved)
        except BotApiError as error:
            if NOT_MODIFIED not in error.description:
                raise

    async def edit_into_file(self, chat_id: int, message_id: int, kind: str, name: str, content: bytes) -> None:
        """Turn a message of text into a photo, video or document. Telegram takes no voice message here."""
        params = {"message_id": message_id, "media": {"type": kind, "media": "attach://file"}}
        await self.paced("editMessageMedia", chat_id, params, files={"file": (name, content)}, timeout=120)

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
        params: dict[str, Any] = {"caption": fit_html(caption, CAPTION_LIMIT), "parse_mode": "HTML"}
        if rows is not None and rows.rows:
            params["reply_markup"] = _keyboard(rows)
        result = await self.paced("sendDocument", chat_id, params, files={"document": (name, content)}, timeout=120)
        return _message_id("sendDocument", result)

    async def send_photo(self, chat_id: int, content: bytes, screen: Screen) -> int:
        """A picture whose caption and buttons are the screen's."""
        params: dict[str, Any] = {"caption": fit_html(screen.text, CAPTION_LIMIT), "parse_mode": "HTML"}
        if screen.rows:
            params["reply_markup"] = _keyboard(screen)
        result = await self.paced("sendPhoto", chat_id, params, files={"photo": ("picture.png", content)}, timeout=60)
        return _message_id("sendPhoto", result)

    async def send_kept(self, chat_id: int, file_id: str, screen: Screen, *, as_document: bool) -> int:
        """A photo or file that Telegram keeps, by its id; the screen is its caption and buttons."""
        method, kind = ("sendDocument", "document") if as_document else ("sendPhoto", "photo")
        params: dict[str, Any] = {kind: file_id, "caption": fit_html(screen.text, CAPTION_LIMIT), "parse_mode": "HTML"}
        if screen.rows:
            params["reply_markup"] = _keyboard(screen)
        return _message_id(method, await self.paced(method, chat_id, params))

    async def link(self, payload: str) -> str:
        """A deep link that opens the bot with this payload (≤ 64 of `A-Za-z0-9_-`)."""
        if not self._username:
            self._username = str((await self.api.call("getMe"))["username"])
        return f"https://t.me/{self._username}?start={payload}"

    async def typing(self, chat_id: int, action: str = "typing") -> None:
        """Never raises: it is only a courtesy."""
        try:
            await self.api.call("sendChatAction", {"chat_id": chat_id, "action": action}, timeout=5)
        except (BotApiError, BotApiUnsure):
            return


def _message_id(method: str, result: Any) -> int:
    """Raises `BotApiUnsure` for an answer that says "done" and not what."""
    try:
        return int(result["message_id"])
    except (KeyError, TypeError, ValueError):
        raise BotApiUnsure(method, "no message_id in the answer") from None


def _screen(screen: Screen) -> dict[str, Any]:
    text = fit_html(screen.text, MESSAGE_LIMIT)
    params: dict[str, Any] = {"text": text, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
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
