"""The migration that renames classes to what imports compare with, so that an old plan is recognised by a new file."""

import sqlite3

import pytest

from bot.domain.importing.values import parse_class
from storage.migrating import migrations


@pytest.mark.parametrize(("stored", "grade"), [("6Б", 6), ("10В", 10), ("7КРО", 7), ("5", 5), ("6 «Б»", 6)])
def test_class_is_named_as_an_import_names_it(stored: str, grade: int) -> None:
    sql = next(path.read_text("utf-8") for _, path in migrations() if path.stem == "0009_class_names")
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE sitting (class_name TEXT, grade INTEGER)")
    connection.execute("INSERT INTO sitting VALUES (?, ?), ('0У', 0)", (stored, grade))
    connection.execute(sql)
    named = [row[0] for row in connection.execute("SELECT class_name FROM sitting ORDER BY grade DESC")]
    connection.close()
    assert named == [parse_class(stored, range(1, 12))[1], "0У"]
