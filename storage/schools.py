"""Schools, and the years in which a school was on a risk list."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.people import MUNICIPALITY_ID, SchoolId
from bot.domain.plan import School
from bot.domain.risk import Procedure, RiskList, RiskMark
from storage.clock import to_text
from storage.database import Reader, Transaction
from storage.sqlite import Row

_COLUMNS = "id, short_name, full_name, login, address, parallels, coordinator_name, coordinator_phone"


async def ensure_municipality(tx: Transaction, name: str, timezone: str) -> int:
    """The one municipality of this installation; name and zone follow the settings."""
    await tx.execute(
        "INSERT INTO municipality (id, name, timezone) VALUES (:id, :name, :zone)"
        " ON CONFLICT (id) DO UPDATE SET name = :name, timezone = :zone",
        id=MUNICIPALITY_ID,
        name=name,
        zone=timezone,
    )
    return MUNICIPALITY_ID


async def all_schools(reader: Reader, municipality_id: int) -> list[School]:
    """Schools that are not archived, in no particular order (sort with natsort by `short_name`)."""
    rows = await reader.fetch_all(
        f"SELECT {_COLUMNS} FROM school WHERE municipality_id = :municipality AND archived_at IS NULL",
        municipality=municipality_id,
    )
    return [_school(row) for row in rows]


async def school(reader: Reader, school_id: int) -> School | None:
    row = await reader.fetch_one(f"SELECT {_COLUMNS} FROM school WHERE id = :id", id=school_id)
    return None if row is None else _school(row)


async def name(reader: Reader, school_id: int) -> str:
    """Short name, '' for an unknown school."""
    return str(await reader.fetch_value("SELECT short_name FROM school WHERE id = :id", id=school_id) or "")


async def save(tx: Transaction, municipality_id: int, school: School, name_key: str) -> SchoolId:
    """Insert (id 0) or overwrite a school; returns its id."""
    school_id = school.id or SchoolId(await tx.next_numbers("school"))
    await tx.execute(
        "INSERT INTO school (id, municipality_id, short_name, full_name, name_key, login, address, parallels,"
        " coordinator_name, coordinator_phone)"
        " VALUES (:id, :municipality, :short_name, :full_name, :name_key, :login, :address, :parallels, :name, :phone)"
        " ON CONFLICT (id) DO UPDATE SET short_name = :short_name, full_name = :full_name, name_key = :name_key,"
        " login = :login, address = :address, parallels = :parallels, coordinator_name = :name,"
        " coordinator_phone = :phone, archived_at = NULL",
        id=school_id,
        municipality=municipality_id,
        short_name=school.short_name,
        full_name=school.full_name,
        name_key=name_key,
        login=school.login,
        address=school.address,
        parallels=school.parallels,
        name=school.coordinator_name,
        phone=school.coordinator_phone,
    )
    return school_id


async def set_risk_years(tx: Transaction, school_id: int, years: Iterable[int], source: str, now: datetime) -> None:
    """The years of the list that tables of schools carry, replacing what was there; other lists stay."""
    own = {"list": RiskList.OBJECTIVITY.value, "procedure": Procedure.VPR.value}
    await tx.execute(
        "DELETE FROM risk_mark WHERE school_id = :school AND list = :list AND procedure = :procedure",
        school=school_id,
        **own,
    )
    await tx.execute_many(
        "INSERT INTO risk_mark (school_id, year, list, procedure, source, added_at)"
        " VALUES (:school, :year, :list, :procedure, :source, :at)",
        [
            {"school": school_id, "year": year, "source": source, "at": to_text(now)} | own
            for year in sorted(set(years))
        ],
    )


async def mark_risk(tx: Transaction, school_id: int, mark: RiskMark, held: bool, now: datetime) -> bool:
    """One year of one list by hand, put on it or taken off; False when nothing changed."""
    where = {"school": school_id, "year": mark.year, "list": mark.list.value, "procedure": mark.procedure.value}
    if not held:
        return bool(
            await tx.execute(
                "DELETE FROM risk_mark WHERE school_id = :school AND year = :year AND list = :list"
                " AND procedure = :procedure",
                **where,
            )
        )
    return bool(
        await tx.execute(
            "INSERT INTO risk_mark (school_id, year, list, procedure, source, added_at)"
            " VALUES (:school, :year, :list, :procedure, 'hand', :at)"
            " ON CONFLICT (school_id, year, list, procedure) DO NOTHING",
            at=to_text(now),
            **where,
        )
    )


async def risk_marks(reader: Reader, school_id: int) -> list[RiskMark]:
    """Every mark of a school. For coordinators only."""
    rows = await reader.fetch_all(
        "SELECT year, list, procedure FROM risk_mark WHERE school_id = :school ORDER BY list, procedure, year",
        school=school_id,
    )
    return [RiskMark(row[0], RiskList(row[1]), Procedure(row[2])) for row in rows]


async def risk_years(reader: Reader) -> dict[int, list[int]]:
    """School id → years on any risk list, ascending. For coordinators only."""
    found: dict[int, list[int]] = {}
    for row in await reader.fetch_all("SELECT DISTINCT school_id, year FROM risk_mark ORDER BY school_id, year"):
        found.setdefault(row[0], []).append(row[1])
    return found


def _school(row: Row) -> School:
    return School(SchoolId(row["id"]), *row[1:])
