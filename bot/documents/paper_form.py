"""The report to print: A4, every item with its permanent code, three boxes, lines for what was wrong."""

from collections.abc import Sequence
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import MethodReturnValue

from bot.domain.checklist import Checklist, Item
from bot.texts import paper_form as words

FONTS = Path(__file__).parents[1] / "pictures" / "fonts"
LEFT, WIDTH, BOTTOM = 12.0, 186.0, 280.0
CODE_WIDTH, BOX, BOX_STEP = 12.0, 4.0, 12.0
TEXT_WIDTH = WIDTH - CODE_WIDTH - 3 * BOX_STEP - 4
INK, GREY = 20, 130
COMMENT_LINES = 5


class _Form(FPDF):
    def __init__(self, foot: str) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self.foot = foot

    def footer(self) -> None:
        self.set_y(-10)
        self.set_font("DejaVu", "", 7)
        self.set_text_color(GREY)
        self.cell(0, 4, self.foot.format(number=self.page_no()))


def paper_form(checklist: Checklist, items: Sequence[Item]) -> bytes:
    """The PDF. Nothing of it is filled in: one print serves any work."""
    pdf = _Form(words.PAGE.format(title=words.TITLE, version=checklist.version, number="{number}"))
    pdf.set_title(words.TITLE)
    pdf.set_auto_page_break(False)
    pdf.set_margins(LEFT, 10)
    pdf.add_font("DejaVu", "", str(FONTS / "DejaVuSans.ttf"))
    pdf.add_font("DejaVu", "B", str(FONTS / "DejaVuSans-Bold.ttf"))
    pdf.add_page()
    _head(pdf)
    for stage in checklist.stages_of(tuple(items)):
        of_stage = [item for item in items if item.stage == stage.code]
        _room(pdf, 16)
        pdf.set_font("DejaVu", "B", 9)
        pdf.cell(CODE_WIDTH + TEXT_WIDTH + 4, 6, f"{stage.code}. {stage.title}")
        pdf.set_font("DejaVu", "", 7)
        for answer in words.ANSWERS:
            pdf.cell(BOX_STEP, 6, answer, align="C")
        pdf.ln(6)
        for item in of_stage:
            _item(pdf, item)
    _tail(pdf)
    return bytes(pdf.output())


def _head(pdf: FPDF) -> None:
    pdf.set_text_color(INK)
    pdf.set_draw_color(GREY)
    pdf.set_font("DejaVu", "B", 13)
    pdf.cell(WIDTH, 8, words.TITLE, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("DejaVu", "", 8)
    for pair in words.HEAD:
        for label in pair:
            pdf.cell(WIDTH / 2, 8, f"{label}:", border="B")
        pdf.ln(8)
    pdf.multi_cell(WIDTH, 5, words.HINT, new_x="LMARGIN", new_y="NEXT")


def _item(pdf: FPDF, item: Item) -> None:
    pdf.set_font("DejaVu", "", 8)
    lines = pdf.multi_cell(TEXT_WIDTH, 4, item.plain, dry_run=True, output=MethodReturnValue.LINES)
    height = 4.0 * len(lines) + 1.5  # type: ignore[arg-type]
    _room(pdf, height)
    top = pdf.get_y()
    pdf.set_font("DejaVu", "B", 8)
    pdf.cell(CODE_WIDTH, 4, item.code)
    pdf.set_font("DejaVu", "", 8)
    pdf.multi_cell(TEXT_WIDTH, 4, item.plain, new_x="LMARGIN", new_y="NEXT")
    for place in range(3):
        x = LEFT + CODE_WIDTH + TEXT_WIDTH + 4 + place * BOX_STEP + (BOX_STEP - BOX) / 2
        pdf.rect(x, top, BOX, BOX)
    pdf.set_y(top + height)


def _tail(pdf: FPDF) -> None:
    _room(pdf, 8.0 * COMMENT_LINES + 26)
    pdf.ln(2)
    pdf.set_font("DejaVu", "B", 8)
    pdf.cell(WIDTH, 6, words.COMMENTS, new_x="LMARGIN", new_y="NEXT")
    for _ in range(COMMENT_LINES):
        pdf.cell(WIDTH, 8, "", border="B", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)
    pdf.set_font("DejaVu", "", 8)
    pdf.cell(WIDTH, 5, words.BY_TEXT, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)
    pdf.cell(WIDTH, 5, words.SIGNATURE, new_x="LMARGIN", new_y="NEXT")


def _room(pdf: FPDF, height: float) -> None:
    if pdf.get_y() + height > BOTTOM:
        pdf.add_page()
        pdf.set_text_color(INK)
