"""The report on paper has every item of the installation's form, under the same codes."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.documents.paper_form import paper_form
from bot.domain.checklist import ReportForm
from bot.domain.checklist_file import load_checklist
from bot.domain.people import Role
from tests.city import City

VPR = load_checklist()


def text_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


@pytest.mark.parametrize(("form", "pages"), [(ReportForm.SHORT, 1), (ReportForm.FULL, 3)])
def test_every_code_and_nothing_else(form: ReportForm, pages: int):
    items = VPR.items(form)
    told = text_of(paper_form(VPR, items))
    assert len(told) <= pages
    words = " ".join(told).split()
    codes = [code for code in VPR.codes if code in words]
    assert codes == [item.code for item in items]


async def test_the_word_brings_the_form(city: City) -> None:
    observer, _ = await city.phone_of("Анна", Role.OBSERVER)
    await observer.sends("бланк")
    name, content = await observer.receives_document()
    assert name == "бланк_отчёта.pdf"
    assert "А8" in text_of(content)[0]
