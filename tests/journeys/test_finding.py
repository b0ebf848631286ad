"""Search, the risk list and the log of deeds, by a coordinator; nobody else."""

from io import BytesIO

from openpyxl import load_workbook

from bot.domain.people import Role
from storage import schools
from tests.city import City


async def test_coordinator_finds_marks_risk_and_reads_the_log(city: City) -> None:
    for name in ("СОШ № 5", "СОШ № 6", "Прогимназия № 5"):
        await city.has_school(name)
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await city.phone_of("Анна Белова", Role.OBSERVER)
    school, _ = await city.phone_of("Школа", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    await boss.sends("сош №5")
    await boss.sees("Координатор школы: Ш-001")
    year = city.running.app.clock().year
    await boss.taps(f"Риск {year}")
    await boss.sees(f"В списке риска: {year}")
    await boss.taps("Другие списки риска")
    await boss.taps("ШНОР")
    await boss.taps("ОГЭ")
    await boss.sees("Сейчас отмечаете: низкие результаты (ШНОР), ОГЭ")
    await boss.taps(f"Риск {year - 1}")
    await boss.sees(f"{year} (необъективные результаты, ВПР)")
    await boss.sees(f"{year - 1} (низкие результаты (ШНОР), ОГЭ)")
    async with city.running.app.database.transaction() as tx:
        await schools.set_risk_years(tx, city.schools["СОШ № 5"], [year], "import", city.running.app.clock())
    await boss.taps("Назад")
    await boss.taps("Список риска")
    await boss.sees(f"СОШ № 5: {year - 1}, {year}")
    await boss.sends("найти 5")
    await boss.sees("«5»: 2 школы.")
    await boss.sends("h-1")
    await boss.taps("Н-001")
    await boss.sees("Роли: наблюдатель")
    await boss.sends("найти ничего такого")
    await boss.sees("Не нашли «ничего такого»")
    await boss.sends("журнал")
    await boss.sees("К-001: изменил список риска (СОШ № 5)")
    await boss.taps("Журнал в Excel")
    name, content = await boss.receives_document(timeout=30)
    assert name == "журнал_действий.xlsx"
    rows = list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))
    assert any("изменил список риска" in row for row in rows)
    assert "Белова" not in str(rows)
    await boss.sees("Цепочка записей цела")

    await school.sends("риск")
    await school.does_not_see("СОШ № 5: ")
    card = await school.sees("Вы — школьный координатор")
    for data in ("rsk", f"rsk:1:{year}:0", "fj", "fjx", "fs:1"):
        await school.taps_old(card, data)
        await school.sees("Это может только", fresh=True)
