"""The command line as the administrator meets it: Russian, quick, plain about every mistake, silent about secrets."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_group

from bot.cli.program import app, main
from bot.settings import load_settings
from bot.texts.zones import zone_of

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "tests" / "data" / "municipality"
TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz"
COMMANDS = sorted(get_group(app).commands)
LIBRARY_WORDS = re.compile(r"Usage|Option|Argument|Command|Show|default|required|Missing|Invalid|Error|No such", re.I)


def bot(*arguments: str, folder: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """`python -m bot …` in a folder of its own, without the environment's settings."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def write_env(folder: Path, **lines: str) -> Path:
    values = {
        "BOT_TOKEN": TOKEN,
        "MUNICIPALITY": "'Город Н'",
        "TIMEZONE": "Asia/Omsk",
        "DATA_DIR": str(folder / "data"),
    }
    file = folder / ".env"
    file.write_text("".join(f"{name}={value}\n" for name, value in (values | lines).items()), "utf-8")
    return file


@pytest.fixture(autouse=True)
def no_settings_in_the_environment(monkeypatch: pytest.MonkeyPatch):
    for name in [name for name in os.environ if name.lower() in ("bot_token", "municipality", "timezone", "data_dir")]:
        monkeypatch.delenv(name)


# -- help and wrong calls ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [[], ["--help"], *([command, "--help"] for command in COMMANDS)], ids=str)
def test_help_is_russian_to_the_last_word(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "Ключи:" in said
    assert LIBRARY_WORDS.findall(said) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dem"], "Нет команды 'dem'. Может быть, 'demo'?"),
        (["demo", "--prt", "1"], "Нет ключа --prt"),
        (["demo", "--port", "x"], "Не подходит значение '--port': нужно целое число."),
        (["demo", "--port", "99999"], "Не подходит значение '--port': предел — 65535."),
        (["demo", "more"], "Лишнее: more"),
        (["import", "schools"], "Не указано: 'ФАЙЛ'."),
        (
            ["import", "skools", "x"],
            "Не подходит значение 'ЧТО': «skools», а можно: 'schools', 'schedule', 'observers'.",
        ),
        (["import", "schools", "no-such.xlsx"], "нет такого файла: 'no-such.xlsx'."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_call_is_explained_in_russian(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]):
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert LIBRARY_WORDS.findall(captured.err) == []


@pytest.mark.parametrize(
    ("module", "slow"),
    [
        ("bot.cli.program", ["aiogram", "aiohttp", "openpyxl", "PIL", "pydantic", "cryptography", "aiosqlite"]),
        ("bot.app", ["aiogram", "openpyxl", "docx", "fpdf"]),  # the intake begins before these are there
    ],
)
def test_nothing_slow_is_imported_before_it_is_needed(module: str, slow: list[str]):
    code = f"import sys, {module}; print([name for name in sys.argv[1:] if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code, *slow], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


# -- settings ----------------------------------------------------------------------------------------------------------


def test_wrong_settings_name_line_value_and_what_is_expected(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    env = write_env(tmp_path, TIMEZONE="Новосибирск", LOG_LEVEL="loud")
    assert main(["run", "--env", str(env)]) == 2
    assert capsys.readouterr().err.splitlines() == [
        ".env, строка 3: TIMEZONE=Новосибирск, ожидается Asia/Novosibirsk",
        ".env, строка 5: LOG_LEVEL=loud, ожидается DEBUG, INFO, WARNING или ERROR",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "AAF-secret"),
        ("BOT_PROXY_URL", "ftp://me:AAF-secret@proxy:1"),
        ("WEBHOOK_SECRET", "AAF secret!"),
        ("BOT_API_ROOT", "me:AAF-secret@host"),
        ("HEALTH_PORT", TOKEN),
    ],
)
def test_a_secret_is_never_shown_not_even_a_wrong_one(
    name: str, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    env = write_env(tmp_path, **{name: value})
    assert main(["run", "--env", str(env)]) == 2
    said = capsys.readouterr()
    assert f"{name}: значение не подходит, ожидается" in said.err
    assert "AAF-s" not in said.err + said.out
    assert "AAF s" not in said.err + said.out
    assert TOKEN not in said.err + said.out


def test_missing_settings_and_a_slip_in_a_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    env = tmp_path / ".env"
    env.write_text(f"BOT_TOKEN={TOKEN}\nMUNICIPALTY=Город\nTIMEZONE=Asia/Omsk\n", "utf-8")
    assert main(["run", "--env", str(env)]) == 2
    slip, missing = capsys.readouterr().err.splitlines()
    assert slip == ".env, строка 2: MUNICIPALTY: такой настройки нет, похоже на MUNICIPALITY"
    assert missing.startswith("MUNICIPALITY: не задано, ожидается название муниципалитета")


def test_a_wrong_value_from_the_environment_is_not_blamed_on_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    env = write_env(tmp_path)
    monkeypatch.setenv("TIMEZONE", "Марс")
    assert main(["run", "--env", str(env)]) == 2
    assert capsys.readouterr().err.startswith("переменная окружения: TIMEZONE=Марс, ожидается имя зоны")


def test_settings_in_another_encoding_are_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    env = tmp_path / ".env"
    env.write_bytes("MUNICIPALITY=Город Н\n".encode("cp1251"))
    assert main(["doctor", "--env", str(env)]) == 2
    assert "не в UTF-8" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Новосибирск", "Asia/Novosibirsk"),
        (" г. Томск ", "Asia/Tomsk"),
        ("мск", "Europe/Moscow"),
        ("МСК+4", "Asia/Novosibirsk"),
        ("МСК−1", "Europe/Kaliningrad"),
        ("UTC+5", "Asia/Yekaterinburg"),
        ("asia/krasnoyarsk", "Asia/Krasnoyarsk"),
        ("МСК+12", None),
        ("Марс", None),
    ],
)
def test_zone_is_understood_as_people_name_it(said: str, zone: str | None):
    assert zone_of(said) == zone


# -- init --------------------------------------------------------------------------------------------------------------


def test_init_asks_until_answers_fit_and_writes_a_private_file(tmp_path: Path):
    typed = "\n".join(["wrong", TOKEN, "Г", "Город «Н» $HOME #1", "Марс", "Томск", "", ""])
    done = bot("init", folder=tmp_path, typed=typed)
    assert done.returncode == 0, done.stderr
    assert TOKEN not in done.stdout + done.stderr
    assert done.stdout.count("Не подходит") == 3
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
    settings = load_settings(tmp_path / ".env")
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.municipality == settings.organiser == "Город «Н» $HOME #1"
    assert settings.timezone == "Asia/Tomsk"
    assert "# BOT_PROXY_URL=" in (tmp_path / ".env").read_text("utf-8")


def test_init_again_keeps_answers_and_every_other_line(tmp_path: Path):
    env = write_env(tmp_path, BOT_PROXY_URL="socks5://proxy:1080", ORGANISER="Управление")
    done = bot("init", folder=tmp_path, typed="\n\nМСК+4\n\n")
    assert done.returncode == 0, done.stderr
    settings = load_settings(env)
    assert settings.bot_token.get_secret_value() == TOKEN
    assert (settings.municipality, settings.timezone) == ("Город Н", "Asia/Novosibirsk")
    assert (settings.bot_proxy_url, settings.organiser) == ("socks5://proxy:1080", "Управление")
    assert TOKEN not in done.stdout


def test_init_writes_nothing_before_the_last_answer(tmp_path: Path):
    done = bot("init", folder=tmp_path, typed=f"{TOKEN}\nГород Н\n")
    assert done.returncode == 1
    assert "файл не записан" in done.stderr
    assert list(tmp_path.iterdir()) == []


# -- import ------------------------------------------------------------------------------------------------------------


def test_import_checks_first_and_writes_on_demand(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    env = str(write_env(tmp_path))
    assert main(["import", "schools", str(TABLES / "schools.xlsx"), "--env", env]) == 0
    assert "Пока ничего не изменил" in capsys.readouterr().out
    assert main(["import", "schools", str(TABLES / "schools.xlsx"), "--env", env]) == 0
    assert "Новых: 16." in capsys.readouterr().out, "the first check wrote nothing"
    assert main(["import", "schools", str(TABLES / "schools.xlsx"), "--apply", "--env", env]) == 0
    assert "Школы: загружено.\nНовых: 16." in capsys.readouterr().out
    assert main(["import", "schools", str(TABLES / "schools.xlsx"), "--apply", "--env", env]) == 0
    assert "Этот файл уже загружен." in capsys.readouterr().out


def test_import_names_wrong_rows_and_marks_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    env = str(write_env(tmp_path))
    main(["import", "schools", str(TABLES / "schools.xlsx"), "--apply", "--env", env])
    marked = tmp_path / "marked.xlsx"
    table = str(TABLES / "schedule-with-errors.xlsx")
    assert main(["import", "schedule", table, "--marked", str(marked), "--env", env]) == 1
    said = capsys.readouterr().out
    assert "Строка 11: школа «СОШ 55» не найдена. Похоже: СОШ № 5." in said.replace("\u00a0", " ")
    assert "<b>" not in said
    assert marked.read_bytes().startswith(b"PK")


def test_import_refuses_another_kind_of_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    env = str(write_env(tmp_path))
    assert main(["import", "schedule", str(TABLES / "schools.xlsx"), "--env", env]) == 1
    assert capsys.readouterr().out.startswith("В файле школы, а нужны график.")


# -- backup and restore ------------------------------------------------------------------------------------------------


def test_a_copy_is_made_listed_and_put_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    env = str(write_env(tmp_path))
    assert main(["backup", "--env", env]) == 1
    assert "базы ещё нет" in capsys.readouterr().out
    main(["import", "schools", str(TABLES / "schools.xlsx"), "--apply", "--env", env])
    assert main(["backup", "--env", env]) == 0
    assert "проверена" in capsys.readouterr().out
    main(["import", "observers", str(TABLES / "observers.xlsx"), "--apply", "--env", env])
    capsys.readouterr()
    assert main(["restore", "--env", env]) == 0
    copy = next(line.split()[0] for line in capsys.readouterr().out.splitlines() if "bot-" in line)
    assert main(["restore", copy, "--env", env]) == 0
    assert "Прежняя база сохранена" in capsys.readouterr().out
    main(["import", "observers", str(TABLES / "observers.xlsx"), "--env", env])
    assert "Новых: 40." in capsys.readouterr().out, "what came after the copy is gone, the schools are back"


def test_what_is_no_copy_is_refused_and_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    env = write_env(tmp_path)
    main(["import", "schools", str(TABLES / "schools.xlsx"), "--apply", "--env", str(env)])
    before = (tmp_path / "data" / "bot.db").read_bytes()
    assert main(["restore", str(env), "--env", str(env)]) == 1
    assert "Эту копию вернуть нельзя" in capsys.readouterr().err
    assert (tmp_path / "data" / "bot.db").read_bytes() == before


def test_lost_key_is_told_and_not_made_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    env = str(write_env(tmp_path))
    main(["import", "schools", str(TABLES / "schools.xlsx"), "--apply", "--env", env])
    key = tmp_path / "data" / "keys" / "master.key"
    key.unlink()
    assert main(["import", "schools", str(TABLES / "schools.xlsx"), "--env", env]) == 1
    assert "Нет файла ключа" in capsys.readouterr().err
    assert not key.exists()
