"""Files of the sandbox: bytes by content, file ids by upload, photos in the sizes Telegram would make of them."""

from __future__ import annotations

import hashlib
import io
import itertools
import mimetypes
import secrets
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.sandbox.clock import Clock
from bot.sandbox.errors import Refused, bad_request

_MIMES = mimetypes.MimeTypes()
_MIMES.add_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")
_MIMES.add_type("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")

DOWNLOAD_LIMIT = 20 << 20
PHOTO_LIMIT = 10 << 20
UPLOAD_LIMIT = 50 << 20
LINK_SECONDS = 3600
PHOTO_SIDES = (90, 320, 800, 1280)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "video": "videos", "audio": "music"}


@dataclass(slots=True)
class StoredFile:
    """`side` is set for a photo size that is drawn only when somebody downloads it."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    size: int
    digest: str
    path: str
    side: int = 0
    link_until: float = 0.0


class FileStore:
    """The same bytes are kept once; every upload still gets its own file_id and file_unique_id, as in Telegram."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._contents: dict[str, bytes] = {}
        self._files: dict[str, StoredFile] = {}
        self._paths: dict[str, StoredFile] = {}
        self._photos: dict[str, list[dict[str, Any]]] = {}
        self._numbers = itertools.count(1)

    def keep(self, content: bytes, kind: str, name: str = "", mime: str = "", *, side: int = 0) -> StoredFile:
        digest = hashlib.sha256(content).hexdigest()
        self._contents.setdefault(digest, content)
        return self._register(digest, len(content), kind, name, mime, side)

    def _register(self, digest: str, size: int, kind: str, name: str, mime: str, side: int) -> StoredFile:
        mime = mime or _MIMES.guess_type(name)[0] or "application/octet-stream"
        suffix = "." + name.rpartition(".")[2] if "." in name else {"photo": ".jpg", "voice": ".oga"}.get(kind, "")
        path = f"{_FOLDERS.get(kind, 'files')}/file_{next(self._numbers)}{suffix}"
        prefix = {"photo": "AgACAgIAAxk", "document": "BQACAgIAAxk", "voice": "AwACAgIAAxk"}.get(kind, "CQACAgIAAxk")
        file = StoredFile(
            file_id=prefix + secrets.token_urlsafe(36),
            unique_id="AQAD" + secrets.token_urlsafe(9),
            kind=kind, name=name, mime=mime, size=size, digest=digest, path=path, side=side,
        )  # fmt: skip
        self._files[file.file_id] = file
        self._paths[path] = file
        return file

    def find(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id)

    def need(self, file_id: str) -> StoredFile:
        """Raises Telegram's 400 for an id that is not one of ours."""
        file = self._files.get(file_id)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return file

    def content(self, file: StoredFile) -> bytes:
        """Bytes of the file; a smaller photo size is drawn at this moment."""
        content = self._contents[file.digest]
        if file.side:
            content = _resized(content, file.side)
            file.digest, file.size, file.side = hashlib.sha256(content).hexdigest(), len(content), 0
            self._contents.setdefault(file.digest, content)
        return content

    def link(self, file_id: str) -> dict[str, Any]:
        """The File object of getFile; the link lives for an hour and every call renews it."""
        file = self._files.get(file_id)
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if file.size > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        self.content(file)
        file.link_until = self._clock.seconds() + LINK_SECONDS
        return {**file_fields(file), "file_path": file.path}

    def download(self, path: str) -> StoredFile | None:
        """The file behind a link that is still alive."""
        file = self._paths.get(path)
        return file if file is not None and file.link_until >= self._clock.seconds() else None

    # -- what messages carry ---------------------------------------------------------------------------------------

    def photo(self, content: bytes) -> list[dict[str, Any]]:
        """PhotoSize objects, smallest first; raises 400 for what Telegram refuses as a photo."""
        if len(content) > PHOTO_LIMIT:
            raise bad_request(
                f"file of size {len(content)} bytes is too big for a photo; the maximum size is 10485760 bytes"
            )
        width, height, content = _as_photo(content)
        sizes = []
        for side in PHOTO_SIDES:
            last = side == PHOTO_SIDES[-1] or max(width, height) <= side
            file = self.keep(content, "photo", mime="image/jpeg", side=0 if last else side)
            scale = min(1.0, side / max(width, height))
            fields = {
                **file_fields(file),
                "width": max(1, round(width * scale)),
                "height": max(1, round(height * scale)),
            }
            if not last:
                fields["file_size"] = max(400, int(len(content) * scale * scale))
            sizes.append(fields)
            if last:
                break
        self._photos.update({size["file_id"]: sizes for size in sizes})
        return sizes

    def known_photo(self, file_id: str) -> list[dict[str, Any]]:
        """All sizes of the photo that this file_id belongs to."""
        return self._photos[file_id]

    def document(self, content: bytes, name: str, mime: str = "") -> dict[str, Any]:
        file = self.keep(content, "document", name, mime)
        return {**file_fields(file), "file_name": file.name, "mime_type": file.mime}

    def voice(self, content: bytes, duration: int = 1) -> dict[str, Any]:
        file = self.keep(content, "voice", mime="audio/ogg")
        return {**file_fields(file), "duration": duration, "mime_type": "audio/ogg"}

    def video(self, content: bytes, name: str = "", duration: int = 1) -> dict[str, Any]:
        file = self.keep(content, "video", name, "video/mp4")
        return {**file_fields(file), "width": 640, "height": 480, "duration": duration, "mime_type": "video/mp4"}


def file_fields(file: StoredFile) -> dict[str, Any]:
    return {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}


def check_upload(size: int) -> None:
    if size > UPLOAD_LIMIT:
        raise Refused(413, "Request Entity Too Large")


def _as_photo(content: bytes) -> tuple[int, int, bytes]:
    """Telegram keeps photos as JPEG without metadata, at most 1280 on the longer side; a small clean JPEG stays as it is."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            width, height = image.size
            if width + height > 10_000 or max(width, height) > 20 * min(width, height):
                raise bad_request("PHOTO_INVALID_DIMENSIONS")
            largest = PHOTO_SIDES[-1]
            if image.format == "JPEG" and max(width, height) <= largest and "exif" not in image.info:
                return width, height, content
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, *_BOMBS) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    upright.thumbnail((largest, largest))
    return *upright.size, _jpeg(upright)


def _resized(content: bytes, side: int) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        image.draft("RGB", (side, side))
        smaller = image.convert("RGB")
    smaller.thumbnail((side, side))
    return _jpeg(smaller)


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()
