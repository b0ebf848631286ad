"""Instants as text: UTC, fixed width, so that text order is time order in every engine."""

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """`2027-04-23T06:10:00.000000Z`. Raises ValueError for a naive moment."""
    if moment.tzinfo is None:
        raise ValueError("naive datetime")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def from_text(text: str) -> datetime:
    return datetime.fromisoformat(text)  # ten times as fast as strptime, and every tap reads a dozen


def from_text_or_none(text: str | None) -> datetime | None:
    return None if text is None else from_text(text)
