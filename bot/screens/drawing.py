"""Жеребьёвка in chat."""

from collections.abc import Sequence

from bot.domain.screen import Button, Screen, column, row, rows
from bot.texts import drawing as words
from bot.texts.start import BACK, HOME
from storage.draws import Drawn

BACK_ROW = (Button(BACK, "plan"), Button(HOME, "home"))


def ask() -> Screen:
    return Screen(words.ASK, rows(*column(Button(words.WEEK, "dr:7"), Button(words.EVERYTHING, "dr:all")), BACK_ROW))


def proposal(
    drawn: Drawn,
    sittings: int,
    placed: int,
    schools: int,
    obligatory: Sequence[str],
    short: Sequence[tuple[str, int]],
    notice: str = "",
) -> Screen:
    text = words.proposal(
        drawn.id,
        drawn.first,
        drawn.last,
        drawn.seed,
        sittings,
        placed,
        schools,
        obligatory,
        short,
        applied=drawn.applied_at is not None,
    )
    return Screen(
        f"{notice}\n\n{text}" if notice else text,
        rows(
            row(Button(words.APPLY, f"dra:{drawn.id}") if placed and drawn.applied_at is None else None),
            row(Button(words.PROTOCOL, f"drp:{drawn.id}"), Button(words.AGAIN, "dr")),
            BACK_ROW,
        ),
    )


def nothing(*, works: bool) -> Screen:
    """`works`: there are some on these days, all of them watched."""
    return Screen(words.NOTHING if works else words.NO_WORKS, (BACK_ROW,))
