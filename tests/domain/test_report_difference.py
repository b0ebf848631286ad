"""What a correction changed is said for both sides, and nothing else is said."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from bot.domain.checklist import Answer, AnswerValue
from bot.domain.report import content
from bot.domain.report.difference import Difference, differences
from tests.domain.reports import NOW, expected


def test_equal_contents_do_not_differ_whoever_and_whenever():
    before = expected(answers=MappingProxyType({"А8": Answer(AnswerValue.YES, NOW)}))
    after = replace(before, answers=MappingProxyType({"А8": Answer(AnswerValue.YES, NOW + timedelta(hours=1))}))
    assert differences(content(before), content(after)) == []


def test_each_change_has_both_sides():
    before = expected(answers=MappingProxyType({"Б6": Answer(AnswerValue.YES, NOW)}), listed=24)
    changed = {"Б6": Answer(AnswerValue.NO, NOW, "часы"), "А12": Answer(AnswerValue.NA, NOW)}
    after = replace(before, answers=MappingProxyType(changed), listed=23, left_at=NOW)
    assert differences(content(before), content(after)) == [
        Difference("А12", None, ("na", "")),
        Difference("Б6", ("yes", ""), ("no", "часы")),
        Difference("left_at", None, content(after)["times"]["left_at"]),
        Difference("listed", "24", "23"),
    ]
