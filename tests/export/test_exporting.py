"""Files on order: by right, one at a time, whole or not at all, noted in the audit."""

import asyncio
import stat
from datetime import UTC, datetime, timedelta
from io import BytesIO

import docx
import pytest
from openpyxl import load_workbook

from bot.domain.errors import NotAllowed
from bot.domain.export import ExportFailed, ExportKind, ExportRunning, NothingToExport, Wanted
from bot.domain.people import Actor, Role, SchoolId
from bot.domain.period import Period
from bot.domain.period_words import EVERYTHING
from bot.domain.table import Column, Kind, Table, fixed
from bot.services.auditing import Auditing
from bot.services.exporting import Exporting
from bot.texts import documents as document_words
from bot.texts import workbook as words
from storage import export_jobs
from storage.audit import Audit
from storage.clock import to_text
from tests.export.conftest import Office, text_of
from tests.generate import DAY, NOON, ZONE
from tests.summary.oracle import Oracle

TODAY = Wanted(ExportKind.BOOK, Period.day(DAY))


async def test_a_workbook_by_a_process_of_its_own(office: Office):
    seen: list[int] = []

    async def percent(value: int) -> None:
        seen.append(value)

    actor = await office.staff()
    file = await office.exporting().file(actor, TODAY, NOON, percent)
    assert file.name == "ВПР_2026-04-23_отчёты.xlsx"
    assert file.content is not None
    book = load_workbook(BytesIO(file.content))
    assert book.sheetnames[0] == words.SUMMARY
    assert book.sheetnames[-1] == words.ABOUT
    assert file.made.agrees
    truth = Oracle(office.rows, set(range(1, 6)), {DAY.isoformat()})
    assert file.made.answers == len(truth.answers)
    assert seen == sorted(seen)
    assert seen[-1] == 95
    assert office.files() == []  # nothing stays behind
    async with office.database.read() as reader:
        note = await reader.fetch_one("SELECT action, object, person_id FROM audit ORDER BY seq DESC LIMIT 1")
    assert note is not None
    assert tuple(note) == ("export", "book:20260423", actor.person.id)


async def test_names_are_in_no_file_that_is_sent(office: Office):
    actor = await office.staff()
    file = await office.exporting().file(actor, TODAY, NOON)
    assert file.content is not None
    cells = [str(c.value) for sheet in load_workbook(BytesIO(file.content)) for row in sheet for c in row if c.value]
    assert not any("Иванов" in cell for cell in cells)
    named = await office.exporting().file(actor, Wanted(ExportKind.NAMED, Period.day(DAY)), NOON)
    assert named.content is None
    assert named.path.startswith("exports/kept/")
    kept = office.folder.parent / named.path
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    names = [str(row[1].value) for row in load_workbook(kept)[words.OBSERVERS].iter_rows(min_row=2)]
    assert all(name.startswith("Иванов") for name in names)


async def test_who_may_order_what(office: Office):
    exporting = office.exporting()
    head = await office.staff(Role.HEAD, 901)
    observer = await office.staff(Role.OBSERVER, 902)
    assert (await exporting.file(head, TODAY, NOON)).content
    with pytest.raises(NotAllowed):
        await exporting.file(head, Wanted(ExportKind.NAMED, Period.day(DAY)), NOON)
    with pytest.raises(NotAllowed):
        await exporting.file(observer, TODAY, NOON)
    with pytest.raises(NotAllowed):
        await exporting.order(observer, TODAY, "tap:1", NOON)


async def test_a_head_sees_no_risk_list(office: Office):
    head = await office.staff(Role.HEAD, 901)
    file = await office.exporting().file(head, TODAY, NOON)
    assert file.content is not None
    cells = [str(c.value) for sheet in load_workbook(BytesIO(file.content)) for row in sheet for c in row if c.value]
    assert words.RISK_YEARS not in cells
    assert words.FIGURES["risk"] not in cells


async def test_a_school_alone(office: Office):
    actor = await office.staff()
    file = await office.exporting().file(actor, Wanted(ExportKind.BOOK, Period.day(DAY), SchoolId(2)), NOON)
    assert file.name == "ВПР_2026-04-23_отчёты_СОШ_2.xlsx"
    assert file.content is not None
    schools = {row[1].value for row in load_workbook(BytesIO(file.content))[words.SCHEDULE].iter_rows(min_row=2)}
    assert schools == {"СОШ № 2"}


async def test_one_open_order_a_person_and_one_a_tap(office: Office):
    exporting = office.exporting()
    actor, other = await office.staff(), await office.staff(number=901)
    first, before = await exporting.order(actor, TODAY, "tap:1", NOON)
    assert before == 0
    assert await exporting.order(actor, TODAY, "tap:1", NOON) == (first, 0)
    with pytest.raises(ExportRunning):
        await exporting.order(actor, TODAY, "tap:2", NOON)
    assert (await exporting.order(other, TODAY, "tap:3", NOON))[1] == 1
    job = await exporting.claim(NOON)
    assert job is not None
    assert job.id == first
    assert await exporting.finished(job, "sent", NOON)
    await exporting.order(actor, TODAY, "tap:4", NOON)


async def test_cancelling_ends_the_process_and_leaves_nothing(office: Office):
    exporting = office.exporting()
    actor = await office.staff()
    job_id, _ = await exporting.order(actor, TODAY, "tap:1", NOON)
    job = await exporting.claim(NOON)
    assert job is not None
    started = asyncio.Event()

    async def percent(value: int) -> None:
        started.set()

    making = asyncio.ensure_future(exporting.make(job, NOON, percent))
    await started.wait()
    assert await exporting.cancel(actor, job_id, NOON)
    with pytest.raises(ExportFailed):
        await making
    assert not await exporting.finished(job, "sent", NOON)
    assert not await exporting.cancel(actor, job_id, NOON)
    assert office.files() == []


async def test_nobody_cancels_what_another_ordered(office: Office):
    exporting = office.exporting()
    actor, other = await office.staff(), await office.staff(number=901)
    job_id, _ = await exporting.order(actor, TODAY, "tap:1", NOON)
    with pytest.raises(NotAllowed):
        await exporting.cancel(other, job_id, NOON)


async def test_orders_of_an_earlier_run_are_made_again_but_not_for_ever(office: Office):
    exporting = office.exporting()
    actor = await office.staff()
    job_id, _ = await exporting.order(actor, TODAY, "tap:1", NOON)
    (office.folder / "left").mkdir(parents=True)
    (office.folder / "left" / ".file.xlsx.part").write_bytes(b"half")
    for _ in range(export_jobs.MAX_TRIES):
        job = await exporting.claim(NOON)
        assert job is not None
        assert job.id == job_id
        await exporting.recover(NOON)
    assert await exporting.claim(NOON) is None
    assert office.files() == []


async def test_a_revoked_role_ends_the_order(office: Office):
    exporting = office.exporting()
    actor = await office.staff()
    await exporting.order(actor, TODAY, "tap:1", NOON)
    job = await exporting.claim(NOON)
    async with office.database.transaction() as tx:
        await tx.execute("UPDATE membership SET revoked_at = granted_at WHERE person_id = :id", id=actor.person.id)
    assert job is not None
    with pytest.raises(NotAllowed):
        await exporting.make(job, NOON)


async def test_too_big_for_the_messenger_stays_on_the_server(office: Office):
    actor = await office.staff()
    file = await office.exporting(max_file=10_000).file(actor, TODAY, NOON)
    assert file.content is None
    assert load_workbook(office.folder.parent / file.path).sheetnames[0] == words.SUMMARY


async def test_act_of_a_received_report(office: Office):
    actor = await office.staff()
    truth = Oracle(office.rows, set(range(1, 6)), {DAY.isoformat()})
    bad = {answer["report_number"] for answer in truth.violations}
    report = next(report for report in truth.received if report["number"] in bad)
    file = await office.exporting().file(actor, Wanted(ExportKind.ACT, EVERYTHING, report=report["number"]), NOON)
    assert file.name.startswith(f"Акт_{report['number']}")
    assert file.content is not None
    text = text_of(file.content)
    assert f"№ {report['number']} от 23.04.2026" in text
    for answer in truth.answers:
        if answer["report_number"] == report["number"] and answer["comment"]:
            assert answer["comment"].replace("\n", " ")[:12] in text.replace("\n", " ")
    assert document_words.NOTHING_FOUND not in text


async def test_all_acts_of_a_school_each_on_its_own_pages(office: Office):
    actor = await office.staff()

    def received(school: int) -> list[int]:
        truth = Oracle(office.rows, {school}, {DAY.isoformat()})
        return [report["number"] for report in truth.received if report["kind"] == "observer"]

    school = max(range(1, 6), key=lambda each: len(received(each)))
    numbers = received(school)
    file = await office.exporting().file(actor, Wanted(ExportKind.ACT, Period.day(DAY), SchoolId(school)), NOON)
    assert file.name.startswith("ВПР_2026-04-23_акты_")
    assert file.content is not None
    assert file.made.acts == len(numbers) > 1
    document = docx.Document(BytesIO(file.content))
    footers = [section.footer.paragraphs[0].text for section in document.sections]
    assert sorted(int(footer.split(",")[0].removeprefix("Отчёт ")) for footer in footers) == sorted(numbers)
    text = text_of(file.content)
    assert all(f"№ {number} от 23.04.2026" in text for number in numbers)
    past = Period.day(DAY - timedelta(days=30))
    with pytest.raises(NothingToExport):
        await office.exporting().file(actor, Wanted(ExportKind.ACT, past, SchoolId(school)), NOON)


@pytest.mark.parametrize("state", ["expected", "returned", "excused"])
async def test_no_act_of_a_report_that_is_not_there(office: Office, state: str):
    actor = await office.staff()
    numbers = [report["number"] for report in office.rows["report"] if report["state"] == state] or [1]
    with pytest.raises(NothingToExport):
        await office.exporting().file(actor, Wanted(ExportKind.ACT, EVERYTHING, report=numbers[0]), NOON)


async def cases(office: Office) -> None:
    """Two cases of the day; what people wrote lies sealed elsewhere."""
    async with office.database.transaction() as tx:
        for number, urgency in ((1, "usual"), (2, "critical")):
            await tx.execute(
                "INSERT INTO hotline_case (id, year, number, level, channel, category, school_id, status, urgency,"
                " accepted_at, due_at, heard_at) VALUES (:id, 2026, :number, 'hidden', 'telegram', 6, 2, 'in_work', :urgency,"
                " :at, :due, :at)",
                id=f"{number:032}",
                number=number,
                urgency=urgency,
                at=to_text(NOON - timedelta(hours=1)),
                due=to_text(NOON + timedelta(days=3)),
            )
            await tx.execute(
                "INSERT INTO case_message (case_id, seq, direction, sealed, at) VALUES (:id, 1, 'in', :sealed, :at)",
                id=f"{number:032}",
                sealed=b"CANARY",
                at=to_text(NOON),
            )


async def test_the_hotline_in_the_book_has_numbers_and_times_only(office: Office):
    await cases(office)
    actor = await office.staff()
    file = await office.exporting().file(actor, TODAY, NOON)
    assert file.content is not None
    assert b"CANARY" not in file.content
    sheet = load_workbook(BytesIO(file.content))[words.HOTLINE]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["ГЛ-2026-00001", "ГЛ-2026-00002"]
    assert [row[5].value for row in sheet.iter_rows(min_row=2)] == ["обычная", "срочно"]
    of_school = await office.exporting().file(actor, Wanted(ExportKind.BOOK, Period.day(DAY), SchoolId(2)), NOON)
    assert of_school.content is not None
    assert words.HOTLINE not in load_workbook(BytesIO(of_school.content)).sheetnames


async def test_the_journal_with_texts_is_written_by_the_process_that_has_the_keys(office: Office):
    asked: list[tuple[datetime, datetime]] = []

    async def journal(actor: Actor, since: datetime, until: datetime, now: datetime) -> Table:
        asked.append((since, until))
        return Table("Журнал", (Column("Номер"), Column("Суть", Kind.LONG, 40)), fixed([("ГЛ-1", "=скрыто")]))

    exporting = Exporting(office.database, Auditing(Audit(b"k" * 32)), office.folder, ZONE, "Город Н.", journal=journal)
    wanted = Wanted(ExportKind.HOTLINE, Period.day(DAY))
    file = await exporting.file(await office.staff(), wanted, NOON)
    assert file.content is not None
    assert load_workbook(BytesIO(file.content))["Журнал"]["B2"].value == "=скрыто"
    assert file.made.cases == 1
    assert asked == [
        (datetime(2026, 4, 22, 17, tzinfo=UTC), datetime(2026, 4, 23, 17, tzinfo=UTC))  # a local day
    ]
    head = await exporting.file(await office.staff(Role.HEAD, 901), wanted, NOON)
    assert head.content is not None
    assert load_workbook(BytesIO(head.content)).sheetnames == [words.HOTLINE, words.ABOUT]
    assert len(asked) == 1
    assert office.files() == []
