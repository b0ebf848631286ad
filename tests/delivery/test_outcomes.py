"""Every line of the table "Send outcomes", over HTTP."""

from datetime import timedelta

import pytest

from bot.delivery.delivering import TOKEN_PAUSE
from bot.domain.screen import Screen
from storage import claims, outbox
from storage.outbox import Priority, Repeat, undelivered
from tests.delivery.conftest import utc_now

REPEATED = "повтор"


async def test_sent_once_however_often_it_is_promised(post, anna):
    assert await post.promise("a", anna.id) == 1
    assert await post.promise("a", anna.id) == 0
    await post.deliver()
    assert await post.promise("a", anna.id) == 0
    await post.deliver()
    assert post.texts(anna.id) == ["Здравствуйте"]
    row = await post.row("a")
    assert (row["state"], row["chat_id"]) == ("sent", anna.id)
    assert row["message_id"] in post.sandbox.world.chats[anna.id].messages


async def test_429_pauses_one_chat_and_is_no_try(post, anna, boris):
    post.sandbox.faults.add("429", "sendMessage", retry_after=30, chat_id=anna.id)
    await post.promise("a", anna.id)
    await post.promise("b", boris.id)
    await post.deliver()
    assert (await post.state("a"), await post.state("b")) == ("pending", "sent")
    row = await post.row("a")
    assert (row["tries"], row["uncertain"]) == (0, 0)
    assert post.pace.chat_wait(anna.id) > 25
    await post.make_due()
    async with post.sending():
        await post.promise("c", boris.id)
        await post.sandbox.quiet()
    assert post.calls(anna.id) == 1, "asked again before the pause was over"
    assert await post.state("c") == "sent"


async def test_a_second_private_chat_limited_at_once_pauses_everything(post, anna, boris):
    post.sandbox.faults.add("429", "sendMessage", retry_after=30, count=None)
    for number, person in enumerate((anna, boris)):
        await post.promise(f"a{number}", person.id)
    await post.deliver()
    assert post.pace.overall_wait() > 25
    assert post.calls() == 2


@pytest.mark.parametrize("effect", ["500", "502", "html", "garbage", "reset"])
async def test_unsure_ordinary_goes_out_once_more_marked(post, anna, effect):
    post.sandbox.faults.add(effect, "sendMessage", when="after")
    await post.promise("a", anna.id)
    await post.deliver()
    row = await post.row("a")
    assert (row["state"], row["uncertain"]) == ("pending", 1)
    await post.make_due()
    await post.deliver()
    first, second = post.texts(anna.id)
    assert REPEATED not in first
    assert REPEATED in second
    assert await post.state("a") == "sent"


async def test_unsure_ordinary_twice_is_listed(post, anna):
    post.sandbox.faults.add("reset", "sendMessage", when="after", count=None)
    await post.promise("a", anna.id)
    for _ in range(3):
        await post.make_due()
        await post.deliver()
    row = await post.row("a")
    assert (row["state"], row["uncertain"]) == ("uncertain", 2)
    assert len(post.texts(anna.id)) == 2
    async with post.database.read() as reader:
        listed = await undelivered(reader, utc_now() - timedelta(hours=1))
    assert [(item.dedupe_key, item.state) for item in listed] == [("a", "uncertain")]


async def test_unsure_critical_goes_on_until_confirmed(post, anna):
    post.sandbox.faults.add("html", "sendMessage", when="after", count=4)
    await post.promise("a", anna.id, repeat=Repeat.CRITICAL, priority=Priority.ALERT)
    for _ in range(5):
        await post.make_due()
        await post.deliver()
    row = await post.row("a")
    assert (row["state"], row["uncertain"], row["tries"]) == ("sent", 4, 5)
    assert [REPEATED in text for text in post.texts(anna.id)] == [False, True, True, True, True]


async def test_unsure_once_is_listed_at_once(post, anna):
    post.sandbox.faults.add("reset", "sendMessage", when="after")
    await post.promise("a", anna.id, repeat=Repeat.ONCE)
    await post.deliver()
    assert await post.state("a") == "uncertain"
    assert len(post.texts(anna.id)) == 1


async def test_a_direct_answer_that_may_have_arrived_is_sent_once_more_at_most(post, anna):
    """Its promise says `repeat`: the first copy may be there already."""
    post.sandbox.faults.add("reset", "sendMessage", when="after", count=None)
    payload = {"screen": Screen("Принято").to_json(), "repeat": True}
    async with post.database.transaction() as tx:
        await outbox.promise(tx, utc_now(), [outbox.Promise("a", outbox.to_chat(anna.id), payload)])
    for _ in range(3):
        await post.make_due()
        await post.deliver()
    assert await post.state("a") == "uncertain"
    (text,) = post.texts(anna.id)
    assert REPEATED in text


async def test_not_sent_is_tried_again_without_a_mark(post, anna):
    root = post.api._base
    post.api._base = "http://127.0.0.1:9/bot1:x/"  # nobody listens there
    await post.promise("a", anna.id)
    await post.deliver()
    row = await post.row("a")
    assert (row["state"], row["uncertain"]) == ("pending", 0)
    assert row["tries"] >= 1
    post.api._base = root
    await post.make_due()
    await post.deliver()
    assert post.texts(anna.id) == ["Здравствуйте"]


async def test_a_blocked_bot_is_unreachable_until_they_write_again(post, anna):
    async with post.database.transaction() as tx:
        await tx.execute("INSERT INTO municipality VALUES (1, 'Район', 'Asia/Novosibirsk')")
        await tx.execute("INSERT INTO person (id, municipality_id, code, created_at) VALUES (7, 1, 'Н-007', '')")
        await tx.execute(
            "INSERT INTO account (platform, user_id, chat_id, person_id, linked_at) VALUES ('tg', :id, :id, 7, '')",
            id=anna.id,
        )
    post.sandbox.deeds.blocks(anna)
    await post.promise("a", "person:7")
    await post.deliver()
    assert await post.state("a") == "unreachable"
    async with post.database.read() as reader:
        account = await reader.fetch_one("SELECT unreachable_at, unreachable_why FROM account")
    assert account is not None
    assert account[0] is not None
    assert "blocked" in account[1]
    await post.promise("b", "person:7")
    await post.deliver()
    assert await post.state("b") == "unreachable"
    assert post.calls() == 1, "somebody known as unreachable was written to"


async def test_a_person_without_an_account_is_unreachable(post):
    await post.promise("a", "person:404")
    await post.deliver()
    row = await post.row("a")
    assert (row["state"], row["error"]) == ("unreachable", "no account")


@pytest.mark.parametrize(
    "description",
    ["Bad Request: chat not found", "Forbidden: user is deactivated", "Bad Request: CHAT_WRITE_FORBIDDEN"],
)
async def test_other_ways_of_being_unreachable(post, anna, description):
    post.sandbox.faults.add("400", "sendMessage", description=description)
    await post.promise("a", anna.id)
    await post.deliver()
    assert await post.state("a") == "unreachable"


async def test_a_group_that_became_a_supergroup_gets_the_message(post, anna):
    group = post.sandbox.world.add_group("Операторы", members=[anna])
    new = post.sandbox.group_life.upgrades(group)
    await post.promise("a", group.id)
    await post.deliver()
    assert post.texts(new.id)[-1] == "Здравствуйте"
    await post.promise("b", group.id, "Ещё")
    await post.deliver()
    assert post.texts(new.id)[-1] == "Ещё"
    assert post.calls(group.id) == 1, "the old number was asked again"


async def test_bad_markup_goes_out_as_plain_text_and_stays_protected(post, anna):
    await post.promise("a", anna.id, "<b>Школа</b> № 5 <i>&lt;главный вход&gt;", protect=True)
    await post.deliver()
    row = await post.row("a")
    assert (row["state"], row["error"]) == ("sent", "sent as plain text")
    message = post.sandbox.world.chats[anna.id].messages[row["message_id"]]
    assert message["text"] == "Школа № 5 <главный вход>"
    assert message["has_protected_content"] is True


async def test_a_topic_that_is_gone_does_not_swallow_the_message(post, anna):
    forum = post.sandbox.world.add_group("Линия", forum=True, members=[anna])
    topic = post.sandbox.group_life.creates_topic(forum, anna.user(), "ГЛ-1")
    await post.promise("a", forum.id, "Первое", thread=topic.id)
    await post.deliver()
    post.sandbox.group_life.deletes_topic(forum, topic)
    await post.promise("b", forum.id, "Второе", thread=topic.id)
    await post.deliver()
    assert (await post.row("a"))["error"] == ""
    assert (await post.row("b"))["error"] == "sent outside of its topic"
    assert "Второе" in post.texts(forum.id)


async def test_a_refused_token_stops_everything_and_loses_nothing(post, anna, boris):
    post.sandbox.revoke_token()
    for number in range(5):
        await post.promise(f"a{number}", anna.id)
        await post.promise(f"b{number}", boris.id)
    async with post.sending() as sender:
        await post.sandbox.quiet()
        assert sender.token_refused
    assert post.pace.overall_wait() > TOKEN_PAUSE - 5
    async with post.database.read() as reader:
        rows = await reader.fetch_all("SELECT DISTINCT state, tries, uncertain FROM outbox")
    assert [tuple(row) for row in rows] == [("pending", 0, 0)]


async def test_our_own_mistake_fails_and_others_go_on(post, anna, boris):
    post.sandbox.faults.add("400", "sendMessage", chat_id=anna.id, description="Bad Request: BUTTON_DATA_INVALID")
    await post.promise("a", anna.id)
    await post.promise("b", boris.id)
    await post.promise("c", "planet:3")
    await post.promise("d", boris.id, render="nothing such")
    await post.deliver()
    assert [await post.state(key) for key in "abcd"] == ["failed", "sent", "failed", "failed"]


async def test_a_late_reminder_is_not_sent(post, anna):
    await post.promise("a", anna.id, not_after=utc_now() - timedelta(minutes=1))
    await post.promise("b", anna.id, not_after=utc_now() + timedelta(minutes=1))
    await post.deliver()
    assert (await post.state("a"), await post.state("b")) == ("cancelled", "sent")


async def test_what_died_while_claimed_is_settled_at_the_next_start(post, anna):
    for key, repeat in (("ordinary", Repeat.ORDINARY), ("critical", Repeat.CRITICAL), ("once", Repeat.ONCE)):
        await post.promise(key, f"chat:{post.sandbox.world.add_person(key, started=True).id}", repeat=repeat)
    async with post.database.transaction() as tx:
        claimed = await claims.claim(tx, utc_now(), 1, 10)
    assert len(claimed) == 3
    assert await post.sender(1).recover() == 0, "the same run has not died"
    await post.deliver(epoch=2)
    states = [await post.state(key) for key in ("ordinary", "critical", "once")]
    assert states == ["sent", "sent", "uncertain"]
    texts = [text for person in post.sandbox.world.people for text in post.texts(person)]
    assert len(texts) == 2
    assert all(REPEATED in text for text in texts)


async def test_an_instance_that_was_replaced_claims_and_settles_nothing(post, anna):
    await post.promise("a", anna.id)
    async with post.database.transaction() as tx:
        (due,) = await claims.claim(tx, utc_now(), 1, 10)
        await tx.execute("INSERT INTO instance (id, epoch, owner, beat_at) VALUES (1, 2, 'other', '')")
        await claims.recover(tx, utc_now(), 2)
    await post.promise("b", anna.id)
    async with post.database.transaction() as tx:
        assert await claims.claim(tx, utc_now(), 1, 10) == []
        assert not await claims.finish(tx, due, utc_now(), "sent")
        assert not await claims.put_back(tx, due, utc_now(), uncertain=True)
    row = await post.row("a")
    assert (row["state"], row["uncertain"]) == ("pending", 1)


async def test_the_chat_of_somebody_known_to_no_table_is_not_written_down(post, anna):
    async def resolve(value: str) -> int | None:
        return {"secret": anna.id, "blocked": 999}.get(value)

    await post.promise("a", "case:secret")
    await post.promise("b", "case:blocked")
    await post.promise("c", "case:shredded")
    await post.deliver(resolvers={"case": resolve})
    rows = [await post.row(key) for key in "abc"]
    assert [row["state"] for row in rows] == ["sent", "unreachable", "unreachable"]
    assert [row["chat_id"] for row in rows] == [None, None, None]
    assert post.texts(anna.id) == ["Здравствуйте"]


async def test_cancelling_withdraws_whole_keys_only(post, anna):
    keys = ["remind:7315", "remind:7315:2h", "remind:7315:Б6", "remind:73151", "remind:7314:2h"]
    for key in keys:
        await post.promise(key, anna.id, not_before=utc_now() + timedelta(hours=1))
    async with post.database.transaction() as tx:
        assert await outbox.cancel(tx, utc_now(), "remind:7315") == 3
        assert await outbox.cancel(tx, utc_now(), "remind:7315:") == 0
    assert [await post.state(key) for key in keys] == ["cancelled"] * 3 + ["pending"] * 2
