"""«Срочно»: the coordinators know at the first tap; everything after that only adds."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.alert import (
    ESCALATE_AFTER,
    RECALL_WITHIN,
    Alert,
    AlertKind,
    AlertState,
    NoSuchAlert,
    TooLateToRecall,
)
from bot.domain.people import Actor, Person, Role
from bot.domain.screen import Screen
from bot.screens import alert as screens
from bot.screens import photos as photo_screens
from bot.services.auditing import Auditing
from bot.services.staff import Staff
from bot.texts import alert as words
from storage import alerts, photos, rehearsals, reports
from storage.database import Database, Transaction
from storage.outbox import Priority, Promise, Repeat, promise, to_person
from storage.photos import NewPhoto

ONE_MATTER = timedelta(minutes=5)
MAY_RAISE = (Role.OBSERVER, Role.SCHOOL_COORDINATOR, Role.PRINCIPAL)


class Alerting:
    def __init__(self, database: Database, auditing: Auditing, staff: Staff, zone: ZoneInfo) -> None:
        self._database = database
        self._auditing = auditing
        self._staff = staff
        self._zone = zone

    async def raise_(
        self, actor: Actor, report_number: int | None, text: str, source: str, now: datetime
    ) -> Alert | None:
        """Tell every coordinator now. Idempotent by `source`.

        Taps about one work within five minutes are one matter until somebody takes it up. Without a report the sitting
        of the moment is taken. None: from a rehearsal, and nobody is told.
        Raises `NotAllowed`.
        """
        person = actor.need(*MAY_RAISE)
        async with self._database.transaction() as tx:
            if report_number is not None and await rehearsals.is_rehearsal(tx, report_number):
                return None
            if (raised := await alerts.by_source(tx, source)) is not None:
                return await self._get(tx, raised)  # handled again after a crash
            number_of_report, sitting_id = await self._place(tx, person, report_number, now)
            known = await alerts.unanswered(tx, person.id, sitting_id, now - ONE_MATTER)
            if known is not None:
                if text:
                    await alerts.add_text(tx, known, text)
                    await self._add(tx, now, await self._get(tx, known), f"more:{source}", screens.more(known, text))
                return await self._get(tx, known)
            number, fresh = await alerts.add(tx, person.id, number_of_report, sitting_id, text, source, now)
            alert = await self._get(tx, number)
            if fresh:
                await self._ring(tx, now, alert, "raised")
                await self._auditing.note(tx, now, actor, "alert", f"alert:{number}")
            return alert

    async def set_kind(self, actor: Actor, number: int, kind: AlertKind, now: datetime) -> Alert:
        async with self._database.transaction() as tx:
            await self._own(tx, actor, number)
            changed = await alerts.set_kind(tx, number, kind)
            alert = await self._get(tx, number)
            if changed:
                await self._add(tx, now, alert, f"kind:{kind.value}")
            return alert

    async def add(self, actor: Actor, number: int, text: str, source: str, now: datetime) -> Alert:
        """More words about it."""
        async with self._database.transaction() as tx:
            await self._own(tx, actor, number)
            await alerts.add_text(tx, number, text)
            alert = await self._get(tx, number)
            await self._add(tx, now, alert, f"more:{source}", screens.more(number, text))
            return alert

    async def photographed(self, actor: Actor, photo: NewPhoto, now: datetime) -> Alert:
        """Keep a photo with the signal it names and with that signal's report. Idempotent.

        The coordinators see at once that there is one; an album is one message to them and one to whoever sent it.
        """
        assert photo.alert_number is not None
        async with self._database.transaction() as tx:
            alert = await self._own(tx, actor, photo.alert_number)
            _, fresh = await photos.add(tx, replace(photo, report_number=alert.report_number), now)
            alert = await self._get(tx, alert.number)
            if fresh:
                album = photo.media_group_id or photo.message_id
                await self._add(tx, now, alert, f"photo:{album}", screens.photo_came(alert.number))
                screen = photo_screens.to_alert(alert.number)
                await self._to(tx, now, alert.person_id, f"alert-photo:{alert.number}:{album}", screen)
            return alert

    async def recall(self, actor: Actor, number: int, now: datetime) -> Alert:
        """«Нажал случайно», within two minutes. Recalling twice is recalling once. Raises `TooLateToRecall`."""
        async with self._database.transaction() as tx:
            alert = await self._own(tx, actor, number)
            if alert.state is AlertState.RECALLED:
                return alert
            in_time = now - alert.raised_at <= RECALL_WITHIN
            if not in_time or not await alerts.change_state(
                tx, number, AlertState.RAISED, AlertState.RECALLED, now, by=None
            ):
                raise TooLateToRecall(number)
            alert = await self._get(tx, number)
            await self._add(tx, now, alert, "recalled", screens.recalled(number))
            return alert

    async def accept(self, actor: Actor, number: int, now: datetime, *, false: bool = False) -> Alert:
        """A coordinator acts on it (or finds it false); the observer learns when. The first one wins."""
        by = actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            alert = await self._get(tx, number)
            state = AlertState.FALSE if false else AlertState.ACCEPTED
            if await alerts.change_state(tx, number, AlertState.RAISED, state, now, by=by.id):
                alert = await self._get(tx, number)
                await self._add(tx, now, alert, state.value)
                if not false:
                    text = words.seen(number, now.astimezone(self._zone).strftime("%H:%M"))
                    await self._to(tx, now, alert.person_id, f"alert:{number}:seen", Screen(text))
                await self._auditing.note(tx, now, actor, f"alert-{state.value}", f"alert:{number}")
            return alert

    async def ask(self, actor: Actor, number: int, text: str, source: str, now: datetime) -> None:
        """A question to whoever raised it."""
        actor.need(Role.COORDINATOR)
        async with self._database.transaction() as tx:
            alert = await self._get(tx, number)
            key = f"alert:{number}:ask:{source}"
            await self._to(tx, now, alert.person_id, key, screens.question(alert, text))

    async def reply(self, actor: Actor, number: int, text: str, source: str, now: datetime) -> Alert:
        """The answer to a coordinator's question: kept with the signal, and said to all of them. Idempotent by `source`."""
        async with self._database.transaction() as tx:
            await self._own(tx, actor, number)
            await alerts.add_text(tx, number, text)
            alert = await self._get(tx, number)
            await self._add(tx, now, alert, f"reply:{source}", screens.reply(alert, text))
            return alert

    async def escalate(self, now: datetime) -> int:
        """Signals nobody accepted for ten minutes ring again, for the head as well. Each once."""
        async with self._database.transaction() as tx:
            late = await alerts.to_escalate(tx, now - ESCALATE_AFTER, now)
            for alert in late:
                await self._ring(tx, now, alert, "escalated", roles=(Role.COORDINATOR, Role.HEAD), escalated=True)
        return len(late)

    async def _place(
        self, tx: Transaction, person: Person, report_number: int | None, now: datetime
    ) -> tuple[int | None, int | None]:
        if report_number is not None:
            report = await reports.load(tx, report_number)
            if report is None or report.person_id != person.id:
                return None, None
            return report.number, report.sitting_id
        today = now.astimezone(self._zone).date()
        here = [one for one in await reports.of_person(tx, person.id, from_day=today) if one.sitting.date == today]
        if not here:
            return None, None
        nearest = min(here, key=lambda one: abs(one.sitting.begins(self._zone) - now))
        return nearest.report.number, nearest.sitting.id

    async def _own(self, tx: Transaction, actor: Actor, number: int) -> Alert:
        person = actor.need(*MAY_RAISE)
        alert = await self._get(tx, number)
        if alert.person_id != person.id:
            raise NoSuchAlert(number)
        return alert

    async def _get(self, tx: Transaction, number: int) -> Alert:
        alert = await alerts.alert(tx, number)
        if alert is None:
            raise NoSuchAlert(number)
        return alert

    async def _ring(
        self,
        tx: Transaction,
        now: datetime,
        alert: Alert,
        what: str,
        *,
        roles: tuple[Role, ...] = (Role.COORDINATOR,),
        escalated: bool = False,
    ) -> None:
        """A card at the bottom, with a sound."""
        screen = screens.for_staff(alert, self._zone, escalated=escalated)
        await self._urgently(tx, now, f"alert:{alert.number}:{what}", screen, roles=roles)

    async def _add(self, tx: Transaction, now: datetime, alert: Alert, what: str, news: Screen | None = None) -> None:
        """The newest card shows it, without a sound; `news` is said in a few words under it, with one."""
        escalated = await alerts.is_escalated(tx, alert.number)
        card = f"alert:{alert.number}:{'escalated' if escalated else 'raised'}"
        roles = (Role.COORDINATOR, Role.HEAD) if escalated else (Role.COORDINATOR,)
        screen = screens.for_staff(alert, self._zone, escalated=escalated)
        await self._urgently(tx, now, f"alert:{alert.number}:{what}", screen, roles=roles, edits=card)
        if news is not None:
            await self._urgently(tx, now, f"alert:{alert.number}:{what}:news", news, roles=roles, answers=card)

    async def _urgently(self, tx: Transaction, now: datetime, cause: str, screen: Screen, **how: Any) -> None:
        await self._staff.tell(tx, now, cause, screen, priority=Priority.ALERT, repeat=Repeat.CRITICAL, **how)

    async def _to(self, tx: Transaction, now: datetime, person_id: int, key: str, screen: Screen) -> None:
        await promise(
            tx,
            now,
            [Promise(key, to_person(person_id), {"screen": screen.to_json()}, Priority.ALERT, Repeat.CRITICAL)],
        )
