"""An installation without personal data, walked through by its coordinator: no name and no phone is shown, typed in or sent."""

import zipfile
from io import BytesIO
from pathlib import Path

from bot.demo.walking import Walk, buttons, text_of
from bot.domain.people import Role
from bot.sandbox import Sandbox
from storage.database import Database
from tests.city import City
from tests.clock import RunningClock
from tests.running import bot_at

DATA = Path(__file__).parents[1] / "data" / "municipality"
WORDS = ("/start", "сводка", "график", "люди", "найти 5", "н-001", "жеребьёвка", "журнал", "мои данные", "инструктаж")


async def personal(database: Database) -> set[str]:
    """Every surname and every phone of the registers."""
    async with database.read() as reader:
        rows = await reader.fetch_all(
            "SELECT full_name, phone FROM person UNION SELECT coordinator_name, coordinator_phone FROM school"
        )
    return {part for name, phone in rows for part in (name.split(" ")[0], phone) if len(part) > 4}


def contents(content: bytes) -> str:
    """What is in a file, unpacked when it is an archive of XML."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


async def test_nothing_personal_leaves_the_server(tmp_path: Path) -> None:
    async with (
        Sandbox.start() as sandbox,
        bot_at(sandbox, tmp_path, clock=RunningClock(), personal_data=False) as running,
    ):
        city, app = City(running), running.app
        for name in ("schools.xlsx", "observers.xlsx"):
            check = await app.services.importing.check(None, DATA / name, name, app.clock())
            await app.services.importing.apply(None, check.run_id, app.clock())
        async with app.database.read() as reader:
            rows = await reader.fetch_all("SELECT id, short_name FROM school")
        city.schools = {row[1]: row[0] for row in rows}
        phone, _ = await city.phone_of("Скрытнова Мария", Role.COORDINATOR)
        _, watcher = await city.phone_of("Тайнова Анна", Role.OBSERVER)
        await city.sits_today(min(city.schools), "6 «Б»", "Русский язык", watcher, minutes=30)
        secrets = await personal(app.database)
        assert len(secrets) > 60

        walk = Walk(sandbox, app, sandbox.world.people[phone.id], sandbox.world.chats[phone.id])
        await walk.type(WORDS)
        assert len(walk.screens) > 50
        for seen in walk.screens:
            shown = text_of(seen.message) + str(buttons(seen.message))
            assert not [secret for secret in secrets if secret in shown], seen.path
            if document := seen.message.get("document"):
                file = sandbox.world.files.find(document["file_id"])
                assert file is not None
                inside = contents(sandbox.world.files.content(file))
                assert not [secret for secret in secrets if secret in inside], seen.path


async def test_observer_known_by_a_code_says_on_which_days_they_can(tmp_path: Path) -> None:
    """Only the days are kept of what was typed; whoever plans sees them as a reason."""
    async with (
        Sandbox.start() as sandbox,
        bot_at(sandbox, tmp_path, clock=RunningClock(), personal_data=False) as running,
    ):
        city, app = City(running), running.app
        anna, person = await city.phone_of("", Role.OBSERVER)
        await anna.sends("мои данные")
        assert "Исправить имя" not in anna.buttons()
        await anna.taps("Когда я могу")
        await anna.sees("Напишите, когда можете")
        await anna.sends("я Белова с Садовой")
        await anna.sees("Не понял, о каких днях речь")
        await anna.sends("я Белова с Садовой, не могу 15.04 и по средам")
        await anna.sees("учтём так: не могу 15.04, по средам.")
        assert "Когда можете: не могу 15.04, по средам" in anna.newest()["text"]
        async with app.database.read() as reader:
            kept = await reader.fetch_value("SELECT remarks FROM person WHERE id = :id", id=person.id)
        assert kept == "не могу 15.04, по средам"
        await anna.taps("Когда я могу")
        await anna.sends("всегда")
        await anna.sees("можно назначать на любой день")
