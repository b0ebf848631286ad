"""What is taken for a person's name."""

import pytest

from bot.domain.people import full_name


@pytest.mark.parametrize(
    "text",
    ["Белова Анна Петровна", "Анна Белова", "Салтыков-Щедрин М. Е.", "Мамедов Али Гасан оглы", "О’Нил Джон", "Ким А."],
)
def test_name_is_taken(text: str) -> None:
    assert full_name(f"  {text.replace(' ', '   ')} ") == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Анна",
        "В классе шумно, дети отвлекаются",
        "7315 4482",
        "да нет да нет да нет да",
        "<b>Анна</b> Белова",
        "А" * 90 + " " + "Б" * 90,
    ],
)
def test_anything_else_is_not(text: str) -> None:
    assert full_name(text) is None
