"""The coordinator's day, in words."""

from collections.abc import Mapping, Sequence

from bot.texts.escape import esc
from bot.texts.plural import NBSP, counted

COMMAND_WORDS = ("сводка", "сводку", "итоги дня")

VIOLATIONS = "Нарушения"
SCHOOLS = "Школы"
PICTURE = "Картинка"
EXCEL = "Excel"
YESTERDAY = "Вчера"
WEEK = "Неделя"
REFRESH = "Обновить"
BACK = "Назад"
HOME = "Главная"
MORE = "Дальше"
EARLIER = "Раньше"
NOTHING_AWAITED = "Все отчёты получены, ждать некого."
NO_VIOLATIONS = "Нарушений в полученных отчётах нет."
OTHER_DAYS = "Дни с работами:"

SEVERITY_LETTERS = {"critical": "К", "major": "С", "minor": "З"}
SEVERITIES = {"critical": "критично", "major": "существенно", "minor": "замечание"}
REVIEWS = {
    "": "ждёт разбора",
    "confirmed": "подтверждено",
    "unconfirmed": "не подтвердилось",
    "clarify": "уточняется",
    "measures": "меры приняты",
}
STATES = {
    "expected": "не открыт",
    "opened": "открыт",
    "partial": "начат",
    "submitted": "получен",
    "verified": "проверен",
    "returned": "возвращён на доработку",
    "excused": "не будет",
    "missed": "срок прошёл",
}
VERIFIED = {"verified": "проверено"}
AWAITED = {
    "expected": "не открыто",
    "opened": "открыто",
    "partial": "начато",
    "returned": "на доработке",
}
REST = {"missed": "Срок прошёл", "excused": "Не будет"}
MANY = {"critical": "критичных", "major": "существенных", "minor": "замечаний"}
MEASURES = {"measures": "из них меры приняты"}
UNDECIDED = {"unconfirmed": "не подтвердилось", "clarify": "уточняется", "": "ждут разбора"}
NOT_BRIEFED = "Инструктаж школ не разослан"
KINDS = {"observer": "наблюдатель", "school": "школа"}


def title(period: str, updated: str) -> str:
    tail = f" · обновлено {updated}" if updated else ""
    return f"<b>ВПР {period}</b>{tail}"


def sittings(held: int, plan: int, running: int, silent: int, cancelled: int, *, ahead: bool = False) -> str:
    """`ahead`: of what has not begun nothing is missing yet."""
    unknown = "впереди" if ahead else "нет сведений"
    parts = [f"Проведено работ: {held} из {plan}"]
    parts += [
        f"{word}: {count}" for word, count in (("идут", running), (unknown, silent), ("отменено", cancelled)) if count
    ]
    return ", ".join(parts)


def reports(received: int, plan: int, states: Mapping[str, int]) -> str:
    return _ledger("Отчёты", received, plan, states)


def school_reports(received: int, plan: int, states: Mapping[str, int]) -> str:
    return _ledger("Отчёты школ", received, plan, states)


def _ledger(name: str, received: int, plan: int, states: Mapping[str, int]) -> str:
    """Every state that has reports: together they are the plan."""
    parts = [f"{name}: {received} из {plan}{_of(states, VERIFIED)}"]
    awaited = sum(states[state] for state in AWAITED)
    if awaited:
        parts.append(f"Ждём: {awaited}{_of(states, AWAITED)}")
    parts += [f"{word}: {states[state]}" for state, word in REST.items() if states[state]]
    return ". ".join(parts)


def _of(counts: Mapping[str, int], names: Mapping[str, str]) -> str:
    """« (критичных 1, существенных 2)»: the parts that are not zero."""
    parts = [f"{word} {counts[key]}" for key, word in names.items() if counts[key]]
    return f" ({', '.join(parts)})" if parts else ""


def violations(total: int, severities: Mapping[str, int], own: int) -> str:
    """`own`: those that schools told of themselves."""
    told = f". Из них в отчётах школ: {own}" if own else ""
    return f"Нарушения: {total}{_of(severities, MANY)}{told}"


def reviews(confirmed: int, counts: Mapping[str, int]) -> str:
    """`confirmed`: with those that measures were taken about."""
    parts = [f"подтверждено {confirmed}{_of(counts, MEASURES)}"] if confirmed else []
    parts += [f"{word} {counts[key]}" for key, word in UNDECIDED.items() if counts[key]]
    return f"Разбор: {', '.join(parts)}"


def clean(count: int, received: int) -> str:
    """Of the reports of observers, as the indicator counts them."""
    return f"Отчётов без нарушений: {count} из {received}"


def observed(seen: int, schools: int, off: int) -> str:
    """`off`: schools all of whose works are cancelled, beside the others."""
    share = f" ({round(100 * seen / schools)}{NBSP}%)" if schools else ""
    apart = f", отменены все работы: {off}" if off else ""
    return f"Школы с наблюдением: {seen} из {schools}{share}{apart}"


def risk(seen: int, schools: int) -> str:
    return f"Из группы риска: {seen} из {schools}"


def hotline(fresh: int, open_: int, overdue: int) -> str:
    return f"Горячая линия: новых {fresh}, ждут ответа {open_}, просрочено {overdue}"


def briefed(read: int, sent: int, in_time: int) -> str:
    late = f" (в срок {in_time})" if in_time < read else ""
    return f"Инструктаж школ прочитали: {read} из {sent}{late}"


def uploaded(done: int, works: int, overdue: int, due: str) -> str:
    """Of `works` that are not cancelled: a school may tell of the upload and not of the end. `due`: the next deadline."""
    late = f", просрочено {overdue}" if overdue else ""
    until = f", срок до {due}" if due else ""
    return f"Результаты загружены: {done} из {works}{late}{until}"


def photos(count: int) -> str:
    return f"Фото: {count}"


def training(count: int) -> str:
    return f"Пробные отчёты (не в счёте): {count}"


def returned(count: int) -> str:
    return f"Ещё нарушений в возвращённых отчётах: {count}"


def lately(reports: int, violations: int) -> str:
    if not reports and not violations:
        return "За последний час без изменений"
    return f"Изменилось за час: отчёты +{reports}, нарушения +{violations}"


def since_last(reports: int, violations: int, at: str) -> str:
    return f"С вашей прошлой сводки ({at}): отчёты {reports:+d}, нарушения {violations:+d}"


REGION_WORDS = frozenset({"региона", "по региону", "регион", "по муниципалитетам"})


def region_title(period: str, works: int, cancelled: int, received: int, plan: int, violations: int) -> str:
    off = f", отменено {cancelled}" if cancelled else ""
    return f"<b>Регион, {period}</b>\nРаботы: {works}{off}. Отчёты: {received} из {plan}. Нарушения: {violations}."


def region_line(name: str, works: int, received: int, plan: int, awaited: int, violations: int) -> str:
    waiting = f", ждём {awaited}" if awaited else ""
    return f"{esc(name)}: работы {works}, отчёты {received} из {plan}{waiting}, нарушения {violations}"


REGION = "По муниципалитетам"
TO_REGION = "К региону"
VIOLATION_COMMAND = ("нарушения", "нарушение")
AWAITED_COMMAND = ("ждём отчёты", "ждём", "кто не сдал", "не сдали")
SCHOOLS_COMMAND = ("школы",)


def waiting_schools(names: Sequence[str], more: int) -> str:
    tail = f" и ещё {more}" if more else ""
    return f"Ждём от школ: {', '.join(esc(name) for name in names)}{tail}"


def no_sittings(period: str) -> str:
    return f"<b>ВПР {period}</b>\nВ этот день работ нет." if period else "Работ нет."


def awaited_label(count: int) -> str:
    return f"Ждём отчёты: {count}"


def violations_label(count: int) -> str:
    return f"Нарушения: {count}"


def awaited_title(period: str, count: int, due: str) -> str:
    deadline = f" (срок {due})" if due else ""
    return f"<b>Ждём отчёты: {count}</b>{deadline} · {period}"


def awaited_line(number: int, school: str, who: str, work: str, state: str, due: str, *, late: bool = False) -> str:
    person = f", {esc(who)}" if who else ""
    deadline = f" Срок {'прошёл ' if late else ''}{due}." if due else ""
    return f"{number}. {esc(school)}{person}, {esc(work)} — {state}.{deadline}"


UNREACHABLE = "бот не доставляет сообщения"
NOT_LINKED = "ещё не подключился к боту"
NOT_SENT = "не сдан"
NOBODY = "школьный координатор не назначен"
SCHOOL_SILENT = "школа ещё не отметила свой день"
SCHOOL_BEGUN = "школа отметила не все шаги"


def on_place(at: str) -> str:
    return f"на месте с {at}"


def started(answered: int, asked: int, at: str) -> str:
    last = f", последний ответ {at}" if at else ""
    return f"начат, {answered} из {asked}{last}"


def returned_at(at: str) -> str:
    return f"возвращён на доработку{f' {at}' if at else ''}"


def violations_title(period: str, total: int, critical: int) -> str:
    return f"<b>Нарушения: {total}</b> (критичных {critical}) · {period}"


def violation_line(
    code: str, label: str, letter: str, school: str, work: str, comment: str, review: str, photos: int, number: int
) -> str:
    said = f" «{esc(comment, 160)}»" if comment else ""
    pictures = f", фото {photos}" if photos else ""
    return f"<b>{esc(code)} · {esc(label)} ({letter})</b>\n{esc(school)}, {esc(work)}:{said}\nОтчёт {number}, {review}{pictures}"


def violation_button(code: str, number: int) -> str:
    return f"{code} · отчёт {number}"


def schools_title(period: str, count: int) -> str:
    return f"<b>{counted(count, 'школа', 'школы', 'школ')}</b> · {period}"


def school_line(
    name: str, held: int, plan: int, off: int, received: int, expected: int, violations: int, critical: int, risk: bool
) -> str:
    """`off`: works that are cancelled."""
    cancelled = f" (отменено {off})" if off else ""
    found = f", нарушения {violations}" + (f" (критичных {critical})" if critical else "") if violations else ""
    marked = ", группа риска" if risk else ""
    return f"{esc(name)}: работы {held} из {plan}{cancelled}, отчёты {received} из {expected}{found}{marked}"


def page(number: int, pages: int) -> str:
    return f"Страница {number} из {pages}"
