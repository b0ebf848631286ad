"""Справка: the figures of the ledger, parts that come to their whole, and room for conclusions."""

import re

from bot.domain.export import ExportKind, Wanted
from bot.domain.people import SchoolId
from bot.domain.period import Period
from bot.texts import documents as document_words
from bot.texts import summary as summary_words
from tests.export.conftest import Office, text_of
from tests.generate import DAY, NOON
from tests.summary.oracle import Oracle


async def test_certificate_has_the_figures_and_room_for_conclusions(office: Office):
    actor = await office.staff()
    file = await office.exporting().file(actor, Wanted(ExportKind.CERTIFICATE, Period.day(DAY)), NOON)
    assert file.content is not None
    text = text_of(file.content)
    truth = Oracle(office.rows, set(range(1, 6)), {DAY.isoformat()})
    states = truth.states("observer")
    assert f"Ожидалось отчётов наблюдателей: {sum(states.values())}" in text
    assert f"Всего нарушений: {len(truth.violations)}" in text
    assert text.count(document_words.TO_FILL) >= 2
    of_school = await office.exporting().file(actor, Wanted(ExportKind.CERTIFICATE, Period.day(DAY), SchoolId(2)), NOON)
    assert of_school.content is not None
    assert "СОШ № 2, на 23.04.2026" in text_of(of_school.content)
    week = await office.exporting().file(actor, Wanted(ExportKind.CERTIFICATE, Period.week_of(DAY), SchoolId(2)), NOON)
    assert week.content is not None
    assert "СОШ № 2, на 23.04.2026" in text_of(week.content), "no day that has not come"


async def test_the_works_of_a_certificate_come_to_the_plan_and_violations_stand_by_gravity(office: Office):
    actor = await office.staff()
    file = await office.exporting().file(actor, Wanted(ExportKind.CERTIFICATE, Period.day(DAY)), NOON)
    assert file.content is not None
    text = text_of(file.content)
    told = re.search(r"Работ по графику: (\d+)\. (Проведено[^.]+)\.", text)
    assert told is not None
    assert int(told[1]) == sum(int(count) for count in re.findall(r"\d+", told[2])) > 0
    order = list(summary_words.SEVERITIES.values())
    gravity = [order.index(found) for found in re.findall(rf"[А-Е]\d+ \(({'|'.join(order)})\)\. ", text)]
    assert len(set(gravity)) > 1
    assert gravity == sorted(gravity)
    assert document_words.GRAVEST_FIRST in text
