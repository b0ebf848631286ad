"""What a school sees of the hotline."""

from bot.domain.hotline.case import Case
from bot.domain.screen import Button, Screen, rows
from bot.texts import hotline as writer_words
from bot.texts import hotline_school as words


def signal(case: Case) -> Screen:
    return Screen(words.signal(writer_words.SECTIONS[case.category]), rows((Button(words.MEASURES, f"hs:{case.id}"),)))


def ask() -> Screen:
    return Screen(words.ASK, rows((Button(writer_words.HOME, "home"),)))


def thanks() -> Screen:
    return Screen(words.THANKS, rows((Button(writer_words.HOME, "home"),)))
