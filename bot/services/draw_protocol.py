"""The protocol of a draw, to print and sign."""

from zoneinfo import ZoneInfo

from bot.domain.document import Block, Fields, Grid, Paragraph, PrintedDocument, Section, Signatures, Title
from bot.domain.draw_record import choices
from bot.texts import drawing as words
from bot.texts.periods import figures
from bot.texts.time import day_and_clock
from storage.draws import Drawn


def protocol(drawn: Drawn, place: str, zone: ZoneInfo) -> PrintedDocument:
    codes = {one["id"]: one["code"] for one in drawn.pool["observers"]}
    sittings = {one["id"]: one for one in drawn.pool["sittings"]}
    rows = tuple(
        (
            str(number),
            sittings[choice.sitting_id]["school"],
            words.label(sittings[choice.sitting_id]["label"]),
            words.YES if choice.obligatory else "",
            codes[choice.person_id] if choice.person_id is not None else words.nobody(str(choice.why)),
        )
        for number, choice in enumerate(choices(drawn.result), 1)
    )
    order = tuple(
        (str(number), school, words.YES if school in drawn.pool["obligatory"] else "")
        for number, school in enumerate(drawn.result["schools"], 1)
    )
    blocks: list[Block] = [
        Title(words.TITLE, place),
        Fields(
            (
                (words.DRAWN_AT, day_and_clock(drawn.drawn_at.astimezone(zone), zone)),
                (words.PERIOD, figures(drawn.first, drawn.last)),
                (words.SEED, drawn.seed),
                (words.OBSERVERS, str(len(codes))),
                (words.SITTINGS, str(len(sittings))),
                (words.DRAWN_BY, drawn.drawn_by),
            )
        ),
        Section(words.HOW),
        *(Paragraph(text) for text in words.ALGORITHM),
        Section(words.ORDER),
        Grid(words.ORDER_HEADER, order, (1.5, 12.0, 3.5)),
        Section(words.RESULT),
        Grid(words.RESULT_HEADER, rows, (1.2, 4.3, 6.0, 2.5, 3.0)),
        Signatures(((words.CHAIR, ""), (words.MEMBER, ""), (words.MEMBER, ""))),
    ]
    return PrintedDocument(blocks, words.footer(drawn.id, drawn.seed))
