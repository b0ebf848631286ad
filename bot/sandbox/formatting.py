"""From what a caller typed to what Telegram stores: cleaning, trimming, limits and the entities it finds by itself."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.entities import Entity, parse_html, utf16_length
from bot.sandbox.errors import bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_RAW_LIMIT = 1 << 15

_CONTROL = {code: " " for code in range(32) if code != 10} | {13: None} | dict.fromkeys(range(0x2028, 0x202F), None)
_DIRTY = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e]")
_HINTS = re.compile(r"[/@#.+]")
_FOUND = re.compile(
    r"(?P<url>(?<![\w@])(?:https?://[^\s<>\"]+|(?:[\w-]+\.)+(?:ru|\u0440\u0444|com|org|net|me|info)\b(?:/[^\s<>\"]*)?))"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<!\w)@\w{4,32})"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
    r"|(?P<phone_number>(?<!\w)\+\d[\d ()-]{8,16}\d(?!\d))"
)
_CLOSED_TYPES = {"code", "pre", "text_link", "text_mention", "custom_emoji"}
_GIVEN_TYPES = {"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"} | {
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
}
_TAKEN_TYPES = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}


def formatted(text: str, parse_mode: str, entities: Any) -> tuple[str, list[Entity]]:
    """Stored text and entities. Only HTML is known: this bot writes nothing else, Markdown is refused out loud."""
    if len(text) > _RAW_LIMIT:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if text and mode and mode != "none":
        if mode != "html":
            raise bad_request("unsupported parse_mode")
        text, entities = parse_html(text)
    else:
        entities = _given(entities)
    return _settled(text, entities)


def _given(raw: Any) -> list[Entity]:
    """Entities the caller made itself; those that Telegram finds by itself are left to it."""
    entities = []
    for item in raw if isinstance(raw, list) else ():
        parsing = "can't parse MessageEntity:"
        if not isinstance(item, dict):
            raise bad_request(f"{parsing} expected an Object")
        offset, length, kind = item.get("offset"), item.get("length"), item.get("type")
        if not isinstance(offset, int) or not isinstance(length, int) or not isinstance(kind, str):
            raise bad_request(f"{parsing} Can't find field")
        if kind not in _GIVEN_TYPES | _TAKEN_TYPES:
            raise bad_request(f"{parsing} Unsupported type specified")
        if not 0 <= offset <= 1_000_000 or not 0 <= length <= 1_000_000:
            raise bad_request("receive an entity with incorrect offset")
        if length and kind in _GIVEN_TYPES:
            entities.append(dict(item))
    return entities


def plain(text: str) -> tuple[str, list[Entity]]:
    """What an application of a person sends: no markup, entities found by Telegram itself."""
    return _settled(text, [])


def message_text(text: str, parse_mode: str, entities: Any, *, editing: bool) -> dict[str, Any]:
    """The fields `text` and `entities` of a message; raises 400 for an empty or too long text."""
    if not text:
        raise bad_request("message text is empty")
    stored, found = formatted(text, parse_mode, entities)
    if not stored:
        raise bad_request("text must be non-empty")
    if utf16_length(stored) > TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG" if editing else "message is too long")
    return {"text": stored, "entities": found} if found else {"text": stored}


def caption_text(text: str, parse_mode: str, entities: Any) -> dict[str, Any]:
    """The fields `caption` and `caption_entities`, empty without a caption."""
    stored, found = formatted(text, parse_mode, entities)
    if utf16_length(stored) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    if not stored:
        return {}
    return {"caption": stored, "caption_entities": found} if found else {"caption": stored}


def _settled(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    if _DIRTY.search(text):
        text, entities = _cleaned(text, entities)
    text, entities = _trimmed(text, entities)
    if _HINTS.search(text):
        entities = entities + _detected(text, entities)
    return text, _ordered(entities)


def _cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    removed = [utf16_length(text[: match.start()]) for match in re.finditer("[\r\u2028-\u202e]", text)]
    if removed and entities:
        entities = [_shifted(entity, removed) for entity in entities]
    return text.translate(_CONTROL), [entity for entity in entities if entity["length"] > 0]


def _shifted(entity: Entity, removed: list[int]) -> Entity:
    start, end = entity["offset"], entity["offset"] + entity["length"]
    before = sum(1 for place in removed if place < start)
    within = sum(1 for place in removed if start <= place < end)
    return {**entity, "offset": start - before, "length": entity["length"] - within}


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Right side always, left side up to the first entity, as Telegram does."""
    text = text.rstrip()
    if not text:
        return "", []
    end = utf16_length(text)
    kept = [
        {**entity, "length": min(entity["length"], end - entity["offset"])}
        for entity in entities
        if 0 <= entity["offset"] < end
    ]
    lead = len(text) - len(text.lstrip(" \n"))
    lead = min([lead, *(entity["offset"] for entity in kept)])
    if lead:
        text = text[lead:]
        kept = [{**entity, "offset": entity["offset"] - lead} for entity in kept]
    return text, kept


def _detected(text: str, entities: list[Entity]) -> list[Entity]:
    closed = [(item["offset"], item["offset"] + item["length"]) for item in entities if item["type"] in _CLOSED_TYPES]
    found = []
    for match in _FOUND.finditer(text):
        offset = utf16_length(text[: match.start()])
        value = match.group().rstrip(".,;:!?)") if match.lastgroup == "url" else match.group()
        length = utf16_length(value)
        if not any(start < offset + length and offset < end for start, end in closed):
            found.append({"offset": offset, "length": length, "type": match.lastgroup})
    return found


def _ordered(entities: list[Entity]) -> list[Entity]:
    """Sorted, touching twins merged, nothing inside code: the shape in which Telegram returns them."""
    merged: list[Entity] = []
    code_end = -1
    for entity in sorted(entities, key=lambda item: (item["offset"], -item["length"])):
        twin = next((item for item in reversed(merged) if _continues(item, entity)), None)
        if twin is not None:
            end = max(twin["offset"] + twin["length"], entity["offset"] + entity["length"])
            twin["length"] = end - twin["offset"]
        elif entity["offset"] >= code_end:
            merged.append(dict(entity))
            if entity["type"] in ("code", "pre"):
                code_end = entity["offset"] + entity["length"]
    return merged


def _continues(first: Entity, second: Entity) -> bool:
    extras = {key: value for key, value in first.items() if key not in ("offset", "length")}
    same = extras == {key: value for key, value in second.items() if key not in ("offset", "length")}
    return (
        same
        and len(extras) == 1
        and extras["type"] not in _TAKEN_TYPES
        and (second["offset"] <= first["offset"] + first["length"])
    )
