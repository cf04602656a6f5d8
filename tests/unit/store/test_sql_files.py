import pytest

from kirin_video.store.sql_files import read_queries, read_schema, split_statements


def test_statements_are_split_at_their_headings() -> None:
    text = "-- For people\n\n-- first --\n-- what it does\nSELECT 1;\n\n-- second --\nSELECT 2;\n"
    assert split_statements(text) == {"first": "-- what it does\nSELECT 1;", "second": "SELECT 2;"}


def test_a_name_used_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        split_statements("-- one --\nSELECT 1;\n-- one --\nSELECT 2;\n")


def test_every_statement_says_what_it_does() -> None:
    for name, statement in read_queries().items():
        assert statement.startswith(b"-- "), name


def test_schema_scripts_are_numbered_without_gaps() -> None:
    numbers = [int(name.split("_")[0]) for name in read_schema()]
    assert numbers == list(range(1, len(numbers) + 1))
