"""Hostile people: floods, forged and stale buttons, files that bite, words that break things. Nothing changes, nothing breaks."""

import asyncio
import io
from random import Random

import pillow_heif
from PIL import Image

from bot.domain.people import Role
from bot.sandbox import Sandbox
from tests.city import City
from tests.faults.one_report import CODES, VIOLATED, one_report
from tests.faults.strings import STATE, broken_messages
from tests.people import Phone


async def state(city: City) -> str:
    async with city.running.app.database.read() as reader:
        return str(await reader.fetch_value(STATE))


async def test_a_thousand_messages_of_one_slow_nobody_else(city: City, sandbox: Sandbox):
    """Everybody else is answered while most of the flood still waits; `python -m tests.faults flood` measures the times."""
    report = await one_report(city)
    flooder = city.running.person("Флудер", started=True)
    for number in range(1000):
        sandbox.deeds.sends(sandbox.world.people[flooder.id], f"эй {number}")
    person, card = sandbox.world.people[report.observer.id], report.card["message_id"]
    await sandbox.world.changes.until(lambda: city.running.app.lanes.waiting > 500, 60)
    for number in range(30):
        press = sandbox.deeds.taps(person, card, f"a:{report.number}:{CODES[0]}:{'yes' if number % 2 else 'na'}")
        await sandbox.world.changes.until(lambda press=press: press.answer is not None, 60)
        assert press.answer is not None
    assert city.running.app.lanes.waiting > 300, "they waited for the flood"
    await report.handled(120)
    assert await report.count("SELECT COUNT(*) FROM inbox WHERE state <> 'done'") == 0


async def test_forged_and_foreign_buttons_change_nothing(city: City, sandbox: Sandbox):
    report, other = await one_report(city), await one_report(city, "Белла")
    stranger = city.running.person("Чужой", started=True)
    card = sandbox.world.post(sandbox.world.chats[stranger.id], sandbox.world.bot.user(), {"text": "."})
    await city.running.settled()
    before, random = await state(city), Random(3)
    prefixes = sorted(prefix_of(city))
    datas = [f"{prefix}:{report.number}:{code}:no" for prefix in prefixes for code in (VIOLATED, "", "Ж9")]
    datas += [
        f"{prefix}:{tail}" for prefix in prefixes for tail in ("", "-1", "9" * 15, "٣", "1:2:3:4:5:6", "' OR 1=1")
    ]
    datas += ["", ":", "::::", "a" * 64, "zz:1", *("".join(random.choices("ah:dlr0123", k=12)) for _ in range(100))]
    for data in datas:
        if not data.startswith("u"):  # a stranger's own signal, consent and hotline draft are theirs to make
            await stranger.taps_old(card, data[:60], wait=False)
    for item in CODES:  # an observer at somebody else's report
        await other.observer.taps_old(other.card, f"a:{report.number}:{item}:no", wait=False)
        await other.observer.taps_old(other.card, f"rx:{report.number}", wait=False)
    await report.handled(100)
    assert await state(city) == before
    assert await report.count("SELECT COUNT(*) FROM inbox WHERE state = 'quarantined'") == 0
    assert broken_messages(sandbox) == []


def prefix_of(city: City) -> set[str]:
    from handlers.features import all_features

    return {prefix for feature in all_features() for prefix in feature.taps}


async def test_files_that_bite_are_refused_with_a_word(city: City, sandbox: Sandbox):
    report = await one_report(city)
    await report.presses(f"pw:{report.number}:{VIOLATED}:other")
    await report.handled()
    bomb = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(bomb, "PNG")
    huge = b"\xff\xd8\xff" + bytes(21 << 20)
    for content, name in (
        (bomb.getvalue(), "bomb.png"),
        (huge, "huge.jpg"),
        (b"GIF89a<script>", "x.jpg"),
        (b"", "0.png"),
    ):
        if content:
            await report.observer.sends_document(content, name)
    await report.handled(60)
    await city.running.settled()
    assert await report.count("SELECT COUNT(*) FROM photo WHERE state = 'stored'") == 0
    assert await report.count("SELECT COUNT(*) FROM photo WHERE state = 'refused'") == 3
    assert len({m["text"] for m in said_to(report.observer, sandbox)}) > 3, "every refusal has its reason"


def said_to(phone: Phone, sandbox: Sandbox) -> list[dict[str, str]]:
    return [m for m in sandbox.world.chats[phone.id].messages.values() if m["from"]["is_bot"] and "text" in m]


async def test_a_heic_photo_is_kept_as_it_came_and_can_be_looked_at(city: City, sandbox: Sandbox):
    report = await one_report(city)
    await report.presses(f"pw:{report.number}:{VIOLATED}:other")
    await report.handled()
    pillow_heif.register_heif_opener()
    out = io.BytesIO()
    Image.radial_gradient("L").resize((320, 240)).convert("RGB").save(out, "HEIF")
    await report.observer.sends_document(out.getvalue(), "IMG_0001.HEIC")
    await report.handled(60)
    await city.running.settled()
    app = city.running.app
    async with app.database.read() as reader:
        (row,) = await reader.fetch_all("SELECT state, path, report_number FROM photo")
    assert (row["state"], row["report_number"]) == ("stored", report.number)
    assert row["path"].endswith(".heic")
    assert (app.settings.data_dir / "photos" / row["path"]).read_bytes() == out.getvalue()
    await report.observer.sees("Получено фото: 1")


async def test_a_crowd_of_albums_is_kept_whole(city: City, sandbox: Sandbox):
    report = await one_report(city)
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "JPEG")
    await asyncio.gather(*(report.observer.sends_album([out.getvalue()] * 10) for _ in range(10)))
    await report.handled(100)
    assert await report.count("SELECT COUNT(*) FROM photo WHERE report_number IS NULL AND state <> 'refused'") == 100


async def test_a_revoked_observer_presses_in_vain(city: City, sandbox: Sandbox):
    from storage import people

    report = await one_report(city)
    await report.presses(f"a:{report.number}:{CODES[0]}:yes")
    await report.handled()
    stored = await report.stored()
    async with city.running.app.database.transaction() as tx:
        assert stored.person_id is not None
        await people.revoke(tx, stored.person_id, Role.OBSERVER, city.running.app.clock(), by=None)
    for code in CODES:
        await report.presses(f"a:{report.number}:{code}:no")
    await report.presses(f"rx:{report.number}")
    await report.handled()
    assert await report.stored() == stored
