"""«Срочно»: the coordinator knows at the first tap."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.alert import Alert, AlertState
from bot.domain.people import Role
from bot.screens.alert import raised
from storage import people, photos, reports
from tests.city import City
from tests.clock import RunningClock
from tests.journeys.test_reminding import said, tick
from tests.pictures.test_clean_copy import photo


async def test_one_tap_alarms_the_coordinator_who_answers(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-20)
    await observer.sends("/start")
    await observer.taps("Срочно: нарушение")
    await boss.sees("Срочно № 1 · СОШ № 5 · 6 «Б»")
    await observer.taps("Телефоны, списывание")
    await boss.sees("Телефоны, списывание")
    await observer.sends("у двоих на второй парте")
    await boss.sees("у двоих на второй парте")
    await boss.taps("Принял")
    await boss.sees("Принято в")
    await observer.sees("Координатор увидел ваш сигнал № 1")


async def test_a_signal_is_one_card_that_grows_and_a_word_for_each_piece_of_news(city: City) -> None:
    boss, observer, _ = await watched(city)
    other, _ = await city.phone_of("Вера", Role.COORDINATOR)
    await observer.sends("/start")
    await observer.taps("Срочно: нарушение")
    card = await boss.sees("Подробности ещё не указаны")
    await other.sees("Подробности ещё не указаны")
    await observer.taps("Телефоны, списывание")
    await boss.sees("Телефоны, списывание")
    await observer.sends("у двоих на второй парте")
    news = await boss.sees("Срочно № 1, подробности: «у двоих на второй парте»")
    assert news["reply_to_message"]["message_id"] == card["message_id"]
    await boss.taps("Принял")
    await city.running.settled()
    held = list(city.running.sandbox.world.chats[boss.id].messages.values())
    cards = [message for message in held if "Срочно № 1 · СОШ № 5" in message.get("text", "")]
    assert [message["message_id"] for message in cards] == [card["message_id"]], "the same card all along"
    for line in ("Телефоны, списывание", "«у двоих на второй парте»", "Принято в"):
        assert line in cards[0]["text"]
    shown = await other.sees("Принято в")  # the other coordinator sees that somebody acts
    assert shown["message_id"] == (await other.sees("Срочно № 1 · СОШ № 5"))["message_id"]


async def test_a_bare_yes_is_no_detail_of_a_signal(city: City) -> None:
    boss, observer, _ = await watched(city)
    await observer.sends("срочно дверь заперта")
    await boss.sees("дверь заперта")
    await observer.sends("да")
    await observer.sees("Не понял", fresh=True)
    await boss.does_not_see("подробности")
    await observer.sends("открыли в 9:20")
    await boss.sees("подробности: «открыли в 9:20»")


async def test_word_with_text_raises_once_and_can_be_recalled(city: City) -> None:
    await city.has_school("СОШ № 5")
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-20)
    await observer.sends("Срочно посторонний в кабинете")
    await boss.sees("посторонний в кабинете")
    await observer.sends("срочно")
    await observer.sees("Координатор уже получил сигнал")
    await observer.taps("Отмена: нажал случайно")
    await observer.sees("Отозвано")
    await boss.sees("Наблюдатель отозвал сигнал")
    await city.running.settled()
    async with city.running.app.database.read() as reader:
        assert await reader.fetch_value("SELECT COUNT(*) FROM alert") == 1


async def watched(city: City):
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    observer, person = await city.phone_of("Анна", Role.OBSERVER)
    number = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-20)
    return boss, observer, number


async def test_photo_with_a_signal_reaches_the_coordinator_and_the_report(city: City) -> None:
    boss, observer, number = await watched(city)
    await observer.sends("/start")
    await observer.taps("Срочно: нарушение")
    await observer.sees("Что случилось?")
    await observer.sends_album([photo(), photo("PNG")])  # before any words
    await observer.sees("Фото приложено к сигналу № 1")
    await observer.sends("дверь заперта")
    await boss.sees("дверь заперта")
    await observer.taps("Телефоны")
    await observer.taps("Добавить фото")
    await observer.sees("Пришлите фото")
    await observer.sends_photo(photo("WEBP"), caption="а вот замок")
    await boss.sees("а вот замок")
    await city.running.settled()
    assert said(observer, "Фото приложено к сигналу № 1") == 2  # one for the album, one for the photo
    await boss.taps("Посмотреть фото")
    await boss.receives_photo()
    async with city.running.app.database.read() as reader:
        assert len(await photos.of_alert(reader, 1)) == 3
        assert len(await photos.of_report(reader, number)) == 3


async def test_word_as_the_caption_of_a_photo_raises_and_keeps_both(city: City) -> None:
    boss, observer, _ = await watched(city)
    await observer.sends_photo(photo(), caption="срочно посторонний в кабинете")
    await boss.sees("посторонний в кабинете")
    await boss.taps("Посмотреть фото")
    await boss.receives_photo()


async def test_signal_is_one_tap_away_on_every_screen_of_a_report(city: City) -> None:
    _, observer, number = await watched(city)
    urgent = "Срочно: нарушение"
    await observer.sends("/start")
    card = await observer.sees("Отчёт: не начат")
    assert urgent in observer.buttons()
    steps = {"начать отчёт": "А8", "Нет": "Что именно", "Лежали": "Лежали", "Дальше": "А12", "Да, оба": "Б6"}
    for tap, shown in steps.items():
        await observer.taps(tap)
        await observer.sees(shown, fresh=True)
        assert urgent in observer.buttons(), tap
    shown_by = {
        f"rv:{number}": "Проверьте отчёт",
        f"rf:{number}:А8": "А8.",
        f"rt:{number}": "До начала",
        f"rm:{number}": "Что изменить?",
        f"rn:{number}:s": "Во сколько началась",
        f"rk:{number}:s:x": "Напишите время",
        f"ph:{number}": "Что на нём?",
        f"pw:{number}::room": "Пришлите фото",
        "mine": str(number),
        "memo": "паспорт",
        "dates": "6 «Б»",
    }
    for data, shown in shown_by.items():
        await observer.taps_old(card, data)
        await observer.sees(shown, fresh=True)
        assert urgent in observer.buttons(), data
    await observer.taps_old(card, f"pw:{number}::room")
    await observer.sends_photo(photo())
    await observer.sees("Получено фото: 1", fresh=True)
    assert urgent in observer.buttons()
    await observer.sends(f"отчёт {number} остальное да")
    await observer.sees("Принято", fresh=True)
    assert urgent in observer.buttons()
    await observer.sends("да")
    await observer.sees(f"Отчёт {number} принят")
    assert urgent in observer.buttons()
    await observer.sends_photo(photo("PNG"))
    card = await observer.sees("К чему относ", fresh=True)
    assert urgent in observer.buttons()
    steps_after = {f"pa:{number}": "приложены", f"a:{number}:А12:na": "Почему меняете", f"rt:{number}": "До начала"}
    for data, shown in steps_after.items():
        await observer.taps_old(card, data)
        await observer.sees(shown, fresh=True)
        assert urgent in observer.buttons(), data
    await observer.sends("главная")
    await observer.sees("Вы — наблюдатель", fresh=True)
    assert urgent in observer.buttons(), "no report is open any more"
    await observer.taps(urgent)
    await observer.sees("Координатор уже получил сигнал")


async def test_nobody_accepts_for_ten_minutes_and_it_rings_again_for_the_head_once(
    city: City, clock: RunningClock
) -> None:
    boss, observer, _ = await watched(city)
    head, _ = await city.phone_of("Вера", Role.HEAD)
    await observer.sends("срочно дверь заперта")
    await boss.sees("дверь заперта")
    clock.advance(minutes=9)
    await tick(city)
    await head.does_not_see("Срочно")
    clock.advance(minutes=2)
    await tick(city)
    await tick(city)
    await head.sees("Никто не принял за 10 минут")
    assert said(boss, "Никто не принял за 10 минут") == said(head, "Никто не принял за 10 минут") == 1


async def test_accepted_signal_does_not_ring_again_and_is_not_recalled_late(city: City, clock: RunningClock) -> None:
    boss, observer, _ = await watched(city)
    head, _ = await city.phone_of("Вера", Role.HEAD)
    await observer.sends("срочно дверь заперта")
    card = await observer.sees("Координатор уже получил сигнал")
    await boss.taps("Принял")
    await observer.sees("Координатор увидел ваш сигнал № 1")
    clock.advance(minutes=11)
    await tick(city)
    await head.does_not_see("Срочно")
    await observer.taps_old(card, "ux:1")
    await observer.sees("Отозвать можно в первые 2 минуты")


async def test_a_second_signal_within_minutes_rings_again_once_the_first_was_taken_up_or_elsewhere(
    city: City, clock: RunningClock
) -> None:
    boss, observer, first = await watched(city)
    async with city.running.app.database.read() as reader:
        person = (await reports.load(reader, first)).person_id
        observer_person = await people.person(reader, person)
    second = await city.sits_today("СОШ № 5", "7 «А»", "Математика", observer_person, minutes=-10)
    await observer.sends("главная")
    card = await observer.sees("6 «Б»")
    await observer.taps_old(card, f"u:{first}")
    await boss.sees("Срочно № 1 · СОШ № 5 · 6 «Б»")
    clock.advance(minutes=1)
    await observer.taps_old(card, f"u:{second}")  # another classroom: another matter, though nobody took up the first
    await boss.sees("Срочно № 2 · СОШ № 5 · 7 «А»")
    await boss.taps("Принял")
    await observer.sees("Координатор увидел ваш сигнал № 2")
    clock.advance(minutes=3)
    await observer.taps_old(card, f"u:{second}")  # the coordinator has put the telephone away since
    await boss.sees("Срочно № 3 · СОШ № 5 · 7 «А»")
    await observer.taps_old(card, f"u:{second}")
    await city.running.settled()
    assert said(boss, "Срочно № 4") == 0, "taps in a row are one matter"


async def test_question_about_a_signal_is_answered_by_its_button_and_not_into_the_report(city: City) -> None:
    boss, observer, number = await watched(city)
    await observer.sends("/start")
    await observer.taps("На месте, начать отчёт")
    await observer.taps("Срочно: нарушение")
    await boss.sees("Срочно № 1")
    await boss.taps("Принял")
    card = observer.newest()
    await observer.taps_old(card, f"a:{number}:А8:no")  # the words to this «Нет» are awaited now
    await observer.sees("Что именно?")
    await boss.taps("Спросить наблюдателя")
    await boss.sends("Дверь открыли?")
    await boss.sees("Вопрос отправлен наблюдателю")
    await observer.sees("«Дверь открыли?»")
    await observer.taps("Ответить")
    await observer.sees("Напишите ответ")
    await observer.sends("да")  # a bare word is an answer here
    await observer.sees("Ответ передан координатору")
    await boss.sees("Срочно № 1, Н-001 отвечает: «да»")
    await city.running.settled()
    async with city.running.app.database.read() as reader:
        assert (await reports.load(reader, number)).answers["А8"].comment == ""
    await observer.taps("Вернуться к отчёту")
    await observer.sees("А12", fresh=True)
    await observer.sends(f"отчёт {number} остальное да")
    await observer.taps_old(card, f"rp:{number}")
    await city.running.settled()  # the words that were left are asked for, and awaited
    await observer.sends("лежали на столе")
    await observer.sees("лежали на столе", fresh=True)


async def test_false_signal_is_marked_and_does_not_ring_again(city: City, clock: RunningClock) -> None:
    boss, observer, _ = await watched(city)
    head, _ = await city.phone_of("Вера", Role.HEAD)
    await observer.sends("срочно дверь заперта")
    await boss.sees("дверь заперта")
    await boss.taps("Ложный")
    await boss.sees("Отмечен как ложный")
    clock.advance(minutes=11)
    await tick(city)
    await head.does_not_see("Срочно")
    assert said(observer, "Координатор увидел") == 0


async def test_photos_of_a_principal_reach_the_coordinator(city: City) -> None:
    await city.has_school("СОШ № 5")
    boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
    principal, _ = await city.phone_of("Пётр", Role.PRINCIPAL, school="СОШ № 5")
    await principal.sends("срочно задания в чате родителей")
    await boss.sees("задания в чате родителей")
    await principal.sends_photo(photo())
    await principal.sees("Фото приложено к сигналу № 1")
    await boss.sees("Срочно № 1: пришло фото")
    await principal.sends_photo(photo("PNG"), caption="вот снимок экрана")
    await boss.sees("вот снимок экрана")
    await city.running.settled()
    async with city.running.app.database.read() as reader:
        assert len(await photos.of_alert(reader, 1)) == 2


def test_repeated_signal_cannot_recall_what_was_described() -> None:
    at = datetime(2026, 4, 23, 9, 31, tzinfo=UTC)
    described = Alert(12, 1, "Н-017", 7315, "СОШ № 5", None, "посторонний", at, AlertState.RAISED)
    rows = raised(described, at + timedelta(minutes=1), ZoneInfo("UTC")).rows
    assert [button.label for row in rows for button in row] == ["Вернуться к отчёту"]
