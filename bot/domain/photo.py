"""What a photo may be."""

from dataclasses import dataclass

from bot.domain.errors import DomainError

MAX_PER_REPORT = 10
MAX_BYTES = 20 * 1024 * 1024  # what getFile gives (Bot API)
MAX_PIXELS = 40_000_000
NEAR_BITS = 5  # of 64: two shots of one thing, or one shot saved twice
FLAT = 6  # a hash with fewer bits than this, or all but these, says nothing: a blank wall


@dataclass(eq=False)
class TooManyPhotos(DomainError):
    """The report holds as many as it may."""

    most: int


class NotAPicture(Exception):
    """`why` is a key of `bot.texts.photos.REFUSED`: kind, pixels, broken, size."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(eq=False)
class NoSuchPhoto(DomainError):
    """It is not there any more."""

    photo_id: int


def look_alike(one: str, other: str) -> bool:
    """Whether two difference hashes (64 bits in hex) are of nearly the same picture; an empty hash is like nothing."""
    if not one or not other:
        return False
    first, second = int(one, 16), int(other, 16)
    if not FLAT <= first.bit_count() <= 64 - FLAT:
        return False
    return (first ^ second).bit_count() <= NEAR_BITS
