"""`load`: whole sets of CSV files, read as a stream; progress on the screen, the bot may be at work."""

from pathlib import Path
from time import monotonic

from bot.cli.opening import opened, utc_now
from bot.cli.reading import read_settings
from bot.cli.running import FAILED, run_loop
from bot.domain.errors import DomainError
from bot.domain.importing.columns import Kind
from bot.services.bulk_importing import Progress
from bot.settings import Settings
from bot.texts import cli as words
from bot.texts import errors
from bot.texts.importing import row_error
from bot.texts.plain import plain

TOLD_EVERY_S = 2.0


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
            loaded = await services.bulk_importing.load(files, kind, utc_now(), _Screen().told)
        except DomainError as error:
            print(plain(errors.text(error)))
            return FAILED
    for name, wrong in loaded.errors:
        print(plain(f"{name}. {row_error(wrong)}"))
    print(words.loaded(loaded.new, loaded.changed, loaded.unchanged, loaded.wrong))
    return FAILED if loaded.wrong else 0


class _Screen:
    """Progress, not more often than a person reads."""

    def __init__(self) -> None:
        self._next_at = monotonic() + TOLD_EVERY_S

    def told(self, so_far: Progress) -> None:
        if monotonic() >= self._next_at:
            self._next_at = monotonic() + TOLD_EVERY_S
            print(words.loading(so_far.file, so_far.number, so_far.files, so_far.rows), flush=True)
