"""Headers in any sensible order and spelling."""

import pytest

from bot.domain.importing.columns import Column, Kind
from bot.domain.importing.headers import recognise, recognise_rows
from bot.domain.importing.problems import HeaderNotFound
from bot.domain.importing.raw import RawRow
from bot.texts.importing import header_not_found
from tests.domain.importing.tables import SCHEDULE_HEADER, sheet


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (
            ("Дата проведения", "ШКОЛА", "класс (литера)", "Учебный предмет", "№ урока", "Время начала"),
            ("date", "school_name", "class_name", "subject", "lesson", "starts_at"),
        ),
        (
            ("№", "Наименование ОО", "Класс", "Предмет", "Дата (дд.мм.гггг)", "Урок", "Кол-во участников, чел."),
            (None, "school_name", "class_name", "subject", "date", "lesson", "pupils"),
        ),
        (
            ("Школа", "Клаcс", "Предмет ", "дата", "урок", "Форма (бумажная / КФ)", "Продолжительность, минут"),
            ("school_name", "class_name", "subject", "date", "lesson", "form", "duration_min"),
        ),
        (
            ("Образовательная  организация", "Класс", "Педмет", "Дата ВПР", "Номер урока", "Аудитория"),
            ("school_name", "class_name", "subject", "date", "lesson", "room"),
        ),
    ],
)
def test_schedules(header, columns):
    recognised = recognise(sheet(header, ("x",) * len(header)))
    assert recognised.kind is Kind.SCHEDULE
    assert recognised.columns == {Column(name): at for at, name in enumerate(columns, start=1) if name}


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (("Название школы", "Логин ФИС ОКО"), {"short_name": 1, "login": 2}),
        (("Полное наименование", "Краткое наименование"), {"full_name": 1, "short_name": 2}),
        (
            ("ОО", "Телефон", "Ответственный организатор", "Классы"),
            {"short_name": 1, "coordinator_phone": 2, "coordinator_name": 3, "parallels": 4},
        ),
        (
            ("Школа", "Телефон школьного координатора", "ФИО координатора", "Список риска"),
            {"short_name": 1, "coordinator_phone": 2, "coordinator_name": 3, "risk_years": 4},
        ),
    ],
)
def test_registers(header, columns):
    recognised = recognise(sheet(header, ("x",) * len(header)))
    assert recognised.kind is Kind.SCHOOLS
    assert {column.value: at for column, at in recognised.columns.items()} == columns


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (("Фамилия, имя, отчество", "Контактный телефон"), {"full_name": 1, "phone": 2}),
        (("тел.", "ФИО наблюдателя", "Приказ"), {"phone": 1, "full_name": 2, "order_ref": 3}),
        (("Ф.И.О.", "Телефон", "Конфликт интересов"), {"full_name": 1, "phone": 2, "conflict_text": 3}),
    ],
)
def test_lists_of_observers(header, columns):
    recognised = recognise(sheet(header, ("x",) * len(header)))
    assert recognised.kind is Kind.OBSERVERS
    assert {column.value: at for column, at in recognised.columns.items()} == columns


def test_the_header_may_stand_as_low_as_row_fifteen():
    above = [(f"Пояснение {n}",) for n in range(14)]
    assert recognise(sheet(*above, SCHEDULE_HEADER)).header_row == 15
    with pytest.raises(HeaderNotFound):
        recognise(sheet(*above, ("ещё одно",), SCHEDULE_HEADER))


def test_of_a_header_merged_over_two_rows_the_lower_counts():
    assert recognise(sheet(("График",), SCHEDULE_HEADER, SCHEDULE_HEADER, ("x",))).header_row == 3


def test_missing_obligatory_columns_are_named():
    with pytest.raises(HeaderNotFound) as caught:
        recognise(sheet(("ОО", "Класс", "Предмет", "Кабинет")))
    refused = caught.value
    assert (refused.kind, refused.missing) == (Kind.SCHEDULE, (Column.DATE, Column.LESSON))
    assert header_not_found(refused.kind, refused.missing) == (
        "Похоже, это график, но нет столбцов «Дата», «Урок». Проверьте шапку таблицы или возьмите шаблон."
    )


def test_no_header_at_all():
    with pytest.raises(HeaderNotFound) as caught:
        recognise(sheet(("раз", "два"), (1, 2)))
    assert (caught.value.kind, caught.value.missing) == (None, ())
    assert header_not_found(None, ()).startswith("Не нашёл шапку")


def test_a_stream_is_not_read_beyond_the_beginning():
    def rows():
        yield from (RawRow(n, ("x",)) for n in range(1, 16))
        raise AssertionError("read on")

    with pytest.raises(HeaderNotFound):
        recognise_rows(rows())


def test_long_texts_are_no_headers():
    with pytest.raises(HeaderNotFound):
        recognise(sheet(("ОО " * 200, "Класс " * 200, "Предмет " * 200, "Дата " * 200, "Урок " * 200)))
