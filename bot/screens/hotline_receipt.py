"""Screens for whoever comes with a code."""

from bot.domain.hotline.views import CodeView
from bot.domain.screen import Button, Screen, row, rows
from bot.screens.hotline import number
from bot.texts import hotline as hotline_words
from bot.texts import hotline_desk as desk_words
from bot.texts import hotline_receipt as words

HOME = Button(hotline_words.HOME, "home")


def ask(text: str = words.ASK) -> Screen:
    return Screen(text, rows(row(Button(hotline_words.BACK, "hl"), HOME)))


def answers(view: CodeView) -> Screen:
    said = [(desk_words.DIRECTIONS[direction.value], text) for direction, text in view.said]
    return Screen(
        words.answers(number(view.case), view.case.status.value, said),
        rows((Button(hotline_words.WRITE_MORE, "hl:more"),), (Button(hotline_words.CLOSE_AND_WIPE, "hl:leave"),)),
        protect=True,
    )


def write() -> Screen:
    return Screen(words.WRITE, rows((Button(words.READ_AGAIN, "hl:answers"),)))


def added(view: CodeView) -> Screen:
    return Screen(
        words.added(number(view.case)),
        rows((Button(hotline_words.WRITE_MORE, "hl:more"),), (Button(hotline_words.CLOSE_AND_WIPE, "hl:leave"),)),
    )


def wiped() -> Screen:
    return Screen(words.WIPED, rows((HOME,)))
