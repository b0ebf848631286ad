"""Text as it is compared: case, ё, spaces, quotes and the number sign do not count."""

import re
import unicodedata

_NOISE = re.compile(r"[«»\"'`.,!?;:()№#]+")


def fold(text: str) -> str:
    """Idempotent."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return " ".join(_NOISE.sub(" ", plain).split())
