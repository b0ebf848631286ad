"""Every photo of the workbook can be seen: by its link, or by words for the bot while its address is not known."""

from io import BytesIO

from openpyxl import load_workbook

from bot.domain.drill_words import typed_photo
from bot.domain.export import ExportKind, Wanted
from bot.domain.period import Period
from bot.texts import workbook as words
from tests.export.conftest import Office
from tests.generate import DAY, NOON
from tests.summary.oracle import Oracle

TODAY = Wanted(ExportKind.BOOK, Period.day(DAY))


async def test_photos_open_in_the_bot(office: Office):
    actor = await office.staff()
    plain = await office.exporting().file(actor, TODAY, NOON)
    linked = await office.exporting().file(actor, TODAY, NOON, link="https://t.me/vpr_bot?start=")
    assert plain.content is not None
    assert linked.content is not None
    typed = [row[-1].value for row in load_workbook(BytesIO(plain.content))[words.PHOTOS_SHEET].iter_rows(min_row=2)]
    sheet = load_workbook(BytesIO(linked.content))[words.PHOTOS_SHEET]
    kept = {f"f{p['report_number']}-{p['id']}" for p in Oracle(office.rows, set(range(1, 6)), {DAY.isoformat()}).photos}
    targets = [row[-1].hyperlink.target for row in sheet.iter_rows(min_row=2)]
    assert {target.removeprefix("https://t.me/vpr_bot?start=") for target in targets} == kept
    assert len(targets) == len(kept) > 0
    assert {"f{}-{}".format(*typed_photo(each.removeprefix("фото ")) or ()) for each in typed} == kept
