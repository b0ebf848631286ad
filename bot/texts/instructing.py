"""Instructions before a ВПР: templates, preview, reading, who has not read."""

from collections.abc import Sequence
from datetime import date

from bot.texts.escape import esc
from bot.texts.time import day

COMMAND = ("инструктаж", "инструкция", "рассылка", "разослать памятку")
SHEET_COMMAND = ("лист ознакомления",)
NEW = "<b>Новая инструкция</b>\nВыберите готовую или напишите свою."
KINDS = {"briefing": "Координаторам: накануне", "memo": "Наблюдателям: памятка", "own": "Свой текст"}
TITLES = {
    "briefing": "Инструктаж школьного координатора",
    "memo": "Памятка наблюдателя",
    "own": "Сообщение координатора",
}
AUDIENCES = {"schools": "Координаторы школ", "observers": "Наблюдатели", "unread": "Не прочли прошлую"}
CHOOSE_SCHOOLS = "Выбрать школы"
ALL_SCHOOLS = "Все школы"
CHOOSE_HOW = "Отметьте школы кнопками или напишите номера и названия через запятую."
FEW_SCHOOLS = 5
WHICH_DAY = "К какому дню? Показаны ближайшие дни с работами."
NO_DAYS = "В графике нет предстоящих работ. Сначала загрузите график."
WRITE = "Пришлите текст. Каждое сообщение станет частью инструкции, файл или фото приложится к последней части."
MORE = "Часть {number} записана. Пришлите следующую, файл к ней или нажмите «Готово»."
ATTACHED = "Файл приложен к части {number}."
DONE = "Готово"
TO_ME = "Сначала мне"
SEND_ALL = "Отправить всем"
EDIT = "Изменить часть"
WHO = "Кому"
UNREAD = "Кто не прочитал"
REFRESH = "Обновить"
NEXT = "Дальше"
READ = "Прочитано"
QUESTION = "Есть вопрос"
FILE = "Файл"
OPEN = "Открыть"
WHATS_NEW = "Что нового"
BACK = "Назад"
HOME = "Главная"
SHEET = "Лист ознакомления"
REMIND = "Напомнить"
WRITE_QUESTION = "Напишите вопрос координатору одним сообщением."
QUESTION_SENT = "Вопрос отправлен координатору."
WRITE_PART = "Пришлите новый текст части {number}. Все получат только то, что изменилось."
WRONG = "Не совсем так. Прочитайте часть ещё раз и выберите другой ответ."
NOT_YET = "Сначала прочитайте все части: осталась часть {part}."
ALL_READ = "Прочитали все."
NOTHING = "Отправлять нечего или некому."
NO_SUCH = "Такой инструкции нет или она вас не касается."
SHEET_NAME = "лист_ознакомления_{day}.docx"
NOBODY_YET = "Листа ознакомления пока нет: на этот день ничего не рассылали."
SAMPLE_WORK = "СОШ № 1, 5А, русский язык, 2-й урок (09:10) — у каждого здесь его работы"
TEST_NOTE = "Так это увидят получатели. Это проба, ничего не отмечается."

BRIEFING_PARTS = (
    "ВПР: {day}.\n{works}\nДо начала проверьте:\n1. График и изменения расписания на сайте школы.\n"
    "2. Приказ о назначении организаторов и экспертов.\n3. Инструктаж организаторов проведён под подпись.",
    "4. Материалы и коды скачаны и распечатаны ответственным организатором, лежат в закрытом месте, варианты никому не переданы.\n"
    "5. Наблюдатель придёт за 20 минут до начала — встретьте его.\n6. Видеонаблюдение включено, если оно предусмотрено.",
    "После работы: соберите и пересчитайте работы, заполните протокол кодов. Проверка — комиссией, после общего обсуждения "
    "критериев. Результаты загрузите в срок по плану-графику. Каждый шаг отметьте в боте.",
)
BRIEFING_QUESTION = (
    "Когда можно показать варианты учителям?",
    ("До начала, чтобы подготовились", "Нельзя до начала"),
    1,
)
MEMO_PARTS = (
    "Вы наблюдаете: {day}.\n{works}\nПридите за 20 минут до звонка. Возьмите паспорт и удостоверение или копию приказа.",
    "Вы смотрите и записываете, но не вмешиваетесь: не помогаете детям, не делаете замечаний учителю при детях, "
    "не пользуетесь телефоном в аудитории, не снимаете детей и задания.",
    "О серьёзном нарушении сразу скажите ответственному организатору школы и нажмите «Срочно». "
    "Отчёт заполните в коридоре или в Штабе до срока, который указан в боте.",
)
MEMO_QUESTION = ("Что делать с телефоном в аудитории?", ("Не доставать", "Снимать нарушения"), 0)


def title(kind: str, on: date) -> str:
    return f"{TITLES[kind]}, {day(on)}"


def works(lines: Sequence[str]) -> str:
    return "\n".join(f"— {line}" for line in lines)


def work(class_name: str, subject: str, lesson: str, school: str = "", observer: str = "") -> str:
    where = f"{esc(school)}, " if school else ""
    who = f", наблюдатель {esc(observer)}" if observer else ""
    return f"{where}{esc(class_name)}, {esc(subject)}, {lesson}{who}"


def preview(
    name: str, parts: int, audience: str, count: int, by: str, missing: int, schools: Sequence[str] = ()
) -> str:
    lines = [
        f"<b>{esc(name)}</b>",
        f"Частей: {parts}. Кому: {AUDIENCES[audience].lower()}, {_where(schools)}.",
        f"Получат: {count}. Прочитать до: {by}.",
    ]
    if missing:
        lines.append(f"Ещё не в боте: {missing}. Им придётся позвонить.")
    return "\n".join(lines)


def _where(schools: Sequence[str]) -> str:
    if not schools:
        return "все школы этого дня"
    if len(schools) > FEW_SCHOOLS:
        return f"выбрано школ: {len(schools)}"
    return ", ".join(esc(school) for school in schools)


def choose_schools(name: str, chosen: int, total: int, readers: int, note: str) -> str:
    who = f"Выбрано школ: {chosen} из {total}." if chosen else f"Сейчас все школы этого дня: {total}."
    lines = [f"<b>{esc(name)}</b>", note, f"{who} Получат: {readers}.", CHOOSE_HOW]
    return "\n".join(filter(None, lines))


def school_label(name: str, chosen: bool) -> str:
    return f"✓ {name}" if chosen else name


def schools_written(added: Sequence[str], several: Sequence[tuple[str, Sequence[str]]], unknown: Sequence[str]) -> str:
    lines = [f"Добавлено: {', '.join(esc(name) for name in added[:20])}."] if added else []
    lines += [f"«{esc(said, 60)}» — таких несколько: {esc(', '.join(names[:6]), 300)}." for said, names in several[:5]]
    lines += [f"«{esc(said, 60)}» — нет такой школы с работой в этот день." for said in unknown[:5]]
    return "\n".join(lines)


def part(name: str, by: str, number: int, total: int, text: str, question: str) -> str:
    asked = f"\n\n<b>{esc(question)}</b>" if question else ""
    return f"<b>{esc(name)}</b> · прочитать до {by}\nЧасть {number} из {total}\n\n{text}{asked}"


def read(time: str) -> str:
    return f"Отмечено в {time}. Инструкция всегда в «Памятка»."


def sent(name: str, count: int, delivered: int, read_count: int) -> str:
    return f"<b>{esc(name)}</b>\nОтправлено: {count}. Доставлено: {delivered}. Прочитали: {read_count}."


def unread(name: str, lines: Sequence[str]) -> str:
    return f"<b>{esc(name)}</b>\nНе прочитали: {len(lines)}\n" + "\n".join(lines)


def unread_line(code: str, name: str, phone: str, state: str) -> str:
    who = f" {esc(name, 60)}" if name else ""
    call = f", {esc(phone)}" if phone else ""
    return f"{esc(code)}{who}{call} — {state}"


STATES = {"pending": "отправляется", "claimed": "отправляется", "sent": "доставлено", "": "не в боте"}
NOT_DELIVERED = "не доставлено, позвоните"


def reminder(name: str, by: str) -> str:
    return f"Прочитайте до {by}: {esc(name)}. Это займёт минуту."


def changed(name: str, numbers: Sequence[int]) -> str:
    return f"<b>Инструкция изменилась</b>\n{esc(name)}\nНовое: часть {', '.join(map(str, numbers))}."


def works_changed(on: date, lines: Sequence[str]) -> str:
    now = works(lines) if lines else "Работ на этот день у вас больше нет."
    return f"<b>Расписание изменилось: {day(on)}</b>\nТеперь так:\n{now}"


def question(name: str, code: str, words: str) -> str:
    return f"<b>Вопрос по инструкции</b>\n{esc(name)}\n{esc(code)}: «{esc(words, 800)}»"


SHEET_HEADER = ("№", "Номер в боте", "Фамилия, имя, отчество", "Школа", "Ознакомлен", "Подпись")
SHEET_TITLE = "Лист ознакомления"
SHEET_FOOTER = "Отметка «Прочитано» поставлена в боте самим участником; время местное."
NOT_READ = "не ознакомлен"
