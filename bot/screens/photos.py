"""Photos: what is on it, received, and where one out of nowhere belongs."""

from collections.abc import Sequence

from bot.domain.photo import MAX_PER_REPORT
from bot.domain.reporting import Listed
from bot.domain.screen import Button, Screen, column, row, rows
from bot.texts import photos as words
from bot.texts import report as report_words

HOME = Button(report_words.HOME, "home")


def what_is_on_it(number: int, item: str) -> Screen:
    subjects = [Button(label, f"pw:{number}:{item}:{name}") for name, label in words.SUBJECTS.items()]
    return Screen(words.what_is_on_it(item), rows(*column(*subjects), row(_back(number), HOME)))


def send_them(number: int) -> Screen:
    return Screen(words.send_up_to(MAX_PER_REPORT, "20:00"), (row(Button(words.BUTTON_WITHOUT, f"rp:{number}"), HOME),))


def received(number: int, count: int, item: str) -> Screen:
    return Screen(words.received(count, item), (row(Button(words.BUTTON_DONE, f"rp:{number}"), HOME),))


def where_from(count: int, today: Sequence[Listed]) -> Screen:
    buttons = [
        Button(words.BUTTON_TO_REPORT.format(number=listed.report.number), f"pa:{listed.report.number}")
        for listed in today[:5]
    ]
    return Screen(words.where_from(count), column(*buttons, Button(words.BUTTON_DROP, "pd")))


def attached(count: int, number: int) -> Screen:
    return Screen(words.attached(count, number), (row(Button(report_words.CONTINUE, f"rp:{number}"), HOME),))


def dropped() -> Screen:
    return Screen(words.DROPPED, ((HOME,),))


def _back(number: int) -> Button:
    return Button(report_words.BACK, f"rp:{number}")
