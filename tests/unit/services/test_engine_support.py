from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from kirin_video.domain.errors import Fault, InvalidRequest
from kirin_video.domain.planning import plan_shot
from kirin_video.domain.request import GenerationRequest, parse_request
from kirin_video.domain.shot import Clip, Picture
from kirin_video.engines.base import Feature, needed_features
from kirin_video.engines.registry import EngineRegistry
from kirin_video.services.engine_support import asked_features, require_engine, worker_class

URL = "https://example.com/"
BASE = {"model": "kirin_video_o1", "prompt": "a horse", "aspect_ratio": "16:9"}
FIRST = {"image_url": URL + "1.jpg", "type": "first_frame"}
END = {"image_url": URL + "2.jpg", "type": "end_frame"}
PLAIN = {"image_url": URL + "3.jpg"}
REQUESTS = [
    {},
    {"image_list": [FIRST]},
    {"image_list": [FIRST, END]},
    {"image_list": [PLAIN]},
    {"image_list": [FIRST, PLAIN]},
    {"video_list": [{"video_url": URL + "v.mp4"}]},
    {"video_list": [{"video_url": URL + "v.mp4", "refer_type": "feature"}]},
    {"video_list": [{"video_url": URL + "v.mp4", "refer_type": "feature"}], "image_list": [PLAIN]},
]


def registry(*features: frozenset[Feature]) -> EngineRegistry:
    engines = EngineRegistry([f"engine{number}" for number in range(len(features))])
    for name, each in zip(engines.names, features, strict=True):
        engines._loaded[name] = cast(
            "Any", SimpleNamespace(name=name, features=each, worker_class=f"class-{name}")
        )
    return engines


def shot_features(request: GenerationRequest) -> frozenset[Feature]:
    images = [
        Picture(path=Path(f"/{number}.jpg"), width=640, height=360)
        for number in range(len(request.image_list))
    ]
    clip = Clip(path=Path("/v.mp4"), width=1280, height=720, duration_s=5.0, has_sound=False)
    base, feature = (clip if video else None for video in (request.base, request.feature))
    return needed_features(plan_shot(request, images, base, feature, (), 1))


@pytest.mark.parametrize("extra", REQUESTS)
def test_a_request_asks_for_what_its_shot_needs(extra: dict[str, object]) -> None:
    request = parse_request({**BASE, **extra})
    assert frozenset(asked_features(request)) == shot_features(request)


def test_what_an_engine_has_is_accepted() -> None:
    engines = registry(frozenset({Feature.TEXT}), frozenset({Feature.FIRST_FRAME}))
    require_engine(parse_request(BASE), engines)
    require_engine(parse_request({**BASE, "image_list": [FIRST]}), engines)


def test_a_task_needs_the_class_of_the_first_engine_that_can_make_it() -> None:
    engines = registry(frozenset({Feature.FIRST_FRAME}), frozenset({Feature.TEXT, Feature.FIRST_FRAME}))
    assert worker_class(parse_request(BASE), engines) == "class-engine1"
    assert worker_class(parse_request({**BASE, "image_list": [FIRST]}), engines) == "class-engine0"


def test_each_material_that_is_too_much_is_named() -> None:
    engines = registry(frozenset({Feature.TEXT, Feature.FIRST_FRAME}))
    with pytest.raises(InvalidRequest) as caught:
        require_engine(parse_request({**BASE, "image_list": [FIRST, END]}), engines)
    [violation] = caught.value.violations
    assert (violation.field, violation.fault) == ("image_list[1]", Fault.INVALID_PARAMETER)
    assert violation.message == "image_list[1]: no engine on this server can work from an end frame yet."


def test_materials_that_no_engine_takes_together_are_named_together() -> None:
    engines = registry(frozenset({Feature.FIRST_FRAME}), frozenset({Feature.LAST_FRAME}))
    with pytest.raises(InvalidRequest, match="takes these together yet: a first frame, an end frame"):
        require_engine(parse_request({**BASE, "image_list": [FIRST, END]}), engines)
