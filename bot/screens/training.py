"""The observers' course."""

from bot.domain.course import Course
from bot.domain.screen import Button, Screen, column, row, rows
from bot.texts import training as words
from bot.texts.start import BACK, HOME

HOME_BUTTON = Button(HOME, "home")


def lesson(course: Course, number: int) -> Screen:
    one, last = course.lessons[number], number + 1 == len(course.lessons)
    return Screen(
        words.lesson(number + 1, len(course.lessons), one.title, one.text),
        rows(
            (Button(words.BEGIN_TEST, "ct") if last else Button(words.NEXT, f"cl:{number + 1}"),),
            row(Button(BACK, f"cl:{number - 1}") if number else None, HOME_BUTTON),
        ),
    )


def question(course: Course, attempt_id: int, number: int, before: str) -> Screen:
    """`before`: what is said about the answer just given."""
    one = course.questions[number]
    buttons = [Button(str(n), f"ca:{attempt_id}:{number}:{n - 1}") for n in range(1, len(one.options) + 1)]
    text = words.question(number + 1, len(course.questions), one.text, one.options, before)
    return Screen(text, (tuple(buttons), (HOME_BUTTON,)))


def result(course: Course, right: int, passed: bool, before: str) -> Screen:
    text = words.result(right, len(course.questions), course.pass_mark, passed, before)
    again = column(Button(words.READ_AGAIN, "cl:0"), Button(words.AGAIN, "ct"))
    return Screen(text, rows(*(() if passed else again), (Button(words.REHEARSE, "cr"), HOME_BUTTON)))


def rehearsal(number: int) -> Screen:
    return Screen(words.REHEARSAL, rows((Button(words.OPEN, f"rp:{number}"),), (HOME_BUTTON,)))
