"""Two of the staff count as two when different people let them in."""

import pytest

from bot.domain.vouching import Vouched, independent

ROOT, SECOND = Vouched(1, None, None), Vouched(2, None, None)


@pytest.mark.parametrize(
    ("staff", "pair", "are"),
    [
        ([ROOT, SECOND], (1, 2), True),
        ([ROOT], (1, 1), False),
        ([ROOT, Vouched(3, 1, 1)], (1, 3), False),  # made by one alone
        ([ROOT, SECOND, Vouched(3, 1, 2)], (1, 3), False),  # invited
        ([ROOT, SECOND, Vouched(3, 1, 2)], (3, 2), False),  # approved
        ([ROOT, SECOND, Vouched(3, 1, 2), Vouched(4, 2, 1)], (3, 4), True),  # two pairs of eyes saw both
        ([ROOT, Vouched(3, 1, 1), Vouched(4, 1, 3)], (3, 4), False),
        ([ROOT, Vouched(3, 1, 1), Vouched(4, 1, 3), Vouched(5, 1, 4)], (3, 5), False),  # all are one person's
        ([ROOT, SECOND, Vouched(3, 1, 1), Vouched(4, 1, 3), Vouched(5, 1, 4)], (2, 5), True),
        ([ROOT, Vouched(3, 1, None)], (3, 1), False),  # who approved is not known any more
        (
            [ROOT, Vouched(3, 1, 1), Vouched(3, None, None)],
            (1, 3),
            True,
        ),  # an operator who then got a code from the console
    ],
)
def test_who_counts_as_two(staff: list[Vouched], pair: tuple[int, int], are: bool) -> None:
    assert independent(*pair, staff) is are
    assert independent(*reversed(pair), staff) is are
