"""The hotline as its writer meets it."""

from collections.abc import Awaitable, Callable

from bot.screens.hotline import PREFIX
from bot.texts import hotline as words
from handlers.errors import BadButton
from handlers.feature import Command, Feature, InputHandler
from handlers.hotline import drafting, receipt, talking
from handlers.hotline.pieces import discreetly
from handlers.turn import Turn

Step = Callable[[Turn, list[str]], Awaitable[None]]


def create_feature() -> Feature:
    return Feature(
        "hotline",
        taps={PREFIX: discreetly(on_tap), "faq": discreetly(drafting.on_faq)},
        commands=[
            Command("hotline", discreetly(drafting.begin), words.WORDS, with_photo=False),
            Command("messages", discreetly(talking.show_mine), words.MINE_WORDS, with_photo=False),
            Command("answer", discreetly(receipt.ask), words.BY_CODE_WORDS, with_photo=False),
        ],
        edited=drafting.edited,
        inputs={state: discreetly(handle) for state, handle in INPUTS.items()},
        takes_files=frozenset(INPUTS),
        unsigned=frozenset(INPUTS),
    )


async def on_tap(turn: Turn, fields: list[str]) -> None:
    """`hl` alone begins; else the first field is the step."""
    if not fields:
        await drafting.begin(turn, "")
        return
    step = STEPS.get(fields[0])
    if step is None:
        raise BadButton
    await step(turn, fields[1:])


INPUTS: dict[str, InputHandler] = {
    drafting.AWAITS_MESSAGE: drafting.message_came,
    drafting.AWAITS_SCHOOL: drafting.school_typed,
    drafting.AWAITS_CONTACT: drafting.contact_typed,
    talking.AWAITS_ADDITION: talking.addition_came,
    receipt.AWAITS_CODE: receipt.typed,
    receipt.AWAITS_TEXT: receipt.addition_came,
}

STEPS: dict[str, Step] = {
    "section": drafting.on_section,
    "sections": drafting.on_sections,
    "faq": drafting.on_faq,
    "faqok": drafting.on_faq_helped,
    "school": drafting.on_school,
    "reschool": drafting.on_ask_school_again,
    "level": drafting.on_level,
    "relevel": drafting.on_ask_level_again,
    "agree": drafting.on_agree,
    "disagree": drafting.on_ask_level_again,
    "change": drafting.on_change,
    "rewrite": drafting.on_rewrite,
    "check": drafting.on_check,
    "drop": drafting.on_drop,
    "send": drafting.on_send,
    "mask": drafting.on_mask_and_send,
    "official": drafting.on_official,
    "mine": talking.on_mine,
    "case": talking.on_case,
    "add": talking.on_add,
    "unsaid": talking.on_unsaid,
    "withdraw": talking.on_withdraw,
    "rate": talking.on_rate,
    "code": receipt.on_code,
    "answers": receipt.on_answers,
    "more": receipt.on_more,
    "leave": receipt.on_leave,
    "wipe": receipt.on_wipe,
}
