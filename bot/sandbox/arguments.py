"""Arguments of one call, whichever way they came: query string, form, multipart or JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.errors import Refused, bad_request
from bot.sandbox.files import check_upload

_NUMBER = re.compile(r"-?[0-9]{1,18}")


@dataclass(slots=True)
class Upload:
    content: bytes
    name: str
    mime: str


@dataclass(slots=True)
class Arguments:
    """Readers are as lenient as Telegram: numbers may be strings, structures may be JSON text."""

    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list, bool)) else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """What cannot be read as a number is the default, as td::to_integer does."""
        found = number(self.values.get(name))
        return default if found is None else found

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in ("true", "yes", "1")

    def structure(self, name: str, complaint: str = "") -> Any:
        """A JSON value; raises 400 `complaint` for text that is not JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(complaint or f"can't parse {name} JSON object") from error

    def chat_id(self) -> int | None:
        return number(self.values.get("chat_id"))

    def message_ids(self) -> list[int]:
        """The list of up to a hundred message ids, with Telegram's complaints about any other."""
        raw = self.structure("message_ids", "can't parse message_ids JSON object")
        if raw is None or raw == []:
            raise bad_request("message identifiers are not specified")
        if not isinstance(raw, list):
            raise bad_request("expected an Array of message identifiers")
        if len(raw) > 100:
            raise bad_request("too many message identifiers specified")
        ids = [number(item) for item in raw]
        if not all(ids):
            raise bad_request("message identifier must be a Number")
        return [item for item in ids if item is not None]

    def summary(self) -> dict[str, Any]:
        """For the journal: everything but the bytes of files."""
        if not self.uploads:
            return self.values
        files = {name: f"<{upload.name}: {len(upload.content)} bytes>" for name, upload in self.uploads.items()}
        return self.values | files


def number(value: Any) -> int | None:
    """A whole number, also as text; None for anything else."""
    if isinstance(value, int):
        return int(value)
    return int(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else None


async def read_arguments(request: web.Request) -> Arguments:
    """Raises 413 for a file over 50 MB and 400 for a body that cannot be read."""
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    if request.method != "POST" or not request.can_read_body:
        return Arguments(values)
    kind = request.content_type
    if kind == "application/json":
        try:
            body = await request.json()
        except ValueError as error:
            raise bad_request("can't parse JSON encoded body") from error
        if not isinstance(body, dict):
            raise bad_request("JSON object expected as body")
        return Arguments(values | body)
    if kind == "multipart/form-data":
        return await _read_multipart(request, values)
    form = await request.post()
    return Arguments(values | {name: value for name, value in form.items() if isinstance(value, str)})


async def _read_multipart(request: web.Request, values: dict[str, Any]) -> Arguments:
    arguments = Arguments(values)
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or not part.name:
            raise bad_request("unexpected part of the request")
        if part.filename is None:
            arguments.values[part.name] = (await part.read(decode=True)).decode()
        else:
            mime = part.headers.get("Content-Type", "")
            arguments.uploads[part.name] = Upload(await _read_file(part), part.filename, mime)
    return arguments


async def _read_file(part: BodyPartReader) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(1 << 16):
        content += chunk
        try:
            check_upload(len(content))
        except Refused:
            while await part.read_chunk(1 << 16):
                pass
            raise
    return bytes(content)
