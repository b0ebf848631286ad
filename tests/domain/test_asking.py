"""The next question follows from the answers alone: ten taps with forced choice, six without."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking import (
    MOST_ON_ONE_SCREEN,
    AllAnswered,
    AskComment,
    AskItem,
    AskRest,
    Pace,
    StageDone,
    next_question,
)
from bot.domain.checklist import Answer, AnswerValue, Form, ReportForm
from bot.domain.checklist_file import load_checklist

NOW = datetime(2026, 4, 23, 9, 0, tzinfo=UTC)
VPR = load_checklist("vpr")
SHORT = VPR.items(ReportForm.SHORT)
FULL = VPR.items(ReportForm.FULL, Form.COMPUTER)


def says(value: str, comment: str = "") -> Answer:
    return Answer(AnswerValue(value), NOW, comment)


def walk(items, pace):
    """Answer everything with one tap a screen, opening each stage; the screens that were shown."""
    answers: dict[str, Answer] = {}
    shown = []
    stage = None
    while not isinstance(question := next_question(VPR, items, answers, stage=stage, pace=pace), AllAnswered):
        shown.append(question)
        match question:
            case AskItem(stage=here, item=item):
                answers[item.code] = says("yes")
                stage = here.code
            case AskRest(stage=here, items=rest):
                answers |= {item.code: says("yes") for item in rest}
                stage = here.code
            case StageDone(next_stage=following):
                stage = following.code
    return answers, shown


@pytest.mark.parametrize(("pace", "screens"), [(Pace.FORCED, 8), (Pace.FAST, 4)])
def test_tap_budget_of_the_short_form(pace, screens):
    answers, shown = walk(SHORT, pace)
    asked = [question for question in shown if not isinstance(question, StageDone)]
    assert len(asked) == screens
    assert 1 + screens + 1 == (10 if pace is Pace.FORCED else 6)  # arrival, the screens, sending
    assert list(answers) == sorted(answers, key=lambda code: [i.stage for i in SHORT if i.code == code])
    assert set(answers) == {item.code for item in SHORT}


def test_first_stage_as_on_the_screens():
    first = next_question(VPR, SHORT, {})
    assert isinstance(first, AskItem)
    assert (first.item.code, first.number, first.total) == ("А8", 1, 3)
    second = next_question(VPR, SHORT, {"А8": says("yes")}, stage="А")
    assert isinstance(second, AskRest)
    assert [item.code for item in second.items] == ["А12", "А16"]
    done = next_question(VPR, SHORT, {code: says("yes") for code in ("А8", "А12", "А16")}, stage="А")
    assert isinstance(done, StageDone)
    assert (done.stage.code, done.next_stage.code) == ("А", "Б")


def test_one_violation_on_a_shared_screen_leaves_the_others_to_ask():
    answers = {"Б6": says("yes"), "Б2": says("no", "не читали")}
    question = next_question(VPR, SHORT, answers, stage="Б")
    assert isinstance(question, AskRest)
    assert [item.code for item in question.items] == ["Б1", "Б4"]


def test_a_gap_in_an_earlier_stage_is_found_at_the_end():
    answers = {item.code: says("yes") for item in SHORT if item.code != "А12"}
    done = next_question(VPR, SHORT, answers, stage="Г")
    assert isinstance(done, StageDone)
    assert done.next_stage.code == "А"


def test_the_next_stage_is_a_later_one_even_when_an_earlier_has_a_gap():
    answers = {item.code: says("yes") for item in SHORT if item.code not in ("А12", "Г2")}
    done = next_question(VPR, SHORT, answers, stage="Б")
    assert isinstance(done, StageDone)
    assert done.next_stage.code == "Г"


def test_a_missing_comment_is_asked_when_all_is_answered_and_not_before():
    answers = {"Б6": says("no", "  ")}
    assert isinstance(next_question(VPR, SHORT, answers, stage="Б"), AskRest)
    answers = {item.code: says("yes") for item in SHORT} | answers
    question = next_question(VPR, SHORT, answers, stage="Г")
    assert isinstance(question, AskComment)
    assert question.item.code == "Б6"


def test_a_stage_that_is_not_asked_falls_back_to_the_first_gap():
    question = next_question(VPR, SHORT, {}, stage="Е")
    assert isinstance(question, AskItem)
    assert question.item.code == "А8"


@pytest.mark.parametrize("pace", list(Pace))
def test_the_full_form_never_shows_more_than_fits(pace):
    answers, shown = walk(FULL, pace)
    assert set(answers) == {item.code for item in FULL}
    for question in shown:
        if isinstance(question, AskRest):
            assert 1 <= len(question.items) <= MOST_ON_ONE_SCREEN
            assert pace is Pace.FAST or not any(item.critical for item in question.items)


def test_the_even_portions_of_a_long_stage_do_not_move_when_answered():
    answers = {code: says("yes") for code in ("А7", "А8", "А9")}
    first = next_question(VPR, FULL, answers, stage="А")
    assert isinstance(first, AskRest)
    middle = first.items[len(first.items) // 2]
    again = next_question(VPR, FULL, answers | {middle.code: says("na")}, stage="А")
    assert isinstance(again, AskRest)
    assert [item.code for item in again.items] == [item.code for item in first.items if item is not middle]


@given(
    codes=st.lists(st.sampled_from([item.code for item in FULL]), unique=True),
    stage=st.sampled_from([None, *"АБВГДЕ"]),
    pace=st.sampled_from(Pace),
)
def test_what_is_asked_has_no_answer_yet(codes, stage, pace):
    answers = {code: says("yes") for code in codes}
    match next_question(VPR, FULL, answers, stage=stage, pace=pace):
        case AskItem(item=item):
            assert item.code not in answers
        case AskRest(items=rest):
            assert rest
            assert not {item.code for item in rest} & set(answers)
        case StageDone(stage=here, next_stage=following):
            assert all(item.code in answers for item in FULL if item.stage == here.code)
            assert not all(item.code in answers for item in FULL if item.stage == following.code)
        case AllAnswered():
            assert set(answers) == {item.code for item in FULL}
        case other:
            raise AssertionError(other)
