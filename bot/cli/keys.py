"""`keys`: the hotline's master keys on the server, and the custodian's own key far from it."""

import os
import time
from pathlib import Path

import typer

from bot import sealed_box
from bot.cli.opening import utc_now
from bot.cli.reading import read_settings
from bot.cli.running import FAILED, run_loop
from bot.durable import sync
from bot.preparing import prepare
from bot.sealing import CannotUnseal, Keys
from bot.services.auditing import Auditing
from bot.services.hotline.keyring import Keyring
from bot.services.hotline.masters import add_master, masters_at, newer_files
from bot.settings import Settings
from bot.texts import cli_keys as words
from storage.audit import Audit
from storage.database import Database


def list_keys(env: Path) -> int:
    settings = read_settings(env)
    if not _vault(settings).exists():
        print(words.NO_DATABASE)
        return FAILED

    async def work() -> None:
        await prepare(settings, utc_now())
        masters = masters_at(Keys.load(settings.key_path, make=False), settings.key_path)
        files = {1: settings.key_path} | newer_files(settings.key_path)
        vault = await Database.open(_vault(settings))
        try:
            sealed = await Keyring(vault, masters).count_by_version()
        finally:
            await vault.close()
        print(words.TITLE)
        for version in sorted(masters):
            newest = version == max(masters)
            print(words.line(version, str(files[version]), sealed.get(version, 0), newest=newest))

    return run_loop(work())


def rotate_keys(env: Path) -> int:
    """Beside a running bot as well: it finds the new file when it meets a key sealed with it."""
    settings = read_settings(env)
    if not _vault(settings).exists():
        print(words.NO_DATABASE)
        return FAILED

    async def work() -> None:
        await prepare(settings, utc_now())
        keys = Keys.load(settings.key_path, make=False)
        version, file = add_master(keys, settings.key_path)
        database, vault = await Database.open(settings.database_path), await Database.open(_vault(settings))
        try:
            begun = time.perf_counter()
            turned = await Keyring(vault, masters_at(keys, settings.key_path)).rotate()
            took = time.perf_counter() - begun
            await vault.empty_log()
            auditing = Auditing(Audit(keys.derive("audit")))
            async with database.transaction() as tx:
                await auditing.note(tx, utc_now(), None, "hotline.rotate", f"key:{version}", keys=turned)
        finally:
            await vault.close()
            await database.close()
        print(words.rotated(version, str(file), turned, took))

    return run_loop(work())


def make_custodian(file: Path) -> int:
    """On the custodian's own computer: no settings, no database."""
    if file.exists():
        print(words.FILE_EXISTS)
        return FAILED
    passphrase = typer.prompt(words.LOCK, default="", hide_input=True, show_default=False)
    if passphrase and typer.prompt(words.ONCE_MORE, hide_input=True) != passphrase:
        print(words.NOT_THE_SAME)
        return FAILED
    private = sealed_box.new_private()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as out:
        out.write(sealed_box.private_pem(private, passphrase))
    sync(file)
    sync(file.parent)
    print(words.custodian_made(str(file), sealed_box.public_text(private)))
    return 0


def open_contact(file: Path) -> int:
    if not file.is_file():
        print(words.NO_FILE)
        return FAILED
    pem = file.read_bytes()
    locked = sealed_box.is_locked(pem)
    passphrase = typer.prompt(words.UNLOCK, hide_input=True) if locked else ""
    try:
        private = sealed_box.load_private(pem, passphrase)
        contact = sealed_box.unseal(private, typer.prompt(words.SEALED).strip())
    except sealed_box.WrongPassphrase:
        print(words.NOT_OPENED)
        return FAILED
    except sealed_box.NotASealedText:
        print(words.NOT_SEALED)
        return FAILED
    except CannotUnseal:
        print(words.OTHER_KEY)
        return FAILED
    print(words.contact(contact))
    return 0


def _vault(settings: Settings) -> Path:
    return settings.database_path.with_name("vault.db")
