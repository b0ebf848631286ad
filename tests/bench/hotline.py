"""The hotline's promises in figures: nobody to be found, no reading without a record, fast enough, no answer lost."""

import asyncio
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox import Sandbox
from bot.sealing import Keys
from bot.services.hotline.keyring import Keyring
from tests.hotline.archive import MASTER, Archive, archive_at
from tests.hotline.canary import back_up, hits
from tests.hotline.kills import moments, run_and_kill
from tests.hotline.test_traceless import CANARY, STORY, WORDS, stranger, writes_traceless
from tests.hotline.town import town_at
from tests.running import bot_at, settings_for

FIGURES = {
    "canary_hits": "traces of a writer «без следа» in databases, logs, files and backups",
    "reads_without_audit": "texts opened without an earlier audit row, in 1 000 kills",
    "search_20000_s": "search by words over 20 000 encrypted cases",
    "rotate_20000_s": "20 000 case keys put under a new master key",
    "answers_after_restart_percent": "answers committed before a kill that reached their writer after the restart",
}
NOW = datetime(2026, 4, 22, 9, 0, tzinfo=UTC)
CASES = 20_000
KILLS = 1000
ANSWER_KILLS = 40


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        print("FIGURE canary_hits", await canary_hits(Path(folder)), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        print(
            "FIGURE reads_without_audit", await asyncio.to_thread(reads_without_audit, Path(folder), KILLS), flush=True
        )
    with tempfile.TemporaryDirectory() as folder:
        searched, rotated = await search_and_rotate(Path(folder))
        print(f"FIGURE search_20000_s {searched:.2f} s")
        print(f"FIGURE rotate_20000_s {rotated:.2f} s", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        print(f"FIGURE answers_after_restart_percent {await answers_after_restart(Path(folder)):.0f} %", flush=True)


async def canary_hits(folder: Path) -> int:
    async with Sandbox.start() as sandbox, town_at(sandbox, folder) as town:
        parent = stranger(town)
        code = await writes_traceless(parent, between=lambda: back_up(folder, "in the middle"))
        await parent.taps("Записал, стереть чат")
        await parent.sees("Стёрто")
        await town.running.settled()
        await town.hotline.empty_logs(town.clock())
        back_up(folder, "at the end")
    return len(hits(folder, CANARY, "Канарейкина", "kanareika_zoya", STORY, *WORDS, code, code.replace(" ", "")))


async def _reads(archive: Archive, say: Callable[[str], None]) -> None:
    actor = await archive.operator()
    async with archive.database.read() as reader:
        ids = [row[0] for row in await reader.fetch_all("SELECT id FROM hotline_case")]
    while True:
        for case_id in ids:
            opened = await archive.hotline.reading.open(actor, case_id, NOW)
            assert opened.messages
            say(case_id)


def reads_without_audit(folder: Path, kills: int) -> int:
    """How many shown texts have no audit row; every child shows texts until it is killed."""
    asyncio.run(_prepared(folder))
    shown: dict[str, int] = {}
    for kill, after in enumerate(moments(kills, 0.03, seed=7)):
        for case_id in run_and_kill(folder, NOW, _reads, after=after, lines=kill % 4):
            shown[case_id] = shown.get(case_id, 0) + 1
    recorded = asyncio.run(_recorded(folder))
    assert shown, "nothing was ever shown: the measurement is broken"
    return sum(max(0, count - recorded.get(case_id, 0)) for case_id, count in shown.items())


async def _prepared(folder: Path) -> None:
    async with archive_at(folder, NOW) as archive:
        await archive.operator()
        await archive.fill(5)


async def _recorded(folder: Path) -> dict[str, int]:
    async with archive_at(folder, NOW) as archive, archive.database.read() as reader:
        rows = await reader.fetch_all(
            "SELECT object, COUNT(*) FROM audit WHERE action = 'hotline.open' GROUP BY object"
        )
        return {row[0].removeprefix("case:"): row[1] for row in rows}


async def search_and_rotate(folder: Path) -> tuple[float, float]:
    async with archive_at(folder, NOW) as archive:
        actor = await archive.operator()
        await archive.fill(CASES)
        times = []
        for _ in range(3):
            begun = time.perf_counter()
            found = await archive.hotline.searching.find(actor, "приметное редкость", NOW)
            times.append(time.perf_counter() - begun)
            assert len(found) == CASES // 1000
        ring = Keyring(archive.vault, {1: Keys(MASTER), 2: Keys(MASTER[::-1])})
        begun = time.perf_counter()
        assert await ring.rotate() == CASES
        return min(times), time.perf_counter() - begun


async def _answers(archive: Archive, say: Callable[[str], None]) -> None:
    actor = await archive.operator()
    async with archive.database.read() as reader:
        rows = await reader.fetch_all("SELECT id, number FROM hotline_case WHERE status <> 'answered' ORDER BY number")
    for case_id, number in rows:
        preview = await archive.hotline.desk.word(actor, case_id, "out", f"Ответ номер {number}.", NOW)
        await archive.hotline.desk.send(actor, case_id, preview.revision, NOW)
        say(str(number))


async def answers_after_restart(folder: Path, kills: int = ANSWER_KILLS) -> float:
    """Per cent of answers that were committed (and said so) before some kill and were seen by their writer afterwards."""
    async with Sandbox.start() as sandbox:
        parents = [sandbox.world.add_person(f"Родитель {n}", started=True) for n in range(200)]
        key_path = settings_for(sandbox, folder).key_path
        key_path.parent.mkdir(parents=True)
        key_path.write_text(MASTER.hex(), "ascii")
        async with archive_at(folder, NOW) as archive:
            await archive.operator()
            await archive.fill(len(parents), chat_ids=[parent.id for parent in parents])
        promised: set[str] = set()
        for kill, after in enumerate(moments(kills, 0.04, seed=11)):
            said = await asyncio.to_thread(run_and_kill, folder, NOW, _answers, after=after, lines=kill % 3)
            promised |= set(said)
        assert promised, "nothing was promised before a kill: the measurement is broken"
        async with bot_at(sandbox, folder) as running:
            phones = {str(n): running.person(parent.name) for n, parent in enumerate(parents, 1)}
            await running.settled()
            seen = 0
            for number in promised:
                await phones[number].sees(f"Ответ номер {number}.", timeout=60)
                seen += 1
        return 100 * seen / len(promised)
