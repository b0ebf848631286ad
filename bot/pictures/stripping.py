"""A picture drawn anew: the same to the eye, without place, device, author or hidden previews."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.domain.photo import MAX_PIXELS, NotAPicture

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
LONGEST_SIDE = 2560
QUALITY = 85


def strip(content: bytes) -> bytes:
    """JPEG bytes without metadata, in memory only. Raises `NotAPicture`."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(content), formats=list(FORMATS)) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise NotAPicture("pixels")
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                drawn = ImageOps.exif_transpose(image).convert("RGB")
        except (UnidentifiedImageError, KeyError):
            raise NotAPicture("kind") from None
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise NotAPicture("pixels") from None
        except (OSError, ValueError, SyntaxError):
            raise NotAPicture("broken") from None
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.frombytes("RGB", drawn.size, drawn.tobytes())
    out = BytesIO()
    clean.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
