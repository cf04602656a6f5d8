import pytest

from kirin_video.domain.quoting import quoted, shown_name


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "null"),
        (True, "true"),
        (7, "7"),
        (-1.5, "-1.5"),
        (float("nan"), "nan"),
        pytest.param(10**5000, "a very large number", id="5001 digits"),
        ("fast", '"fast"'),
        ("x" * 41, '"' + "x" * 40 + '..."'),
        ('a"\n\u202e\ud800\\', '"a\\"\\u{a}\\u{202e}\\u{d800}\\\\"'),
        ([1, 2], "a list of 2"),
        ({"a": 1}, "an object"),
    ],
)
def test_says_what_a_value_is(value: object, shown: str) -> None:
    assert quoted(value) == shown


def test_names_are_cut_and_made_visible() -> None:
    assert shown_name("a\0b") == "a\\u{0}b"
    assert shown_name("") == '""'
    assert shown_name("n" * 100) == "n" * 64 + "..."
