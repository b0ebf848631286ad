"""A copy without metadata: no place, no owner, no pixel changed, the rotation kept."""

import os
import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from bot.domain.photo import NotAPicture, look_alike
from bot.intake.photo_inspecting import PhotoInspector
from bot.pictures.clean_copy import strip


def photo(kind: str = "JPEG", **save) -> bytes:
    image = Image.radial_gradient("L").resize((64, 48)).convert("RGB")
    out = BytesIO()
    image.save(out, kind, **save)
    return out.getvalue()


def exif() -> Image.Exif:
    told = Image.Exif()
    told[0x0112] = 6  # lies on its side
    told[0x010F] = "CANARY-PHONE"
    told.get_ifd(0x8825)[1] = "N"
    told.get_ifd(0x8825)[2] = (56.0, 50.0, 0.0)
    return told


def at(tmp_path: Path, content: bytes, name: str = "photo") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_jpeg_loses_everything_but_the_picture_and_its_rotation(tmp_path: Path):
    content = photo(exif=exif(), comment=b"CANARY-COMMENT") + b"CANARY-TRAILER"
    stripped = strip(at(tmp_path, content), ".jpg")
    assert b"CANARY" in content
    assert b"CANARY" not in stripped.content
    assert stripped.had_place
    before, after = Image.open(BytesIO(content)), Image.open(BytesIO(stripped.content))
    assert after.getexif()[0x0112] == 6
    assert dict(after.getexif()) == {0x0112: 6}
    assert before.tobytes() == after.tobytes()  # lossless
    assert ImageOps.exif_transpose(before).size == ImageOps.exif_transpose(after).size == (48, 64)


def test_png_keeps_only_what_is_the_picture(tmp_path: Path):
    text = PngInfo()
    text.add_text("Author", "CANARY")
    content = photo("PNG", pnginfo=text, exif=exif())
    stripped = strip(at(tmp_path, content), ".png")
    assert b"CANARY" not in stripped.content
    assert Image.open(BytesIO(stripped.content)).tobytes() == Image.open(BytesIO(content)).tobytes()


def test_webp_is_drawn_again_upright(tmp_path: Path):
    stripped = strip(at(tmp_path, photo("WEBP", exif=exif())), ".webp")
    assert stripped.suffix == ".jpg"
    assert stripped.had_place
    assert b"CANARY" not in stripped.content
    assert Image.open(BytesIO(stripped.content)).size == (48, 64)


async def test_inspected_apart_with_a_reason_for_every_refusal(tmp_path: Path):
    clean, inspector = tmp_path / "clean", PhotoInspector()
    bomb = BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")
    for content, why in ((b"MZ" + bytes(200), "kind"), (photo()[:200], "broken"), (bomb.getvalue(), "pixels")):
        with pytest.raises(NotAPicture) as refused:
            await inspector.inspect(at(tmp_path, content, why), clean)
        assert refused.value.why in (why, "kind")
        assert not clean.exists()
    found = await inspector.inspect(at(tmp_path, photo(exif=exif())), clean)  # the same process goes on
    assert (found.mime, found.width, found.height, found.had_place) == ("image/jpeg", 64, 48, True)
    assert clean.is_file()
    await inspector.close()


async def test_a_process_that_dies_costs_no_photo(tmp_path: Path):
    inspector = PhotoInspector()
    await inspector.inspect(at(tmp_path, photo()), tmp_path / "clean")
    assert inspector.process_id is not None
    os.kill(inspector.process_id, signal.SIGKILL)
    assert (await inspector.inspect(at(tmp_path, photo()), tmp_path / "clean")).width == 64
    await inspector.close()


def test_the_process_that_opens_photos_never_loads_the_chat_framework():
    code = "import sys, bot.pictures.inspecting_worker; print('aiogram' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


def test_near_duplicates_differ_in_a_few_bits_and_blank_walls_are_like_nothing():
    one = "f0f0cccc3333aaaa"
    assert look_alike(one, one)
    assert look_alike(one, f"{int(one, 16) ^ 0b111:016x}")
    assert not look_alike(one, "0f0fcccc33335555")
    assert not look_alike("0" * 16, "0" * 16)
    assert not look_alike("", one)
