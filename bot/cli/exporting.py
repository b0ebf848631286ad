"""`export`: the coordinator's workbook, from the shell."""

from pathlib import Path

from bot.cli.opening import opened, utc_now
from bot.cli.reading import read_settings
from bot.cli.running import FAILED, run_loop
from bot.domain.export import ExportKind, Made, Wanted
from bot.domain.people import MUNICIPALITY_ID
from bot.domain.period import Scope
from bot.domain.period_words import parse_period
from bot.domain.working_days import WorkingDays
from bot.services.file_making import Order, make_file
from bot.services.summarising import narrowed
from bot.settings import Settings
from bot.texts import cli as words
from bot.texts import export as export_words

MUNICIPALITY = Scope(frozenset({MUNICIPALITY_ID}), risk=True)


def export_workbook(env: Path, days: str, to: Path | None) -> int:
    """Writes the file whole or not at all; 1 when its sheets do not agree with the ledger."""
    settings = read_settings(env)
    codes: list[int] = []

    async def work() -> None:
        codes.append(await _export(settings, days, to))

    return run_loop(work()) or codes[0]


async def _export(settings: Settings, days: str, to: Path | None) -> int:
    now = utc_now()
    period = parse_period(days, now.astimezone(settings.zone).date())
    if period is None:
        print(words.PERIOD_UNCLEAR)
        return FAILED
    async with opened(settings) as (database, _), database.read(snapshot=True) as reader:
        if not period.one_day:
            period = await narrowed(reader, period, MUNICIPALITY)
        kind = ExportKind.BOOK
        target = to or Path(export_words.file_name(kind.value, period.first, period.last, None))
        calendar = WorkingDays.load(settings.data_dir / "calendar.toml")
        order = Order(
            Wanted(kind, period),
            MUNICIPALITY,
            now,
            settings.zone,
            settings.municipality,
            words.MADE_IN_SHELL,
            days=calendar,
        )
        made = Made(**await make_file(reader, order, target.absolute()))
    caption = export_words.caption(made.observations, made.school_reports, made.answers, made.violations, made.missing)
    print(words.exported(str(target), caption))
    if not made.agrees:
        print(export_words.DISAGREES)
        return FAILED
    return 0
