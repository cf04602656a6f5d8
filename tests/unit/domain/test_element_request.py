import base64
from typing import Any

import pytest

from kirin_video.domain.element_parameters import ELEMENT_PARAMETERS
from kirin_video.domain.element_request import (
    PLACES,
    ElementRequest,
    asks_for_element,
    parse_element_request,
)
from kirin_video.domain.errors import Fault, InvalidRequest

URL = "https://example.com/{}.jpg"
MODEL = "kirin_custom_elements"
FOX: dict[str, Any] = {
    "model": MODEL,
    "element_name": "Clay fox",
    "element_frontal_image": URL.format("front"),
    "element_refer_list": [{"image_url": URL.format("side")}],
}


def violations(**changes: object) -> list[tuple[str, Fault]]:
    with pytest.raises(InvalidRequest) as refused:
        parse_element_request({key: value for key, value in {**FOX, **changes}.items() if value is not ...})
    return [(violation.field, violation.fault) for violation in refused.value.violations]


def test_a_request_is_read_flat_and_wrapped() -> None:
    more = {
        "element_description": "It is orange.",
        "tag_list": [{"tag_id": "animal"}, {"tag_id": "clay"}, {"tag_id": "animal"}],
        "external_task_id": "fox-1",
    }
    flat = parse_element_request({**FOX, **more})
    assert flat == ElementRequest(
        name="Clay fox",
        description="It is orange.",
        pictures=(URL.format("front"), URL.format("side")),
        tags=("animal", "clay"),
        external_task_id="fox-1",
    )
    params = {key: value for key, value in {**FOX, **more}.items() if key != "model"}
    wrapped = {"model": MODEL, "input": [{"params": params}]}
    assert parse_element_request(wrapped) == flat
    assert parse_element_request(params, model_needed=False) == flat
    for body in (FOX, wrapped, {"input": [{"params": FOX}]}):
        assert asks_for_element(body)
    for body in (params, {"model": "kirin_video_o1"}, [], "x", {"model": [MODEL]}, {"input": 5}, None):
        assert not asks_for_element(body)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"model": ...}, "model"),
        ({"model": "kirin_video_o1"}, "model"),
        ({"element_name": ...}, "element_name"),
        ({"element_name": ""}, "element_name"),
        ({"element_name": " \u200b\t"}, "element_name"),
        ({"element_name": "x" * 21}, "element_name"),
        ({"element_name": 7}, "element_name"),
        ({"element_description": "x" * 101}, "element_description"),
        ({"element_frontal_image": ...}, "element_frontal_image"),
        ({"element_frontal_image": " "}, "element_frontal_image"),
        ({"element_refer_list": ...}, "element_refer_list"),
        ({"element_refer_list": []}, "element_refer_list"),
        ({"element_refer_list": [{"image_url": URL}] * 4}, "element_refer_list"),
        ({"element_refer_list": [{}]}, "element_refer_list[0].image_url"),
        ({"element_refer_list": ["x"]}, "element_refer_list[0]"),
        ({"element_refer_list": "x"}, "element_refer_list"),
        ({"tag_list": [{"tag_id": " a"}]}, "tag_list[0].tag_id"),
        ({"tag_list": [{"tag_id": "x" * 33}]}, "tag_list[0].tag_id"),
        ({"tag_list": [{"tag_id": "a"}] * 11}, "tag_list"),
        ({"tag_list": [{}]}, "tag_list[0].tag_id"),
        ({"external_task_id": "a/b"}, "external_task_id"),
        ({"prompt": "a fox"}, "prompt"),
    ],
)
def test_each_rule_is_told_with_its_path(changes: dict[str, object], field: str) -> None:
    assert violations(**changes) == [(field, Fault.INVALID_PARAMETER)]


def test_limits_are_in_code_points_and_may_be_reached() -> None:
    request = parse_element_request({**FOX, "element_name": "🦊" * 20, "element_description": "é" * 100})
    assert request.name == "🦊" * 20
    listed = [{"image_url": URL.format(number)} for number in range(3)]
    assert len(parse_element_request({**FOX, "element_refer_list": listed}).pictures) == len(PLACES)


def test_pictures_that_cannot_be_used_are_told_by_what_is_wrong() -> None:
    too_large = base64.b64encode(bytes(10 * 1024 * 1024 + 3)).decode()
    assert violations(
        element_frontal_image="no base64!",
        element_refer_list=[
            {"image_url": too_large},
            {"image_url": "ftp://example.com/a.jpg"},
            {"image_url": "blob:0123456789abcdef0123456789abcdef.png"},
        ],
    ) == [
        ("element_frontal_image", Fault.IMAGE_REJECTED),
        ("element_refer_list[0].image_url", Fault.IMAGE_REJECTED),
        ("element_refer_list[1].image_url", Fault.MEDIA_UNREACHABLE),
        ("element_refer_list[2].image_url", Fault.MEDIA_UNREACHABLE),
    ]


def test_every_violation_is_told_at_once_and_in_order() -> None:
    told = violations(
        colour="red",
        element_name="x" * 30,
        element_description=5,
        element_frontal_image=...,
        element_refer_list=[],
        tag_list={},
        callback_url="ftp://x",
    )
    assert [field for field, _ in told] == [
        "element_name",
        "element_description",
        "element_frontal_image",
        "element_refer_list",
        "tag_list",
        "callback_url",
        "colour",
    ]


def test_requests_that_mean_the_same_have_the_same_fingerprint() -> None:
    data = base64.b64encode(b"abc").decode()
    plain = parse_element_request({**FOX, "element_frontal_image": data})
    headed = parse_element_request({**FOX, "element_frontal_image": f"data:image/png;base64,{data}"})
    assert plain.fingerprint() == headed.fingerprint()
    assert plain.model_copy(update={"element_id": 5}).fingerprint() == plain.fingerprint()
    for change in ({"element_name": "Wolf"}, {"tag_list": [{"tag_id": "a"}]}, {"element_description": "b"}):
        assert (
            parse_element_request({**FOX, **change}).fingerprint() != parse_element_request(FOX).fingerprint()
        )


def test_the_examples_of_the_parameters_make_a_request() -> None:
    examples = {parameter.name: parameter.example for parameter in ELEMENT_PARAMETERS}
    assert parse_element_request(examples).name == "Clay fox"
