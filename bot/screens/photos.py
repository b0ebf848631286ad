"""Photos: what is on it, received, and where one out of nowhere belongs."""

from collections.abc import Sequence

from bot.domain.photo import MAX_PER_REPORT
from bot.domain.reporting import Listed
from bot.domain.screen import MAX_LABEL, Button, Rows, Screen, column, row, rows
from bot.screens.urgent import urgent
from bot.texts import photos as words
from bot.texts import report as report_words

HOME = Button(report_words.HOME, "home")


def what_is_on_it(number: int, item: str) -> Screen:
    subjects = [Button(label, f"pw:{number}:{item}:{name}") for name, label in words.SUBJECTS.items()]
    return Screen(words.what_is_on_it(item), rows(*column(*subjects), urgent(number), row(_back(number), HOME)))


def send_them(number: int, until: str) -> Screen:
    without = row(Button(words.BUTTON_WITHOUT, f"rp:{number}"), HOME)
    return Screen(words.send_up_to(MAX_PER_REPORT, until), (urgent(number), without))


def received(number: int, count: int, item: str, refused: int = 0, *, chosen: bool = True) -> Screen:
    """`chosen`: what is on it was said before it came; otherwise it is asked now."""
    done = row(Button(words.BUTTON_DONE, f"rp:{number}"), HOME)
    text = words.received(count, item, refused)
    if chosen:
        return Screen(text, (urgent(number), done))
    return Screen(words.asked_after(text), rows(*_subjects(number, item), urgent(number), done))


def to_alert(alert_number: int) -> Screen:
    return said(words.to_alert(alert_number))


def where_from(count: int, today: Sequence[Listed]) -> Screen:
    buttons = [
        Button(
            words.BUTTON_TO_REPORT.format(number=listed.report.number, class_name=listed.sitting.class_name)[
                :MAX_LABEL
            ],
            f"pa:{listed.report.number}",
        )
        for listed in today[:5]
    ]
    return Screen(words.where_from(count), (*column(*buttons, Button(words.BUTTON_DROP, "pd")), urgent()))


def attached(count: int, number: int, items: Sequence[str]) -> Screen:
    """They are kept with the whole report; `items` are those they may be about."""
    onward = row(Button(report_words.CONTINUE, f"rp:{number}"), HOME)
    to_items = [Button(words.BUTTON_TO_ITEM.format(item=item), f"pxi:{number}:{item}") for item in items[:4]]
    text = words.asked_after(words.attached(count, number))
    places = rows(tuple(to_items[:2]), tuple(to_items[2:]))
    return Screen(text, rows(*places, *_subjects(number, ""), urgent(number), onward))


def placed(number: int, item: str) -> Screen:
    onward = row(Button(report_words.CONTINUE, f"rp:{number}"), HOME)
    text = words.asked_after(words.placed(number, item))
    return Screen(text, rows(*_subjects(number, item), urgent(number), onward))


def described(number: int, subject: str) -> Screen:
    onward = row(Button(report_words.CONTINUE, f"rp:{number}"), HOME)
    return Screen(words.described(subject), (urgent(number), onward))


def for_staff(photo_id: int, number: int, item: str, subject: str, *, near: bool) -> Screen:
    """The caption and buttons under a photo that a coordinator looks at."""
    return Screen(words.caption(number, item, subject, near), _judging(photo_id))


def of_alert_for_staff(photo_id: int, alert_number: int, *, near: bool) -> Screen:
    return Screen(words.alert_caption(alert_number, near), _judging(photo_id))


def why_delete(photo_id: int) -> Screen:
    reasons = [Button(label, f"fd:{photo_id}:{name}") for name, label in words.DELETE_REASONS.items()]
    return Screen(words.WHY_DELETE, (*column(*reasons), (HOME,)))


def said(text: str) -> Screen:
    return Screen(text, ((HOME,),))


def dropped() -> Screen:
    return Screen(words.DROPPED, (urgent(), (HOME,)))


def not_shown(count: int, of: int, data: str) -> Screen:
    """`data`: of the button that asked for them."""
    return Screen(words.not_shown(count, of), ((Button(words.SHOW_AGAIN, data),), (HOME,)))


def _subjects(number: int, item: str) -> Rows:
    buttons = [Button(label, f"pxq:{number}:{item}:{name}") for name, label in words.SUBJECTS.items()]
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


def _judging(photo_id: int) -> Rows:
    return (
        row(Button(words.CONFIRMS, f"fv:{photo_id}:confirms"), Button(words.NOT_CONFIRMS, f"fv:{photo_id}:no")),
        (Button(words.DELETE, f"fd:{photo_id}"),),
    )


def _back(number: int) -> Button:
    return Button(report_words.BACK, f"rp:{number}")
