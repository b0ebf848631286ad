"""The log of deeds speaks Russian: every action that any service notes, and everything it is about."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.alert import AlertState
from bot.domain.export import ExportKind
from bot.domain.hotline.life import Event
from bot.texts import audit

SERVICES = Path(__file__).parents[2] / "bot" / "services"
CODES = re.compile(r"[a-z][a-z_.-]*")


def notes() -> Iterator[ast.Call]:
    """Every call that adds an entry with the actor first: (tx, now, actor, action, object, …)."""
    for path in SERVICES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("auditing.note") and len(node.args) == 5:
                yield node


def codes(node: ast.expr) -> list[str]:
    return [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and CODES.fullmatch(part.value)
    ]


ACTIONS = sorted(
    {code for call in notes() for code in codes(call.args[3]) if not isinstance(call.args[3], ast.JoinedStr)}
    | {f"hotline.{event}" for event in Event}
    | {f"alert-{state}" for state in AlertState if state is not AlertState.RAISED}
)
KINDS = sorted(
    {
        str(part.value).partition(":")[0]
        for call in notes()
        if isinstance(call.args[4], ast.JoinedStr)
        for part in call.args[4].values[:1]
        if isinstance(part, ast.Constant)
    }
)
DETAILS = sorted({keyword.arg for call in notes() for keyword in call.keywords if keyword.arg})


def test_the_notes_were_found() -> None:
    assert len(ACTIONS) > 50
    assert {"report", "person", "sitting", "case"} < set(KINDS)


@pytest.mark.parametrize("action", ACTIONS)
def test_action_has_words(action: str) -> None:
    assert action in audit.ACTIONS


@pytest.mark.parametrize("kind", KINDS)
def test_object_has_words(kind: str) -> None:
    assert not re.search("[a-z]", audit.about(kind, "1", ()))


@pytest.mark.parametrize("kind", ExportKind)
def test_export_has_words(kind: ExportKind) -> None:
    assert kind.name.lower() in audit.EXPORTS


@pytest.mark.parametrize("name", DETAILS)
def test_detail_has_a_word(name: str) -> None:
    assert name in audit.DETAILS


@pytest.mark.parametrize(
    ("kind", "key", "name", "said"),
    [
        ("report", "1016", (), "отчёт 1016"),
        ("sitting", "19", ("СОШ № 5", "6 «Б»"), "СОШ № 5, 6 «Б»"),
        ("person", "6", ("Н-004",), "Н-004"),
        ("case", "e2f8eb47", (2026, 5), "ГЛ-2026-00005"),
        ("case", "e2f8eb47", (), "удалённое сообщение"),
        ("day", "2026-04-23", (), "23.04.2026"),
        ("sitting", "19", (), "№ 19"),
    ],
)
def test_about(kind: str, key: str, name: tuple[object, ...], said: str) -> None:
    assert audit.about(kind, key, name) == said
