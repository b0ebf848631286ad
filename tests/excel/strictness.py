"""What Excel repairs or refuses and LibreOffice forgives: the faults of an .xlsx, in words."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from xml.etree import ElementTree

from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import range_boundaries

Element = ElementTree.Element
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
# The sequence of CT_Worksheet: an element out of its place is «unreadable content».
_ORDER = """
sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter
sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks
printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags
drawing legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems tableParts extLst
"""
ORDER = _ORDER.split()
NEVER_EMPTY = {
    "cols",
    "mergeCells",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "ignoredErrors",
    "tableParts",
}
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^',!]+))!")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
MOST_LINKS, LONGEST_URL, LONGEST_TEXT, LONGEST_FORMULA = 65_530, 2_079, 32_767, 8_192


def faults(content: bytes) -> list[str]:
    """Empty when Excel has nothing to complain of."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return list(_Book(archive).faults())


class _Book:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.names = archive.namelist()
        self.parts = {
            name: ElementTree.fromstring(archive.read(name)) for name in self.names if name.endswith((".xml", ".rels"))
        }
        self.styles = self.parts["xl/styles.xml"]
        self.cell_styles = len(self.styles.find(f"{MAIN}cellXfs") or ())
        self.rule_styles = len(self.styles.find(f"{MAIN}dxfs") or ())
        self.titles = [str(sheet.get("name")) for sheet in self.parts["xl/workbook.xml"].iter(f"{MAIN}sheet")]

    def faults(self) -> Iterator[str]:
        yield from self._package()
        yield from self._workbook()
        targets = self._relations("xl/workbook.xml")
        for sheet in self.parts["xl/workbook.xml"].iter(f"{MAIN}sheet"):
            path = targets[str(sheet.get(f"{RELATION}id"))]
            for fault in _Sheet(self, path).faults():
                yield f"{sheet.get('name')}: {fault}"
        for path, root in self.parts.items():
            if path.startswith("xl/charts/"):
                for formula in root.iter(f"{CHART}f"):
                    yield from self._sheets_of(formula.text or "")

    def _package(self) -> Iterator[str]:
        if len(self.names) != len(set(self.names)):
            yield "a part stands twice in the archive"
        types = self.parts["[Content_Types].xml"]
        told = [str(each.get("PartName")) for each in types.iter(f"{TYPES}Override")]
        endings = {each.get("Extension") for each in types.iter(f"{TYPES}Default")}
        if len(told) != len(set(told)):
            yield "a part has two content types"
        for name in set(told) - {f"/{name}" for name in self.names}:
            yield f"{name} has a content type and is not there"
        for name in self.names:
            if f"/{name}" not in told and name.rpartition(".")[2] not in endings:
                yield f"{name} has no content type"
        for path in self.parts:
            if path.endswith(".rels") and path != "_rels/.rels":
                owner = path.replace("_rels/", "").removesuffix(".rels")
                for target in self._relations(owner).values():
                    if "://" not in target and target not in self.names:
                        yield f"{owner} points to {target}, which is not there"

    def _relations(self, owner: str) -> dict[str, str]:
        """Id -> the part, or the address of what is outside."""
        root = self.parts.get(f"{dirname(owner)}/_rels/{owner.rpartition('/')[2]}.rels")
        found = {}
        for each in root.iter(f"{PACKAGE}Relationship") if root is not None else ():
            target = str(each.get("Target"))
            inside = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(owner), target))
            found[str(each.get("Id"))] = target if each.get("TargetMode") == "External" else inside
        return found

    def _workbook(self) -> Iterator[str]:
        folded = [title.casefold() for title in self.titles]
        if len(folded) != len(set(folded)):
            yield "two sheets have one name"
        for title in self.titles:
            if not 0 < len(title) <= 31 or set(title) & set("[]:*?/\\") or title.strip("'") != title:
                yield f"a sheet may not be called {title!r}"
        seen = set()
        for name in self.parts["xl/workbook.xml"].iter(f"{MAIN}definedName"):
            key = (str(name.get("name")).casefold(), name.get("localSheetId"))
            if key in seen:
                yield f"{key} is defined twice"
            seen.add(key)
            yield from self._sheets_of(name.text or "")

    def _sheets_of(self, formula: str) -> Iterator[str]:
        """`'A, b'!$1:$1,'A, b'!$A:$B`: every sheet it names must be there."""
        named = [quoted.replace("''", "'") or bare for quoted, bare in _SHEET.findall(formula)]
        if not named or not set(named) <= set(self.titles):
            yield f"a reference to {formula}"


class _Sheet:
    def __init__(self, book: _Book, path: str) -> None:
        self.book = book
        self.root = book.parts[path]
        self.targets = book._relations(path)

    def faults(self) -> Iterator[str]:
        names = [child.tag.removeprefix(MAIN) for child in self.root]
        places = [ORDER.index(name) for name in names]
        if places != sorted(places):
            yield f"elements out of order: {names}"
        for child in self.root:
            if child.tag.removeprefix(MAIN) in NEVER_EMPTY and not len(child):
                yield f"an empty {child.tag.removeprefix(MAIN)}"
        yield from self._columns()
        yield from self._rows()
        yield from self._rules()
        yield from self._validations()
        yield from self._links()
        yield from self._print()
        yield from self._areas()
        yield from self._drawings()

    def _columns(self) -> Iterator[str]:
        last = 0
        for column in self.root.iter(f"{MAIN}col"):
            first, until = int(column.get("min", 0)), int(column.get("max", 0))
            if not last < first <= until <= 16_384 or not 0 <= float(column.get("width", 8)) <= 255:
                yield f"columns {first}–{until}"
            last = until

    def _rows(self) -> Iterator[str]:
        before = 0
        for row in self.root.iter(f"{MAIN}row"):
            number, place = int(row.get("r", 0)), 0
            if not before < number <= 1_048_576:
                yield f"row {number} after {before}"
            if float(row.get("ht", 15)) > 409:
                yield f"row {number} is too tall"
            before = number
            for cell in row:
                yield from self._cell(cell, number, place)
                found = _CELL.fullmatch(str(cell.get("r")))
                place = column_index_from_string(found[1]) if found else place

    def _cell(self, cell: Element, row: int, before: int) -> Iterator[str]:
        at, kind = str(cell.get("r")), cell.get("t", "n")
        found = _CELL.fullmatch(at)
        if found is None or int(found[2]) != row or column_index_from_string(found[1]) <= before:
            yield f"cell {at} in row {row}"
        if not 0 <= int(cell.get("s", 0)) < self.book.cell_styles:
            yield f"{at} has a style that is not there"
        if cell.find(f"{MAIN}f") is not None:
            yield f"{at} is a formula"
        value, text = cell.find(f"{MAIN}v"), "".join(cell.itertext())
        if (
            kind == "n"
            and value is not None
            and re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", value.text or "", re.I) is None
        ):
            yield f"{at} holds {value.text!r} as a number"
        if kind == "inlineStr" and (len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT or value is not None):
            yield f"the text of {at}"
        if kind not in ("n", "inlineStr", "s", "b", "str"):
            yield f"{at} is of type {kind}"

    def _rules(self) -> Iterator[str]:
        priorities = []
        for block in self.root.iter(f"{MAIN}conditionalFormatting"):
            range_boundaries(str(block.get("sqref")).split()[0])
            for rule in block:
                priorities.append(rule.get("priority"))
                if not 0 <= int(rule.get("dxfId", 0)) < self.book.rule_styles:
                    yield f"a rule of {block.get('sqref')} has a style that is not there"
                for formula in rule.iter(f"{MAIN}formula"):
                    yield from _formula(formula.text or "")
        if len(priorities) != len(set(priorities)):
            yield "two rules of one priority"

    def _validations(self) -> Iterator[str]:
        for each in self.root.iter(f"{MAIN}dataValidation"):
            for name, most in (("promptTitle", 32), ("errorTitle", 32), ("prompt", 255), ("error", 255)):
                if len(each.get(name, "")) > most:
                    yield f"{name} of {each.get('sqref')} is longer than {most}"
            for name in ("formula1", "formula2"):
                formula = each.findtext(f"{MAIN}{name}", "")
                if len(formula) > 255:
                    yield f"{name} of {each.get('sqref')} is longer than 255"
                yield from _formula(formula)

    def _links(self) -> Iterator[str]:
        links = list(self.root.iter(f"{MAIN}hyperlink"))
        if len(links) > MOST_LINKS:
            yield f"{len(links)} links"
        for link in links:
            target = self.targets.get(str(link.get(f"{RELATION}id")), link.get("location"))
            if not target or len(target) > LONGEST_URL or re.search(r"[\s<>\"]", target):
                yield f"the link of {link.get('ref')} leads to {target!r}"
        if len({link.get("ref") for link in links}) != len(links):
            yield "a cell has two links"

    def _print(self) -> Iterator[str]:
        for each in self.root.iter(f"{MAIN}headerFooter"):
            for part in each:
                if len(part.text or "") > 255:
                    yield f"{part.tag.removeprefix(MAIN)} is longer than 255"
        for setup in self.root.iter(f"{MAIN}pageSetup"):
            if not 0 <= int(setup.get("fitToWidth", 1)) <= 32_767 or not 10 <= int(setup.get("scale", 100)) <= 400:
                yield "the page"

    def _areas(self) -> Iterator[str]:
        """Merged cells overlap neither each other nor the filter."""
        areas = [range_boundaries(str(each.get("ref"))) for each in self.root.iter(f"{MAIN}mergeCell")]
        areas += [range_boundaries(str(each.get("ref"))) for each in self.root.iter(f"{MAIN}autoFilter")]
        for number, one in enumerate(areas):
            for other in areas[number + 1 :]:
                if one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]:
                    yield f"areas {one} and {other} overlap"

    def _drawings(self) -> Iterator[str]:
        for drawing in self.root.iter(f"{MAIN}drawing"):
            path = self.targets.get(str(drawing.get(f"{RELATION}id")), "")
            if path not in self.book.parts:
                yield f"no drawing {path!r}"
                continue
            for anchor in self.book.parts[path]:
                start, end = anchor.find(f"{DRAWING}from"), anchor.find(f"{DRAWING}to")
                if start is None or any(int(n.text or 0) < 0 for n in start):
                    yield f"an anchor of {path}"
                if end is not None and start is not None and int(end[2].text or 0) < int(start[2].text or 0):
                    yield f"an anchor of {path} ends above its start"


def _formula(text: str) -> Iterator[str]:
    if len(text) > LONGEST_FORMULA or text.startswith("="):
        yield f"formula {text[:40]!r}"
    if text.count('"') % 2 or any(len(each) > 255 for each in _QUOTED.findall(text)):
        yield f"a text in formula {text[:40]!r}"
