"""Whoever works at a school, or declared an interest in it, finds no case about it in a file; the figures still add up."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.domain.export import ExportedFile, ExportKind, Wanted
from bot.domain.people import Actor, Role
from bot.domain.period import Period
from bot.screens import export as screens
from bot.texts import workbook as words
from storage import consents, people
from storage.clock import to_text
from tests.export.conftest import Office
from tests.generate import DAY, NOON

SCHOOLS = (1, 2, 2, None)  # of the cases, by their number
HIDDEN = "скрыто из-за личного интереса: 2"


async def with_cases(office: Office) -> None:
    async with office.database.transaction() as tx:
        for number, school in enumerate(SCHOOLS, 1):
            await tx.execute(
                "INSERT INTO hotline_case (id, year, number, level, channel, category, school_id, status, urgency,"
                " accepted_at, due_at, heard_at) VALUES (:id, 2026, :number, 'hidden', 'telegram', 1, :school, 'accepted',"
                " 'usual', :at, :at, :at)",
                id=f"{number:032x}", number=number, school=school, at=to_text(NOON),
            )  # fmt: skip


async def interested(office: Office, role: Role, *, works_there: bool) -> Actor:
    actor = await office.staff(role)
    assert actor.person is not None
    async with office.database.transaction() as tx:
        if works_there:
            await people.grant(tx, actor.person.id, Role.PRINCIPAL, 1, 2, NOON, by=None)
        else:
            await consents.add_conflict(tx, actor.person.id, 2, "work", NOON, by=None)
    async with office.database.read() as reader:
        return (await people.actor(reader, actor.account))[0]


def content_of(office: Office, file: ExportedFile) -> bytes:
    return file.content if file.content is not None else (office.folder.parent / file.path).read_bytes()


@pytest.mark.parametrize("works_there", [True, False])
@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (ExportKind.BOOK, Role.COORDINATOR),
        (ExportKind.NAMED, Role.COORDINATOR),
        (ExportKind.BOOK, Role.HEAD),
        (ExportKind.HOTLINE, Role.HEAD),
        (ExportKind.HOTLINE, Role.REGIONAL),
    ],
)
async def test_cases_of_an_own_school_are_in_no_file(
    office: Office, kind: ExportKind, role: Role, works_there: bool
) -> None:
    await with_cases(office)
    actor = await interested(office, role, works_there=works_there)
    file = await office.exporting().file(actor, Wanted(kind, Period.day(DAY)), NOON)
    book = load_workbook(BytesIO(content_of(office, file)))
    numbers = [str(row[0].value) for row in book[words.HOTLINE].iter_rows(min_row=2) if row[0].value]
    assert [number[-1] for number in numbers] == ["1", "4"]
    about = "\n".join(str(cell.value) for row in book[words.ABOUT].iter_rows() for cell in row)
    assert HIDDEN in about.casefold()
    assert (file.made.cases, file.made.hidden_cases, file.made.agrees) == (2, 2, True)
    if kind is ExportKind.HOTLINE:
        assert HIDDEN in screens.caption(file).casefold()
    else:
        checks = {str(row[0].value): str(row[2].value) for row in book[words.SUMMARY].iter_rows()}
        assert checks[words.with_hidden(words.HOTLINE, 2)] == words.compared(4, 4, None, agrees=True)


async def test_without_an_interest_nothing_is_hidden_and_nothing_said_of_it(office: Office) -> None:
    await with_cases(office)
    file = await office.exporting().file(await office.staff(), Wanted(ExportKind.BOOK, Period.day(DAY)), NOON)
    book = load_workbook(BytesIO(content_of(office, file)))
    assert sum(bool(row[0].value) for row in book[words.HOTLINE].iter_rows(min_row=2)) == 4
    assert not any(
        "скрыто из-за" in str(c.value).casefold() for s in book for row in s.iter_rows() for c in row if c.value
    )
    checks = {str(row[0].value): str(row[2].value) for row in book[words.SUMMARY].iter_rows()}
    assert checks[words.HOTLINE] == words.compared(4, 4, None, agrees=True)
