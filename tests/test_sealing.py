"""Sealing: nothing readable, nothing movable, nothing forged; and the file of the master key."""

import os
import stat

import pytest

from bot.sealing import CannotUnseal, KeyFileMissing, Keys, Seal

KEYS = Keys(bytes(range(32)))


def test_what_was_sealed_comes_back_and_is_not_readable():
    seal = KEYS.seal("inbox")
    sealed = seal.seal("Иванова".encode(), "inbox|7")
    assert seal.unseal(sealed, "inbox|7").decode() == "Иванова"
    assert "Иванова".encode() not in sealed
    assert len(sealed) == len("Иванова".encode()) + 28


@pytest.mark.parametrize("change", ["moved", "other key", "flipped", "cut", "empty", "short"])
def test_what_was_changed_or_moved_cannot_be_unsealed(change):
    sealed, seal, about = KEYS.seal("inbox").seal(b"text", "case|7|text"), KEYS.seal("inbox"), "case|7|text"
    match change:
        case "moved":
            about = "case|8|text"
        case "other key":
            seal = KEYS.seal("route")
        case "flipped":
            sealed = sealed[:-1] + bytes([sealed[-1] ^ 1])
        case "cut":
            sealed = sealed[:-1]
        case "empty":
            sealed = b""
        case "short":
            sealed = b"x" * 12
    with pytest.raises(CannotUnseal):
        seal.unseal(sealed, about)


def test_the_same_text_is_never_sealed_the_same_way_twice():
    seal = KEYS.seal("inbox")
    assert len({seal.seal(b"x", "a") for _ in range(1000)}) == 1000


def test_a_mark_is_stable_and_depends_on_the_key():
    assert KEYS.seal("inbox").mark("700000001") == KEYS.seal("inbox").mark("700000001")
    assert KEYS.seal("inbox").mark("700000001") != KEYS.seal("route").mark("700000001")
    assert KEYS.seal("inbox").mark("1") != KEYS.seal("inbox").mark("2")
    assert "700000001" not in KEYS.seal("inbox").mark("700000001")


def test_keys_for_different_purposes_differ():
    derived = {KEYS.derive(purpose) for purpose in ("inbox", "audit", "route", "invite")}
    assert len(derived) == 4
    assert all(len(key) == 32 for key in derived)
    assert KEYS.hmac("invite", "code") != KEYS.hmac("audit", "code")


def test_the_key_file_is_made_once_and_for_its_owner_only(tmp_path):
    path = tmp_path / "keys" / "master.key"
    made = Keys.load(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert Keys.load(path).derive("x") == made.derive("x")
    assert Keys.load(path, make=False).derive("x") == made.derive("x")
    assert os.listdir(path.parent) == ["master.key"]


def test_a_key_is_not_made_up_where_one_has_to_be(tmp_path):
    with pytest.raises(KeyFileMissing):
        Keys.load(tmp_path / "master.key", make=False)
    assert os.listdir(tmp_path) == []


def test_only_whole_keys_are_taken():
    with pytest.raises(ValueError, match="32 bytes"):
        Keys(b"short")
    with pytest.raises(ValueError, match="AESGCM"):
        Seal(b"short")
