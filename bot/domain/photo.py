"""What a photo may be."""

from dataclasses import dataclass

from bot.domain.errors import DomainError

MAX_PER_REPORT = 10
MAX_BYTES = 20 * 1024 * 1024  # what getFile gives (Bot API)
MAX_PIXELS = 40_000_000


@dataclass(eq=False)
class TooManyPhotos(DomainError):
    """The report holds as many as it may."""

    most: int


class NotAPicture(Exception):
    """`why` is a key of `bot.texts.photos.REFUSED`: kind, pixels, broken, size."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
