"""The kinds of table a municipality sends, and the columns of each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    SCHOOLS = "schools"
    SCHEDULE = "schedule"
    OBSERVERS = "observers"


class Column(StrEnum):
    """A column's value is also the name of the row's field it fills."""

    SHORT_NAME = "short_name"
    FULL_NAME = "full_name"
    LOGIN = "login"
    ADDRESS = "address"
    PARALLELS = "parallels"
    COORDINATOR_NAME = "coordinator_name"
    COORDINATOR_PHONE = "coordinator_phone"
    RISK_YEARS = "risk_years"

    SCHOOL = "school_name"
    CLASS = "class_name"
    SUBJECT = "subject"
    DATE = "date"
    LESSON = "lesson"
    STARTS_AT = "starts_at"
    ROOM = "room"
    PUPILS = "pupils"
    FORM = "form"
    DURATION = "duration_min"

    PHONE = "phone"
    SENT_BY = "sent_by"
    ORDER_REF = "order_ref"
    CONFLICT = "conflict_text"
    REMARKS = "remarks"


COLUMNS: Mapping[Kind, tuple[Column, ...]] = MappingProxyType(
    {
        Kind.SCHOOLS: (
            Column.SHORT_NAME,
            Column.FULL_NAME,
            Column.LOGIN,
            Column.ADDRESS,
            Column.PARALLELS,
            Column.COORDINATOR_NAME,
            Column.COORDINATOR_PHONE,
            Column.RISK_YEARS,
        ),
        Kind.SCHEDULE: (
            Column.SCHOOL,
            Column.CLASS,
            Column.SUBJECT,
            Column.DATE,
            Column.LESSON,
            Column.STARTS_AT,
            Column.ROOM,
            Column.PUPILS,
            Column.FORM,
            Column.DURATION,
        ),
        Kind.OBSERVERS: (
            Column.FULL_NAME,
            Column.PHONE,
            Column.SENT_BY,
            Column.ORDER_REF,
            Column.CONFLICT,
            Column.REMARKS,
        ),
    }
)

REQUIRED: Mapping[Kind, tuple[Column, ...]] = MappingProxyType(
    {
        Kind.SCHOOLS: (Column.SHORT_NAME,),
        Kind.SCHEDULE: (Column.SCHOOL, Column.CLASS, Column.SUBJECT, Column.DATE, Column.LESSON),
        Kind.OBSERVERS: (Column.FULL_NAME, Column.PHONE),
    }
)
