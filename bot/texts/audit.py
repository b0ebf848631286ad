"""The log of deeds in words: what was done, and to what."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.texts.escape import esc
from bot.texts.hotline import number as case_number
from bot.texts.people import ROLES

ACTIONS = {
    "assign": "назначил наблюдателя",
    "assign_day": "назначил на весь день",
    "unassign": "снял наблюдателя",
    "replace": "заменил наблюдателя",
    "swap": "поменял наблюдателей местами",
    "cannot_come": "сообщил, что не придёт",
    "cancel": "отменил работу",
    "add_sitting": "добавил работу",
    "change_sitting": "изменил работу",
    "settle_proposal": "ответил на просьбу школы",
    "accept_responsibility": "взял под личный контроль",
    "school-step": "отметил шаг школы",
    "draw": "провёл жеребьёвку",
    "apply_draw": "назначил по жеребьёвке",
    "import": "загрузил файл",
    "undo_import": "отменил загрузку",
    "confirm_name": "подтвердил написание",
    "invite": "пригласил",
    "invite_many": "напечатал приглашения",
    "redeem": "вошёл по приглашению",
    "give_back": "вернул приглашение",
    "revoke_invites": "отозвал приглашения",
    "grant": "добавил роль",
    "approve": "подтвердил роль",
    "revoke": "отозвал роль",
    "correct_own_data": "исправил свои данные",
    "withdraw_consent": "отозвал согласие",
    "delete_own_data": "удалил свои данные",
    "under_age": "сказал, что нет 18 лет",
    "risk": "изменил список риска",
    "submit": "отправил отчёт",
    "excuse": "отметил, что отчёта не будет",
    "reinstate": "вернул отчёт в ожидание",
    "return": "вернул отчёт на доработку",
    "verify": "принял отчёт",
    "review": "разобрал нарушение",
    "judge": "проверил фото",
    "delete": "удалил фото",
    "remind": "напомнил об отчётах",
    "close": "закрыл день",
    "reopen": "открыл день снова",
    "alert": "подал срочный сигнал",
    "alert-accepted": "принял срочный сигнал",
    "alert-recalled": "отозвал срочный сигнал",
    "alert-false": "признал сигнал ложным",
    "instruct": "разослал инструктаж",
    "edit": "изменил инструктаж",
    "trained": "прошёл обучение",
    "target": "задал цель показателя",
    "setting": "изменил настройку",
    "export": "выгрузил файл",
    "hotline.open": "открыл сообщение",
    "hotline.take": "взял сообщение в работу",
    "hotline.hand_over": "передал сообщение коллеге",
    "hotline.ask": "задал вопрос заявителю",
    "hotline.write": "внёс дополнение",
    "hotline.answer": "ответил заявителю",
    "hotline.interim": "написал заявителю, что ответ будет",
    "hotline.close": "закрыл сообщение",
    "hotline.refer": "передал сообщение по назначению",
    "hotline.decline": "вернул: не по адресу",
    "hotline.merge": "объединил сообщения",
    "hotline.enlarge": "присоединил к сообщению другое",
    "hotline.satisfied": "получил оценку: помогло",
    "hotline.unsatisfied": "получил оценку: не помогло",
    "hotline.ban": "закрыл линию для отправителя",
    "hotline.signal": "сообщил школе о сигнале",
    "hotline.measures": "записал принятые меры",
    "hotline.reveal.ask": "попросил открыть контакт",
    "hotline.reveal.decide": "решил, открывать ли контакт",
    "hotline.reveal.read": "прочитал контакт",
    "hotline.rotate": "сменил главный ключ",
    "hotline.tie": "связал с отчётом или решением",
    "hotline.section": "сменил тему сообщения",
    "hotline.search": "искал в сообщениях",
    "hotline.file": "открыл вложение",
    "hotline.enter": "внёс звонок или визит",
    "hotline.shred": "удалил тексты по сроку",
    "hotline.hold": "изменил срок хранения",
    "hotline.journal": "выгрузил журнал линии",
}
EXPORTS = {
    "book": "книга Excel",
    "findings": "нарушения и меры",
    "hotline": "журнал линии",
    "named": "книга с именами",
    "act": "акт",
    "certificate": "справка",
}
SETTINGS = {"digest_time": "время сводки", "digest_chat": "чат для сводки"}
KINDS = {
    "report": "отчёт {}",
    "person": "{}",
    "invite": "приглашение {}",
    "school": "{}",
    "sitting": "{}, {}",
    "photo": "фото к отчёту {}",
    "case": "{}",
    "alert": "сигнал № {}",
    "draw": "жеребьёвка № {}",
    "import": "загрузка № {}",
    "instruction": "инструктаж № {}",
    "proposal": "просьба № {}",
    "indicator": "{}",
    "files": "файлов: {}",
    "key": "ключ № {}",
}
DETAILS = {
    "after": "стало",
    "answers": "ответов",
    "assigned": "назначено",
    "back": "возвращено",
    "before": "было",
    "channel": "как поступило",
    "count": "сколько",
    "day": "день",
    "decision": "решение",
    "field": "поле",
    "fields": "поля",
    "file": "файл",
    "gone": "убрано",
    "held": "в списке",
    "item": "пункт",
    "kept": "на сервере",
    "keys": "ключей",
    "kind": "что",
    "left": "осталось",
    "new": "стало",
    "old": "было",
    "other": "другая работа",
    "person": "участник",
    "placed": "предложено",
    "reason": "причина",
    "report": "отчёт",
    "reveal": "просьба №",
    "right": "верных ответов",
    "role": "роль",
    "school": "школа",
    "seed": "число жеребьёвки",
    "since": "с",
    "sittings": "работ",
    "state": "решение",
    "step": "шаг",
    "until": "по",
    "verdict": "решение",
    "version": "версия",
    "year": "год",
}
WHOLE = {"audit": "журнал действий", "cases": "горячая линия"} | SETTINGS


def about(kind: str, key: str, name: Sequence[Any]) -> str:
    """What the entry is about; `name` as far as it is still known."""
    if kind in WHOLE and not key:
        return WHOLE[kind]
    if kind in EXPORTS:
        return EXPORTS[kind]
    if kind == "case":
        return case_number(*name) if name else "удалённое сообщение"
    if kind == "day":
        return _day(key)
    if kind == "role":
        return ROLES.get(key, key)
    if kind == "invite" and key == "all":
        return "все приглашения"
    pattern = KINDS.get(kind, f"{kind} {{}}")
    values = list(name) or [key]
    return pattern.format(*values) if pattern.count("{}") == len(values) else f"№ {key}"


def _day(key: str) -> str:
    """`2026-04-23`, `20260423` or two of them."""
    try:
        return "–".join(
            f"{date.fromisoformat(part):%d.%m.%Y}" for part in ([key] if key[4:5] == "-" else key.split("-"))
        )
    except ValueError:
        return key


def deed(seq: int, at: str, code: str, action: str, what: str) -> str:
    who = esc(code) if code else "система"
    return f"{seq}. {at}, {who}: {ACTIONS.get(action, esc(action))} ({esc(what)})"


def details(values: Mapping[str, Any]) -> str:
    """Ids and states as they were noted, with a word for each."""
    return "; ".join(f"{DETAILS.get(name, name)}: {value}" for name, value in values.items())
