"""Rules of quality: each finds its own thing, together they put a report into one of four states."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.quality import QualityState, judge
from bot.domain.report import Lesson, ReportState
from tests.domain.reports import NOW, VPR, answered, expected, opened, says, sent

LESSON = Lesson(NOW - timedelta(minutes=10), timedelta(minutes=45))
LATER = NOW + timedelta(hours=6)


def verdict(report, **more):
    quality = judge(report, VPR, now=LATER, lesson=LESSON, **more)
    return quality.state, [flag.rule for flag in quality.flags]


@pytest.mark.parametrize("state", [s for s in ReportState if s not in (ReportState.SUBMITTED, ReportState.VERIFIED)])
def test_what_was_not_received_is_missing(state: ReportState):
    assert verdict(replace(expected(), state=state)) == (QualityState.MISSING, [])


def test_an_ordinary_report_is_ok_and_an_accepted_one_is_verified():
    assert verdict(sent()) == (QualityState.OK, [])
    assert verdict(replace(sent(), state=ReportState.VERIFIED))[0] is QualityState.VERIFIED


def test_times_that_cannot_be_and_too_fast():
    backwards = replace(sent(), started_at=NOW, ended_at=NOW - timedelta(minutes=5))
    assert verdict(backwards) == (QualityState.FLAGGED, ["impossible_times"])
    hasty = opened()
    for place, code in enumerate(answered(opened()).answers):
        hasty = says(hasty, code, "yes", now=NOW + timedelta(milliseconds=300 * place))
    assert verdict(replace(hasty, state=ReportState.SUBMITTED)) == (QualityState.FLAGGED, ["too_fast"])


def test_two_observers_of_one_sitting_disagree_but_not_about_what_one_did_not_see():
    mine = sent()
    theirs = dict(mine.answers)
    unseen = says(opened(), "Б6", "na").answers["Б6"]
    assert verdict(mine, others=[theirs | {"Б6": unseen}]) == (QualityState.OK, [])
    against = says(opened(), "Б6", "no", "часы").answers["Б6"]
    assert verdict(mine, others=[theirs | {"Б6": against}]) == (QualityState.FLAGGED, ["observers_disagree"])


def test_the_school_says_another_time():
    report = replace(sent(), started_at=NOW, ended_at=NOW + timedelta(minutes=45))
    close = {"started_at": NOW + timedelta(minutes=15)}
    far = {"started_at": NOW + timedelta(minutes=16)}
    assert verdict(report, school=close) == (QualityState.OK, [])
    assert verdict(report, school=far) == (QualityState.FLAGGED, ["school_says_otherwise"])
