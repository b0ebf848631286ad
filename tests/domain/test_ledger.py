"""The sum of the states is the plan, whatever happens and in whatever order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import LedgerUnbalanced, StepNotPossible
from bot.domain.ledger import EMPTY, GROUP_OF, Ledger, LedgerGroup, by_key, changes, total
from bot.domain.report import TRANSITIONS, ReportEvent, ReportState, after, states_allowing

S, E = ReportState, ReportEvent

MOVES = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from(ReportEvent)),
    max_size=60,
)


@given(moves=MOVES, plan=st.integers(1, 8))
def test_any_sequence_of_events_keeps_the_sum(moves, plan):
    reports = [S.EXPECTED] * plan
    ledger = EMPTY.planned(plan)
    for which, event in moves:
        number = which % plan
        target = after(reports[number], event)
        if target is None:
            before = dict(ledger.counts)
            with pytest.raises(StepNotPossible):
                ledger.after(reports[number], event)
            assert dict(ledger.counts) == before
            continue
        ledger = ledger.after(reports[number], event)
        reports[number] = target
        assert ledger == Ledger.of(reports)
        assert sum(ledger.counts.values()) == ledger.plan == plan
        assert ledger.received + ledger.awaited + ledger.missed + ledger.excused == plan


@given(states=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(ReportState))))
def test_the_parts_add_up_to_the_whole(states):
    parts = by_key(states)
    assert total(parts.values()) == Ledger.of(state for _, state in states)
    assert sum(part.plan for part in parts.values()) == len(states)


def test_a_report_out_of_sight_is_noticed():
    with pytest.raises(LedgerUnbalanced) as caught:
        Ledger(25, {S.SUBMITTED: 21, S.EXPECTED: 3})
    assert (caught.value.plan, caught.value.total) == (25, 24)
    with pytest.raises(LedgerUnbalanced):
        Ledger(1, {S.SUBMITTED: 2, S.EXPECTED: -1})
    with pytest.raises(LedgerUnbalanced):
        Ledger(1, {"draft": 1})  # a state nobody knows


def test_nothing_moves_out_of_an_empty_state():
    with pytest.raises(StepNotPossible):
        Ledger.of([S.OPENED]).after(S.PARTIAL, E.SUBMIT)


def test_every_state_belongs_to_one_group():
    ledger = Ledger.of([S.EXPECTED, S.OPENED, S.PARTIAL, S.RETURNED, S.SUBMITTED, S.VERIFIED, S.MISSED, S.EXCUSED])
    assert (ledger.awaited, ledger.received, ledger.missed, ledger.excused) == (4, 2, 1, 1)
    assert Ledger.of([S.RETURNED]).awaited == 1  # somebody still has to finish it
    assert set(GROUP_OF) == set(ReportState)
    assert set(GROUP_OF.values()) == set(LedgerGroup)


def test_what_changed_since_the_last_summary():
    before = Ledger.of([S.EXPECTED, S.PARTIAL, S.EXCUSED])
    now = Ledger.of([S.SUBMITTED, S.PARTIAL, S.EXCUSED])
    assert changes(before, now) == {LedgerGroup.RECEIVED: 1, LedgerGroup.AWAITED: -1}
    assert changes(now, now) == {}


def test_counts_are_complete_and_cannot_be_changed():
    ledger = Ledger.of([S.VERIFIED])
    assert ledger[S.VERIFIED] == 1
    assert ledger[S.MISSED] == 0
    with pytest.raises(TypeError):
        ledger.counts[S.MISSED] = 5  # type: ignore[index]


def test_the_table_of_transitions():
    assert set(TRANSITIONS) == set(ReportEvent)
    reached = {target for row in TRANSITIONS.values() for target in row.values()}
    assert reached == set(ReportState)
    left = {state for row in TRANSITIONS.values() for state, target in row.items() if target is not state}
    assert left == set(ReportState)  # no state is a dead end


def test_events_that_may_come_twice_lead_to_the_same_state():
    for event in set(ReportEvent) - {E.REINSTATE}:
        for state in states_allowing(event):
            once = after(state, event)
            assert once is not None
            assert after(once, event) in (once, None), (state, event)


def test_a_sent_report_cannot_be_missed_excused_or_taken_over():
    for event in (E.MISS, E.EXCUSE, E.HAND_OVER, E.ANSWER):
        assert not states_allowing(event) & {S.SUBMITTED, S.VERIFIED}
