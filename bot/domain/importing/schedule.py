"""Reads one row of the schedule of sittings."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Literal, cast

from bot.domain.importing.cells import Field, RowCells
from bot.domain.importing.cleaning import fold
from bot.domain.importing.columns import Column
from bot.domain.importing.dates import parse_date, parse_time, show_date, show_time
from bot.domain.importing.problems import BadCell, Reason
from bot.domain.importing.raw import CellValue
from bot.domain.importing.rows import SittingRow
from bot.domain.importing.rules import ParsingRules
from bot.domain.importing.school_names import SchoolMatcher
from bot.domain.importing.values import (
    as_text,
    parse_class,
    parse_duration,
    parse_form,
    parse_lesson,
    parse_pupils,
    parse_room,
    parse_subject,
    show_form,
)

_STARTS_AT = Field(Column.STARTS_AT, parse_time, show=show_time)
_ROOM = Field(Column.ROOM, parse_room, longest=60)
_FORM = Field(Column.FORM, parse_form, show=show_form)
_DURATION = Field(Column.DURATION, parse_duration)


def known_school(value: CellValue, schools: SchoolMatcher) -> str:
    """The register's name; raises BadCell with the likeliest one as suggestion."""
    match = schools.match(as_text(value))
    if match is None or not match.exact:
        raise BadCell(Reason.SCHOOL_UNKNOWN, match.name if match else None)
    return match.name


def known_subject(value: CellValue, confirmed: Mapping[str, str]) -> str:
    """The canonical name; a spelling that people confirmed counts as well."""
    return confirmed.get(fold(as_text(value))) or parse_subject(value)


class SittingReader:
    """Reads one row after another by the same rules."""

    def __init__(self, rules: ParsingRules) -> None:
        self._usual_min = rules.default_duration_min
        self._school = Field(Column.SCHOOL, lambda value: known_school(value, rules.schools), required=True)
        self._class = Field(
            Column.CLASS, lambda value: parse_class(value, rules.grades), show=lambda found: found[1], required=True
        )
        self._subject = Field(
            Column.SUBJECT, lambda value: known_subject(value, rules.subjects), show=str, required=True
        )
        self._date = Field(
            Column.DATE, lambda value: parse_date(value, rules.school_year), show=show_date, required=True
        )
        self._lesson = Field(Column.LESSON, lambda value: parse_lesson(value, rules.most_lessons), required=True)
        self._pupils = Field(Column.PUPILS, lambda value: parse_pupils(value, rules.most_pupils))

    def read(self, cells: RowCells) -> SittingRow | None:
        """None when a cell of it is wrong; `cells.errors` says which."""
        school, grade_and_class = cells.take(self._school), cells.take(self._class)
        subject, day, lesson = cells.take(self._subject), cells.take(self._date), cells.take(self._lesson)
        starts_at, room, pupils = cells.take(_STARTS_AT), cells.take(_ROOM), cells.take(self._pupils)
        form, duration = cells.take(_FORM) or "paper", cells.take(_DURATION) or self._usual_min
        if (
            cells.errors
            or school is None
            or grade_and_class is None
            or subject is None
            or day is None
            or lesson is None
        ):
            return None
        grade, class_name = grade_and_class
        return SittingRow(
            row=cells.number,
            school_name=school,
            class_name=class_name,
            grade=grade,
            subject=subject,
            date=day,
            lesson=lesson,
            starts_at=starts_at,
            room=room,
            pupils=pupils,
            form=cast(Literal["paper", "computer"], form),
            duration_min=duration,
        )


def sitting_identities(row: SittingRow) -> Iterator[tuple[Column, Hashable]]:
    """The same work of the same class on two dates is two sittings, on one date a row written twice."""
    yield Column.SCHOOL, (row.school_name, row.class_name, row.subject, row.date)
