"""«Срочно», screen by screen."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.alert import Alert, AlertState
from bot.domain.screen import Button, Screen, column, row, rows
from bot.texts import alert as words
from bot.texts.start import HOME
from bot.texts.time import clock

ANOTHER_TAP = timedelta(seconds=10)


def raised(alert: Alert, now: datetime, zone: ZoneInfo) -> Screen:
    """A repeated «Срочно» belongs to the signal before it; «нажал случайно» must not recall one that was described."""
    if (alert.kind is not None or alert.text) and now - alert.raised_at > ANOTHER_TAP:
        return Screen(words.known(alert.number, alert.place, clock(alert.raised_at, zone)), (row(_onward(alert)),))
    kinds = [Button(label, f"uk:{alert.number}:{kind}") for kind, label in words.KINDS.items()]
    return Screen(
        words.raised(alert.place, clock(alert.raised_at, zone)),
        column(*kinds, Button(words.RECALL, f"ux:{alert.number}")),
    )


def rehearsed(report_number: int | None) -> Screen:
    return Screen(words.REHEARSED, (row(_back(report_number)),))


def sent(alert: Alert) -> Screen:
    more = row(Button(words.ADD, f"ua:{alert.number}"), Button(words.ADD_PHOTO, f"ua:{alert.number}:photo"))
    return Screen(words.sent(alert.number), rows(more, row(_onward(alert))))


def added(alert: Alert) -> Screen:
    return Screen(words.ADDED, (row(_onward(alert)),))


def _onward(alert: Alert) -> Button:
    return _back(alert.report_number)


def _back(report: int | None) -> Button:
    return Button(words.BACK_TO_REPORT, f"rp:{report}") if report else Button(HOME, "home")


def for_staff(alert: Alert, zone: ZoneInfo, *, escalated: bool = False) -> Screen:
    state = {
        AlertState.ACCEPTED: words.accepted_by(clock(alert.accepted_at, zone)) if alert.accepted_at else "",
        AlertState.FALSE: words.marked_false(clock(alert.accepted_at, zone)) if alert.accepted_at else "",
        AlertState.RECALLED: words.RECALLED_BY_OBSERVER,
        AlertState.RAISED: "",
    }[alert.state]
    text = words.for_staff(
        alert.number,
        alert.place,
        clock(alert.raised_at, zone),
        alert.kind.value if alert.kind else "",
        alert.person_code,
        alert.text,
        state,
        escalated,
    )
    open_ = alert.state is AlertState.RAISED
    return Screen(
        text,
        rows(
            row(
                Button(words.ACCEPT, f"uo:{alert.number}") if open_ else None,
                Button(words.FALSE, f"uf:{alert.number}") if open_ else None,
            ),
            row(
                Button(words.ASK, f"uq:{alert.number}") if alert.state is not AlertState.RECALLED else None,
                Button(words.SHOW_PHOTOS, f"up:{alert.number}") if alert.photos else None,
            ),
        ),
    )


def more(number: int, text: str) -> Screen:
    """What is new of a signal whose card is above."""
    return Screen(words.more(number, text))


def question(alert: Alert, text: str) -> Screen:
    """For whoever raised it."""
    return Screen(words.question(alert.number, text), (row(Button(words.REPLY, f"ur:{alert.number}"), _onward(alert)),))


def reply(alert: Alert, text: str) -> Screen:
    return Screen(words.reply(alert.number, alert.person_code, text))


def replied(alert: Alert) -> Screen:
    return Screen(words.REPLIED, (row(_onward(alert)),))


def photo_came(number: int) -> Screen:
    return Screen(words.photo_came(number), ((Button(words.SHOW_PHOTOS, f"up:{number}"),),))


def recalled(number: int) -> Screen:
    return Screen(words.recalled(number))


def said(text: str) -> Screen:
    return Screen(text, ((Button(HOME, "home"),),))
