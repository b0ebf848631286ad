"""Every refusal of a report and every doubt about one has plain Russian words."""

from datetime import UTC, datetime

import pytest

from bot.domain import errors
from bot.domain.report import DoubtKind
from bot.texts.errors import UNEXPECTED, text
from bot.texts.report import DOUBTS

NOW = datetime(2026, 4, 23, tzinfo=UTC)
REFUSALS = [
    errors.NotAllowed(needed=("coordinator",)),
    errors.NotAllowed(),
    errors.NotYourReport(7315),
    errors.ReportClosed(7315, "excused"),
    errors.ReportNotReady(7315, ("Б6", "В3")),
    errors.StepNotPossible(7315, "expected", "submit"),
    errors.UnknownItem("Ж9<"),
    errors.ItemNotAsked(7315, "А1"),
    errors.CommentNeeded(7315, "Б6"),
    errors.CorrectionReasonNeeded(7315),
    errors.WrongChecklist(7315, "vpr 1", "vpr 2"),
    errors.CountOutOfRange("present", 900, 200),
]
# Faults of the program: the person reads an apology, the log has the facts.
FAULTS = [
    errors.NaiveTime("arrived_at", NOW),
    errors.LedgerUnbalanced(25, 24),
    errors.ChecklistInvalid("vpr.toml", (("Б6", "missing", "label"),)),
]


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: error.fact)
def test_a_refusal_says_what_happened(error):
    said = text(error)
    assert said != UNEXPECTED
    assert not {"<", "{", "}"} & set(said)
    assert "None" not in said
    assert error.fact not in said
    if "number" in error.data():
        assert str(error.data()["number"]) in said or error.data()["code"] in said


@pytest.mark.parametrize("error", FAULTS, ids=lambda error: error.fact)
def test_a_fault_is_an_apology_with_facts_for_the_log(error):
    assert text(error) == UNEXPECTED
    assert all(name in str(error) for name in error.data())


def test_no_refusal_was_forgotten():
    known = {
        cls.__name__ for cls in vars(errors).values() if isinstance(cls, type) and issubclass(cls, errors.DomainError)
    }
    assert known - {"DomainError"} == {error.fact for error in REFUSALS + FAULTS}


def test_every_doubt_has_words():
    assert set(DOUBTS) == {kind.value for kind in DoubtKind}
