"""Words that people type instead of pressing buttons, and how their spelling is evened out."""

from typing import Final

_EVEN: Final = str.maketrans("ё", "е")

# Latin letters typed where the eye sees Cyrillic ones.
LOOKALIKES: Final = str.maketrans("abcehkmoptxy", "авсенкмортху")

# Letters of item codes typed on a Latin keyboard. B is read by its shape, В; who reads the answer is told so.
CODE_LETTERS: Final = {"A": "А", "B": "В", "V": "В", "G": "Г", "D": "Д", "E": "Е"}
# Letter O, and nothing else, for the figure nought: «А1О».
NOUGHT_LETTERS: Final = "ОоOo"
NOUGHTS: Final = str.maketrans(NOUGHT_LETTERS, "0000")

YES: Final = (
    "да",
    "da",
    "yes",
    "ага",
    "угу",
    "ок",
    "окей",
    "okay",
    "ok",
    "норма",
    "в норме",
    "нормально",
    "хорошо",
    "отлично",
    "порядок",
    "полный порядок",
    "в порядке",
    "верно",
    "конечно",
    "соблюдено",
    "соблюдены",
    "соблюдается",
    "соблюдаются",
    "соблюдали",
    "выполнено",
    "выполнены",
    "выполняется",
    "+",
    "✓",
    "✔",
    "✅",
    "👍",
)
NO: Final = (
    "нет",
    "net",
    "no",
    "неа",
    "плохо",
    "не хорошо",
    "нехорошо",
    "не в порядке",
    "не в норме",
    "не соблюдено",
    "не соблюдены",
    "не соблюдается",
    "не соблюдаются",
    "не соблюдали",
    "не выполнено",
    "не выполнены",
    "не выполняется",
    "нарушение",
    "нарушения",
    "нарушено",
    "нарушен",
    "нарушена",
    "нарушены",
    "есть нарушение",
    "есть нарушения",
    "было нарушение",
    "были нарушения",
    "❌",
    "✗",
    "✘",
    "👎",
)
NOT_OBSERVED: Final = (
    "не видел",
    "не видела",
    "не видели",
    "не видно",
    "не было видно",
    "не наблюдал",
    "не наблюдала",
    "не наблюдали",
    "не смотрел",
    "не смотрела",
    "не проверял",
    "не проверяла",
    "не застал",
    "не застала",
    "не успел",
    "не успела",
    "не знаю",
    "не могу сказать",
    "не присутствовал",
    "не присутствовала",
    "не применимо",
    "неприменимо",
    "не применяется",
    "не относится",
    "не предусмотрено",
    "н/п",
    "нп",
    "н/н",
    "пропуск",
    "пропускаю",
)
# Said of the whole report when no item is named.
ALL_CLEAR: Final = (
    "нарушений нет",
    "нарушения нет",
    "нет нарушений",
    "без нарушений",
    "нарушений не было",
    "не было нарушений",
    "нарушений не выявлено",
    "нарушений не обнаружено",
    "замечаний нет",
    "нет замечаний",
    "без замечаний",
    "замечаний не было",
    "проблем нет",
    "нет проблем",
    "без проблем",
)
# «Б6 нет телефонов» may mean that all is well or that it is not: such a «нет» is asked about again.
PLAIN_NO: Final = "нет"
UNCERTAIN_AFTER_NO: Final = frozenset(
    {
        "телефонов",
        "телефона",
        "часов",
        "посторонних",
        "шпаргалок",
        "подсказок",
        "подсказки",
        "сбоев",
        "давления",
        "конфликта",
        "конфликтов",
        "интереса",
        "личного",
        "плакатов",
        "претензий",
        "нарушителей",
        "вопросов",
        "списывания",
        "никого",
        "никаких",
        "ничего",
        "ни",
    }
)

REST: Final = (
    "остальное",
    "остальные",
    "остальных",
    "остальным",
    "остальном",
    "все остальное",
    "все остальные",
    "по остальным",
    "по остальному",
    "в остальном",
    "на остальные",
    "по всем остальным",
    "прочее",
    "прочие",
    "все прочее",
    "все",
    "по всем",
    "по всему",
    "везде",
    "всюду",
)
EXCEPT: Final = ("кроме", "за исключением", "исключая", "исключение", "не считая")

NOT: Final = frozenset({"не", "ни"})
REPORT: Final = frozenset({"отчет", "отчета", "отчету", "отчете", "отчетом", "report"})
NUMBER_SIGNS: Final = frozenset({"номер", "№", "#", "по", "за"})
# They carry no answer: skipped between the words that do.
JOINERS: Final = frozenset({"и", "а", "но"})
FILLERS: Final = frozenset(
    {
        *JOINERS,
        "пункт",
        "пункта",
        "пункте",
        "пункту",
        "пункты",
        "пунктов",
        "пунктам",
        "пунктах",
        "вопрос",
        "вопроса",
        "вопросы",
        "вопросам",
        "ответ",
        "ответы",
        "номер",
        "только",
        "лишь",
        "вот",
        "еще",
        "тоже",
        "также",
        "это",
        "там",
        "у",
        "меня",
        "в",
        "на",
        "было",
        "были",
        "итак",
        "*",
        "•",
        "№",
        "#",
        "/",
        "\ufe0f",
    }
)
# «больше нарушений нет», «других замечаний нет»
LEADING: Final = FILLERS | {"больше", "других", "иных", "никаких"}
COURTESY: Final = frozenset(
    {
        "здравствуйте",
        "привет",
        "добрый",
        "доброе",
        "день",
        "утро",
        "вечер",
        "спасибо",
        "пожалуйста",
        "свидания",
        "до",
        "с",
        "уважением",
        "все",
    }
)
# «н/п», «н. п.», «Н\\П»: one word, whatever stands between the letters.
# «Б6нет», without a space.
GLUED: Final = r"(?:да|нет|не)(?!\w)"
NOT_APPLICABLE_WORD: Final = "н/п"
NOT_APPLICABLE: Final = r"(?<!\w)н\s?[./\\]\s?п\b"


def fold_word(word: str) -> str:
    """One word for looking up: «HET» and «Дa» typed with Latin letters are found too."""
    folded = word.lower().translate(_EVEN)
    return folded if folded.isascii() and folded in _LATIN_WORDS else folded.translate(LOOKALIKES)


_LATIN_WORDS: Final = frozenset(
    word for word in (*YES, *NO, *REPORT, *NUMBER_SIGNS) if word.isascii() and word.isalpha()
)
