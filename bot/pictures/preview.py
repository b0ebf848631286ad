"""A stored photo as a small JPEG: what a messenger shows, without place, device or time in it."""

from io import BytesIO

from PIL import Image, ImageOps

from bot.domain.photo import MAX_PIXELS, NotAPicture
from bot.pictures.inspecting import FORMATS

SIDE = 1280
QUALITY = 82


def preview(content: bytes) -> bytes:
    """At most 1 280 pixels a side, turned upright, no metadata. Raises `NotAPicture`."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    try:
        with Image.open(BytesIO(content), formats=list(FORMATS)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise NotAPicture("pixels")
            image.draft("RGB", (SIDE, SIDE))
            small = ImageOps.exif_transpose(image).convert("RGB")
            small.thumbnail((SIDE, SIDE))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise NotAPicture("broken") from None
    out = BytesIO()
    small.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
