"""The operator turns the master key from the shell, beside a running bot; the custodian opens a contact far from the server."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot import sealed_box
from bot.domain.people import Role
from bot.sandbox import Sandbox
from bot.sealing import CannotUnseal, Keys
from bot.services.hotline.keyring import Keyring
from bot.services.hotline.masters import add_master, masters_at
from storage.hotline import messages
from tests.hotline.archive import archive_at
from tests.hotline.canary import hits
from tests.hotline.test_desk import writes
from tests.hotline.test_main_line import STORY
from tests.hotline.town import NOON, town_at
from tests.people import Phone
from tests.test_cli import bot, write_env

CONTACT = "+79131234567"


@pytest.fixture
def custodian(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The custodian's own folder, and the public key as the command printed it."""
    folder = tmp_path_factory.mktemp("custodian")
    made = bot("keys", "custodian", folder=folder, typed="\n")
    assert made.returncode == 0, made.stderr
    assert (folder / "custodian.key").stat().st_mode & 0o777 == 0o400
    found = re.search(r"CUSTODIAN_KEY=(\S+)", made.stdout)
    assert found is not None
    return folder, found.group(1)


async def test_the_key_turns_from_the_shell_and_old_texts_stay_readable(tmp_path: Path):
    write_env(tmp_path)
    data = tmp_path / "data"
    data.mkdir()
    assert bot("keys", "rotate", folder=tmp_path).returncode == 1  # nothing to turn yet
    keys = Keys.load(data / "keys" / "master.key")
    async with archive_at(data, NOON, masters={1: keys}) as archive:
        (case_id,) = await archive.fill(1, chat_ids=[77])
    turned = bot("keys", "rotate", folder=tmp_path)
    assert turned.returncode == 0, turned.stderr
    assert "под ним 2\xa0ключа" in turned.stdout
    assert (data / "keys" / "master.key.2").stat().st_mode & 0o777 == 0o400
    said = bot("keys", "list", folder=tmp_path).stdout
    assert "1. " in said
    assert "зашифровано 2\xa0ключа; им шифруются новые сообщения" in said
    masters = masters_at(keys, data / "keys" / "master.key")
    async with archive_at(data, NOON, masters=masters) as archive:
        async with archive.database.read() as reader:
            sealed = (await messages.of_case(reader, case_id))[0].sealed
            assert await reader.fetch_value("SELECT COUNT(*) FROM audit WHERE action = 'hotline.rotate'") == 1
        assert "приметное слово" in (await archive.hotline.keyring.case_seal(case_id)).unseal(sealed, "message|1")


async def test_a_running_bot_finds_the_new_key(tmp_path: Path):
    path = tmp_path / "master.key"
    keys = Keys.load(path)
    async with archive_at(tmp_path, NOON, masters={1: keys}) as archive:
        (case_id,) = await archive.fill(1)
        running = Keyring(archive.vault, {1: keys}, reload=lambda: masters_at(keys, path))
        assert await running.case_seal(case_id)
        add_master(keys, path)
        assert await Keyring(archive.vault, masters_at(keys, path)).rotate() == 1
        assert await running.case_seal(case_id)
        assert running.version == 2


async def test_a_contact_is_sealed_for_the_custodian_before_it_is_stored(tmp_path: Path, custodian: tuple[Path, str]):
    far_away, public = custodian
    async with Sandbox.start() as sandbox, town_at(sandbox, tmp_path, custodian_key=public) as town:
        first, _ = await town.phone_of("Кира Первая", Role.COORDINATOR)
        second, _ = await town.phone_of("Катя Вторая", Role.COORDINATOR)
        parent = await writes(town, "Мария", STORY, "Оставить контакт")
        await parent.taps("Даю согласие")
        await parent.sends("8 913 123 45 67")
        await parent.sees("оставлен контакт")
        draft = await town.hotline.intake.draft((await town.actor(parent)).account, town.clock())
        assert draft is not None
        assert CONTACT not in str(draft)
        await parent.taps("Отправить")
        word = await revealed(first, second)
        assert "vprc1." in word
        assert CONTACT not in word
        assert hits(town.folder, CONTACT) == []
        await town.hotline.forget(town.clock() + timedelta(hours=1))
    opened = bot("keys", "open", folder=far_away, typed=word + "\n")
    assert f"Контакт: {CONTACT}" in opened.stdout, opened.stderr
    assert bot("keys", "open", folder=far_away, typed="+79131234567\n").returncode == 1


async def revealed(first: Phone, second: Phone) -> str:
    """What the first coordinator reads when the second has allowed it."""
    await first.sees("Новое сообщение ГЛ-2026-00001")
    await first.taps("К карточке")
    await first.taps("Ещё")
    await first.taps("Открыть контакт")
    await first.sends("Нужно позвонить")
    await second.taps("Посмотреть причину")
    await second.taps("Разрешить")
    await first.sees("можно открыть контакт")
    await first.taps("Открыть контакт")
    shown = await first.sees("Контакт зашит ключом хранителя")
    found = re.search(r"vprc1\.\S+", shown["text"])
    assert found is not None
    return found.group()


def test_a_sealed_box_opens_for_its_key_only():
    mine, other = sealed_box.new_private(), sealed_box.new_private()
    word = sealed_box.seal(sealed_box.read_public(sealed_box.public_text(mine)), CONTACT)
    assert sealed_box.unseal(mine, word) == CONTACT
    assert word != sealed_box.seal(mine.public_key(), CONTACT)
    with pytest.raises(CannotUnseal):
        sealed_box.unseal(other, word)
    with pytest.raises(CannotUnseal):
        sealed_box.unseal(mine, word[:-4] + "AAA=")
    with pytest.raises((sealed_box.NotASealedText, CannotUnseal)):
        sealed_box.unseal(mine, "vprc1.коротко")


def test_a_slip_in_the_public_key_is_noticed():
    text = sealed_box.public_text(sealed_box.new_private())
    assert len(text) == 48
    wrong = text[:10] + ("A" if text[10] != "A" else "B") + text[11:]
    for slip in (wrong, text[:-1], "", "ключ"):
        with pytest.raises(sealed_box.NotAPublicKey):
            sealed_box.read_public(slip)


def test_the_private_key_can_be_locked():
    private = sealed_box.new_private()
    pem = sealed_box.private_pem(private, "пароль")
    assert sealed_box.is_locked(pem)
    assert sealed_box.public_text(sealed_box.load_private(pem, "пароль")) == sealed_box.public_text(private)
    with pytest.raises(sealed_box.WrongPassphrase):
        sealed_box.load_private(pem, "не тот")
    assert not sealed_box.is_locked(sealed_box.private_pem(private, ""))
