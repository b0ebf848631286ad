"""Text as Telegram keeps it: plain text plus entities with UTF-16 offsets; the strict reader of HTML parse mode."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import Refused, bad_request

Entity = dict[str, Any]

_STYLES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
}  # fmt: skip
_TAGS = {*_STYLES, "a", "tg-emoji", "tg-time", "span", "pre", "code", "blockquote"}
_SPACES = " \t\r\n\0\v"
_LITERALS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_SPECIAL = re.compile(r"[<&]")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\0\v=>/\"']*")


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: a character outside the basic plane is two."""
    return len(text) if text.isascii() else len(text) + sum(1 for char in text if char > "\uffff")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    date: int
    offset: int
    begin: int


@dataclass(slots=True)
class _HtmlReader:
    """One pass over the text, the same states and the same complaints as TDLib's parse_html."""

    source: str
    output: list[str] = field(default_factory=list)
    length: int = 0
    entities: list[Entity] = field(default_factory=list)
    nested: list[_Open] = field(default_factory=list)

    def read(self) -> tuple[str, list[Entity]]:
        source, position = self.source, 0
        while (found := _SPECIAL.search(source, position)) is not None:
            self._write(source[position : found.start()])
            position = found.start()
            if source[position] == "&":
                position = self._reference(position)
            elif source.startswith("</", position):
                position = self._end_tag(position)
            else:
                position = self._start_tag(position)
        self._write(source[position:])
        if self.nested:
            raise self._complaint(f'Can\'t find end tag corresponding to start tag "{self.nested[-1].tag}"')
        return "".join(self.output), self.entities

    def _write(self, text: str) -> None:
        if text:
            self.output.append(text)
            self.length += utf16_length(text)

    def _complaint(self, reason: str, at: int | None = None) -> Refused:
        place = "" if at is None else f" at byte offset {len(self.source[:at].encode())}"
        return bad_request(f"can't parse entities: {reason}{place}")

    def _reference(self, position: int) -> int:
        char, end = decode_reference(self.source, position)
        self._write(char or "&")
        return end if char else position + 1

    def _skip_spaces(self, position: int) -> int:
        while position < len(self.source) and self.source[position] in _SPACES:
            position += 1
        return position

    def _at(self, position: int) -> str:
        return self.source[position] if position < len(self.source) else ""

    def _start_tag(self, begin: int) -> int:
        position = begin + 1
        while self._at(position) not in (">", *_SPACES):
            if position >= len(self.source):
                raise self._complaint("Unclosed start tag", begin)
            position += 1
        if position >= len(self.source):
            raise self._complaint("Unclosed start tag", begin)
        tag = self.source[begin + 1 : position].lower()
        if tag not in _TAGS:
            raise self._complaint(f'Unsupported start tag "{tag}"', begin)
        opened = _Open(tag, "", 0, self.length, len(self.output))
        while self._at(position) != ">":
            position = self._skip_spaces(position)
            if self._at(position) == ">":
                break
            position = self._attribute(opened, begin, position)
        if tag == "span" and opened.argument != "spoiler":
            raise self._complaint('Tag "span" must have class "tg-spoiler"', begin)
        self.nested.append(opened)
        return position + 1

    def _attribute(self, opened: _Open, begin: int, position: int) -> int:
        match = _ATTRIBUTE_NAME.match(self.source, position)
        name = match.group() if match else ""
        if not name:
            raise self._complaint(f'Empty attribute name in the tag "{opened.tag}"', begin)
        position = self._skip_spaces(position + len(name))
        if self._at(position) != "=":
            if position >= len(self.source):
                raise self._complaint(f'Unclosed start tag "{opened.tag}"', begin)
            if opened.tag == "blockquote" and name == "expandable":
                opened.argument = "1"
            return position
        position = self._skip_spaces(position + 1)
        if position >= len(self.source):
            raise self._complaint(f'Unclosed start tag "{opened.tag}"', begin)
        value, position = self._value(position)
        if position >= len(self.source):
            raise self._complaint("Unclosed start tag", begin)
        self._keep_attribute(opened, name, value)
        return position

    def _value(self, position: int) -> tuple[str, int]:
        quote = self.source[position]
        if quote not in "\"'":
            match = _NAME_TOKEN.match(self.source, position)
            value = match.group() if match else ""
            end = position + len(value)
            if self._at(end) not in ("", ">", *_SPACES):
                raise self._complaint("Unexpected end of name token", position)
            return value.lower(), end
        end = self.source.find(quote, position + 1)
        end = len(self.source) if end < 0 else end
        raw = self.source[position + 1 : end]
        return _REFERENCE.sub(lambda match: decode_reference(match.group(), 0)[0] or match.group(), raw), end + 1

    @staticmethod
    def _keep_attribute(opened: _Open, name: str, value: str) -> None:
        match opened.tag, name:
            case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "format"):
                opened.argument = value
            case "code", "class" if value.startswith("language-"):
                opened.argument = value.removeprefix("language-")
            case "span", "class" if value.startswith("tg-"):
                opened.argument = value.removeprefix("tg-")
            case "blockquote", "expandable":
                opened.argument = "1"
            case "tg-time", "unix":
                opened.date = int(value) if value.isdigit() else 0

    def _end_tag(self, begin: int) -> int:
        if not self.nested:
            raise self._complaint("Unexpected end tag", begin)
        position = begin + 2
        while position < len(self.source) and self.source[position] not in (">", *_SPACES):
            position += 1
        name = self.source[begin + 2 : position].lower()
        position = self._skip_spaces(position)
        if self._at(position) != ">":
            raise self._complaint("Unclosed end tag", begin)
        opened = self.nested[-1]
        if name and name != opened.tag:
            offset = len(self.source[:begin].encode())
            raise self._complaint(
                f'Unmatched end tag at byte offset {offset}, expected "</{opened.tag}>", found "</{name}>"'
            )
        self.nested.pop()
        if self.length > opened.offset:
            self._close(opened)
        return position + 1

    def _close(self, opened: _Open) -> None:
        span = {"offset": opened.offset, "length": self.length - opened.offset}
        last = self.entities[-1] if self.entities else None
        same = last is not None and last["offset"] == span["offset"] and last["length"] == span["length"]
        match opened.tag:
            case tag if tag in _STYLES:
                self.entities.append({**span, "type": _STYLES[tag]})
            case "span":
                self.entities.append({**span, "type": "spoiler"})
            case "tg-emoji":
                if not opened.argument.isdigit() or int(opened.argument) == 0:
                    raise self._complaint("Invalid custom emoji identifier specified")
                self.entities.append({**span, "type": "custom_emoji", "custom_emoji_id": opened.argument})
            case "tg-time":
                if opened.date > 0:
                    self.entities.append({**span, "type": "date_time", "unix_time": opened.date})
            case "a":
                self._link(span, opened.argument or "".join(self.output[opened.begin :]))
            case "pre" if last is not None and same and last["type"] == "code" and "language" in last:
                last["type"] = "pre"
            case "code" if last is not None and same and last["type"] == "pre" and opened.argument:
                last["language"] = opened.argument
            case "code" if opened.argument:
                self.entities.append({**span, "type": "code", "language": opened.argument})
            case "blockquote":
                self.entities.append({**span, "type": "expandable_blockquote" if opened.argument else "blockquote"})
            case tag:
                self.entities.append({**span, "type": tag})

    def _link(self, span: Entity, url: str) -> None:
        if (user := re.fullmatch(r"tg://user/?\?id=(\d+)", url)) is not None:
            mentioned = {"id": int(user.group(1)), "is_bot": False, "first_name": ""}
            self.entities.append({**span, "type": "text_mention", "user": mentioned})
        elif re.match(r"[a-z][a-z0-9+.-]*:", url, re.IGNORECASE):
            self.entities.append({**span, "type": "text_link", "url": url})
        elif re.fullmatch(r"[^\s/]+\.[^\s]+", url):
            self.entities.append({**span, "type": "text_link", "url": f"http://{url}"})


def decode_reference(text: str, position: int) -> tuple[str, int]:
    """The character of an HTML reference at `position` and where it ends; an empty string when it is not one."""
    match = _REFERENCE.match(text, position)
    if match is None:
        return "", position
    hexadecimal, decimal, literal = match.groups()
    if literal:
        return _LITERALS.get(literal, ""), match.end()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    digits_end = match.end() - (1 if match.group().endswith(";") else 0)
    if not 0 < code < 0x10FFFF or digits_end - position >= 10 or 0xD800 <= code <= 0xDFFF:
        return "", position
    return chr(code), match.end()


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Raises the 400 of Telegram ("can't parse entities: …") for a tag unknown, unclosed or crossed."""
    text, entities = _HtmlReader(source).read()
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return text, entities
