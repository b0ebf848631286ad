"""Names, phones and accounts inside a text: what is found, what is left alone, and that one function does it everywhere."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hotline.masking import HIDDEN, Trace, find, mask, traces

GIVES_AWAY = [
    ("Позвоните +7 913 123-45-67 вечером", "Позвоните [скрыто] вечером", Trace.PHONE),
    ("мой телефон 8(913)1234567", "мой телефон [скрыто]", Trace.PHONE),
    ("8-913-123-45-67", "[скрыто]", Trace.PHONE),
    ("домашний 223-45-67", "домашний [скрыто]", Trace.PHONE),
    ("пишите на mama_vova@mail.ru", "пишите на [скрыто]", Trace.EMAIL),
    ("в телеге @marina_iv", "в телеге [скрыто]", Trace.ACCOUNT),
    ("страница vk.com/id12345 учителя", "страница [скрыто] учителя", Trace.ACCOUNT),
    ("паспорт 5004 123456", "паспорт [скрыто]", Trace.DOCUMENT),
    ("СНИЛС 112-233-445 95", "СНИЛС [скрыто]", Trace.DOCUMENT),
    ("мой код 9577 0613 2576 9079", "мой код [скрыто]", Trace.DOCUMENT),
    ("учительница Иванова Мария Ивановна кричит", "учительница [скрыто] кричит", Trace.NAME),
    ("Учительница Иванова М.И. кричит", "Учительница [скрыто] кричит", Trace.NAME),
    ("М.И. Иванова кричала", "[скрыто] кричала", Trace.NAME),
    ("иванова мария ивановна", "[скрыто]", Trace.NAME),
    ("Анна Сергеевна ушла", "[скрыто] ушла", Trace.NAME),
    ("сын Вова рассказал", "сын [скрыто] рассказал", Trace.NAME),
    ("Петров Иван из 5А", "[скрыто] из 5А", Trace.NAME),
    ("директор Сидоров молчит", "директор [скрыто] молчит", Trace.NAME),
    ("учитель Черных ушёл", "учитель [скрыто] ушёл", Trace.NAME),
    ("завуч Ким Людмила Сергеевна", "завуч [скрыто]", Trace.NAME),
]
TELLS_NOTHING = [
    "СОШ № 5, 6Б класс, 23.04.2026 в 09:10",
    "23.04.2026 10:15 начали",
    "Собирали 1500 рублей, кабинет 214",
    "На ВПР по русскому языку было 25 минут",
    "Рособрнадзор и Госуслуги",
    "Номер ГЛ-2026-00042",
    "свет выключили, роман задали",
    "Тема: математика. Учитель ОБЖ вышел",
    "Директор МБОУ СОШ № 5",
]


@pytest.mark.parametrize(("text", "masked", "trace"), GIVES_AWAY)
def test_what_leads_to_a_person_is_hidden(text: str, masked: str, trace: Trace):
    assert mask(text) == masked
    assert traces(text) == {trace}


@pytest.mark.parametrize("text", TELLS_NOTHING)
def test_what_leads_to_nobody_stays(text: str):
    assert mask(text) == text


@given(st.text(alphabet=st.sampled_from("Иванова Мария Ивановна +79131234567 @mail.ru .,-\n5Б№"), max_size=120))
def test_masking_twice_is_masking_once(text: str):
    assert mask(mask(text)) == mask(text)


@given(st.text(max_size=200))
def test_spans_are_in_order_and_apart(text: str):
    spans = find(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert (HIDDEN in mask(text)) >= bool(spans)
