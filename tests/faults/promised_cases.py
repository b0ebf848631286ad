"""I8: the hotline's cases hold every word in order, once, and no reading is without its record."""

from collections import Counter
from pathlib import Path

from bot.app import App
from bot.domain.people import Account
from tests.faults.findings import Findings
from tests.faults.town import Town, settings_of


async def check_cases(found: Findings, town: Town, data: Path, gone: set[int]) -> None:
    """The hotline's cases hold every word in order, once; I8: every reading is in the audit, and the chain holds."""
    async with App.start(settings_of(town.sandbox, data)) as app:
        async with app.database.read() as reader:
            broken = await app.services.enrolment._auditing.chain.first_broken(reader)
            if broken is not None:
                found.add("", f"the audit is broken at {broken}")
            rows = await reader.fetch_all("SELECT id, year, number FROM hotline_case ORDER BY number")
        actor, _ = await app.services.enrolment.actor(
            Account("tg", town.operators[0].phone.id, town.operators[0].phone.id)
        )
        stored = []
        for row in rows:
            opened = await app.services.hotline.reading.open(actor, row["id"], app.clock())
            stored.append(
                (row["id"], [m.text for m in opened.messages if m.direction == "in"],
                 [m.text for m in opened.messages if m.direction == "out"])
            )  # fmt: skip
    _cases(found, town, stored, gone)


def _cases(found: Findings, town: Town, stored: list[tuple[str, list[str], list[str]]], gone: set[int]) -> None:
    texts = Counter("\n".join(pieces) for _, pieces, _ in stored)
    told = Counter("\n".join(pieces) for parent in town.parents for pieces in parent.sent)
    touched = {deed.person_id for parent in town.parents for deed in parent.deeds if deed.update_id in gone}
    for parent in town.parents:
        if parent.phone.id in touched:
            for pieces in parent.sent:
                told.pop("\n".join(pieces), None)
    for text, count in told.items():
        if texts[text] < count:
            found.add("lost", f"no case says {text!r}")
    for text, count in texts.items():
        if count > 1 or (text not in told and not touched):
            found.add("doubled", f"{count} cases say {text!r}, which was sent {told[text]} times")
    operator = town.operators[0]
    if any(deed.update_id in gone for deed in operator.deeds):
        return
    answers = {case: out for case, _, out in stored}
    for case, text in operator.answers.items():
        if operator.steps[case] == "done" and answers.get(case) != [text]:
            kind = "doubled" if len(answers.get(case, [])) > 1 else "lost"
            found.add(kind, f"case {case} was answered {text!r}, holds {answers.get(case)}")
