"""The Bot API over aiohttp alone: what must work before (and without) the chat framework."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp


@dataclass
class BotApiError(Exception):
    """The server answered and refused. `code` is 400, 401, 403, 409, 429 …; nothing was done."""

    method: str
    code: int
    description: str
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None

    def __str__(self) -> str:
        return f"{self.method}: {self.code} {self.description}"

    @property
    def passing(self) -> bool:
        """Nothing was done, and the same call may succeed later: a pause asked for, a token to be replaced."""
        return self.code in (401, 429)


@dataclass
class BotApiUnsure(Exception):
    """No usable answer: time-out, reset, 5xx, not JSON. `sent` tells whether the request may have been carried out."""

    method: str
    what: str
    sent: bool = True

    def __str__(self) -> str:
        return f"{self.method}: {self.what}"

    @property
    def passing(self) -> bool:
        """Nothing was done, and the same call may succeed later."""
        return not self.sent


class BotApi:
    """One bot at one Bot API server. JSON bodies; files go as multipart. Never logs the token or a URL."""

    def __init__(self, root: str, token: str, *, proxy: str | None = None) -> None:
        self._root = f"{root}/"
        self._base = f"{root}/bot{token}/"
        self._files = f"{root}/file/bot{token}/"
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(
        self,
        method: str,
        params: Mapping[str, Any] | None = None,
        *,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        timeout: float = 30.0,
    ) -> Any:
        """Call and return `result` as plain JSON. Raises `BotApiError` or `BotApiUnsure`."""
        return self.result_of(method, *await self.call_raw(method, params, files=files, timeout=timeout))

    async def call_raw(
        self,
        method: str,
        params: Mapping[str, Any] | None = None,
        *,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        timeout: float = 30.0,
    ) -> tuple[int, bytes]:
        """HTTP status and body. Raises `BotApiUnsure` when there is no answer."""
        body: dict[str, Any] = {}
        if files:
            form = aiohttp.FormData(quote_fields=False)  # Telegram shows a percent-encoded name as it is
            for name, value in (params or {}).items():
                form.add_field(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
            for name, (file_name, content) in files.items():
                form.add_field(name, io.BytesIO(content), filename=file_name)
            body["data"] = form
        elif params:
            encoded = json.dumps(params, ensure_ascii=False, separators=(",", ":"))
            body["data"] = encoded.encode("utf-8", "replace")  # half a surrogate pair must not stop a message
            body["headers"] = {"Content-Type": "application/json"}
        try:
            async with self._open().post(
                self._base + method, timeout=aiohttp.ClientTimeout(total=timeout, connect=10), **self._via(), **body
            ) as response:
                return response.status, await response.read()
        except Exception as error:
            raise _unsure(method, error) from None

    async def server_time(self, *, timeout: float = 10.0) -> datetime | None:
        """What the server's clock says, in whole seconds; None when it says nothing. Sends no token. Raises `BotApiUnsure`."""
        try:
            async with self._open().get(
                self._root, timeout=aiohttp.ClientTimeout(total=timeout), allow_redirects=False, **self._via()
            ) as response:
                said = response.headers.get("Date", "")
        except Exception as error:
            raise BotApiUnsure("GET /", type(error).__name__, sent=False) from None
        try:
            return parsedate_to_datetime(said).astimezone(UTC)
        except ValueError:
            return None

    @staticmethod
    def result_of(method: str, status: int, body: bytes) -> Any:
        """Tell an answer from a refusal from neither."""
        try:
            answer = json.loads(body)
            if answer["ok"] is True:
                return answer["result"]
            code = int(answer.get("error_code", status))
            description = str(answer.get("description", ""))
            parameters = answer.get("parameters") or {}
            retry_after, new_chat = parameters.get("retry_after"), parameters.get("migrate_to_chat_id")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BotApiUnsure(method, f"HTTP {status}, not JSON") from None
        if not 400 <= code < 500:
            raise BotApiUnsure(method, f"{code} {description}")
        raise BotApiError(method, code, description, retry_after, new_chat)

    async def locate(self, file_id: str) -> tuple[str, int | None]:
        """Path for `download`, and size, of a file. The Bot API may leave the path out: then `BotApiUnsure`."""
        found = await self.call("getFile", {"file_id": file_id})
        if not found.get("file_path"):
            raise BotApiUnsure("getFile", "no file_path in the answer")
        return str(found["file_path"]), found.get("file_size")

    async def download(self, file_path: str, *, limit: int, timeout: float = 120.0) -> AsyncIterator[bytes]:
        """Stream a file in chunks; stops with `BotApiError` 413 past `limit` bytes. The URL holds the token: never log it."""
        received = 0
        try:
            async with self._open().get(
                self._files + file_path, timeout=aiohttp.ClientTimeout(total=timeout, connect=10), **self._via()
            ) as response:
                if response.status != 200:
                    raise BotApiError("download", response.status, response.reason or "")
                async for chunk in response.content.iter_chunked(64 * 1024):
                    received += len(chunk)
                    if received > limit:
                        raise BotApiError("download", 413, "too large")
                    yield chunk
        except BotApiError:
            raise
        except Exception as error:
            raise BotApiUnsure("download", type(error).__name__, sent=False) from None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector: aiohttp.BaseConnector | None = None
            if self._proxy and urlsplit(self._proxy).scheme.startswith("socks"):
                from aiohttp_socks import ProxyConnector

                connector = ProxyConnector.from_url(self._proxy)
            self._session = aiohttp.ClientSession(
                connector=connector or aiohttp.TCPConnector(limit=128, ttl_dns_cache=300)
            )
        return self._session

    def _via(self) -> dict[str, Any]:
        if self._proxy and self._proxy.startswith("http"):
            return {"proxy": self._proxy}
        return {}


def _unsure(method: str, error: Exception) -> BotApiUnsure:
    """Only the class of the error: its text may hold the URL, and that the token."""
    never_sent = isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError | aiohttp.InvalidURL)
    return BotApiUnsure(method, type(error).__name__, sent=not (never_sent or _proxy_refused(error)))


def _proxy_refused(error: Exception) -> bool:
    """aiohttp-socks has exceptions of its own, all raised before the request goes out; it is imported only when used."""
    return type(error).__module__.startswith("aiohttp_socks.")


async def backoff(attempt: int, *, most: float = 30.0) -> None:
    """Wait longer after every failure in a row: 0.5, 1, 2 … `most` seconds."""
    await asyncio.sleep(min(most, 0.5 * 2 ** min(attempt, 10)))
