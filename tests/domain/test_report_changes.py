"""A report changes only where the rules allow, and saying the same twice is saying it once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.checklist import Checklists, Form
from bot.domain.errors import (
    CommentNeeded,
    CorrectionReasonNeeded,
    CountOutOfRange,
    ItemNotAsked,
    NaiveTime,
    NotYourReport,
    ReportClosed,
    ReportNotReady,
    StepNotPossible,
    UnknownItem,
    WrongChecklist,
)
from bot.domain.report import (
    CorrectionReason,
    ReportState,
    excuse,
    hand_over,
    miss,
    open_report,
    reinstate,
    send_back,
    set_details,
    submit,
    verify,
)
from tests.domain.reports import COORDINATOR, DUE, NOW, OBSERVER, VPR, answered, expected, opened, says, sent

LATER = NOW + timedelta(minutes=7)
AFTER_DUE = DUE + timedelta(seconds=1)


def test_the_line_from_expected_to_verified():
    report = expected()
    report = open_report(report, VPR, by=OBSERVER, now=NOW)
    assert report.state is ReportState.OPENED
    assert (report.checklist, report.checklist_version, report.opened_at) == ("vpr", VPR.version, NOW)
    report = says(report, "А8", "yes")
    assert report.state is ReportState.PARTIAL
    report = submit(answered(report), VPR, by=OBSERVER, now=LATER)
    assert (report.state, report.version, report.submitted_at) == (ReportState.SUBMITTED, 1, LATER)
    report = verify(report, now=LATER)
    assert (report.state, report.verified_at) == (ReportState.VERIFIED, LATER)


def test_a_dictated_answer_opens_the_report_by_itself():
    report = says(expected(), "Б6", "no", "телефоны")
    assert (report.state, report.opened_at, report.checklist) == (ReportState.PARTIAL, NOW, "vpr")


@pytest.mark.parametrize(
    "change",
    [
        lambda report: open_report(report, VPR, by=OBSERVER, now=LATER),
        lambda report: says(report, "Б6", "no", "телефоны", now=LATER),
        lambda report: says(report, "Б6", "no", now=LATER),
        lambda report: set_details(report, VPR, by=OBSERVER, now=LATER, present=24),
    ],
)
def test_the_same_tap_twice_changes_nothing(change):
    report = set_details(says(opened(), "Б6", "no", "телефоны"), VPR, by=OBSERVER, now=NOW, present=24)
    assert change(report) is report


def test_sending_verifying_returning_twice_is_once():
    report = sent()
    assert submit(report, VPR, by=OBSERVER, now=LATER) is report
    verified = verify(report, now=LATER)
    assert verify(verified, now=AFTER_DUE) is verified
    assert submit(verified, VPR, by=OBSERVER, now=LATER) is verified
    returned = send_back(report, "Нет комментария")
    assert send_back(returned, "Нет комментария") is returned
    assert excuse(excuse(expected(), "болезнь"), "болезнь").revision == 1


def test_a_second_tap_on_no_keeps_the_comment_and_a_change_of_mind_drops_it():
    report = says(opened(), "Б6", "no", "телефоны")
    assert says(report, "Б6", "no").answers["Б6"].comment == "телефоны"
    assert says(report, "Б6", "no", "у двоих").answers["Б6"].comment == "у двоих"
    assert says(report, "Б6", "yes").answers["Б6"].comment == ""


def test_a_comment_added_later_keeps_the_moment_of_the_answer():
    report = says(says(opened(), "Б6", "no"), "Б6", "no", "телефоны", now=LATER)
    assert report.answers["Б6"].entered_at == NOW
    assert report.touched_at == LATER


def test_every_change_of_content_counts():
    report = says(opened(), "Б6", "no")
    assert says(report, "Б6", "no", "телефоны").revision == report.revision + 1
    assert set_details(report, VPR, by=OBSERVER, now=NOW, listed=25).revision == report.revision + 1


def test_a_comment_is_cleaned():
    assert says(opened(), "Б6", "no", " у\u202eдвоих\x00 ").answers["Б6"].comment == "удвоих"


def test_nobody_touches_a_report_of_another():
    for change in (
        lambda: open_report(expected(), VPR, by=99, now=NOW),
        lambda: says(expected(), "А8", "yes", by=99),
        lambda: set_details(expected(), VPR, by=99, now=NOW, present=1),
        lambda: submit(answered(opened()), VPR, by=99, now=NOW),
        lambda: says(expected(person_id=None), "А8", "yes"),
    ):
        with pytest.raises(NotYourReport) as caught:
            change()
        assert caught.value.number == 7315


def test_the_coordinator_enters_what_was_told_by_phone():
    report = says(expected(), "А8", "yes", by=COORDINATOR, on_behalf=True)
    assert report.entered_by == COORDINATOR
    assert says(report, "А12", "yes").entered_by == COORDINATOR
    assert report.person_id == OBSERVER


def test_items_outside_the_report_are_refused():
    with pytest.raises(UnknownItem):
        says(opened(), "Ж1", "yes")
    with pytest.raises(UnknownItem):
        says(opened(), "A8", "yes")  # Latin
    with pytest.raises(ItemNotAsked):
        says(opened(), "А1", "yes")
    with pytest.raises(ItemNotAsked):
        says(opened(addons=("В",)), "В11", "yes")
    assert says(opened(addons=("В",), sitting_form=Form.COMPUTER), "В11", "yes").answers


def test_a_report_stays_with_the_version_it_began_with():
    newer = replace(VPR, version="2027.1", every_item=VPR.every_item[:-1])
    kept = Checklists(newer, (VPR,))
    report = opened()
    assert report.checklist_among(kept) is VPR
    assert submit(answered(report), report.checklist_among(kept), by=OBSERVER, now=NOW).sent
    assert expected().checklist_among(kept) is newer
    assert kept.item(VPR.codes[-1]) == VPR.every_item[-1], "what a newer version dropped still has its words"


def test_a_version_that_nobody_kept_is_not_taken_for_another():
    newer = replace(VPR, version="2027.1")
    with pytest.raises(WrongChecklist):
        opened().checklist_among(Checklists(newer))
    with pytest.raises(WrongChecklist):
        open_report(opened(), newer, by=OBSERVER, now=NOW).items(newer)
    with pytest.raises(WrongChecklist):
        submit(answered(opened()), newer, by=OBSERVER, now=NOW)


def test_sending_is_blocked_by_the_two_gaps_only():
    report = says(answered(opened(), skip=("В3", "Г2")), "Б6", "no")
    with pytest.raises(ReportNotReady) as caught:
        submit(report, VPR, by=OBSERVER, now=NOW)
    assert caught.value.codes == ("Б6", "В3")
    report = says(says(report, "Б6", "no", "телефоны"), "В3", "yes")
    assert submit(report, VPR, by=OBSERVER, now=NOW).state is ReportState.SUBMITTED  # Г2 does not block


def test_nothing_can_be_sent_before_anything_is_said():
    with pytest.raises(StepNotPossible):
        submit(opened(), VPR, by=OBSERVER, now=NOW)


def test_a_correction_needs_its_reason_and_its_comment_and_is_a_new_version():
    report = verify(sent(), now=LATER)
    with pytest.raises(CorrectionReasonNeeded):
        says(report, "Б6", "no", "телефоны")
    with pytest.raises(CommentNeeded):
        says(report, "Б6", "no", reason=CorrectionReason.MISTAKE)
    with pytest.raises(ReportClosed):
        says(report, "Б6", "no", "телефоны", reason=CorrectionReason.MISTAKE, day_closed=True)
    corrected = says(report, "Б6", "no", "телефоны", reason=CorrectionReason.MISTAKE, now=LATER)
    assert (corrected.state, corrected.version, corrected.verified_at) == (ReportState.SUBMITTED, 2, None)
    assert corrected.submitted_at == report.submitted_at
    assert says(report, "Б6", "yes") is report  # an old button with nothing new asks for no reason
    timed = set_details(report, VPR, by=OBSERVER, now=LATER, left_at=NOW, reason=CorrectionReason.CLARIFIED)
    assert timed.version == 2


def test_a_returned_report_is_finished_and_sent_again():
    report = send_back(verify(sent(), now=LATER), "Уточните Б6")
    assert (report.state, report.state_reason, report.verified_at) == (ReportState.RETURNED, "Уточните Б6", None)
    report = submit(says(report, "Б6", "no", "часы"), VPR, by=OBSERVER, now=AFTER_DUE)
    assert (report.state, report.version, report.state_reason) == (ReportState.SUBMITTED, 2, "")
    assert not report.late


def test_a_missed_report_is_never_lost():
    with pytest.raises(StepNotPossible):
        miss(opened(), now=DUE - timedelta(seconds=1))
    report = miss(says(opened(), "А8", "yes"), now=DUE)
    assert report.state is ReportState.MISSED
    assert miss(report, now=AFTER_DUE) is report
    report = answered(report)
    assert report.state is ReportState.MISSED
    report = submit(report, VPR, by=OBSERVER, now=AFTER_DUE)
    assert report.state is ReportState.SUBMITTED
    assert report.late
    with pytest.raises(StepNotPossible):
        miss(report, now=AFTER_DUE)


def test_an_excused_report_takes_nothing_until_it_is_expected_again():
    report = excuse(says(opened(), "А8", "yes"), "Класс на карантине")
    with pytest.raises(ReportClosed):
        says(report, "А12", "yes")
    with pytest.raises(StepNotPossible):
        submit(report, VPR, by=OBSERVER, now=NOW)
    again = reinstate(report, due_at=DUE + timedelta(days=1))
    assert (again.state, again.state_reason, again.due_at) == (ReportState.PARTIAL, "", DUE + timedelta(days=1))


@pytest.mark.parametrize(
    ("before", "state"),
    [
        (expected(), ReportState.EXPECTED),
        (opened(), ReportState.OPENED),
        (says(opened(), "А8", "yes"), ReportState.PARTIAL),
    ],
)
def test_reinstating_brings_back_exactly_what_was_done(before, state):
    assert before.state is state
    assert reinstate(miss(before, now=DUE)).state is state
    assert reinstate(excuse(before, "болезнь")).state is state


def test_a_returned_report_is_excused_and_comes_back_as_returned():
    report = excuse(send_back(sent(), "Уточните Б6"), "болезнь")
    assert (report.state, report.state_reason) == (ReportState.EXCUSED, "болезнь")
    again = reinstate(report)
    assert (again.state, again.answers, again.version) == (ReportState.RETURNED, sent().answers, 1)
    assert submit(again, VPR, by=OBSERVER, now=NOW).state is ReportState.SUBMITTED


@pytest.mark.parametrize(
    ("before", "state"),
    [
        (expected(), ReportState.EXPECTED),
        (opened(), ReportState.EXPECTED),
        (excuse(opened(), "болезнь"), ReportState.EXPECTED),
        (says(opened(), "А8", "yes"), ReportState.PARTIAL),
        (excuse(says(opened(), "А8", "yes"), "болезнь"), ReportState.PARTIAL),
        (excuse(send_back(sent(), "Уточните Б6"), "болезнь"), ReportState.RETURNED),
        (miss(says(opened(), "А8", "yes"), now=DUE), ReportState.MISSED),
    ],
)
def test_a_replacement_loses_no_answer(before, state):
    given = hand_over(before, 42)
    assert (given.person_id, given.state, given.answers) == (42, state, before.answers)
    assert hand_over(given, 42) is given
    with pytest.raises(NotYourReport):
        says(given, "А12", "yes")
    with pytest.raises(StepNotPossible):
        hand_over(sent(), 42)


def test_times_without_a_zone_and_impossible_counts_are_refused():
    naive = datetime(2026, 4, 23, 9, 0)  # noqa: DTZ001
    with pytest.raises(NaiveTime):
        set_details(opened(), VPR, by=OBSERVER, now=NOW, arrived_at=naive)
    with pytest.raises(NaiveTime):
        says(opened(), "А8", "yes", happened_at=naive)
    for count in (-1, 201):
        with pytest.raises(CountOutOfRange):
            set_details(opened(), VPR, by=OBSERVER, now=NOW, present=count)


def test_telling_a_time_opens_the_report_but_answers_nothing():
    report = set_details(expected(), VPR, by=OBSERVER, now=NOW, arrived_at=NOW)
    assert (report.state, report.arrived_at) == (ReportState.OPENED, NOW)
    cleared = set_details(report, VPR, by=OBSERVER, now=NOW, arrived_at=None)
    assert cleared.arrived_at is None


def test_a_refusal_says_facts_and_no_words_of_people():
    with pytest.raises(CorrectionReasonNeeded) as caught:
        says(sent(), "Б6", "no", "секрет")
    assert str(caught.value) == "CorrectionReasonNeeded(number=7315)"
    assert (caught.value.fact, caught.value.data()) == ("CorrectionReasonNeeded", {"number": 7315})
