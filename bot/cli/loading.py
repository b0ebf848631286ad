"""`load`: whole sets of CSV files, read as a stream; progress on the screen, the bot may be at work."""

from pathlib import Path

from bot.cli.opening import opened, utc_now
from bot.cli.reading import read_settings
from bot.cli.running import FAILED, run_loop
from bot.domain.errors import DomainError
from bot.domain.importing.columns import Kind
from bot.settings import Settings
from bot.texts import cli as words
from bot.texts import errors
from bot.texts.importing import row_error
from bot.texts.plain import plain

TOLD_EVERY = 20_000


def load_files(env: Path, kind: str, files: list[Path]) -> int:
    """1 when rows are wrong or a file was refused; right rows are written all the same."""
    settings = read_settings(env)
    codes: list[int] = []

    async def work() -> None:
        codes.append(await _load(settings, Kind(kind), files))

    return run_loop(work()) or codes[0]


async def _load(settings: Settings, kind: Kind, files: list[Path]) -> int:
    async with opened(settings) as (_, services):
        try:
            loaded = await services.bulk_importing.load(files, kind, utc_now(), _told)
        except DomainError as error:
            print(plain(errors.text(error)))
            return FAILED
    for name, wrong in loaded.errors:
        print(plain(f"{name}. {row_error(wrong)}"))
    print(words.loaded(loaded.new, loaded.changed, loaded.unchanged, loaded.wrong))
    return FAILED if loaded.wrong else 0


def _told(name: str, rows: int) -> None:
    if rows % TOLD_EVERY == 0:
        print(words.loading(name, rows), flush=True)
