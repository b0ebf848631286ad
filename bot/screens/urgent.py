"""«Срочно», the same row on every screen of whoever may need it."""

from bot.domain.screen import Button
from bot.texts import start as words


def urgent(report_number: int | None = None) -> tuple[Button, ...]:
    """Without a report the work of the moment is meant."""
    return (Button(words.URGENT, f"u:{report_number}" if report_number else "u"),)
