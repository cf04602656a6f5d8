import pytest

from kirin_video.domain.errors import InvalidRequest
from kirin_video.domain.request import MODEL, parse_request

PARAMS = {"prompt": "A horse", "aspect_ratio": "16:9"}


def wrapped(*entries: object, **outer: object) -> dict[str, object]:
    return {"model": MODEL, "input": list(entries), **outer}


def fields(raw: object) -> list[str]:
    with pytest.raises(InvalidRequest) as caught:
        parse_request(raw)
    return [violation.field for violation in caught.value.violations]


@pytest.mark.parametrize(
    "raw",
    [
        wrapped({"params": PARAMS}),
        wrapped({"params": {**PARAMS, "model": MODEL}}),
        {"input": [{"params": {**PARAMS, "model": MODEL}}]},
        wrapped({"params": {**PARAMS, "model": MODEL}}, model=None),
        {**PARAMS, "model": MODEL, "input": None},
    ],
)
def test_wrapped_is_the_same_as_flat(raw: object) -> None:
    assert parse_request(raw) == parse_request({"model": MODEL, **PARAMS})


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (wrapped(), ["input"]),
        (wrapped({"params": PARAMS}, {"params": PARAMS}), ["input"]),
        ({"model": MODEL, "input": {"params": PARAMS}}, ["input"]),
        ({"model": MODEL, "input": "x"}, ["input"]),
        (wrapped(PARAMS), ["input[0].params", "input[0].prompt", "input[0].aspect_ratio"]),
        (wrapped([PARAMS]), ["input[0]"]),
        (wrapped({"params": None}), ["input[0].params"]),
        (wrapped({"params": PARAMS, "priority": 1}), ["input[0].priority"]),
        (wrapped({"params": PARAMS}, prompt="A cow"), ["prompt"]),
        (wrapped({"params": {**PARAMS, "model": "other"}}), ["model"]),
        (wrapped({"params": {**PARAMS, "model": 5}}), ["model"]),
        (wrapped({"params": PARAMS}, model="other"), ["model"]),
        ({"input": [{"params": PARAMS}]}, ["model"]),
        (wrapped({"params": {**PARAMS, "input": []}}), ["input"]),
    ],
)
def test_what_is_wrong_with_the_wrapping_is_told(raw: object, expected: list[str]) -> None:
    assert fields(raw) == expected


def test_paths_are_those_of_the_parameters_themselves() -> None:
    params = {**PARAMS, "image_list": [{"image_url": "https://example.com/a"}, {"type": "end"}]}
    assert fields(wrapped({"params": params})) == fields({"model": MODEL, **params})
    assert fields(wrapped({"params": params}))[-1] == "image_list[1].image_url"
