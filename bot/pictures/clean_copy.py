"""A copy of a photo without what its device wrote into it: place, time, owner, editing history. The picture stays.

JPEG and PNG lose whole segments and not one pixel changes; of EXIF only the rotation is written anew. WEBP and HEIF are
drawn again as JPEG, turned upright.
"""

import struct
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

KEPT_CHUNKS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"bKGD"}
)
ORIENTATION, GPS = 0x0112, 0x8825
QUALITY = 90


@dataclass(frozen=True, slots=True)
class Stripped:
    """`had_place`: the original told where it was taken."""

    content: bytes
    suffix: str
    had_place: bool


def strip(path: Path, suffix: str) -> Stripped:
    """The copy of an inspected photo. Raises ValueError or OSError for a damaged one."""
    content = path.read_bytes()
    with Image.open(BytesIO(content)) as image:
        exif = image.getexif()
        turned, had_place = exif.get(ORIENTATION, 1), bool(exif.get_ifd(GPS))
        if suffix == ".jpg":
            return Stripped(_jpeg(content, turned), suffix, had_place)
        if suffix == ".png":
            return Stripped(_png(content), suffix, had_place)
        out = BytesIO()
        ImageOps.exif_transpose(image).convert("RGB").save(out, "JPEG", quality=QUALITY)
    return Stripped(out.getvalue(), ".jpg", had_place)


def _jpeg(content: bytes, turned: int) -> bytes:
    """Application segments and comments are cut, all but JFIF and the colour profile; what follows the image too."""
    out, at = [b"\xff\xd8"], 2
    if turned in range(2, 9):
        out.append(_orientation(turned))
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise ValueError("no marker where one must be")
        marker = content[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        segment = content[at : at + 2 + length]
        if marker == 0xDA:
            end = content.rfind(b"\xff\xd9")
            out.append(content[at : end + 2] if end > at else content[at:])
            return b"".join(out)
        profile = marker == 0xE2 and segment[4:15] == b"ICC_PROFILE"
        plain = marker == 0xE0 and segment[4:8] == b"JFIF"
        adobe = marker == 0xEE and segment[4:9] == b"Adobe"  # tells how colours are coded
        if (not 0xE0 <= marker <= 0xEF and marker != 0xFE) or profile or plain or adobe:
            out.append(segment)
        at += 2 + length
    raise ValueError("no image data")


def _orientation(turned: int) -> bytes:
    tiff = b"II*\x00\x08\x00\x00\x00" + struct.pack("<HHHIHHI", 1, ORIENTATION, 3, 1, turned, 0, 0)
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def _png(content: bytes) -> bytes:
    out, at = [content[:8]], 8
    while at + 12 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        if kind in KEPT_CHUNKS:
            out.append(content[at : at + 12 + length])
        at += 12 + length
        if kind == b"IEND":
            return b"".join(out)
    raise ValueError("no end of the image")
