"""From an upload, a file_id or an InputMedia object to the fields a message carries."""

from __future__ import annotations

from typing import Any

from bot.sandbox.arguments import Arguments, Upload
from bot.sandbox.errors import bad_request
from bot.sandbox.files import StoredFile
from bot.sandbox.formatting import caption_text
from bot.sandbox.methods.context import Context

ALBUM_KINDS = ("photo", "video", "document", "audio")


def media_content(context: Context, kind: str, reference: Any, upload: Upload | None) -> dict[str, Any]:
    """`{"photo": [...]}`, `{"document": {...}}`, … for an upload or for a file already on the server."""
    if upload is None and isinstance(reference, str) and reference.startswith("attach://"):
        upload = context.arguments.uploads.get(reference.removeprefix("attach://"))
    if upload is not None:
        return uploaded(context, kind, upload)
    if not isinstance(reference, str) or not reference:
        raise bad_request(f"there is no {kind} in the request")
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return _again(context, kind, context.world.files.need(reference))


def uploaded(context: Context, kind: str, upload: Upload) -> dict[str, Any]:
    files = context.world.files
    if not upload.content:
        raise bad_request("file must be non-empty")
    match kind:
        case "photo":
            return {"photo": files.photo(upload.content)}
        case "document":
            return {"document": files.document(upload.content, upload.name, _mime(upload))}
        case "voice":
            return {"voice": files.voice(upload.content, max(1, context.arguments.integer("duration", 1)))}
        case "video":
            return {"video": files.video(upload.content, upload.name)}
        case _:
            raise bad_request(f'type "{kind}" is unsupported')


def _mime(upload: Upload) -> str:
    return "" if upload.mime == "application/octet-stream" else upload.mime


def _again(context: Context, kind: str, file: StoredFile) -> dict[str, Any]:
    """A file_id keeps its kind: a photo cannot become a document nor the other way round."""
    if file.kind != kind:
        wanted, found = kind.capitalize(), file.kind.capitalize()
        raise bad_request(f"can't use file of type {found} as {wanted}")
    if kind == "photo":
        return {"photo": context.world.files.known_photo(file.file_id)}
    described = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
    if kind == "document":
        return {"document": described | {"file_name": file.name, "mime_type": file.mime}}
    return {kind: described | {"duration": 1, "mime_type": file.mime}}


def caption_fields(arguments: Arguments) -> dict[str, Any]:
    fields = caption_text(
        arguments.text("caption"), arguments.text("parse_mode"), arguments.structure("caption_entities")
    )
    if fields and arguments.flag("show_caption_above_media"):
        fields["show_caption_above_media"] = True
    return fields


def input_media(context: Context, raw: Any, *, album: bool) -> dict[str, Any]:
    """The content of one InputMedia object."""
    parsing = "can't parse InputMedia:"
    if not isinstance(raw, dict):
        raise bad_request(f"{parsing} expected an Object")
    kind = str(raw.get("type", ""))
    if kind not in ALBUM_KINDS or (album and kind == "animation"):
        raise bad_request(f'{parsing} type "{kind}" is unsupported')
    media = raw.get("media")
    if not media or (str(media).startswith("attach://") and str(media)[9:] not in context.arguments.uploads):
        raise bad_request(f"{parsing} media not found")
    content = media_content(context, kind, media, None)
    entities = raw.get("caption_entities")
    return content | caption_text(str(raw.get("caption") or ""), str(raw.get("parse_mode") or ""), entities)
