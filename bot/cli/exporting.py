"""`export`: the coordinator's workbook, from the shell."""

from pathlib import Path

from bot.app import App, utc_now
from bot.cli.reading import read_settings
from bot.cli.running import FAILED, run_loop
from bot.domain.errors import DomainError
from bot.domain.period_words import parse_period
from bot.services.exporting import SHELL_SCOPE
from bot.services.summarising import narrowed
from bot.settings import Settings
from bot.texts import cli as words
from bot.texts import errors
from bot.texts import export as export_words
from bot.texts.plain import plain


def export_workbook(env: Path, days: str, to: Path | None) -> int:
    """Writes the file whole or not at all."""
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
    async with App.start(settings) as app:
        async with app.database.read() as reader:
            period = period if period.one_day else await narrowed(reader, period, SHELL_SCOPE)
        try:
            file = await app.services.exporting.workbook(None, period, now)
        except DomainError as refused:
            print(plain(errors.text(refused)))
            return FAILED
    target = to or Path(file.name)
    draft = target.with_name(f".{target.name}.part")
    draft.write_bytes(file.content)
    draft.replace(target)
    made = file.made
    caption = export_words.caption(made.observations, made.school_reports, made.answers, made.violations, made.missing)
    print(words.exported(str(target), caption))
    if not made.agrees:
        print(export_words.DISAGREES)
        return FAILED
    return 0
