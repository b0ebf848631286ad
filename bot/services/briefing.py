"""What coordinators and heads are told without asking: the live card of the day, and the digest at its hour."""

import hashlib
import json
import logging
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.digest import DIGEST_ROLES
from bot.domain.people import Account, Role
from bot.domain.period import Period, Scope, scope_of
from bot.domain.screen import Screen
from bot.domain.summary import Summary
from bot.domain.working_days import COUNTRY, WorkingDays
from bot.screens import summary as screens
from bot.services import digest_choice
from bot.services.summarising import read_summary
from storage import briefings, lost_time, outbox, people, recipients
from storage.briefings import DueDigest
from storage.database import Database, Reader

log = logging.getLogger(__name__)

LIVE_FROM, LIVE_UNTIL = time(7, 0), time(22, 0)
# Digests missed while the bot was down, or that could not go out; older ones matter no more.
LOOK_BACK = timedelta(days=3)
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=10)  # between two tries of one digest
STEP = timedelta(seconds=30)
UNSURE_STEP = timedelta(minutes=10)  # before another card, when nobody knows whether the last one arrived
LIVE_ROLES = (Role.COORDINATOR,)
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class LiveCard:
    """A card to show now; `message_id` is the one to edit, None for a new one. `stale`: earlier days' cards to unpin."""

    account: Account
    name: str
    screen: Screen
    digest: str
    message_id: int | None
    stale: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """`scope` is the recipient's of this moment; `chat_id` where it goes."""

    due: DueDigest
    period: Period
    scope: Scope
    chat_id: int

    @property
    def in_group(self) -> bool:
        return self.due.recipient.startswith("chat:")


class Briefing:
    def __init__(self, database: Database, zone: ZoneInfo, days: WorkingDays = COUNTRY) -> None:
        self._database = database
        self._zone = zone
        self._days = days

    async def live_cards(self, now: datetime) -> list[LiveCard]:
        """Cards that changed, for every coordinator of a day with works; at most one each half minute."""
        local = now.astimezone(self._zone)
        if not LIVE_FROM <= local.time() < LIVE_UNTIL:
            return []
        period, name = Period.day(local.date()), f"day:{local.date().isoformat()}"
        cards: list[LiveCard] = []
        summaries: dict[Scope, Summary] = {}
        async with self._database.read(snapshot=True) as reader:
            for _, account, _ in await briefings.reached(reader, LIVE_ROLES):
                known = await briefings.card(reader, account, name)
                message_id = known.message_id if known is not None else None
                if known is not None and now - known.shown_at < (STEP if message_id else UNSURE_STEP):
                    continue
                actor, _ = await people.actor(reader, account)
                if not actor.has(*LIVE_ROLES):  # no consent yet: the role does not count
                    continue
                scope = scope_of(actor)
                if known is None and not await briefings.has_sittings(reader, period, scope):
                    continue
                if scope not in summaries:
                    summaries[scope] = await read_summary(reader, period, scope, now, self._zone, self._days)
                screen = screens.card(summaries[scope], local.date(), self._zone)
                digest = _digest(screens.card(summaries[scope], local.date(), self._zone, timed=False))
                if message_id is not None and known is not None and known.digest == digest:
                    continue
                old = await briefings.old_cards(reader, account, "day:", name) if message_id is None else []
                cards.append(
                    LiveCard(account, name, screen, digest, message_id, tuple(each for _, each in old if each))
                )
        return cards

    async def shown(self, card: LiveCard, message_id: int, now: datetime) -> None:
        async with self._database.transaction() as tx:
            await briefings.keep_card(tx, card.account, card.name, message_id, card.digest, now)
            for name, _ in await briefings.old_cards(tx, card.account, "day:", card.name):
                await briefings.drop_card(tx, card.account, name)

    async def perhaps_shown(self, card: LiveCard, now: datetime) -> None:
        """Sent anew, and nobody knows whether it arrived: no other one for a while."""
        async with self._database.transaction() as tx:
            await briefings.keep_card(tx, card.account, card.name, None, card.digest, now)

    async def plan_digests(self, now: datetime) -> None:
        """Write down the digests whose hour has come, those of days the bot slept through included."""
        local = now.astimezone(self._zone)
        async with self._database.read() as reader:
            at = await digest_choice.hour(reader)
            lost = await lost_time.spans(reader)
            wanted: list[tuple[date, str, bool]] = []
            for back in range(LOOK_BACK.days + 1):
                day = local.date() - timedelta(days=back)
                moment = datetime.combine(day, at, tzinfo=self._zone)
                if moment > now or not await briefings.planned_before(reader, day, moment):
                    continue
                repeat = lost_time.may_have_told(lost, moment)
                wanted += [(day, recipient, repeat) for recipient in await digest_choice.receivers(reader, moment)]
        if not wanted:
            return
        async with self._database.transaction() as tx:
            for day, recipient, repeat in wanted:
                for kind in ("day", "week") if day.weekday() == FRIDAY else ("day",):
                    await briefings.expect_digest(tx, day, kind, recipient, now, repeat=repeat)

    async def claim(self, now: datetime) -> Digest | None:
        """The next digest to send; None when there is none. Nobody gets one whose recipient is gone, or one that is too old."""
        oldest = now.astimezone(self._zone).date() - LOOK_BACK
        while True:
            async with self._database.transaction() as tx:
                due = await briefings.claim_digest(tx, now)
                if due is None:
                    return None
                found = await self._address(tx, due)
                if found is not None and due.tries <= briefings.MAX_TRIES and due.day >= oldest:
                    scope, chat_id = found
                    period = Period.day(due.day) if due.kind == "day" else Period.week_of(due.day)
                    return Digest(due, period, scope, chat_id)
                await briefings.settle_digest(tx, due, "given_up" if found is not None else "cancelled", now)
            if found is not None:
                _lament(due, "too old" if due.day < oldest else "nobody knows what became of any try")

    async def sent(self, digest: Digest, summary: Summary, now: datetime) -> None:
        """As a picture."""
        async with self._database.transaction() as tx:
            await briefings.settle_digest(tx, digest.due, "sent", now, figures=summary.figures())

    async def given_up(self, digest: Digest, why: str, now: datetime) -> None:
        """Nobody gets it; the health page counts it."""
        async with self._database.transaction() as tx:
            await briefings.settle_digest(tx, digest.due, "given_up", now)
        _lament(digest.due, why)

    async def told_later(
        self, digest: Digest, summary: Summary, text: Screen, now: datetime, *, uncertain: bool
    ) -> None:
        """The picture did not get through: its numbers as text, by the outbox, which sends them once."""
        due = digest.due
        payload = {"screen": text.to_json()} | ({"repeat": True} if uncertain else {})
        key = f"digest:{due.kind}:{due.day.isoformat()}:{due.recipient}"
        async with self._database.transaction() as tx:
            await outbox.promise(tx, now, [outbox.Promise(key, outbox.to_chat(digest.chat_id), payload)])
            await briefings.settle_digest(tx, due, "text", now, figures=summary.figures())

    async def postponed(self, digest: Digest, now: datetime, at_least: timedelta) -> None:
        """Surely nothing was sent; again in a while, a longer one the longer it is overdue."""
        async with self._database.transaction() as tx:
            hour = await digest_choice.hour(tx)
            overdue = now - datetime.combine(digest.due.day, hour, tzinfo=self._zone)
            pause = min(max(overdue / 4, SHORTEST_PAUSE), LONGEST_PAUSE)
            await briefings.give_back_digest(tx, digest.due, now + max(pause, at_least))

    async def _address(self, reader: Reader, due: DueDigest) -> tuple[Scope, int] | None:
        kind, _, value = due.recipient.partition(":")
        if kind == "chat":
            group = await digest_choice.group(reader)
            if group is None or group.chat_id != int(value):
                return None
            scope = Scope(frozenset({group.municipality_id}))
            return scope, await recipients.current_chat(reader, int(value))
        account = await briefings.account_of(reader, int(value))
        if account is None or not await digest_choice.is_wanted_by(reader, int(value)):
            return None
        actor, _ = await people.actor(reader, account)
        return (scope_of(actor), account.chat_id) if actor.has(*DIGEST_ROLES) else None


def _lament(due: DueDigest, why: str) -> None:
    log.error("the %s digest of %s for %s is given up: %s", due.kind, due.day, due.recipient, why)


def _digest(screen: Screen) -> str:
    """Of what a card says, apart from the time of the look."""
    return hashlib.sha256(json.dumps(screen.to_json(), ensure_ascii=False).encode()).hexdigest()
