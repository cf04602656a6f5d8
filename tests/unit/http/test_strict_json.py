from __future__ import annotations

import pytest

from kirin_video.domain.errors import MalformedBody
from kirin_video.http.strict_json import decode_body, parse_object


def parse(body: bytes) -> dict[str, object]:
    return parse_object(decode_body(body))


def test_a_plain_request_passes_unchanged() -> None:
    body = '{"prompt": "Ein Fluß 🌊", "n": [1, 2.5, true, null, {"a": "b"}]}'.encode()
    assert parse(body) == {"prompt": "Ein Fluß 🌊", "n": [1, 2.5, True, None, {"a": "b"}]}


def test_a_surrogate_pair_is_one_character() -> None:
    assert parse(rb'{"prompt": "\ud83c\udf0a"}') == {"prompt": "🌊"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        ('{"prompt": "a"}'.encode("utf-16"), "not UTF-8"),
        (b'{"prompt": "\xff"}', "byte 12"),
        (b'{"prompt": "\xed\xa0\x80"}', "not UTF-8"),
        (b'{"prompt": }', "line 1, column 12"),
        (b'{"prompt": "a"', "not valid JSON"),
        (b'{"prompt": "a"} {}', "Extra data"),
        (b'{"prompt": "a\nb"}', "control character"),
        (b"{'prompt': 'a'}", "not valid JSON"),
        (b'{"a": 1,}', "not valid JSON"),
        (b"[]", "not an array"),
        (b'"text"', "not a string"),
        (b"12", "not a number"),
        (b"true", "not true or false"),
        (b"null", "not null"),
        (b'{"a": NaN}', "NaN is not JSON"),
        (b'{"a": -Infinity}', "-Infinity is not JSON"),
        (b'{"a": 1e999}', "1e999 is out of range"),
        (b'{"a": ' + b"9" * 5000 + b"}", "5,000 characters"),
        (b'{"a": 0.' + b"9" * 5000 + b"}", "too long"),
        (b'{"seed": 1, "seed": 2}', '"seed" occurs twice'),
        (b'{"a": [{"b": 1, "\\u0062": 2}]}', '"b" occurs twice'),
        (b'{"prompt": "a\\u0000b"}', "at prompt holds a NUL"),
        (b'{"a\\u0000": 1}', "A name at the top level holds a NUL"),
        (b'{"image_list": [{"image_url": "\\ud800"}]}', "at image_list[0].image_url holds half"),
        (b'{"\\udfff": 1}', "surrogate"),
        (b'{"a": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "nested too deeply"),
        (b'{"a":' * 200_000 + b"1" + b"}" * 200_000, "nested too deeply"),
        (b'{"a": ' + b"[" * 80 + b"]" * 80 + b"}", "64 levels"),
        (b'{"a": [' + b"0," * 600_000 + b"0]}", "500,000 elements"),
    ],
)
def test_what_is_not_accepted_is_refused_in_words(body: bytes, said: str) -> None:
    with pytest.raises(MalformedBody) as caught:
        parse(body)
    assert said in caught.value.message
    caught.value.message.encode()


def test_the_message_does_not_repeat_a_long_name() -> None:
    name = b"x" * 100_000
    with pytest.raises(MalformedBody) as caught:
        parse(b'{"%b": 1, "%b": 2}' % (name, name))
    assert len(caught.value.message) < 200
    with pytest.raises(MalformedBody) as caught:
        parse(b'{"%b": "\\u0000"}' % name)
    assert len(caught.value.message) < 400
    assert caught.value.violations[0].field == "x" * 200
