"""Exports, in words."""

from datetime import date

from bot.texts.escape import esc, one_line
from bot.texts.plural import NBSP, counted

COMMAND_WORDS = ("выгрузка", "выгрузить excel", "выгрузить", "эксель", "ексель", "excel")
ACT_WORDS = ("акт", "акт наблюдения")
ACTS_WORDS = ("акты", "все акты")
CERTIFICATE_WORDS = ("справка", "справка за")
PUBLICATION_WORDS = ("новость", "текст для сайта", "для сайта")

ASK_WHAT = "Что выгрузить?"
ASK_PERIOD = "За какие дни?"
KINDS = {
    "b": "Все листы (Excel)",
    "v": "Нарушения и меры",
    "h": "Журнал горячей линии",
    "c": "Справка (Word)",
    "n": "С именами (на сервер)",
}
PUBLICATION = "Текст для сайта"
TODAY = "Сегодня"
YESTERDAY = "Вчера"
WEEK = "Неделя"
WHOLE = "Весь период ВПР"
BACK = "Назад"
HOME = "Главная"
SUMMARY = "К сводке"
CANCEL = "Отменить"
MAKING = "Готовлю файл…"
NAMES_LEFT_OUT = "Имена и контакты в файл не входят."
NAMES_STAY = "Файл с именами останется на сервере, в чат он не отправляется. Выгрузка записывается в журнал."
DELAYED = "Файл задерживается. Пришлю сам, как только получится."
NOT_SENT = "Файл готов, но Телеграм его не принял. Закажите его ещё раз."
PERHAPS_SENT = "Связь прервалась, пока файл отправлялся. Если его нет в чате, закажите ещё раз."
NO_CASES = "Журнал горячей линии: сообщений за эти дни нет."
CANCELLED = "Отменено, файла не будет."
TOO_LATE = "Файл уже готов."
DISAGREES = "Внимание: итоги листов не сошлись с учётом, посмотрите блок «Сверка». Сообщите администратору."
NO_DAYS = "Работ в графике пока нет, выгружать нечего."
NOT_UNDERSTOOD = "Не понял, за какие дни. Напишите, например: «эксель за 23 апреля» или «выгрузка за неделю»."
ACT_NOT_UNDERSTOOD = "Напишите номер отчёта, например: «акт 7315». Все акты школы: «акты СОШ 5»."
SCHOOL_NOT_FOUND = "Не нашли такую школу. Напишите, например: «эксель СОШ 5 за неделю»."

_NAMES = {"b": "отчёты", "v": "нарушения", "h": "горячая_линия", "n": "с_именами", "c": "справка", "a": "акты"}


def file_name(kind: str, first: date, last: date, report: int | None) -> str:
    if kind == "a" and report is not None:
        return f"Акт_{report}.docx"
    days = first.isoformat() if first == last else f"{first.isoformat()}_{last.isoformat()}"
    suffix = "docx" if kind in ("a", "c") else "xlsx"
    return f"ВПР_{days}_{_NAMES[kind]}.{suffix}"


def of_school(name: str, school: str) -> str:
    """The school's name in the file's name, without what a file system may refuse."""
    plain = "".join(sign if sign.isalnum() else "_" for sign in one_line(school))
    stem, _, suffix = name.rpartition(".")
    return f"{stem}_{'_'.join(part for part in plain.split('_') if part)[:40]}.{suffix}"


def making(percent: int) -> str:
    return f"Готовлю файл… {percent}{NBSP}%" if percent else MAKING


def queued(before: int) -> str:
    return f"{MAKING} Перед вами в очереди: {before}." if before else MAKING


def kept(path: str) -> str:
    return f"Файл готов и лежит на сервере: <code>{esc(path)}</code>. Забрать его может администратор."


def caption(reports: int, school_reports: int, answers: int, violations: int, missing: int) -> str:
    """«25 отчётов, 300 ответов, 3 нарушения. Не сданы: 4.»"""
    parts = [counted(reports, "отчёт", "отчёта", "отчётов")]
    if school_reports:
        parts.append(counted(school_reports, "отчёт школ", "отчёта школ", "отчётов школ"))
    parts.append(counted(answers, "ответ", "ответа", "ответов"))
    parts.append(counted(violations, "нарушение", "нарушения", "нарушений"))
    left = f" Не сданы: {missing}." if missing else ""
    return f"{', '.join(parts)}.{left} Фильтры включены."


def violations_caption(violations: int) -> str:
    return f"{counted(violations, 'нарушение', 'нарушения', 'нарушений')}. Фильтры включены."


def no_works(period: str, *, others: bool) -> str:
    return f"Работ в эти дни нет ({period}), выгружать нечего." + (" Дни с работами:" if others else "")


def journal_caption(cases: int, hidden: int = 0) -> str:
    left_out = f" Скрыто из-за личного интереса: {hidden}." if hidden else ""
    if not cases:
        return NO_CASES + left_out
    told = f"Журнал горячей линии: {counted(cases, 'сообщение', 'сообщения', 'сообщений')}."
    return f"{told}{left_out} Имён и контактов в нём нет."


def document_caption(reports: int, violations: int) -> str:
    found = counted(violations, "нарушение", "нарушения", "нарушений")
    return f"Отчётов наблюдателей: {reports}, всего {found} (с отчётами школ). Проверьте и допишите выводы."


def acts_caption(count: int) -> str:
    return (
        "Акт готов к печати и подписи."
        if count == 1
        else f"Актов: {count}, каждый с новой страницы. Готовы к печати и подписи."
    )
