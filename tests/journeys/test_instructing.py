"""Instructions before a ВПР: shown first, sent once, read in parts, signed, followed when the plan changes."""

from datetime import datetime, timedelta
from io import BytesIO

from docx import Document

from bot.domain.people import Role
from storage import instructions, lost_time
from tests.city import City
from tests.clock import MOSCOW, RunningClock
from tests.journeys.test_reminding import said, tick
from tests.people import Phone


async def town(city: City, clock: RunningClock):
    """Two schools with works on Monday the 27th; now it is Friday noon."""
    await city.has_school("СОШ № 5")
    await city.has_school("СОШ № 11")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    five, _ = await city.phone_of("Ольга", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    eleven, _ = await city.phone_of("Павел", Role.SCHOOL_COORDINATOR, school="СОШ № 11")
    anna, person = await city.phone_of("Анна", Role.OBSERVER)
    clock.turn_to(datetime(2026, 4, 27, 9, 0, tzinfo=MOSCOW))
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=20)
    await city.sits_today("СОШ № 11", "7 «А»", "Математика", person, minutes=90)
    clock.turn_to(datetime(2026, 4, 24, 12, 0, tzinfo=MOSCOW))
    return boss, five, eleven, anna


async def briefs_the_schools(boss: Phone) -> None:
    await boss.sends("инструктаж")
    await boss.taps("Координаторам: накануне")
    await boss.taps("27")
    await boss.taps("Отправить всем")


async def reads_all(reader: Phone) -> None:
    await reader.taps("Открыть")
    for tap in ("Дальше", "Дальше", "Нельзя до начала", "Прочитано"):
        await reader.taps(tap)
    await reader.sees("Отмечено")


async def test_briefing_is_read_in_parts_and_signed_once(city: City, clock: RunningClock) -> None:
    boss, five, eleven, _ = await town(city, clock)
    await boss.sends("инструктаж")
    await boss.taps("Координаторам: накануне")
    await boss.taps("27")
    preview = await boss.sees("Получат: 2. Прочитать до: 24 апреля, 18:00")  # the working day before Monday is Friday
    await boss.taps("Сначала мне")
    await boss.sees("Это проба")
    await boss.taps_old(preview, "ns:1")
    await boss.taps_old(preview, "ns:1")  # a second click sends nothing
    await city.running.settled()
    assert said(five, "Прочитайте до") == said(eleven, "Прочитайте до") == 1
    await five.taps("Открыть")
    await five.sees("6 «Б», Русский язык, 2-й урок (09:20), наблюдатель Н-001")
    await five.does_not_see("7 «А»")  # each school its own works
    await five.taps_old(five.newest(), "nk:1:1")
    assert "Сначала прочитайте все части" in five.toast()
    await five.taps("Дальше")
    await five.taps("Дальше")
    await five.taps("До начала")
    assert "Не совсем так" in five.toast()
    await five.taps("Нельзя до начала")
    await five.taps("Прочитано")
    await five.sees("Отмечено в 12:")
    await boss.taps_old(preview, "nl:1")
    await boss.sees("Отправлено: 2. Доставлено: 2. Прочитали: 1")
    await boss.taps("Кто не прочитал")
    await boss.sees("Не прочитали: 1")


async def test_only_who_has_not_read_is_reminded_then_the_coordinator_gets_the_list(
    city: City, clock: RunningClock
) -> None:
    boss, five, eleven, _ = await town(city, clock)
    async with city.running.app.database.transaction() as tx:
        await tx.execute("UPDATE person SET phone = '+7 913 000-00-01' WHERE full_name = 'Павел'")
    await briefs_the_schools(boss)
    await reads_all(five)
    clock.turn_to(datetime(2026, 4, 24, 17, 1, tzinfo=MOSCOW))
    await tick(city)
    await tick(city)
    assert said(eleven, "Прочитайте до") == 2
    clock.turn_to(datetime(2026, 4, 24, 17, 46, tzinfo=MOSCOW))
    await tick(city)
    assert said(eleven, "Прочитайте до") == 3
    assert said(five, "Прочитайте до") == 0  # its message turned into the parts
    clock.turn_to(datetime(2026, 4, 24, 18, 6, tzinfo=MOSCOW))
    await tick(city)
    await tick(city)
    assert said(boss, "Не прочитали: 1") == 1
    await boss.sees("Павел, +7 913 000-00-01 — доставлено")


async def test_reminder_of_a_time_that_a_restored_copy_knows_nothing_of_says_so(
    city: City, clock: RunningClock
) -> None:
    boss, _, eleven, _ = await town(city, clock)
    await briefs_the_schools(boss)
    five_o_clock = datetime(2026, 4, 24, 17, 0, tzinfo=MOSCOW)
    async with city.running.app.database.transaction() as tx:
        await lost_time.note(tx, five_o_clock - timedelta(minutes=10), five_o_clock + timedelta(minutes=20))
    clock.turn_to(five_o_clock + timedelta(minutes=30))
    await tick(city)
    assert "повтор" in (await eleven.sees("Прочитайте до"))["text"]
    clock.turn_to(five_o_clock + timedelta(minutes=66))
    await tick(city)
    assert "повтор" not in (await boss.sees("Не прочитали: 2"))["text"]


async def test_edited_instruction_asks_only_for_what_changed(city: City, clock: RunningClock) -> None:
    boss, five, _eleven, _ = await town(city, clock)
    await briefs_the_schools(boss)
    await reads_all(five)
    await boss.taps("Изменить часть")
    await boss.taps("2")
    await boss.sends("Материалы получите в 8:00 <в штабе>.")
    await five.sees("Новое: часть 2")
    await five.taps("Что нового")
    await five.sees("Материалы получите в 8:00 <в штабе>.")
    await five.taps("Прочитано")
    await five.sees("Отмечено")
    async with city.running.app.database.read() as reader:
        rows = await reader.fetch_all("SELECT version FROM acknowledgement ORDER BY version")
        other = await instructions.readers(reader, 1)
    assert [row[0] for row in rows] == [1, 2]
    assert sorted(each.read_version for each in other) == [0, 2]


async def test_instruction_edited_after_its_hour_is_chased_anew(city: City, clock: RunningClock) -> None:
    boss, five, _eleven, _ = await town(city, clock)
    await briefs_the_schools(boss)
    await reads_all(five)
    clock.turn_to(datetime(2026, 4, 24, 18, 6, tzinfo=MOSCOW))
    await tick(city)
    await boss.sees("Не прочитали: 1")
    card = boss.newest()
    await boss.taps_old(card, "nl:1")
    await boss.taps("Изменить часть")
    await boss.taps("2")
    await boss.sends("Материалы получите в 8:00")
    await five.sees("Новое: часть 2")
    assert said(five, "Прочитайте до") == 0
    clock.turn_to(datetime(2026, 4, 24, 19, 58, tzinfo=MOSCOW))
    await tick(city)
    assert said(five, "Прочитайте до") == 1, "reminded of the new words"
    clock.turn_to(datetime(2026, 4, 24, 20, 13, tzinfo=MOSCOW))
    await tick(city)
    await tick(city)
    await boss.sees("Не прочитали: 2")  # neither has read it as it is now
    assert said(boss, "Не прочитали: 2") == 1


async def test_who_was_taken_off_and_put_back_gets_the_instruction_again(city: City, clock: RunningClock) -> None:
    boss, five, _eleven, _ = await town(city, clock)
    await briefs_the_schools(boss)
    await city.running.settled()
    before = said(five, "Прочитайте до")
    for state in ("cancelled", "planned"):
        async with city.running.app.database.transaction() as tx:
            await tx.execute("UPDATE sitting SET state = :state WHERE class_name = '6 «Б»'", state=state)
        clock.advance(minutes=1)
        await tick(city)
    assert said(five, "Прочитайте до") == before + 1


async def test_late_change_of_the_plan_reaches_exactly_those_concerned(city: City, clock: RunningClock) -> None:
    boss, five, eleven, _anna = await town(city, clock)
    await briefs_the_schools(boss)
    await city.running.settled()
    async with city.running.app.database.transaction() as tx:
        await tx.execute("UPDATE sitting SET starts_at = '10:15' WHERE class_name = '6 «Б»'")
    await tick(city)
    await tick(city)
    await five.sees("6 «Б», Русский язык, 2-й урок (10:15)")
    assert said(five, "Расписание изменилось") == 1
    assert said(eleven, "Расписание изменилось") == 0
    new, _ = await city.phone_of("Инна", Role.SCHOOL_COORDINATOR, school="СОШ № 11")
    await tick(city)
    await new.sees("Прочитайте до")  # came late, gets it all the same


async def test_own_text_with_a_file_and_a_question_back(city: City, clock: RunningClock) -> None:
    boss, _five, _, anna = await town(city, clock)
    await boss.sends("инструктаж")
    await boss.taps("Свой текст")
    await boss.taps("27")
    await boss.sends("Встречаемся в 8:30 у входа")
    await boss.sends_document(b"%PDF-1.4", "схема.pdf")
    await boss.sees("Файл приложен к части 1")
    await boss.taps("Готово")
    await boss.taps("Наблюдатели")
    await boss.sees("Получат: 1")
    await boss.taps("Отправить всем")
    await anna.taps("Открыть")
    await anna.sees("Встречаемся в 8:30 у входа")
    await anna.taps("Файл")
    _name, content = await anna.receives_document()
    assert content == b"%PDF-1.4"
    await anna.taps("Есть вопрос")
    await anna.sends("У какого входа?")
    await boss.sees("У какого входа?")


async def test_schools_are_chosen_by_list_or_by_words(city: City, clock: RunningClock) -> None:
    boss, five, eleven, anna = await town(city, clock)
    await city.has_school("Гимназия № 1")  # without a work that day: not on the list
    await boss.sends("инструктаж")
    await boss.taps("Координаторам: накануне")
    await boss.taps("27")
    await boss.sees("Кому: координаторы школ, все школы этого дня")
    await boss.taps("Выбрать школы")
    await boss.sees("Сейчас все школы этого дня: 2. Получат: 2.")
    assert boss.buttons()[:2] == ["СОШ № 5", "СОШ № 11"]
    await boss.taps("СОШ № 5")
    await boss.sees("Выбрано школ: 1 из 2. Получат: 1.")
    await boss.taps("✓ СОШ № 5")
    await boss.sees("Получат: 2.")
    await boss.sends("11, лицей 40")
    await boss.sees("Добавлено: СОШ № 11.")
    await boss.sees("«лицей 40» — нет такой школы с работой в этот день.")
    await boss.taps("Готово")
    await boss.sees("Кому: координаторы школ, СОШ № 11.\nПолучат: 1.")
    await boss.taps("Отправить всем")
    await eleven.sees("Прочитайте до")
    await five.does_not_see("Прочитайте до")
    new, _ = await city.phone_of("Инна", Role.SCHOOL_COORDINATOR, school="СОШ № 5")
    await tick(city)
    await new.does_not_see("Прочитайте до")  # who comes later is held to the same choice
    await boss.sends("инструктаж")
    await boss.taps("Наблюдателям: памятка")
    await boss.taps("27")
    await boss.taps("Выбрать школы")
    await boss.sends("сош 5")
    await boss.taps("Готово")
    await boss.taps("Отправить всем")
    await anna.taps("Открыть")
    shown = await anna.sees("СОШ № 5, 6 «Б»", fresh=True)
    assert "7 «А»" not in shown["text"]


async def test_sheet_of_acquaintance_is_a_document(city: City, clock: RunningClock) -> None:
    boss, five, _, _ = await town(city, clock)
    await boss.sends("лист ознакомления")
    await boss.sees("Листа ознакомления пока нет")
    await briefs_the_schools(boss)
    await reads_all(five)
    await boss.taps("Лист ознакомления")
    name, content = await boss.receives_document()
    assert name == "лист_ознакомления_2026-04-27.docx"
    cells = [[cell.text for cell in row.cells] for row in Document(BytesIO(content)).tables[0].rows]
    assert [row[2] for row in cells[1:]] == ["Ольга", "Павел"]
    assert cells[1][4].startswith("24")
    assert cells[2][4] == "не ознакомлен"


def test_a_day_has_time_to_be_read():
    from bot.domain.instruction import InstructionKind, read_by
    from bot.domain.working_days import WorkingDays

    friday = datetime(2026, 4, 24, 17, 0, tzinfo=MOSCOW)
    monday = friday.date() + timedelta(days=3)
    assert read_by(InstructionKind.BRIEFING, monday, WorkingDays(), friday, MOSCOW) == friday + timedelta(hours=2)
