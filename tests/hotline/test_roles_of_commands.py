"""Commands of a role answer nobody else: not by /name, not by their words, not with more after the words."""

import re

import pytest

from bot.domain.people import Role
from handlers.features import all_features
from storage import people
from tests.hotline.test_desk import opens
from tests.hotline.test_main_line import writes_hidden
from tests.hotline.town import Town
from tests.people import Phone
from tests.reading import without_typesetting

REFUSED = re.compile("^(Это может только|Это вам недоступно|Не понял)")
OF_A_ROLE = [command for feature in all_features() for command in feature.commands if command.roles is not None]
SAID = sorted(
    {
        said
        for command in OF_A_ROLE
        for said in (
            f"/{command.name}",
            *command.words[:1],
            *((f"{command.words[0]} 5",) if command.takes_rest else ()),
        )
    }
)


async def closed_case(town: Town) -> Phone:
    """The parent whose message was answered and closed: what is to be deleted can be foreseen."""
    operator = await town.operator()
    parent = await writes_hidden(town)
    await opens(operator, "00001")
    await operator.taps("Закрыть")
    await operator.taps("Подтвердилось")
    await parent.sees("Проверка закончена")
    return parent


@pytest.mark.parametrize("who", ["stranger", "parent", "observer"])
async def test_nobody_without_the_role_gets_anything(town: Town, who: str) -> None:
    parent = await closed_case(town)
    observer, _ = await town.phone_of("Нина Наблюдатель", Role.OBSERVER)
    phone = {"parent": parent, "observer": observer}.get(who) or town.running.person("Никто")
    held = {command.name for command in OF_A_ROLE if who == "observer" and Role.OBSERVER in (command.roles or ())}
    theirs = {word for command in OF_A_ROLE if command.name in held for word in command.words}
    for said in SAID:
        if said[1:].split(" ")[0] in held or any(said == word or said.startswith(word + " ") for word in theirs):
            continue
        await phone.sends(said)
        await town.running.settled()
        answer = without_typesetting(phone.newest().get("text", ""))
        assert REFUSED.match(answer), f"«{said}»: {answer}"
        assert "ГЛ-2026" not in answer


async def test_what_is_foreseen_leaves_out_the_cases_that_are_hidden_from_the_one_who_asks(town: Town) -> None:
    await closed_case(town)
    coordinator, _ = await town.phone_of("Кира Главная", Role.COORDINATOR)
    insider, person = await town.phone_of("Ира Своя", Role.COORDINATOR)
    async with town.running.app.database.transaction() as tx:
        await people.grant(tx, person.id, Role.PRINCIPAL, 1, town.schools["СОШ № 5"], town.clock(), by=None)
    for command in ("сроки хранения", "/keeping"):
        await coordinator.sends(command)
        await coordinator.sees("ГЛ-2026-00001", fresh=True)
        await insider.sends(command)
        await insider.sees("ничего удалять не нужно", fresh=True)
        await insider.does_not_see("ГЛ-2026-00001 ·", fresh=True)
