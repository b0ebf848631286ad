"""What a file that claims to be a photo really is: kind by its bytes, size, a hash that near duplicates share."""

import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from bot.domain.photo import MAX_PIXELS, NotAPicture

FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "HEIF": ".heic"}


@dataclass(frozen=True, slots=True)
class Found:
    mime: str
    suffix: str
    width: int
    height: int
    dhash: str  # 64-bit difference hash, hex


def inspect(path: Path) -> Found:
    """Raises `NotAPicture` for another kind, too many pixels, or damage. Decodes a small draft only, never the whole."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(path, formats=list(FORMATS)) as image:
                kind = image.format or ""
                width, height = image.size
                if width * height > MAX_PIXELS:
                    raise NotAPicture("pixels")
                image.draft("L", (64, 64))
                small = image.convert("L").resize((9, 8))
        except (UnidentifiedImageError, KeyError):
            raise NotAPicture("kind") from None
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise NotAPicture("pixels") from None
        except (OSError, ValueError, SyntaxError):
            raise NotAPicture("broken") from None
    dots = small.tobytes()
    bits = 0
    for line in range(8):
        for place in range(8):
            bits = bits << 1 | (dots[line * 9 + place] > dots[line * 9 + place + 1])
    return Found(Image.MIME.get(kind, "image/heic"), FORMATS[kind], width, height, f"{bits:016x}")
