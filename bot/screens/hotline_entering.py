"""Screens for a call or a visit that an operator types in."""

from bot.domain.hotline.case import Category
from bot.domain.screen import Button, Screen, rows
from bot.screens.hotline_desk import sections
from bot.texts import hotline as writer_words
from bot.texts import hotline_desk as words


def enter(text: str) -> Screen:
    return Screen(text, rows((Button(words.QUEUE, "hd:queue:0"),)))


def entered_section(channel: str, guess: Category | None) -> Screen:
    if guess is None:
        return sections(f"hd:esection:{channel}", "")
    return Screen(
        f"{writer_words.SECTIONS[guess]}?",
        rows(
            (Button(writer_words.YES, f"hd:esection:{channel}:{int(guess)}"),),
            (Button(writer_words.OTHER_SECTION, f"hd:esections:{channel}"),),
        ),
    )


def entered_school(channel: str, guesses: list[tuple[int, str]], text: str = writer_words.SCHOOL_ASKED) -> Screen:
    buttons = [(Button(name[:24], f"hd:eschool:{channel}:{school_id}"),) for school_id, name in guesses]
    return Screen(text, rows(*buttons, (Button(words.NO_SCHOOL, f"hd:eschool:{channel}:0"),)))


def entered_contact(channel: str) -> Screen:
    return Screen(words.ENTER_CONTACT, rows((Button(words.WITHOUT_CONTACT, f"hd:econtact:{channel}"),)))
