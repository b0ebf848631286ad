"""`import`: the same check and the same writing as in chat, from the shell."""

from pathlib import Path

from bot.cli.opening import opened, utc_now
from bot.cli.reading import read_settings
from bot.cli.running import FAILED, run_loop
from bot.domain.errors import DomainError
from bot.domain.importing.columns import Kind
from bot.services.import_check import Check
from bot.settings import Settings
from bot.texts import cli as words
from bot.texts import errors, import_chat
from bot.texts.importing import row_error
from bot.texts.plain import plain


def import_file(env: Path, kind: str, file: Path, apply: bool, marked: Path | None) -> int:
    """1 when rows are wrong or the file was refused; correct rows are written all the same with `apply`."""
    settings = read_settings(env)
    codes: list[int] = []

    async def work() -> None:
        codes.append(await _import(settings, Kind(kind), file, apply, marked))

    return run_loop(work()) or codes[0]


async def _import(settings: Settings, kind: Kind, file: Path, apply: bool, marked: Path | None) -> int:
    async with opened(settings) as (_, services):
        importing = services.importing
        try:
            check = await importing.check(None, file, file.name, utc_now(), kind=kind)
            print(plain(_told(check)))
            if marked is not None and check.wrong:
                _, content = await importing.marked(None, check.run_id, utc_now())
                marked.write_bytes(content)
                print(words.marked_written(str(marked)))
            if apply and check.to_apply:
                done, new, changed = await importing.apply(None, check.run_id, utc_now())
                print(plain(import_chat.applied(done, new, changed)))
            elif check.to_apply:
                print(words.to_apply(kind.value, str(file), check.to_apply))
        except DomainError as refused:
            print(plain(errors.text(refused)))
            return FAILED
    return FAILED if check.wrong else 0


def _told(check: Check) -> str:
    return import_chat.checked(
        check.kind.value,
        check.file_name,
        check.total,
        check.new,
        check.changed,
        check.unchanged,
        check.wrong,
        [row_error(error) for error in check.errors],
    )
