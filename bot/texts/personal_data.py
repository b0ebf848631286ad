"""«Мои данные»: what is stored, and what happens when it is changed or taken away."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts.escape import esc, sentence
from bot.texts.people import ROLES
from bot.texts.time import day

CORRECT = "Исправить имя"
CORRECT_PHONE = "Исправить телефон"
CORRECT_REMARK = "Когда я могу"
INTEREST = "Личный интерес"
WITHDRAW = "Отозвать согласие"
DELETE = "Удалить мои данные"
DELETE_YES = "Да, удалить"
WITHDRAW_YES = "Да, отозвать"
KEEP = "Оставить как есть"
WITHDREW = "отозвал согласие"
DELETED_WHY = "удалил свои данные"
UNDER_AGE = "нет 18 лет"
ASK_NAME = "Пришлите фамилию, имя и отчество одним сообщением."
NOT_A_NAME = "Это не похоже на имя. Пришлите, например: Белова Анна Петровна."
ASK_PHONE = "Пришлите номер телефона, например: +7 912 345-67-89."
NOT_A_PHONE = "Это не похоже на номер телефона. Пришлите, например: +7 912 345-67-89."
PHONE_OF_ANOTHER = "Этот номер записан за другим участником. Проверьте номер или напишите координатору."
ASK_REMARK = (
    "Напишите, когда можете или не можете прийти. Например: «только вторая половина апреля», "
    "«кроме 15.04», «не могу по средам»."
)
NOT_DAYS = (
    "Не понял, о каких днях речь, и ничего не записал. Напишите дни, например: «не могу 15.04», «только по средам», "
    "«только с 20 по 30 апреля». Можно в любой день: «всегда»."
)
CORRECTED = "Исправлено."
STRANGER = (
    "<b>Мои данные</b>\nВас нет в списках: ни имени, ни телефона, ни роли бот не хранит. "
    "Сообщения на горячую линию хранятся отдельно: «Мои сообщения»."
)
REASONS = {
    "imported": "из списка наблюдателей",
    "declared": "личный интерес",
    "works": "работаю там",
    "relatives": "там работают родственники",
    "children": "там учатся дети или родственники",
}


def days_noted(understood: str, *, always: bool) -> str:
    """After a remark: which days the draw will respect."""
    if understood:
        return f"Записано. При назначении учтём так: {understood}."
    if always:
        return "Записано: можно назначать на любой день."
    return "Записано для координатора. Дней в этом не понял: при автоматическом назначении не учтём."


def mine(
    code: str,
    roles: Sequence[str],
    name: str,
    phone: str,
    sent_by: str,
    order_ref: str,
    remarks: str,
    consent: tuple[str, datetime] | None,
    trained_at: datetime | None,
    conflicts: Sequence[tuple[str, str]],
    reports: int,
    photos: int,
    zone: ZoneInfo,
    *,
    names: bool,
) -> str:
    lines = [f"<b>Мои данные: {esc(code)}</b>", "Роли: " + (", ".join(ROLES[role] for role in roles) or "нет") + "."]
    if names:
        lines.append(f"Имя: {sentence(name, 120)}" if name else "Имя не указано.")
        lines.append(f"Телефон: {esc(phone)}." if phone else "Телефона нет.")
        lines += [
            f"{title}: {sentence(value, 120)}"
            for title, value in (("От кого", sent_by), ("Основание", order_ref))
            if value
        ]
    else:
        lines.append("Имя и телефон в чате не хранятся и не показываются.")
    if remarks:
        lines.append(f"Когда можете: {sentence(remarks, 200)}")
    if consent is not None:
        lines.append(f"Согласие: версия {esc(consent[0])}, дано {day(consent[1].astimezone(zone).date())}.")
    if trained_at is not None:
        lines.append(f"Обучение пройдено: {day(trained_at.astimezone(zone).date())}.")
    if conflicts:
        told = "; ".join(f"{esc(school)} ({REASONS.get(reason, esc(reason))})" for school, reason in conflicts[:10])
        lines.append(f"Личный интерес: {told}.")
    lines.append(f"Отчётов отправлено: {reports}, фото: {photos}. Номер чата в мессенджере: чтобы писать вам.")
    return "\n".join(lines)


ASK_WITHDRAW = (
    "<b>Отозвать согласие?</b>\n"
    "Что произойдёт сразу: все ваши роли закончатся, с назначенных работ вас снимут, координатор узнает об этом.\n"
    "Что останется: имя в списке до конца учебного года и отправленные отчёты. Вернуться можно по новому приглашению."
)
ASK_DELETE = (
    "<b>Удалить мои данные?</b>\n"
    "Удалим сразу: имя, телефон, связь с этим чатом, сведения о личном интересе. Роли закончатся, с работ вас снимут.\n"
    "Останутся без имени, только под вашим номером: отправленные отчёты и фото в них — это документы наблюдения. "
    "Запись о согласии храним 3 года после отзыва, так требует закон.\n"
    "Вернуть удалённое нельзя."
)
WITHDRAWN = "Согласие отозвано. Роли закончились, назначения сняты. Вернуться можно по новому приглашению."
DELETED = "Ваши данные удалены. Отправленные отчёты остались без имени. Спасибо за работу!"


def left(code: str, why: str, freed: int) -> str:
    places = f" Работ без него: {freed}, список ниже." if freed else ""
    return f"{esc(code)} {why}. Роли закончились.{places}"


def corrected_for_staff(code: str, field: str) -> str:
    what = {"full_name": "имя", "phone": "телефон"}.get(field, "сведения о том, когда может прийти")
    return f"{esc(code)} исправил {what}. Посмотрите карточку."
