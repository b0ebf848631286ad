"""What the bot says about a table it was sent: why it cannot be read, which rows are wrong and what was meant."""

from collections.abc import Sequence
from typing import Final, Protocol

from bot.texts.escape import esc, truncate
from bot.texts.importing_words import COLUMN_TITLES
from bot.texts.plural import plural

_RAW_LIMIT: Final = 60


class WrongCell(Protocol):
    """A wrong cell as the domain reports it; `reason` is a code of REASONS."""

    @property
    def row(self) -> int: ...
    @property
    def column_title(self) -> str: ...
    @property
    def raw(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def suggestion(self) -> str | None: ...
    @property
    def other_row(self) -> int | None: ...


UNREADABLE: Final[dict[str, str]] = {
    "empty": "Файл пустой: в нём нет ни одной заполненной строки.",
    "too_big": "Файл слишком большой. Уберите картинки и лишние листы, чтобы он стал меньше 20 МБ.",
    "archive_bomb": (
        "В файле слишком много пустых отформатированных строк или лишних частей. "
        "Скопируйте только таблицу в новый файл Excel и пришлите его."
    ),
    "too_many_rows": "В таблице больше 50 000 строк. Разделите её на несколько файлов.",
    "too_many_columns": "В таблице больше 100 столбцов. Удалите лишние столбцы справа.",
    "too_slow": "Файл не удалось прочитать вовремя. Скопируйте только таблицу в новый файл Excel и пришлите его.",
    "too_heavy": "Файл слишком тяжёлый. Скопируйте только таблицу в новый файл Excel и пришлите его.",
    "encrypted": "Файл закрыт паролем. Снимите пароль («Файл» → «Сведения» → «Защита книги») и пришлите снова.",
    "old_excel": "Это старый формат .xls. Откройте файл в Excel и сохраните как «Книга Excel (.xlsx)».",
    "macros": "В файле есть макросы. Сохраните его как «Книга Excel (.xlsx)», без макросов.",
    "binary_excel": "Это двоичная книга .xlsb. Сохраните её как «Книга Excel (.xlsx)».",
    "open_document": "Это таблица OpenDocument (.ods). Сохраните её как «Книга Excel (.xlsx)».",
    "word": "Это текстовый документ, а не таблица. Перенесите таблицу в Excel и пришлите .xlsx.",
    "slides": "Это презентация, а не таблица. Пришлите файл Excel (.xlsx).",
    "pdf": "Это PDF. Из него нельзя надёжно взять таблицу: пришлите файл Excel (.xlsx).",
    "image": "Это картинка. Пришлите саму таблицу: файл Excel (.xlsx).",
    "web_page": "Это веб-страница, переименованная в Excel. Откройте её и сохраните как «Книга Excel (.xlsx)».",
    "xml": "Это файл XML, а не таблица. Откройте его в Excel и сохраните как «Книга Excel (.xlsx)».",
    "archive": "Это архив. Распакуйте его и пришлите сам файл Excel (.xlsx).",
    "broken": "Файл повреждён и не открывается. Откройте его в Excel, сохраните заново и пришлите снова.",
    "unsafe_xml": "Внутри файла есть то, чего в таблицах не бывает. Скопируйте таблицу в новый файл Excel.",
    "encoding": "Не удалось понять кодировку CSV. Сохраните таблицу как «Книга Excel (.xlsx)».",
    "not_a_table": "Это не таблица. Пришлите файл Excel (.xlsx) или CSV.",
}

# After «Строка N: »; {title} the column's header, {raw} what was typed, {other} an earlier row.
REASONS: Final[dict[str, str]] = {
    "missing": "не заполнено «{title}».",
    "formula": "в столбце «{title}» формула в ячейке. Впишите само значение.",
    "cell_fault": "в столбце «{title}» ошибка Excel {raw}. Впишите само значение.",
    "undecodable": "в столбце «{title}» не читаются буквы: «{raw}». Наберите заново.",
    "invisible": "в столбце «{title}» есть невидимый знак: «{raw}». Наберите заново.",
    "too_long": "в столбце «{title}» слишком длинный текст.",
    "date_impossible": "дата «{raw}» — такого дня нет.",
    "date_far": "дата «{raw}» — не этот учебный год.",
    "date_no_year": "дата «{raw}» — не указан год.",
    "date_unclear": "дата «{raw}» непонятна. Напишите так: 15.04.2027.",
    "time_unclear": "время «{raw}» непонятно. Напишите так: 10:15.",
    "school_unknown": "школа «{raw}» не найдена.",
    "subject_unknown": "предмет «{raw}» не найден.",
    "class_impossible": "класс «{raw}» — такого класса нет.",
    "class_not_tested": "класс «{raw}» не участвует в ВПР.",
    "class_unclear": "класс «{raw}» непонятен. Напишите один класс, например 5А.",
    "lesson_unclear": "урок «{raw}» непонятен. Напишите номер урока цифрой.",
    "pupils_negative": "участников «{raw}» — меньше нуля не бывает.",
    "pupils_many": "участников «{raw}» — слишком много для одного класса.",
    "pupils_unclear": "участников «{raw}» — напишите число.",
    "form_unknown": "форма «{raw}» непонятна. Бывает бумажная или компьютерная.",
    "duration_unclear": "длительность «{raw}» непонятна. Напишите минуты: 45 или 90.",
    "phone_unclear": "телефон «{raw}» непонятен. Напишите один номер: +7 и десять цифр.",
    "name_incomplete": "«{raw}» — нужны фамилия и имя.",
    "parallels_unclear": "параллели «{raw}» непонятны. Напишите так: 4, 5, 6, 7, 8, 10.",
    "years_unclear": "годы «{raw}» непонятны. Напишите так: 2018, 2020.",
    "duplicate": "повтор строки {other}.",
}

KIND_TITLES: Final[dict[str, str]] = {"schools": "школы", "schedule": "график", "observers": "наблюдатели"}


def unreadable_file(reason: str) -> str:
    """Why the file was refused and what to do."""
    return UNREADABLE[reason]


def header_not_found(kind: str | None, missing: Sequence[str]) -> str:
    """Which obligatory columns are missing; `missing` are column codes of the likeliest `kind`."""
    if kind is None or not missing:
        return "Не нашёл шапку таблицы в первых строках. Возьмите шаблон: в нём нужные столбцы уже есть."
    titles = ", ".join(f"«{COLUMN_TITLES[kind][code]}»" for code in missing)
    lacking = plural(len(missing), "нет столбца", "нет столбцов", "нет столбцов")
    return f"Похоже, это {KIND_TITLES[kind]}, но {lacking} {titles}. Проверьте шапку таблицы или возьмите шаблон."


def explain(cell: WrongCell) -> str:
    """One wrong cell in plain text without the row's number: for a note in the workbook."""
    raw = truncate(cell.raw, _RAW_LIMIT)
    # The title comes from the file as well: nothing typed is ever used as a format string.
    said = REASONS[cell.reason].format(title=truncate(cell.column_title, _RAW_LIMIT), raw=raw, other=cell.other_row)
    meant = f" Похоже: {cell.suggestion}." if cell.suggestion else ""
    return said[0].upper() + said[1:] + meant


def row_error(cell: WrongCell) -> str:
    """One wrong cell as a line of a message, escaped: «Строка 14: дата «31.04.2026» — такого дня нет.»"""
    said = explain(cell)
    return esc(f"Строка {cell.row}: {said[0].lower()}{said[1:]}")


def wrong_entry(cells: Sequence[WrongCell]) -> str:
    """What is wrong with a line typed by hand, and what to do."""
    told = "\n".join(esc(explain(cell)) for cell in cells[:5]) or "Строка пустая."
    return f"{told}\nНапишите ещё раз."


def other_tables(read: str, others: Sequence[str]) -> str:
    """Says which sheet was read when the workbook has further tables; titles are escaped."""
    names = ", ".join(f"«{esc(title, 40)}»" for title in others)
    return f"Прочитан лист «{esc(read, 40)}». Не прочитаны: {names}. Пришлите их отдельными файлами."
