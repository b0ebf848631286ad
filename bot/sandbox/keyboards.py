"""Reply markup: what Telegram accepts, refuses and stores."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.errors import bad_request

Markup = dict[str, Any]

INLINE_ROW = 8
INLINE_TOTAL = 100
REPLY_ROW = 12
REPLY_TOTAL = 300
_STYLES = {"", "default", "primary", "success", "danger"}
_ACTIONS = {"url", "callback_data", "copy_text", "web_app", "login_url", "pay", "callback_game"} | {
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
}


def checked_markup(markup: Any, *, inline_only: bool = False) -> Markup | None:
    """The markup as stored, None when there is none.

    Stricter than Telegram on purpose in two points: an empty label and a ninth button in a row are silently dropped
    there, so a screen would lose a button without anybody noticing; here they are refused.
    """
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if keyboard := _rows(markup, "keyboard", 'Field "keyboard" must be an Array of Arrays'):
        stored = _reply_keyboard(markup, keyboard)
    elif inline := _rows(
        markup, "inline_keyboard", 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    ):
        return _inline_keyboard(inline)
    elif markup.get("remove_keyboard"):
        stored = {"remove_keyboard": True}
    elif markup.get("force_reply"):
        stored = {"force_reply": True}
    else:
        return None
    if inline_only:
        raise bad_request("inline keyboard expected")
    return stored


def _rows(markup: Markup, name: str, complaint: str) -> list[list[Any]]:
    rows = markup.get(name) or []
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(complaint)
    return [row for row in rows if row]


def _inline_keyboard(rows: list[list[Any]]) -> Markup:
    if any(len(row) > INLINE_ROW for row in rows) or sum(map(len, rows)) > INLINE_TOTAL:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": [[_inline_button(button) for button in row] for row in rows]}


def _inline_button(button: Any) -> dict[str, Any]:
    parsing = "can't parse inline keyboard button:"
    if not isinstance(button, dict):
        raise bad_request(f"{parsing} InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request(f'{parsing} Can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if str(button.get("style") or "") not in _STYLES:
        raise bad_request(f"{parsing} invalid button style specified")
    stored = {key: value for key, value in button.items() if value is not None}
    if button.get("url"):
        _check_url(button["url"])
    elif button.get("callback_data"):
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "copy_text" in button:
        copied = button["copy_text"].get("text") if isinstance(button["copy_text"], dict) else None
        if not isinstance(copied, str) or not 1 <= len(copied) <= 256:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif not _ACTIONS & set(stored) - {"url", "callback_data"}:
        raise bad_request(f"{parsing} Text buttons are unallowed in the inline keyboard")
    return stored


def _check_url(url: Any) -> None:
    if not isinstance(url, str) or not re.match(r"^(?:(?:https?|tg|ton)://)?[^\s/?#]+", url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    scheme, separator, rest = url.partition("://")
    if separator and scheme.lower() not in ("http", "https", "tg", "ton"):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    host = (rest if separator else url).split("/", 1)[0]
    if scheme.lower() != "tg" and "." not in host:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _reply_keyboard(markup: Markup, rows: list[list[Any]]) -> Markup:
    if any(len(row) > REPLY_ROW for row in rows) or sum(map(len, rows)) > REPLY_TOTAL:
        raise bad_request("reply markup is too long")
    kept = ("resize_keyboard", "one_time_keyboard", "is_persistent", "input_field_placeholder", "selective")
    stored: Markup = {name: markup[name] for name in kept if markup.get(name)}
    stored["keyboard"] = [[_reply_button(button) for button in row] for row in rows]
    return stored


def _reply_button(button: Any) -> dict[str, Any]:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    return {key: value for key, value in button.items() if value is not None}
