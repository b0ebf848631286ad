"""«бланк»: the report on paper, with the same codes."""

import asyncio

from bot.documents.paper_form import paper_form
from bot.domain.checklist_file import load_checklist
from bot.domain.people import Role
from bot.texts import paper_form as words
from handlers.feature import Command, Feature
from handlers.turn import Turn

READERS = frozenset({Role.OBSERVER, Role.COORDINATOR})


def create_feature() -> Feature:
    return Feature("paper_form", commands=[Command("blank", send, words.WORDS, roles=READERS)])


async def send(turn: Turn, rest: str) -> None:
    checklist = load_checklist()
    items = turn.services.day.paper_items
    content = await asyncio.to_thread(paper_form, checklist, items)
    await turn.send_file(words.FILE_NAME, content, words.CAPTION)
