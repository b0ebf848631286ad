"""Order, pace, priorities, and the life of the sender itself."""

import asyncio

import pytest

from bot.delivery.messenger import Messenger
from bot.delivery.pace import Pace
from bot.delivery.sender import IN_FLIGHT
from bot.domain.screen import Screen
from storage import outbox
from storage.outbox import Priority
from tests.delivery.conftest import utc_now


async def test_urgent_ones_go_first(post):
    people = [post.sandbox.world.add_person(f"{number}", started=True) for number in range(4)]
    order = [Priority.BROADCAST, Priority.REMINDER, Priority.ALERT, Priority.HOTLINE]
    for person, priority in zip(people, order, strict=True):
        await post.promise(priority.name, person.id, priority=priority)
    for bucket in (post.pace._overall, post.pace._at_least):  # one claim at a time
        bucket._burst = bucket._tokens = 1
        bucket._rate = 4
    await post.deliver()
    sent_to = [call.chat_id for call in post.sandbox.journal.of("sendMessage")]
    assert sent_to == [people[2].id, people[3].id, people[1].id, people[0].id]


async def test_messages_to_one_chat_keep_their_order_and_its_pace(post, anna):
    for number in range(5):
        await post.promise(f"m{number}", anna.id, f"Часть {number}")
    async with post.sending():
        await post.sandbox.world.changes.until(lambda: len(post.texts(anna.id)) == 5, 20)
    assert post.texts(anna.id) == [f"Часть {number}" for number in range(5)]
    calls = post.sandbox.journal.of("sendMessage")
    assert calls[4].at - calls[0].at > 1.5, "three at once, then one a second"


async def test_a_resting_group_does_not_hold_the_others(post):
    group = post.sandbox.world.add_group("Операторы")
    people = [post.sandbox.world.add_person(f"{number}", started=True) for number in range(40)]
    for number in range(60):
        await post.promise(f"g{number}", group.id, priority=Priority.HOTLINE)
    for person in people:
        await post.promise(f"p{person.id}", person.id, priority=Priority.BROADCAST)
    async with post.sending():
        reached = await post.sandbox.world.changes.until(lambda: all(post.texts(person.id) for person in people), 15)
    assert reached
    assert 3 <= post.calls(group.id) <= 10
    async with post.database.read() as reader:
        tries = await reader.fetch_value("SELECT MAX(tries) FROM outbox WHERE state = 'pending'")
    assert tries == 0, "messages were claimed only to be put back"


async def test_nothing_is_refused_at_telegrams_own_pace(post):
    """The sandbox counts as Telegram does; a full second of the broadcast must not earn one 429."""
    post.sandbox.pace.strict = True
    people = [post.sandbox.world.add_person(f"{number}", started=True) for number in range(60)]
    post.pace = Pace()
    post.messenger = Messenger(post.api, post.pace)
    for person in people:
        await post.promise(f"p{person.id}", person.id, priority=Priority.BROADCAST)
    async with post.sending():
        done = await post.sandbox.world.changes.until(lambda: post.calls() >= len(people), 20)
        await post.sandbox.quiet()
    assert done
    assert [call.status for call in post.sandbox.journal.of("sendMessage")] == [200] * len(people)


async def test_a_promise_written_later_is_sent_when_woken(post, anna):
    async with post.sending() as sender:
        await asyncio.wait_for(sender.idle.wait(), 10)
        await post.promise("a", anna.id)
        sender.wake()
        await asyncio.wait_for(sender.idle.wait(), 10)
        assert await post.state("a") == "sent"


async def test_stop_waits_for_what_is_in_hand(post):
    people = [post.sandbox.world.add_person(f"{number}", started=True) for number in range(IN_FLIGHT * 2)]
    post.sandbox.faults.add("slow", "sendMessage", delay=0.3, count=None)
    for person in people:
        await post.promise(f"p{person.id}", person.id)
    async with post.sending() as sender:
        await post.sandbox.world.changes.until(lambda: post.sandbox.journal.in_flight >= 3, 10)
        await asyncio.wait_for(sender.stop(), 20)
        assert post.sandbox.journal.in_flight == 0
    async with post.database.read() as reader:
        states = {row[0]: row[1] for row in await reader.fetch_all("SELECT state, COUNT(*) FROM outbox GROUP BY state")}
    assert set(states) <= {"sent", "pending"}
    assert states["sent"] == post.calls() == len(post.sandbox.journal.of("sendMessage", executed=True))


async def test_a_known_outcome_waits_for_the_database(post, anna):
    """The message is out; the disk is full for a while: the outcome is stored later, not forgotten."""
    await post.promise("a", anna.id)
    page_count = (await post.database._writer.run("PRAGMA page_count")).rows[0][0]

    async def fill(_: str) -> int:
        await post.database._writer.run(f"PRAGMA max_page_count = {page_count}")
        return anna.id

    await post.database._writer.run("CREATE TABLE ballast (x)")
    await post.database._writer.run("CREATE TRIGGER full AFTER UPDATE ON outbox WHEN new.state = 'sent'"
                                    " BEGIN INSERT INTO ballast VALUES (zeroblob(1000000)); END")  # fmt: skip
    await post.promise("b", "case:x")
    async with post.sending(resolvers={"case": fill}) as sender:
        await post.sandbox.world.changes.until(lambda: len(post.texts(anna.id)) == 2, 10)
        await asyncio.sleep(0.2)
        assert await post.state("b") == "claimed"
        await post.database._writer.run("PRAGMA max_page_count = 1000000")
        sender.wake()
        await asyncio.wait_for(sender.idle.wait(), 20)
        assert await post.state("b") == "sent"
    assert len(post.texts(anna.id)) == 2


async def test_a_screen_is_made_at_the_last_moment(post, anna, boris):
    async def greet(payload):
        return Screen(f"Отчёт {payload['number']}") if payload["number"] else None

    await post.promise("a", anna.id, render="greet", number=7315)
    await post.promise("b", boris.id, render="greet", number=0)
    await post.deliver(renderers={"greet": greet})
    assert post.texts(anna.id) == ["Отчёт 7315"]
    assert (await post.state("b"), post.texts(boris.id)) == ("cancelled", [])


async def test_a_promise_and_its_cause_are_stored_together_or_not_at_all(post, anna):
    async def cause_fails():
        async with post.database.transaction() as tx:
            await outbox.promise(tx, utc_now(), [outbox.Promise("a", outbox.to_chat(anna.id), {})])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await cause_fails()
    async with post.database.read() as reader:
        assert await outbox.counts(reader) == {}


async def test_a_message_changes_in_place_and_comes_anew_when_it_is_gone(post, anna):
    await post.promise("card", anna.id, "Срочно № 1")
    await post.deliver()
    await post.promise("kind", anna.id, "Срочно № 1: телефоны", edits="card")
    await post.promise("news", anna.id, "подробности", answers="card")
    await post.deliver()
    assert post.texts(anna.id) == ["Срочно № 1: телефоны", "подробности"]
    card, news = [m for m in post.sandbox.world.chats[anna.id].messages.values() if m["from"]["is_bot"]]
    assert news["reply_to_message"]["message_id"] == card["message_id"]
    await post.messenger.delete(anna.id, [card["message_id"]])
    await post.promise("accepted", anna.id, "Срочно № 1: принято", edits="card")
    await post.deliver()
    assert post.texts(anna.id) == ["подробности", "Срочно № 1: принято"]


async def test_a_change_waits_for_the_message_it_changes(post, anna):
    post.sandbox.faults.add("429", "sendMessage", count=1, retry_after=1)
    await post.promise("card", anna.id, "Срочно № 1")
    await post.promise("kind", anna.id, "Срочно № 1: телефоны", edits="card")
    async with post.sending():
        done = await post.sandbox.world.changes.until(lambda: post.texts(anna.id) == ["Срочно № 1: телефоны"], 20)
    assert done
