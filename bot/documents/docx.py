"""A printed document as .docx: A4, Times New Roman, ruled tables with repeating headers, page numbers."""

import re
from io import BytesIO
from itertools import zip_longest
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bot.domain.document import Block, Fields, Grid, Lines, Paragraph, PrintedDocument, Section, Signatures, Title
from bot.texts.documents import NAME_UNDER_LINE, PAGE, PAGE_OF, SIGNATURE_UNDER_LINE

FONT = "Times New Roman"
USUAL, SMALL = 11, 10  # points in a table
LINE_TO_WRITE = 17  # points between lines that are written on by hand
ROW_TO_WRITE = 0.9  # centimetres
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_docx(*documents: PrintedDocument) -> bytes:
    """The file's bytes, each document from a new page; what people typed is plain text in it, never a field or a link."""
    file = Document()
    _letters(file)
    for number, document in enumerate(documents):
        _page(file.add_section(WD_SECTION.NEW_PAGE) if number else file.sections[0], document)
        for block, following in zip_longest(document.blocks, document.blocks[1:]):
            _block(file, block, before_signatures=isinstance(following, Signatures))
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _letters(file: Any) -> None:
    style = file.styles["Normal"]
    style.font.name = FONT
    style.font.size = Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(4)


def _page(section: Any, document: PrintedDocument) -> None:
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.5)
    section.footer_distance = Cm(0.8)
    if document.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.footer.is_linked_to_previous = False  # each says whose pages these are
    footer = section.footer.paragraphs[0]
    _run(footer, f"{document.footer}    {PAGE} ", size=9)
    _field(footer, "PAGE")
    _run(footer, f" {PAGE_OF} ", size=9)
    _field(footer, "NUMPAGES")


def _block(file: Any, block: Block, *, before_signatures: bool) -> None:
    """Lines before signatures go with them: nobody signs an empty page."""
    match block:
        case Title(text, below):
            paragraph = file.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _run(paragraph, text, bold=True, size=13)
            if below:
                paragraph = file.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                _run(paragraph, below)
        case Section(text):
            paragraph = file.add_paragraph()
            paragraph.paragraph_format.space_before = Pt(6)
            paragraph.paragraph_format.keep_with_next = True
            _run(paragraph, text, bold=True)
        case Paragraph(text):
            paragraph = file.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.keep_with_next = before_signatures
            _run(paragraph, text)
        case Fields(rows):
            _table(file, (), rows, (6.0, 11.0), frozenset(), SMALL)
        case Grid(header, rows, widths, strong, small):
            _table(file, header, rows, widths, strong, SMALL if small else USUAL)
        case Lines(label, count):
            if label:
                paragraph = file.add_paragraph()
                paragraph.paragraph_format.keep_with_next = True
                _run(paragraph, label)
            for number in range(count):
                paragraph = file.add_paragraph()
                paragraph.paragraph_format.keep_with_next = number + 1 < count or before_signatures
                _rule(paragraph, number)
        case Signatures(rows):
            _gap(file, 8).paragraph_format.keep_with_next = True
            _signatures(file, rows)
            _gap(file, 4)


def _table(
    file: Any,
    header: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    widths: tuple[float, ...],
    strong: frozenset[int],
    size: int,
) -> None:
    table = file.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    if header:
        row = table.add_row()
        _fill(row, header, widths, bold=True, size=size)
        properties = row._tr.get_or_add_trPr()
        properties.append(_element("w:tblHeader"))
        properties.append(_element("w:cantSplit"))
    for number, values in enumerate(rows):
        row = table.add_row()
        _fill(row, values, widths, bold=number in strong, size=size)
        if not any(values[1:]):
            row.height = Cm(ROW_TO_WRITE)
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    _gap(file, 4)


def _gap(file: Any, points: int) -> Any:
    paragraph = file.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(points)
    return paragraph


def _fill(row: Any, values: tuple[str, ...], widths: tuple[float, ...], *, bold: bool, size: int = USUAL) -> None:
    for cell, value, width in zip(row.cells, values, widths, strict=True):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        _run(paragraph, value, bold=bold, size=size)


def _signatures(file: Any, rows: tuple[tuple[str, str], ...]) -> None:
    table = file.add_table(rows=0, cols=3)
    table.autofit = False
    widths = (6.6, 4.6, 5.8)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for who, known in rows:
        line, under = table.add_row(), table.add_row()
        _fill(line, (who, "_" * 20, known or "_" * 26), widths, bold=False)
        _fill(under, ("", SIGNATURE_UNDER_LINE, NAME_UNDER_LINE), widths, bold=False)
        for cell in under.cells:
            cell.paragraphs[0].paragraph_format.line_spacing = Pt(11)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(8)
        for row in (line, under):
            row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True


def _run(paragraph: Any, text: str, *, bold: bool = False, size: int = 12) -> None:
    run = paragraph.add_run(_UNWRITABLE.sub("\ufffd", text))
    run.bold = bold
    run.font.size = Pt(size)


def _rule(paragraph: Any, number: int) -> None:
    """A line across the page to write on. Word processors join neighbours whose borders are equal: these are not."""
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(LINE_TO_WRITE)
    borders = _element("w:pBdr")
    borders.append(_element("w:bottom", val="single", sz="4", space="1", color=("808080", "818181")[number % 2]))
    paragraph._p.get_or_add_pPr().append(borders)


def _field(paragraph: Any, code: str) -> None:
    for part in (
        _element("w:fldChar", fldCharType="begin"),
        _element("w:instrText", text=code),
        _element("w:fldChar", fldCharType="end"),
    ):
        run = paragraph.add_run()
        run.font.size = Pt(9)
        run._r.append(part)


def _element(name: str, text: str = "", **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    if text:
        element.text = text
    return element
