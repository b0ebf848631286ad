"""Refusals in plain words: what happened and what to do. One entry for every `DomainError`."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.texts import alert as alert_words
from bot.texts import day_errors, hotline_errors
from bot.texts.escape import esc
from bot.texts.importing import KIND_TITLES, header_not_found, unreadable_file, wrong_entry
from bot.texts.interest import CONFLICTS
from bot.texts.people import ROLES
from bot.texts.people_chat import INVITED_BY_YOU, NOT_YOURSELF
from bot.texts.photos import too_many
from bot.texts.plural import plural

STALE_BUTTON = "Эта кнопка устарела. Вот что можно сделать сейчас."
NOT_UNDERSTOOD = "Не понял. Вот что можно сделать сейчас:"
WHAT_NEXT = "Вот что можно сделать сейчас:"
UNEXPECTED = "Не получилось. Ничего не потеряно. Попробуйте ещё раз."

UNDO_IMPOSSIBLE = {
    "used": "Отменить уже нельзя: на этих строках есть назначения, отчёты или приглашения. Ничего не изменилось.",
    "changed": "Отменить уже нельзя: эти строки потом меняли вручную или другим файлом. Ничего не изменилось.",
}
SENT = {"submitted": "отправлен", "verified": "проверен", "excused": "не нужен", "missed": "просрочен"}


def text(error: Any) -> str:
    """The wording of a `DomainError`, HTML-safe; a plain apology for one that has no wording of its own."""
    wording = WORDINGS.get(type(error).__name__)
    return wording(error.data()) if wording else UNEXPECTED


def _needed(data: Mapping[str, Any]) -> str:
    roles = ", ".join(ROLES.get(role, role) for role in data["needed"])
    return f"Это может только {roles}." if roles else "Это вам недоступно. Вот ваш раздел."


def _attempts(data: Mapping[str, Any]) -> str:
    left = data["attempts_left"]
    if left <= 0:
        return "Такого кода нет. Попытки закончились, попробуйте через час или попросите новый код у координатора."
    count = plural(left, "попытка", "попытки", "попыток")
    return f"Такого кода нет, или он уже использован. Проверьте цифры. Осталось: {left} {count}."


WORDINGS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "NotAllowed": _needed,
    "NotYourReport": lambda d: f"Отчёт {d['number']} ведёт другой человек. Вот ваш раздел.",
    "NoSuchReport": lambda d: f"Отчёта {d['number']} у вас нет. Проверьте номер.",
    "ReportClosed": lambda d: (
        f"Отчёт {d['number']} закрыт для изменений ({SENT.get(d['state'], d['state'])}). Что-то важное? Напишите координатору."
    ),
    "ReportNotReady": lambda d: (
        f"Отчёт {d['number']} пока не отправить: нужен ответ или пояснение по пунктам {', '.join(d['codes'])}."
    ),
    "StepNotPossible": lambda d: (
        f"С отчётом {d['number']} это сейчас сделать нельзя: он {SENT.get(d['state'], 'не начат')}."
    ),
    "UnknownItem": lambda d: f"Пункта {esc(d['code'], 12)} в чек-листе нет.",
    "ItemNotAsked": lambda d: f"Пункт {d['code']} не входит в отчёт {d['number']}.",
    "CommentNeeded": lambda d: f"Напишите, что случилось по пункту {d['code']}: без пояснения «Нет» не сохранить.",
    "CorrectionReasonNeeded": lambda d: f"Отчёт {d['number']} уже отправлен. Чтобы изменить ответ, выберите причину.",
    "WrongChecklist": lambda d: f"Отчёт {d['number']} начат по другой версии чек-листа. Напишите координатору.",
    "CountOutOfRange": lambda d: f"Число {d['value']} не подходит: от 0 до {d['most']}.",
    "WrongCode": _attempts,
    "TooManyCodes": lambda d: (
        "Слишком много неверных кодов. Попробуйте через час или попросите новый код у координатора."
    ),
    "NoSuchInvitation": lambda d: "Это приглашение уже принято, отозвано или возвращено. Нужна роль? Попросите новое.",
    "NoSuchSitting": lambda d: "Этой работы в графике больше нет. Посмотрите график заново.",
    "ConflictOfInterest": lambda d: (
        f"{esc(d['person_code'])} нельзя назначить в {esc(d['school'])}: "
        f"{CONFLICTS.get(d['reason'], 'личный интерес')}. Выберите другого наблюдателя."
    ),
    "LastCoordinator": lambda d: (
        "Вы единственный координатор. Сначала пригласите и подтвердите другого, потом можно уйти."
    ),
    "NoPersonalData": lambda d: "Здесь имена и телефоны в чате не хранят. Их загружает администратор на сервере.",
    "NoSuchDraw": lambda d: f"Жеребьёвки № {d['number']} нет.",
    "AlreadyPlanned": lambda d: (
        f"{esc(d['school'])}, {esc(d['class_name'])}: такая работа в этот день уже есть в графике."
    ),
    "PhoneTaken": lambda d: (
        f"Этот телефон уже записан у {esc(d['code'])}. Чтобы найти этого человека, напишите «{esc(d['code'])}»."
    ),
    "SittingChanged": lambda d: (
        "Пока вы писали, эту работу изменил другой человек. Ничего не записано. Посмотрите её заново."
    ),
    "WrongEntry": lambda d: wrong_entry(d["errors"]),
    "NoSuchSchool": lambda d: "Такой школы в списке нет.",
    "NoSuchAttempt": lambda d: "Этот тест уже закончен. Откройте «Обучение» ещё раз.",
    "NotTrained": lambda d: (
        f"{esc(d['person_code'])} ещё не прошёл обучение. Здесь назначают только обученных: пусть откроет «Обучение»."
    ),
    "DoubleBooking": lambda d: (
        f"{esc(d['person_code'])} в это время уже на работе: {esc(d['school'])}, {esc(d['class_name'])}. Выберите другого."
    ),
    "NotAnObserver": lambda d: "У этого человека больше нет роли наблюдателя. Выберите другого.",
    "UnreadableFile": lambda d: unreadable_file(d["reason"]),
    "HeaderNotFound": lambda d: header_not_found(d["kind"], d["missing"]),
    "NoSuchAlert": lambda d: alert_words.NO_SUCH,
    "TooLateToRecall": lambda d: alert_words.TOO_LATE,
    "NotYourself": lambda d: NOT_YOURSELF,
    "InvitedByYou": lambda d: INVITED_BY_YOU,
    "NoSuchImport": lambda d: "Этот файл уже отменён. Пришлите его снова.",
    "TooLateToUndo": lambda d: "Отменить загрузку можно в течение 24 часов. Исправьте данные вручную или новым файлом.",
    "UndoImpossible": lambda d: UNDO_IMPOSSIBLE[d["why"]],
    "WrongKind": lambda d: f"В файле {KIND_TITLES[d['found']]}, а нужны {KIND_TITLES[d['expected']]}. Проверьте файл.",
    "TooManyPhotos": lambda d: too_many(d["most"]),
    "ExportRunning": lambda d: "Ваш файл уже готовится. Дождитесь его, потом закажите следующий.",
    "ExportFailed": lambda d: "Файл сделать не получилось. Данные целы. Попробуйте ещё раз.",
    "NothingToExport": lambda d: (
        f"Отчёта {d['number']} нет среди полученных, акт сделать не из чего. Проверьте номер."
        if d["number"]
        else "Полученных отчётов наблюдателей за эти дни нет, акты сделать не из чего."
    ),
    "NoSuchIndicator": lambda d: f"Показателя {esc(d['code'], 8)} нет. Показатели: М1–М20.",
    "TargetOutOfRange": lambda d: f"Цель для {d['code']} — число от 0 до 100.",
}
WORDINGS |= hotline_errors.WORDINGS | day_errors.WORDINGS
