"""By-ways of a writer «без следа»: lost answers, wrong places for the code, set-aside updates, a blocked bot. No trace there."""

import json
from datetime import timedelta
from pathlib import Path

from bot.sealing import Keys
from bot.services.hotline.tries import Tries
from bot.texts import staff as staff_words
from storage import backup, inbox
from storage.inbox import NewUpdate
from tests.hotline.canary import back_up, hits
from tests.hotline.test_main_line import STORY, writes_hidden
from tests.hotline.test_traceless import CANARY, log_file, stranger, writes_traceless
from tests.hotline.town import NOON, Town

__all__ = ["log_file"]
PERSON = (CANARY, "Канарейкина", "kanareika_zoya")


async def test_no_way_around_the_hotline_leaves_a_trace(town: Town, log_file: Path):
    parent = stranger(town)
    faults = town.running.sandbox.faults
    await parent.sends("/start")
    await parent.sends("Здравствуйте, куда писать про сборники?")
    faults.add("502", "sendMessage", chat_id=parent.id)
    await parent.sends("и ещё вопрос")
    code = await writes_traceless(parent)
    await parent.taps("Записал, стереть чат")
    await parent.sees("Стёрто")
    await parent.sends("старт 4821-7730")
    await parent.sends(code)
    await parent.blocks_bot()
    await town.running.settled()
    assert await town.hotline.empty_logs(town.clock())
    back_up(town.folder, "at the end")
    assert hits(town.folder, *PERSON) == []


async def test_an_update_set_aside_names_nobody_and_is_forgotten(town: Town):
    parent = stranger(town)
    services = town.running.app.services
    raw = {"message": {"chat": {"id": CANARY, "type": "private"}, "from": {"id": CANARY}, "text": STORY}}
    await _set_aside(town, 777, raw)
    await services.conversation.set_aside(raw, 777, town.clock())
    town.running.app.wake()
    await parent.sees(staff_words.APOLOGY)
    await town.running.settled()
    assert await _quarantined(town) == 1
    await writes_traceless(parent)
    await town.running.settled()
    assert await _quarantined(town) == 0
    await town.hotline.empty_logs(town.clock())
    assert hits(town.folder, *PERSON) == []


async def test_what_is_set_aside_goes_after_a_week(town: Town):
    await _set_aside(town, 778, {"message": {"from": {"id": 5}, "text": STORY}})
    tidy = town.running.app.services.housekeeping.tidy
    await tidy(NOON + timedelta(days=6, hours=23))
    assert await _quarantined(town) == 1
    await tidy(NOON + timedelta(days=7, hours=1))
    assert await _quarantined(town) == 0


async def _set_aside(town: Town, number: int, raw: dict[str, object]) -> None:
    """As the intake stores an update, and as it sets one aside that failed three times."""
    app = town.running.app
    seal = Keys.load(app.settings.key_path).seal("inbox")
    sender = raw["message"]["from"]["id"]  # type: ignore[index]
    payload = seal.seal(json.dumps(raw).encode(), f"inbox|{number}")
    async with app.database.transaction() as tx:
        (stored,) = await inbox.store(tx, "tg", 1, [NewUpdate(number, seal.mark(str(sender)), payload)], NOON)
        await inbox.quarantine(tx, stored.id, "ValueError", NOON)


async def _quarantined(town: Town) -> int:
    async with town.running.app.database.read() as reader:
        return (await inbox.counts(reader)).get("quarantined", 0)


async def test_sealed_answers_do_not_stay_for_weeks(town: Town):
    parent = town.parent()
    await parent.sends("горячая линия")
    await parent.sees("Опишите, что случилось")
    town.running.sandbox.faults.add("502", "sendMessage", chat_id=parent.id)
    await parent.sends(STORY)
    await town.running.sandbox.quiet()
    town.clock.forward(seconds=10)
    town.running.app.wake()
    await parent.sees("Записано")
    await town.running.settled()
    assert await _sealed(town) > 0
    await town.hotline.forget(town.clock.forward(hours=25))
    assert await _sealed(town) == 0


async def _sealed(town: Town) -> int:
    async with town.running.app.database.read() as reader:
        return int(await reader.fetch_value("SELECT COUNT(*) FROM outbox WHERE recipient LIKE 'sealed:%'"))


async def test_whoever_does_not_finish_is_reminded_once(town: Town):
    parent = town.parent()
    await parent.sends("горячая линия")
    await parent.sends(STORY)
    await parent.taps("Да, готово")
    await parent.sees("Какая школа?")
    town.clock.forward(minutes=29)
    town.running.app.wake()
    await town.running.settled()
    await parent.does_not_see("не закончили")
    town.clock.forward(minutes=2)
    town.running.app.wake()
    await parent.sees("не закончили")
    await parent.taps("Продолжить")
    await parent.sees("Какая школа?", fresh=True)
    await parent.taps("СОШ № 5")
    await parent.taps("Ответ сюда, имя скрыто")
    await parent.taps("Отправить")
    await parent.sees("Принято")


async def test_a_message_that_was_sent_or_dropped_is_not_reminded_of(town: Town):
    sent = await writes_hidden(town)
    dropped = town.parent("Передумала")
    await dropped.sends("горячая линия")
    await dropped.sends(STORY)
    await dropped.sees("Записано")
    town.clock.forward(minutes=31)
    town.running.app.wake()
    await dropped.sees("не закончили")
    await dropped.taps("Удалить черновик")
    await dropped.sees("Мы ничего не получили")
    await town.running.settled()
    await sent.does_not_see("не закончили")
    assert await _drafts(town) == 0


async def _drafts(town: Town) -> int:
    async with town.hotline._vault.read() as reader:
        return int(await reader.fetch_value("SELECT COUNT(*) FROM draft"))


def test_an_own_code_buys_no_more_guesses():
    tries = Tries(5, 100)
    for _ in range(4):
        tries.count("a", NOON)
    tries.count("a", NOON)
    tries.forgive("a")
    tries.count("a", NOON)
    assert tries.wait("a", NOON) > timedelta(0)


async def test_copies_do_not_keep_who_was_writing_when_they_were_made(town: Town):
    parent = stranger(town)
    await parent.sends("горячая линия")
    await parent.sends(STORY)
    await parent.sees("Записано")
    await town.running.settled()
    assert await _drafts(town) == 1
    assert await _sealed(town) == 1
    owner = town.hotline.keyring.owner((await town.actor(parent)).account)
    assert hits(town.folder, owner) != []  # in the database, for a day
    for name in ("bot.db", "vault.db"):
        await backup.make(town.folder / name, town.folder / "backups", town.clock())
    assert len(list((town.folder / "backups").iterdir())) == 2
    assert hits(town.folder / "backups", owner, *PERSON) == []
