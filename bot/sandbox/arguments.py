"""Arguments of one call, whichever way they came: query string, form, multipart or JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.errors import Refused, bad_request
from bot.sandbox.files import check_upload


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
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

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
        value = self.values.get("chat_id")
        try:
            return None if value is None else int(value)
        except (TypeError, ValueError):
            return None

    def summary(self) -> dict[str, Any]:
        """For the journal: everything but the bytes of files."""
        if not self.uploads:
            return self.values
        files = {name: f"<{upload.name}: {len(upload.content)} bytes>" for name, upload in self.uploads.items()}
        return self.values | files


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
