"""HTML parse mode as TDLib reads it: offsets in UTF-16, the same complaints."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import parse_html, utf16_length
from bot.sandbox.errors import Refused
from bot.sandbox.formatting import formatted, plain


def kinds(source: str) -> list[tuple[str, int, int]]:
    _, entities = formatted(source, "HTML", None)
    return [(entity["type"], entity["offset"], entity["length"]) for entity in entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("просто", "просто", []),
        ("<b>Жирно</b> и <i>косо</i>", "Жирно и косо", [("bold", 0, 5), ("italic", 8, 4)]),
        ("😀<b>я</b>", "😀я", [("bold", 2, 1)]),
        ("<b>😀😀</b>", "😀😀", [("bold", 0, 4)]),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#33; &#x21;", 'a <b> & "c" ! !', []),
        ("&nbsp; & &unknown;", "&nbsp; & &unknown;", []),
        ("<b>ж<i>к</i></b>", "жк", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<u>x</u><s>y</s><code>z</code>", "xyz", [("underline", 0, 1), ("strikethrough", 1, 1), ("code", 2, 1)]),
        ('<a href="https://a.ru/?q=1&amp;w=2">тут</a>', "тут", [("text_link", 0, 3)]),
        ('<a href="tg://user?id=5">он</a>', "он", [("text_mention", 0, 2)]),
        ("<pre><code class='language-py'>x</code></pre>", "x", [("pre", 0, 1)]),
        ("<blockquote expandable>долго</blockquote>", "долго", [("expandable_blockquote", 0, 5)]),
        ('<span class="tg-spoiler">т</span>', "т", [("spoiler", 0, 1)]),
        ("<b></b>пусто", "пусто", []),
        ("<B>Б</B>", "Б", [("bold", 0, 1)]),
        ("<b>а</b><b>б</b>", "аб", [("bold", 0, 2)]),
        ("  <b>по краям</b>  \n", "по краям", [("bold", 0, 8)]),
    ],
)
def test_what_is_accepted(source: str, text: str, entities: list[tuple[str, int, int]]):
    stored, _ = formatted(source, "HTML", None)
    assert kinds(source) == entities
    assert stored == text


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<b>нет конца", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("привет <br>", 'Unsupported start tag "br" at byte offset 13'),
        ("Ж<b", "Unclosed start tag at byte offset 2"),
        ("5 < 6", 'Unsupported start tag "" at byte offset 2'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x<i>y</b></i>", 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href=/x>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='нет'>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_what_is_refused_and_in_which_words(source: str, complaint: str):
    with pytest.raises(Refused) as refusal:
        formatted(source, "HTML", None)
    assert refusal.value.code == 400
    assert refusal.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_markdown_is_refused_because_this_bot_writes_html_only():
    with pytest.raises(Refused, match="unsupported parse_mode"):
        formatted("*x*", "MarkdownV2", None)


def test_links_keep_their_address_decoded():
    _, entities = parse_html('<a href="https://a.ru/?q=1&amp;w=2">тут</a>')
    assert entities[0]["url"] == "https://a.ru/?q=1&w=2"


def test_telegram_finds_commands_addresses_and_mentions_by_itself():
    text, entities = plain("/start abc@x.ru https://ya.ru, @vpr_bot #впр +7 913 000-00-00")
    found = {text[item["offset"] : item["offset"] + item["length"]]: item["type"] for item in entities}
    assert found == {
        "/start": "bot_command",
        "abc@x.ru": "email",
        "https://ya.ru": "url",
        "@vpr_bot": "mention",
        "#впр": "hashtag",
        "+7 913 000-00-00": "phone_number",
    }


def test_inside_code_nothing_is_found():
    assert kinds("<code>/start @vpr_bot</code>") == [("code", 0, 15)]


def test_control_characters_become_spaces_and_carriage_returns_vanish():
    assert plain("a\tb\r\nc\x00d")[0] == "a b\nc d"


def test_entities_given_by_the_caller_are_kept_but_detectable_ones_are_not():
    _, entities = formatted(
        "x /y", "", [{"type": "bold", "offset": 0, "length": 1}, {"type": "url", "offset": 0, "length": 1}]
    )
    assert [entity["type"] for entity in entities] == ["bold", "bot_command"]


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert parse_html(escaped) == (text, [])


@given(st.text(alphabet="<>/&;ab \"'=-#x😀é", max_size=40))
def test_any_text_is_either_read_or_refused(source: str):
    try:
        text, entities = formatted(source, "HTML", None)
    except Refused:
        return
    for entity in entities:
        assert entity["length"] > 0
        assert 0 <= entity["offset"] <= utf16_length(text) - entity["length"]


@given(st.text(max_size=50))
def test_length_is_counted_in_utf16(text: str):
    printable = text.encode("utf-16-le", "surrogatepass")
    assert utf16_length(text) == len(printable) // 2
