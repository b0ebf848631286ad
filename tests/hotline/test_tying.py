"""What operators type to tie a case to something."""

import pytest

from bot.domain.hotline.tying import Tie, parse


@pytest.mark.parametrize(
    ("typed", "tie"),
    [
        ("7315", Tie(7315)),
        ("№ 7315", Tie(7315)),
        ("отчёт 7315 Б6", Tie(7315, "Б6")),
        ("Б6 в отчёте 7315", Tie(7315, "Б6")),
        ("7315, б-06", Tie(7315, "Б6")),
        ("7315 B6", Tie(7315, "В6")),  # a Latin letter
        ("приказ № 12 от 24.04.2026", Tie(decision="приказ № 12 от 24.04.2026")),
        ("Письмо  школам\n№ 5", Tie(decision="Письмо школам № 5")),
        ("Решение: Иванова Мария Ивановна уволена", Tie(decision="Решение: [скрыто] уволена")),
        ("не знаю", None),
        ("", None),
    ],
)
def test_ties_as_people_type_them(typed: str, tie: Tie | None):
    assert parse(typed) == tie
