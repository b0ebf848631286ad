"""Invitations on paper: A4, eight cards a page, each with a QR code, a typed code and till when it is good."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import segno
from fpdf import FPDF
from PIL import Image

from bot.texts import invitation_sheet as words

FONTS = Path(__file__).parents[1] / "pictures" / "fonts"
COLUMNS, ROWS = 2, 4
CARD_WIDTH, CARD_HEIGHT = 95.0, 68.0
LEFT, TOP = 10.0, 12.0
QR_SIDE = 38.0
INK, GREY = 20, 120
MODULE = 6  # pixels
MASK = 6  # any is allowed and read; to weigh all eight for each link takes half of the time of a sheet


@dataclass(frozen=True, slots=True)
class Card:
    """What one person gets in hand. `link` goes into the QR code, `code` is for typing; `until` is ready to print."""

    person_code: str
    name: str
    role: str
    school: str
    code: str
    link: str
    until: str


def invitation_sheet(cards: Sequence[Card], organiser: str, bot_name: str, phone: str) -> bytes:
    """The PDF. Lines to cut along; a long name shrinks instead of running over."""
    pdf = FPDF(orientation="portrait", unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_title(words.TITLE)
    pdf.add_font("DejaVu", "", str(FONTS / "DejaVuSans.ttf"))
    pdf.add_font("DejaVu", "B", str(FONTS / "DejaVuSans-Bold.ttf"))
    for number, card in enumerate(cards):
        place = number % (COLUMNS * ROWS)
        if place == 0:
            pdf.add_page()
            pdf.set_text_color(GREY)
            pdf.set_font("DejaVu", "", 7)
            pdf.text(LEFT, 8, words.head(organiser))
        x = LEFT + (place % COLUMNS) * CARD_WIDTH
        y = TOP + (place // COLUMNS) * CARD_HEIGHT
        _card(pdf, card, x, y, bot_name, phone)
    return bytes(pdf.output())


def _card(pdf: FPDF, card: Card, x: float, y: float, bot_name: str, phone: str) -> None:
    pdf.set_draw_color(GREY)
    pdf.set_dash_pattern(dash=1, gap=1.5)
    pdf.rect(x, y, CARD_WIDTH, CARD_HEIGHT)
    pdf.set_dash_pattern()
    pdf.image(_qr(card.link), x=x + CARD_WIDTH - QR_SIDE - 3, y=y + 14, w=QR_SIDE, h=QR_SIDE)
    pdf.set_text_color(INK)
    _line(pdf, words.invites(card.role), x + 4, y + 8, CARD_WIDTH - 8, 11, bold=True)
    width = CARD_WIDTH - QR_SIDE - 10
    _line(pdf, card.person_code, x + 4, y + 18, width, 14, bold=True)
    _line(pdf, card.name, x + 4, y + 24, width, 8)
    _line(pdf, card.school, x + 4, y + 29, width, 8)
    _line(pdf, words.CODE, x + 4, y + 38, width, 8)
    _line(pdf, card.code, x + 4, y + 45, width, 16, bold=True)
    _line(pdf, words.until(card.until), x + 4, y + 52, width, 7)
    for row, text in enumerate(words.how(bot_name, phone)):
        _line(pdf, text, x + 4, y + 57 + row * 4, CARD_WIDTH - 8, 7)


def _line(pdf: FPDF, text: str, x: float, y: float, width: float, size: float, *, bold: bool = False) -> None:
    """One line at this base line, smaller when it would not fit, cut when even that is too long."""
    if not text:
        return
    pdf.set_font("DejaVu", "B" if bold else "", size)
    while size > 5 and pdf.get_string_width(text) > width:
        size -= 0.5
        pdf.set_font_size(size)
    while len(text) > 1 and pdf.get_string_width(text) > width:
        text = text[:-2] + "…"
    pdf.text(x, y, text)


def _qr(link: str) -> Image.Image:
    """One bit a pixel. Drawn here, not by segno, and with a given mask: a sheet of 400 takes a third of the time."""
    rows = segno.make(link, error="m", micro=False, mask=MASK).matrix
    side = len(rows) + 2  # a light border of one module
    edge = [1] * side
    light = [bit for row in rows for bit in (1, *(1 - dark for dark in row), 1)]
    picture = Image.new("1", (side, side))
    picture.putdata([*edge, *light, *edge])
    return picture.resize((side * MODULE, side * MODULE), Image.Resampling.NEAREST)
