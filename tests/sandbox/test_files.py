"""Uploads, sizes of photos, albums, download links and their limits."""

from __future__ import annotations

import io
from typing import Any

import aiohttp
import pytest
from PIL import Image

from bot.sandbox import Sandbox
from bot.sandbox.chats import Person
from bot.sandbox.deeds import Attachment
from tests.sandbox.conftest import RawApi


def picture(width: int = 60, height: int = 40, kind: str = "JPEG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(buffer, kind, **options)
    return buffer.getvalue()


async def upload(api: RawApi, method: str, field: str, content: bytes, name: str, **arguments: Any) -> dict[str, Any]:
    form = aiohttp.FormData(quote_fields=False)
    for key, value in arguments.items():
        form.add_field(key, str(value))
    form.add_field(field, io.BytesIO(content), filename=name)
    async with api.session.post(f"{api.address}/{method}", data=form) as response:
        answer: dict[str, Any] = await response.json()
        return answer


async def download(api: RawApi, file_id: str) -> bytes:
    path = (await api.result("getFile", file_id=file_id))["file_path"]
    async with api.session.get(f"{api.sandbox.root}/file/bot{api.sandbox.token}/{path}") as response:
        assert response.status == 200
        return await response.read()


async def test_a_document_comes_back_byte_for_byte(api: RawApi, anna: Person):
    answer = await upload(api, "sendDocument", "document", b"\x00\x01xlsx", "сводка.xlsx", chat_id=anna.id)
    document = answer["result"]["document"]
    assert document["file_name"] == "сводка.xlsx"
    assert document["mime_type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert await download(api, document["file_id"]) == b"\x00\x01xlsx"


async def test_a_photo_has_sizes_and_no_metadata(api: RawApi, anna: Person, sandbox: Sandbox):
    exif = Image.Exif()
    exif[0x010F] = "Phone Inc"
    sandbox.deeds.sends_files(anna, "photo", [Attachment(picture(2560, 1280, exif=exif))])
    sizes = (await api.result("getUpdates"))[0]["message"]["photo"]
    assert [(size["width"], size["height"]) for size in sizes] == [(90, 45), (320, 160), (800, 400), (1280, 640)]
    largest = await download(api, sizes[-1]["file_id"])
    assert b"Phone Inc" not in largest
    for size in sizes:
        with Image.open(io.BytesIO(await download(api, size["file_id"]))) as image:
            assert image.size == (size["width"], size["height"])


async def test_a_small_clean_jpeg_stays_as_it_is(api: RawApi, anna: Person):
    content = picture()
    answer = await upload(api, "sendPhoto", "photo", content, "a.jpg", chat_id=anna.id, caption="Б6")
    assert answer["result"]["caption"] == "Б6"
    assert await download(api, answer["result"]["photo"][-1]["file_id"]) == content


async def test_a_file_id_can_be_sent_again_but_keeps_its_kind(api: RawApi, anna: Person):
    sizes = (await upload(api, "sendPhoto", "photo", picture(), "a.jpg", chat_id=anna.id))["result"]["photo"]
    again = await api.result("sendPhoto", chat_id=anna.id, photo=sizes[0]["file_id"])
    assert again["photo"] == sizes
    refusal = await api.refusal("sendDocument", chat_id=anna.id, document=sizes[0]["file_id"])
    assert refusal == "Bad Request: can't use file of type Photo as Document"
    refusal = await api.refusal("sendPhoto", chat_id=anna.id, photo="AgACnonsense")
    assert refusal == "Bad Request: wrong file identifier/HTTP URL specified"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"not a picture", "Bad Request: IMAGE_PROCESS_FAILED"),
        (picture(2100, 100, "PNG"), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (b"\xff" * ((10 << 20) + 1), "is too big for a photo"),
        (b"", "Bad Request: file must be non-empty"),
    ],
    ids=["nonsense", "ribbon", "huge", "empty"],
)
async def test_refused_photos(api: RawApi, anna: Person, content: bytes, refusal: str):
    answer = await upload(api, "sendPhoto", "photo", content, "a.jpg", chat_id=anna.id)
    assert refusal in answer["description"]


async def test_more_than_50_megabytes_are_refused_and_the_connection_lives(api: RawApi, anna: Person):
    answer = await upload(api, "sendDocument", "document", bytes((50 << 20) + 1), "big.bin", chat_id=anna.id)
    assert answer["error_code"] == 413
    assert answer["description"] == "Request Entity Too Large"
    assert (await api.result("getMe"))["is_bot"]


async def test_more_than_20_megabytes_cannot_be_downloaded(api: RawApi, anna: Person, sandbox: Sandbox):
    sandbox.deeds.sends_files(anna, "document", [Attachment(bytes((20 << 20) + 1), "video.bin")])
    file_id = (await api.result("getUpdates"))[0]["message"]["document"]["file_id"]
    assert await api.refusal("getFile", file_id=file_id) == "Bad Request: file is too big"


async def test_a_link_lives_for_an_hour_and_is_renewed_by_get_file(api: RawApi, sandbox: Sandbox):
    file_id = sandbox.world.files.document(b"x", "a.txt")["file_id"]
    path = (await api.result("getFile", file_id=file_id))["file_path"]
    address = f"{sandbox.root}/file/bot{sandbox.token}/{path}"
    sandbox.world.clock.advance(3601)
    async with api.session.get(address) as response:
        assert response.status == 404
    assert await download(api, file_id) == b"x"
    unknown = await api.refusal("getFile", file_id="BQACnonsense")
    assert unknown == "Bad Request: wrong file_id or the file is temporarily unavailable"


async def test_an_album_of_a_person_is_several_updates(api: RawApi, anna: Person, sandbox: Sandbox):
    photos = [Attachment(picture(50 + n, 40)) for n in range(12)]
    sandbox.deeds.sends_files(anna, "photo", photos, caption="Б6")
    messages = [update["message"] for update in await api.result("getUpdates")]
    assert len(messages) == 12
    albums = [message["media_group_id"] for message in messages]
    assert len(set(albums[:10])) == 1
    assert len(set(albums)) == 2
    assert [message.get("caption") for message in messages] == ["Б6"] + [None] * 11


async def test_a_media_group_of_the_bot(api: RawApi, anna: Person):
    form = aiohttp.FormData()
    form.add_field("chat_id", str(anna.id))
    media = '[{"type":"photo","media":"attach://one","caption":"<b>1</b>","parse_mode":"HTML"},{"type":"photo","media":"attach://two"}]'
    form.add_field("media", media)
    form.add_field("one", picture(50, 40), filename="1.jpg")
    form.add_field("two", picture(51, 40), filename="2.jpg")
    async with api.session.post(f"{api.address}/sendMediaGroup", data=form) as response:
        messages = (await response.json())["result"]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert messages[0]["caption_entities"][0]["type"] == "bold"


@pytest.mark.parametrize(
    ("media", "refusal"),
    [
        ([], "Bad Request: there are no messages to send"),
        ([{"type": "photo", "media": "x"}] * 11, "Bad Request: too many messages to send as an album"),
        ([{"type": "photo"}], "Bad Request: can't parse InputMedia: media not found"),
        ([{"type": "photo", "media": "attach://none"}], "Bad Request: can't parse InputMedia: media not found"),
        ([{"type": "dance", "media": "x"}], 'Bad Request: can\'t parse InputMedia: type "dance" is unsupported'),
        (
            [{"type": "photo", "media": "x"}, {"type": "document", "media": "y"}],
            "Bad Request: Document can't be mixed with other media types",
        ),
    ],
)
async def test_refused_albums(api: RawApi, anna: Person, media: list[dict[str, Any]], refusal: str):
    assert await api.refusal("sendMediaGroup", chat_id=anna.id, media=media) == refusal


async def test_a_voice_message(api: RawApi, anna: Person):
    answer = await upload(api, "sendVoice", "voice", b"OggS...", "a.ogg", chat_id=anna.id, duration=7)
    assert answer["result"]["voice"]["duration"] == 7


async def test_media_can_be_exchanged(api: RawApi, anna: Person, sandbox: Sandbox):
    first, second = (sandbox.world.files.document(name.encode(), name)["file_id"] for name in ("a.txt", "b.txt"))
    sent = await api.result("sendDocument", chat_id=anna.id, document=first, caption="было")
    media = {"type": "document", "media": second, "caption": "стало"}
    edited = await api.result("editMessageMedia", chat_id=anna.id, message_id=sent["message_id"], media=media)
    assert (edited["document"]["file_name"], edited["caption"]) == ("b.txt", "стало")


async def test_a_copy_has_no_trace_of_its_author(api: RawApi, anna: Person, sandbox: Sandbox):
    boris = sandbox.world.add_person("Борис", started=True)
    sandbox.deeds.sends_files(anna, "document", [Attachment(b"x", "a.txt")], caption="**тайна**")
    copied = await api.result("copyMessage", chat_id=boris.id, from_chat_id=anna.id, message_id=1)
    copy = sandbox.world.chats[boris.id].messages[copied["message_id"]]
    assert (copy["caption"], copy["document"]["file_name"]) == ("**тайна**", "a.txt")
    assert "Анна" not in str(copy)
    assert "forward_origin" not in copy
    gone = await api.refusal("copyMessage", chat_id=boris.id, from_chat_id=anna.id, message_id=99)
    assert gone == "Bad Request: message to copy not found"


async def test_protected_content_cannot_be_copied(api: RawApi, anna: Person):
    sent = await api.result("sendMessage", chat_id=anna.id, text="тайна", protect_content=True)
    assert sent["has_protected_content"]
    refusal = await api.refusal("copyMessage", chat_id=anna.id, from_chat_id=anna.id, message_id=sent["message_id"])
    assert refusal == "Bad Request: message can't be copied"
