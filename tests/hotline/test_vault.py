"""Keys: a crash between the two files, texts that cannot be moved, master keys that turn, reading on record under kills."""

import asyncio
import secrets
from pathlib import Path
from sqlite3 import IntegrityError

import pytest

from bot.domain.hotline.case import CaseId, Category, Channel, Level
from bot.domain.hotline.draft import Draft, Piece
from bot.domain.people import Account
from bot.sealing import CannotUnseal, Keys
from bot.services.hotline.keyring import CaseIsShredded, Keyring, store_keys
from bot.services.hotline.masters import add_master, masters_at
from storage.hotline import cases, messages
from tests.bench.hotline import answers_after_restart, reads_without_audit
from tests.hotline.archive import MASTER, archive_at
from tests.hotline.town import NOON

WRITER = Account("tg", 77, 77)


async def test_a_key_without_a_case_is_swept_and_a_fresh_one_is_not(tmp_path: Path):
    async with archive_at(tmp_path, NOON) as archive:
        ring, vault = archive.hotline.keyring, archive.vault
        for case_id, made_at in (("a" * 32, NOON.replace(day=20)), ("b" * 32, NOON)):
            key, _ = ring.new_key(case_id)
            async with vault.transaction() as tx:
                await store_keys(tx, made_at, key, route=ring.new_route(case_id, WRITER))
        assert await archive.hotline.sweep_keys() == 1
        assert await ring.route("a" * 32) is None
        assert await ring.route("b" * 32) == WRITER


async def test_sending_twice_makes_one_case(tmp_path: Path):
    async with archive_at(tmp_path, NOON) as archive:
        intake = archive.hotline.intake
        draft = await intake.add(WRITER, "msg:1", Piece("Списывали"), NOON)
        assert (await intake.add(WRITER, "msg:1", Piece("Списывали"), NOON)).pieces == draft.pieces
        await intake.choose(WRITER, NOON, category=Category.ORDER, school_known=True, level=Level.TRACELESS)
        first = await intake.send(WRITER, draft.case_id, NOON)
        again = await intake.send(WRITER, draft.case_id, NOON)
        assert first is not None
        assert again is not None
        assert (first.case.number, first.code) == (again.case.number, again.code)
        await intake.forget(WRITER)
        assert await intake.send(WRITER, draft.case_id, NOON) is None
        async with archive.database.read() as reader:
            assert await reader.fetch_value("SELECT COUNT(*) FROM hotline_case") == 1
            assert await reader.fetch_value("SELECT COUNT(*) FROM case_message") == 1


@pytest.mark.parametrize("first", [Level.HIDDEN, Level.CONTACT])
async def test_a_writer_who_turns_to_no_trace_after_a_failure_leaves_no_way_back(tmp_path: Path, first: Level):
    """The vault is committed, the case is not; then the writer chooses another level."""
    async with archive_at(tmp_path, NOON) as archive:
        intake, ring = archive.hotline.intake, archive.hotline.keyring
        draft = await intake.add(WRITER, "msg:1", Piece("Списывали"), NOON)
        contact = "+79131234567" if first is Level.CONTACT else ""
        await intake.choose(WRITER, NOON, category=Category.ORDER, level=first, contact=contact, school_id=404)
        with pytest.raises(IntegrityError):  # there is no such school
            await intake.send(WRITER, draft.case_id, NOON)
        assert await ring.route(draft.case_id) == WRITER
        await intake.choose(WRITER, NOON, school_id=None, level=Level.TRACELESS, contact="", consent=None)
        sent = await intake.send(WRITER, draft.case_id, NOON)
        assert sent is not None
        assert sent.case.level is Level.TRACELESS
        for table in ("case_route", "case_contact"):
            async with archive.vault.read() as reader:
                assert await reader.fetch_value(f"SELECT COUNT(*) FROM {table}") == 0
        view = await archive.hotline.by_code.enter(WRITER, sent.code.replace(" ", ""), NOON)
        assert view.case.id == draft.case_id


async def test_what_was_sent_keeps_its_level_whatever_is_chosen_later(tmp_path: Path):
    """The case is committed, and the process dies before the draft is forgotten."""
    async with archive_at(tmp_path, NOON) as archive:
        intake, ring = archive.hotline.intake, archive.hotline.keyring
        draft = await intake.add(WRITER, "msg:1", Piece("Списывали"), NOON)
        await intake.choose(WRITER, NOON, category=Category.ORDER, level=Level.HIDDEN)
        async with archive.vault.read() as reader:
            begun = {table: await reader.fetch_all(f"SELECT * FROM {table}") for table in ("draft", "draft_message")}
        await intake.send(WRITER, draft.case_id, NOON)
        async with archive.vault.transaction() as tx:
            for table, rows in begun.items():
                for row in rows:
                    names = ", ".join(f":{name}" for name in row.keys())  # noqa: SIM118  a row is no mapping
                    await tx.execute(f"INSERT INTO {table} VALUES ({names})", **dict(row))
        await intake.choose(WRITER, NOON, level=Level.TRACELESS)
        again = await intake.send(WRITER, draft.case_id, NOON)
        assert again is not None
        assert (again.case.level, again.code) == (Level.HIDDEN, "")  # no code that opens nothing
        assert await ring.route(draft.case_id) == WRITER
        assert await intake.draft(WRITER, NOON) is None


async def test_many_cases_at_once_get_numbers_without_gap(tmp_path: Path):
    async with archive_at(tmp_path, NOON) as archive:

        async def enter(n: int) -> int:
            draft = Draft(CaseId(secrets.token_hex(16)), (Piece(f"Звонок {n}"),), Category.ORDER, level=Level.HIDDEN)
            return (await archive.hotline.intake.register_entered(draft, Channel.PHONE, NOON)).number

        numbers = await asyncio.gather(*(enter(n) for n in range(30)))
    assert sorted(numbers) == list(range(1, 31))


async def test_a_text_moved_to_another_case_or_place_cannot_be_read(tmp_path: Path):
    async with archive_at(tmp_path, NOON) as archive:
        one, two = await archive.fill(2)
        async with archive.database.read() as reader:
            sealed = (await messages.of_case(reader, one))[0].sealed
        ring = archive.hotline.keyring
        assert "приметное слово" in (await ring.case_seal(one)).unseal(sealed, "message|1")
        with pytest.raises(CannotUnseal):
            (await ring.case_seal(two)).unseal(sealed, "message|1")
        with pytest.raises(CannotUnseal):
            (await ring.case_seal(one)).unseal(sealed, "message|2")


async def test_every_key_turns_and_the_old_master_opens_nothing(tmp_path: Path):
    old, new = Keys(MASTER), Keys(MASTER[::-1])
    async with archive_at(tmp_path, NOON) as archive:
        (case_id,) = await archive.fill(1, chat_ids=[77])
        ring = Keyring(archive.vault, {1: old, 2: new})
        assert await ring.rotate() == 2
        assert await ring.rotate() == 0
        only_new = Keyring(archive.vault, {2: new})
        async with archive.database.read() as reader:
            sealed = (await messages.of_case(reader, case_id))[0].sealed
        assert (await only_new.case_seal(case_id)).unseal(sealed, "message|1")
        assert await only_new.route(case_id) == WRITER
        with pytest.raises((CannotUnseal, KeyError)):
            await Keyring(archive.vault, {1: old}).case_seal(case_id)


async def test_a_destroyed_key_is_gone_at_once(tmp_path: Path):
    async with archive_at(tmp_path, NOON) as archive:
        (case_id,) = await archive.fill(1)
        async with archive.database.read() as reader:
            case = await cases.get(reader, case_id)
        assert case is not None
        await archive.hotline.clocks.shred(case, NOON)
        with pytest.raises(CaseIsShredded):
            await archive.hotline.keyring.case_seal(case_id)


def test_master_keys_lie_beside_each_other(tmp_path: Path):
    path = tmp_path / "master.key"
    keys = Keys.load(path)
    assert list(masters_at(keys, path)) == [1]
    assert add_master(keys, path) == (2, tmp_path / "master.key.2")
    assert sorted(masters_at(keys, path)) == [1, 2]
    assert (tmp_path / "master.key.2").stat().st_mode & 0o777 == 0o400


def test_nothing_is_read_without_a_record_under_kills(tmp_path: Path):
    assert reads_without_audit(tmp_path, 12) == 0


async def test_answers_survive_a_kill(tmp_path: Path):
    assert await answers_after_restart(tmp_path, kills=6) == 100
