"""Invitations on paper: one file for all who are not in the bot; every card lets exactly one person in."""

import re
from io import BytesIO

import pypdf

from bot.domain.people import Role
from bot.services.inviting import A_SHEET
from storage import people
from tests.city import City


async def test_sheet_holds_a_working_invitation_for_everybody_who_has_not_joined(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await city.phone_of("Уже здесь", Role.OBSERVER)
    async with city.running.app.database.transaction() as tx:
        for number in range(11):
            person = await people.add_person(tx, 1, "Н", city.running.app.clock(), full_name=f"Человек{number} Ё")
            await people.grant(tx, person.id, Role.OBSERVER, 1, None, city.running.app.clock(), by=None)
    await boss.sends("люди")
    await boss.taps("Лист с QR-кодами")
    await boss.sees("Для кого напечатать")
    await boss.taps("Наблюдатели")
    name, content = await boss.receives_document(timeout=30)
    assert name == "приглашения.pdf"
    pages = pypdf.PdfReader(BytesIO(content)).pages
    assert len(pages) == 2
    text = "\n".join(page.extract_text() for page in pages)
    codes = re.findall(r"\d{4}-\d{4}", text)
    assert len(set(codes)) == 11
    assert "Н-002" in text
    assert text.count("позвоните: +7 900 000-00-00.") == 11
    assert "Человек10 Ё" in text
    assert "Н-001" not in text
    assert sum(len(page.images) for page in pages) == 11

    newcomer = city.running.person("Новенький")
    await newcomer.sends(codes[0])  # the code alone is enough
    await newcomer.sees("Вас приглашают: наблюдатель")
    second = city.running.person("Чужой")
    await second.sends(f"старт {codes[0]}")
    await second.sees("Такого кода нет")

    await boss.taps("Ждут входа")
    await boss.sees("Приглашения ждут входа: 10")
    await boss.taps("Отозвать Н-003")
    await boss.sees("Отозвано 1.")
    await boss.taps("Отозвать все")
    await boss.taps("Да, отозвать все")
    await boss.sees("Неиспользованных приглашений нет")
    third = city.running.person("Опоздавший")
    await third.sends(f"старт {codes[5]}")
    await third.sees("Такого кода нет")


async def test_only_a_coordinator_prints_invitations(city: City) -> None:
    observer, _ = await city.phone_of("Анна", Role.OBSERVER)
    await observer.sends("главная")
    card = await observer.sees("Вы — наблюдатель")
    for data in ("ip:observer", "iw", "ix:all:yes"):
        await observer.taps_old(card, data)
        await observer.sees("Это может только", fresh=True)


async def test_more_people_than_one_file_holds_all_get_their_code_at_once(city: City) -> None:
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    app = city.running.app
    async with app.database.transaction() as tx:
        for _ in range(A_SHEET + 3):
            person = await people.add_person(tx, 1, "Н", app.clock())
            await people.grant(tx, person.id, Role.OBSERVER, 1, None, app.clock(), by=None)
    await boss.sends("люди")
    await boss.taps("Лист с QR-кодами")
    await boss.sees("Для кого напечатать", fresh=True)  # the card before it has the same label: the list of observers
    await boss.taps("Наблюдатели")
    await boss.sees("Готовлю приглашения")
    assert boss.buttons() == ["Назад", "Главная"]  # a second tap would make the codes of this sheet void
    found = [await boss.receives_document(timeout=90) for _ in range(2)]
    await boss.sees("Для кого напечатать")
    assert [name for name, _ in found] == ["приглашения_1_из_2.pdf", "приглашения_2_из_2.pdf"]
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(found[1][1])).pages)
    assert len(set(re.findall(r"\d{4}-\d{4}", text))) == 3
    async with app.database.read() as reader:
        live = "SELECT COUNT(*) FROM invite WHERE revoked_at IS NULL AND used_at IS NULL"
        assert await reader.fetch_value(live) == A_SHEET + 3
        assert await reader.fetch_value("SELECT COUNT(*) FROM invite") == A_SHEET + 3  # none was made void by another
