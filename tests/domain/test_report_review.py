"""What a report lacks, what stops it, what is doubtful, what it found, and its fingerprint."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from bot.domain.checklist import Answer, AnswerValue
from bot.domain.report import (
    BlockerKind,
    DoubtKind,
    Lesson,
    blockers,
    canonical_json,
    content_hash,
    missing,
    not_observed,
    progress,
    send_back,
    set_details,
    violations,
    warnings,
)
from tests.domain.reports import DUE, NOW, OBSERVER, SHORT, VPR, answered, expected, opened, says, sent

LESSON = Lesson(NOW, timedelta(minutes=45))


def minutes(count: int):
    return NOW + timedelta(minutes=count)


def told(report, **details):
    return set_details(report, VPR, by=OBSERVER, now=NOW, **details)


def kinds(report, *, now=DUE, lesson=LESSON):
    return {doubt.kind for doubt in warnings(report, VPR, now=now, lesson=lesson)}


def test_missing_and_blockers_are_in_the_order_to_ask():
    report = says(says(answered(opened(), skip=("В3", "Г2", "А8")), "Б6", "no", " "), "Б1", "no", "")
    assert [item.code for item in missing(report, VPR)] == ["А8", "В3", "Г2"]
    assert [(b.item.code, b.kind) for b in blockers(report, VPR)] == [
        ("А8", BlockerKind.UNANSWERED),
        ("Б1", BlockerKind.COMMENT),
        ("Б6", BlockerKind.COMMENT),
        ("В3", BlockerKind.UNANSWERED),
    ]
    assert blockers(answered(opened()), VPR) == ()


def test_violations_and_what_was_not_seen():
    report = says(says(says(answered(opened()), "Г4", "na"), "В3", "no", "подсказал"), "Б1", "no", "после звонка")
    assert [(v.item.code, v.answer.comment, v.item.critical) for v in violations(report, VPR)] == [
        ("Б1", "после звонка", False),
        ("В3", "подсказал", True),
    ]
    assert [item.code for item in not_observed(report, VPR)] == ["Г4"]


def test_progress_as_on_the_card():
    report = answered(opened(), skip=SHORT[5:])
    done = progress(report, VPR)
    assert (done.number, len(done.stages), done.answered, done.total) == (2, 4, 5, 12)
    assert [(stage.stage.code, stage.answered, stage.total) for stage in done.stages] == [
        ("А", 3, 3),
        ("Б", 2, 4),
        ("В", 0, 3),
        ("Г", 0, 2),
    ]
    assert progress(answered(opened()), VPR).number == 4


def test_an_answer_from_another_form_is_not_counted():
    stray = {"А1": Answer(AnswerValue.NO, NOW)}
    report = replace(opened(), answers=stray)
    assert progress(report, VPR).answered == 0
    assert violations(report, VPR) == ()


def test_a_plain_report_raises_no_doubt():
    report = told(
        answered(opened()),
        arrived_at=minutes(-20),
        started_at=NOW,
        ended_at=minutes(46),
        left_at=minutes(60),
        listed=25,
        present=24,
    )
    assert warnings(report, VPR, now=DUE, lesson=LESSON) == ()
    assert warnings(answered(opened()), VPR, now=DUE) == ()


@pytest.mark.parametrize(
    ("details", "kind"),
    [
        ({"started_at": minutes(5), "ended_at": minutes(5)}, DoubtKind.END_NOT_AFTER_START),
        ({"ended_at": minutes(45), "left_at": minutes(40)}, DoubtKind.LEFT_BEFORE_END),
        ({"listed": 24, "present": 25}, DoubtKind.PRESENT_OVER_LISTED),
        ({"left_at": DUE + timedelta(minutes=6)}, DoubtKind.TIME_AHEAD),
        ({"arrived_at": NOW - timedelta(hours=13)}, DoubtKind.ANOTHER_DAY),
        ({"arrived_at": NOW}, DoubtKind.PREPARATION_UNSEEN),
        ({"arrived_at": minutes(3)}, DoubtKind.PREPARATION_UNSEEN),
        ({"started_at": NOW, "ended_at": minutes(51)}, DoubtKind.DURATION_DIFFERS),
        ({"started_at": NOW, "ended_at": minutes(39)}, DoubtKind.DURATION_DIFFERS),
    ],
)
def test_doubts_about_times_and_counts(details, kind):
    assert kinds(told(answered(opened()), **details)) == {kind}


def test_a_told_violation_explains_the_duration():
    report = told(says(answered(opened()), "В1", "no", "добавили время"), started_at=NOW, ended_at=minutes(60))
    assert kinds(report) == set()


def test_who_came_late_and_says_so_raises_no_doubt():
    report = told(answered(opened()), arrived_at=minutes(3))
    for code in ("А8", "А12", "А16"):
        report = says(report, code, "na")
    assert kinds(report) == set()


def test_answers_before_the_lesson_are_doubtful():
    report = answered(opened())
    early = Lesson(NOW + timedelta(hours=1), timedelta(minutes=45))
    doubt = next(d for d in warnings(report, VPR, now=DUE, lesson=early) if d.kind is DoubtKind.ANSWERED_AHEAD)
    assert doubt.codes == SHORT[3:]
    started_earlier = told(report, started_at=NOW)
    assert DoubtKind.ANSWERED_AHEAD not in kinds(started_earlier, lesson=early)


def test_a_hasty_report_is_doubtful_but_a_dictated_one_is_not():
    hasty, dictated = opened(), opened()
    for number, code in enumerate(SHORT):
        hasty = says(hasty, code, "yes", now=NOW + timedelta(milliseconds=300 * number))
        dictated = says(dictated, code, "yes", now=NOW)
    assert kinds(hasty) == {DoubtKind.TOO_FAST}
    assert kinds(dictated) == set()


def test_seeing_less_than_half_is_doubtful():
    report = answered(opened())
    for code in SHORT[:6]:
        report = says(report, code, "na")
    assert kinds(report) == set()
    assert kinds(says(report, SHORT[6], "na")) == {DoubtKind.LITTLE_SEEN}


def test_the_same_words_have_the_same_hash():
    one = says(says(opened(), "Б6", "no", "телефоны"), "А8", "yes")
    other = says(says(expected(), "А8", "yes", now=NOW + timedelta(hours=1)), "Б6", "no", "телефоны")
    assert content_hash(one) == content_hash(other)
    assert len(content_hash(one)) == 64
    moscow = timezone(timedelta(hours=3))
    assert content_hash(told(one, arrived_at=NOW)) == content_hash(told(one, arrived_at=NOW.astimezone(moscow)))


@pytest.mark.parametrize(
    "change",
    [
        lambda report: says(report, "Б6", "no", "часы", **REASON),
        lambda report: says(report, "А12", "na", **REASON),
        lambda report: set_details(report, VPR, by=OBSERVER, now=NOW, present=3, **REASON),
        lambda report: set_details(report, VPR, by=OBSERVER, now=NOW, left_at=NOW, **REASON),
        lambda report: replace(report, number=7316),
    ],
)
def test_other_words_have_another_hash(change):
    assert content_hash(change(sent())) != content_hash(sent())


def test_another_comment_or_another_moment_is_another_hash():
    plain = says(opened(), "Б6", "no", "часы")
    assert content_hash(says(plain, "Б6", "no", "телефоны")) != content_hash(plain)
    assert content_hash(says(plain, "Б6", "no", happened_at=NOW)) != content_hash(plain)


def test_the_hash_is_of_the_words_not_of_the_state():
    assert content_hash(send_back(sent(), "уточните")) == content_hash(sent())
    assert "7315" in canonical_json(sent())
    assert " " not in canonical_json(sent())


REASON = {"reason": "mistake"}
