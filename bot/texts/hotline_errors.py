"""Refusals of the hotline in plain words; joined to `bot.texts.errors`."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.texts import hotline, hotline_desk, hotline_reveal

WORDINGS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "NotYourCase": lambda d: hotline.NOT_YOURS,
    "CodeUnseen": lambda d: "Код прошлого сообщения ещё не показан. Напишите «горячая линия», и бот его пришлёт.",
    "DraftFull": lambda d: hotline.TOO_MUCH,
    "CaseStepNotPossible": lambda d: (
        "С этим сообщением это сейчас сделать нельзя. Откройте карточку: она покажет, что можно."
    ),
    "CaseGone": lambda d: hotline_desk.GONE,
    "CaseHidden": lambda d: hotline_desk.HIDDEN_FROM_YOU,
    "NoSuchCase": lambda d: "Такого сообщения на горячей линии нет. Проверьте номер.",
    "CannotJoin": lambda d: "Объединить нельзя: одно из сообщений уже объединено с другим.",
    "JoinedTooLate": lambda d: (
        "Объединить нельзя: то сообщение уже закрыто, его ответ этот заявитель не увидит. Ответьте ему отдельно."
    ),
    "NoSuchTie": lambda d: "Отчёта с таким номером нет. Номер стоит в карточке отчёта: «Отчёт 7315».",
    "NotViolatedThere": lambda d: f"В отчёте {d['report']} по пункту {d['item']} нарушения нет. Проверьте код пункта.",
    "NoSchoolToTell": lambda d: "Некому сообщить: школа не указана, или её координатор ещё не в боте.",
    "NoContact": lambda d: hotline_reveal.NO_CONTACT,
    "NotIndependent": lambda d: hotline_reveal.NOT_INDEPENDENT,
    "NobodyToDecide": lambda d: hotline_reveal.NOBODY_TO_DECIDE,
    "RevealNotPossible": lambda d: hotline_reveal.NOT_POSSIBLE,
    "WordingChanged": lambda d: hotline_desk.NO_LONGER,
}
