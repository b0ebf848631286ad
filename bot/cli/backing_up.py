"""`backup` and `restore`: proven copies of both databases, and one of them put back."""

from pathlib import Path

from bot.cli.opening import utc_now
from bot.cli.reading import read_settings
from bot.cli.running import FAILED, run_loop
from bot.preparing import backup_folder, databases
from bot.texts import cli as words
from storage import backup
from storage.errors import CopyUnusable, DatabaseDamaged
from storage.restoring import restore


def make_copies(env: Path) -> int:
    """Beside a running bot as well."""
    settings = read_settings(env)
    found = [path for path, _ in databases(settings) if path.exists()]
    if not found:
        print(words.NOTHING_TO_COPY)
        return FAILED

    async def work() -> None:
        now = utc_now()
        for path in found:
            copy = await backup.make(path, backup_folder(settings), now)
            print(words.copied(str(copy.path), copy.size, copy.rows))
        print(words.keep_key_apart(str(settings.key_path)))

    return run_loop(work())


def list_copies(env: Path) -> int:
    settings = read_settings(env)
    copies = backup.copies(settings.database_path, backup_folder(settings))
    if not copies:
        print(words.NO_COPIES)
        return FAILED
    for copy in copies:
        print(words.copy_line(str(copy), copy.stat().st_size))
    print(words.how_to_restore(str(copies[0])))
    return 0


def put_back(env: Path, copy: Path) -> int:
    """Copies of the same moment go back together; what they replace stays beside them."""
    settings = read_settings(env)
    main = settings.database_path

    async def work() -> None:
        now = utc_now()
        for path, migrations in databases(settings):
            source = copy if path == main else copy.with_name(copy.name.replace(main.stem, path.stem, 1))
            if source.exists() and (path == main or source != copy):
                try:
                    done = await restore(source, path, now, migrations)
                except DatabaseDamaged:
                    raise CopyUnusable(source.name) from None
                print(words.restored(str(path), done.rows, str(done.kept or ""), done.distrusted))
            elif path.exists():
                print(words.left_as_it_is(str(path)))

    return run_loop(work())
