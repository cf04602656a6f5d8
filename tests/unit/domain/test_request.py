import base64
from typing import Any

import pytest

from kirin_video.domain.errors import Fault, InvalidRequest
from kirin_video.domain.inputs import AspectRatio, FrameRole, ReferType
from kirin_video.domain.request import MODEL, GenerationRequest, parse_request
from kirin_video.domain.shot import Quality

URL = "https://example.com/a.jpg"
FOOTAGE = "https://example.com/a.mp4"
FIRST = {"image_url": URL, "type": "first_frame"}
END = {"image_url": URL, "type": "end_frame"}
PICTURE = {"image_url": URL}
BASE = {"video_url": FOOTAGE}
FEATURE = {"video_url": FOOTAGE, "refer_type": "feature"}
ELEMENT = {"element_id": 1}
JPEG = b"\xff\xd8\xff" * 5

SHAPE, BAD, FRAMES = Fault.MISSING_ASPECT_RATIO, Fault.INVALID_PARAMETER, Fault.FRAMES_CONFLICT
LENGTH, MANY, UNKNOWN = Fault.DURATION_NOT_ALLOWED, Fault.TOO_MANY_REFERENCES, Fault.UNKNOWN_REFERENCE


def body(**changes: object) -> dict[str, object]:
    """A valid text-only body with changes; ``...`` takes a parameter out."""
    whole = {"model": MODEL, "prompt": "A horse", "aspect_ratio": "16:9", **changes}
    return {name: value for name, value in whole.items() if value is not ...}


def violations(raw: object) -> list[tuple[str, Fault]]:
    with pytest.raises(InvalidRequest) as caught:
        parse_request(raw)
    return [(violation.field, violation.fault) for violation in caught.value.violations]


def message(raw: object) -> str:
    with pytest.raises(InvalidRequest) as caught:
        parse_request(raw)
    return caught.value.message


def test_the_least_request_gets_the_defaults() -> None:
    assert parse_request(body()) == GenerationRequest(
        model=MODEL,
        prompt="A horse",
        mode=Quality.PRO,
        aspect_ratio=AspectRatio.LANDSCAPE,
        duration_s=5,
    )


def test_the_fullest_request_is_read_whole() -> None:
    request = parse_request(
        body(
            prompt="<<<image_2>>> as <<<element_1>>>, like <<<video_1>>>",
            image_list=[FIRST, {"image": URL}],
            video_list=[{**FEATURE, "keep_original_sound": "yes"}],
            element_list=[{"element_id": "9007199254740991"}],
            mode="std",
            duration="7",
            watermark_info=[{"enabled": True}],
            callback_url="https://example.com/hook",
            external_task_id="ad-17",
            seed=0,
        )
    )
    assert [image.type for image in request.image_list] == [FrameRole.FIRST_FRAME, None]
    assert request.image_list[1].source == URL
    assert request.feature is not None
    assert request.feature.keep_original_sound
    assert request.base is None
    assert request.element_list[0].element_id == 2**53 - 1
    assert (request.mode, request.duration_s, request.watermark, request.seed) == (Quality.STD, 7, True, 0)
    assert (request.callback_url, request.external_task_id) == ("https://example.com/hook", "ad-17")
    assert request.frame_index(FrameRole.FIRST_FRAME) == 0
    assert request.frame_index(FrameRole.END_FRAME) is None
    assert GenerationRequest.model_validate_json(request.model_dump_json()) == request


def test_null_is_absence() -> None:
    names = [
        "image_list",
        "video_list",
        "element_list",
        "mode",
        "duration",
        "watermark_info",
        "callback_url",
        "seed",
    ]
    assert parse_request(body(**dict.fromkeys(names), external_task_id=None)) == parse_request(body())
    nulls = {"image_url": URL, "image": None, "type": None}
    assert parse_request(body(image_list=[nulls])) == parse_request(body(image_list=[PICTURE]))
    assert violations(body(prompt=None)) == [("prompt", Fault.MISSING_PROMPT)]
    assert violations(body(model=None)) == [("model", BAD)]


def test_what_is_ignored_is_noted() -> None:
    framed = parse_request(body(image_list=[FIRST]))
    assert framed.aspect_ratio is None
    assert framed.notes == ("aspect_ratio 16:9 was ignored: the first frame gives the shape.",)
    edit = parse_request(body(video_list=[BASE], duration=60))
    assert edit.duration_s == 5
    assert edit.notes == (
        "aspect_ratio 16:9 was ignored: the base video gives the shape.",
        "duration 60 was ignored: the base video gives the length.",
    )
    assert parse_request(body(aspect_ratio=..., video_list=[BASE])).notes == ()
    assert parse_request(body(video_list=[FEATURE])).notes == ()


@pytest.mark.parametrize("prompt", ["x" * 2500, "😀" * 2500, "  x  ", "<<<image", "\u200bx", "a\nb\tc"])
def test_prompts_that_are_fine(prompt: str) -> None:
    assert parse_request(body(prompt=prompt)).prompt == prompt


@pytest.mark.parametrize(
    ("prompt", "fault"),
    [
        (..., Fault.MISSING_PROMPT),
        ("", Fault.MISSING_PROMPT),
        (" \n\t\u3000", Fault.MISSING_PROMPT),
        ("\u200b\u2060", Fault.MISSING_PROMPT),
        (" " * 3000, Fault.MISSING_PROMPT),
        ("x" * 2501, Fault.PROMPT_TOO_LONG),
        ("😀" * 2501, Fault.PROMPT_TOO_LONG),
        (" " * 2500 + "x", Fault.PROMPT_TOO_LONG),
        (7, BAD),
        (["A horse"], BAD),
        ("A\0horse", BAD),
        ("A\ud83d horse", BAD),
    ],
)
def test_prompts_that_are_not(prompt: object, fault: Fault) -> None:
    assert violations(body(prompt=prompt)) == [("prompt", fault)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"model": ...}, [("model", BAD)]),
        ({"model": "kirin"}, [("model", BAD)]),
        ({"model": 1}, [("model", BAD)]),
        ({"mode": "PRO"}, [("mode", BAD)]),
        ({"mode": ""}, [("mode", BAD)]),
        ({"mode": ["pro"]}, [("mode", BAD)]),
        ({"aspect_ratio": "4:3"}, [("aspect_ratio", BAD)]),
        ({"aspect_ratio": "4:3", "image_list": [FIRST]}, [("aspect_ratio", BAD)]),
        ({"aspect_ratio": ...}, [("aspect_ratio", SHAPE)]),
        ({"aspect_ratio": ..., "image_list": [PICTURE]}, [("aspect_ratio", SHAPE)]),
        ({"aspect_ratio": ..., "video_list": [FEATURE]}, [("aspect_ratio", SHAPE)]),
        ({"duration": 4}, [("duration", LENGTH)]),
        ({"duration": "4"}, [("duration", LENGTH)]),
        ({"duration": 0}, [("duration", LENGTH)]),
        ({"duration": -5}, [("duration", LENGTH)]),
        ({"duration": 10**30}, [("duration", LENGTH)]),
        ({"duration": 2, "image_list": [PICTURE]}, [("duration", LENGTH)]),
        ({"duration": 11, "element_list": [ELEMENT]}, [("duration", LENGTH)]),
        ({"duration": 7, "image_list": [FIRST]}, [("duration", LENGTH)]),
        *(
            ({"duration": wrong}, [("duration", BAD)])
            for wrong in ("05", "5.0", 5.0, True, "five", "", " 5", "\u0665", [5], "+5")
        ),
        ({"duration": "9" * 5000}, [("duration", BAD)]),
        ({"duration": "five", "video_list": [BASE]}, [("duration", BAD)]),
        ({"seed": "7"}, [("seed", BAD)]),
        ({"seed": -1}, [("seed", BAD)]),
        ({"seed": 2**32}, [("seed", BAD)]),
        ({"seed": True}, [("seed", BAD)]),
        ({"watermark_info": True}, [("watermark_info", BAD)]),
        ({"watermark_info": {}}, [("watermark_info.enabled", BAD)]),
        ({"watermark_info": [{"enabled": "true"}]}, [("watermark_info[0].enabled", BAD)]),
        ({"watermark_info": []}, [("watermark_info", BAD)]),
        ({"watermark_info": [{"enabled": True}, {"enabled": True}]}, [("watermark_info", BAD)]),
        ({"watermark_info": {"enabled": True, "text": "x"}}, [("watermark_info.text", BAD)]),
        ({"callback_url": "ftp://example.com"}, [("callback_url", Fault.CALLBACK_REFUSED)]),
        ({"callback_url": "http://u:p@example.com"}, [("callback_url", Fault.CALLBACK_REFUSED)]),
        ({"callback_url": ""}, [("callback_url", Fault.CALLBACK_REFUSED)]),
        ({"callback_url": 7}, [("callback_url", BAD)]),
        *(
            ({"external_task_id": wrong}, [("external_task_id", BAD)])
            for wrong in ("", "x" * 129, "a\nb", "a/b", " a", "a ", "..", 17, "a\u202eb")
        ),
        ({"foo": 1}, [("foo", BAD)]),
    ],
)
def test_single_parameters(changes: dict[str, Any], expected: list[tuple[str, Fault]]) -> None:
    assert violations(body(**changes)) == expected


@pytest.mark.parametrize(
    ("images", "expected"),
    [
        (URL, [("image_list", BAD)]),
        (PICTURE, [("image_list", BAD)]),
        ([URL], [("image_list[0]", BAD)]),
        ([None], [("image_list[0]", BAD)]),
        ([{}], [("image_list[0].image_url", BAD)]),
        ([{"image_url": " ", "image": ""}], [("image_list[0].image_url", BAD)]),
        ([{"image_url": 5}], [("image_list[0].image_url", BAD)]),
        ([{"image_url": URL, "image": URL + "x"}], [("image_list[0].image", BAD)]),
        ([{"image_url": "file:///etc/passwd"}], [("image_list[0].image_url", Fault.MEDIA_UNREACHABLE)]),
        ([{"image": "blob:other/account"}], [("image_list[0].image", Fault.MEDIA_UNREACHABLE)]),
        ([{"image": "no picture"}], [("image_list[0].image", Fault.IMAGE_REJECTED)]),
        ([PICTURE, {"image_url": URL, "type": "last_frame"}], [("image_list[1].type", BAD)]),
        ([PICTURE, {"image_url": URL, "role": "x"}], [("image_list[1].role", BAD)]),
        ([END], [("image_list[0].type", FRAMES)]),
        ([FIRST, FIRST], [("image_list[1].type", FRAMES)]),
        ([END, FIRST, PICTURE], [("image_list[0].type", FRAMES)]),
        ([PICTURE] * 8, [("image_list", MANY)]),
        ([PICTURE] * 500, [("image_list", MANY)]),
    ],
)
def test_images(images: object, expected: list[tuple[str, Fault]]) -> None:
    assert violations(body(image_list=images)) == expected


@pytest.mark.parametrize(
    ("videos", "expected"),
    [
        ([{}], [("video_list[0].video_url", BAD)]),
        ([{"video_url": ""}], [("video_list[0].video_url", BAD)]),
        ([{"video_url": "AAAA"}], [("video_list[0].video_url", Fault.MEDIA_UNREACHABLE)]),
        ([{"video_url": "blob:a"}], [("video_list[0].video_url", Fault.MEDIA_UNREACHABLE)]),
        ([{**BASE, "refer_type": "edit"}], [("video_list[0].refer_type", BAD)]),
        ([{**BASE, "keep_original_sound": True}], [("video_list[0].keep_original_sound", BAD)]),
        ([{**BASE, "keep_original_sound": "Yes"}], [("video_list[0].keep_original_sound", BAD)]),
        ([BASE, FEATURE], [("video_list", MANY)]),
    ],
)
def test_videos(videos: object, expected: list[tuple[str, Fault]]) -> None:
    assert violations(body(video_list=videos)) == expected


@pytest.mark.parametrize("wrong", [0, -1, 2**53, "0", "01", "x", 1.0, True, "9" * 19, None])
def test_element_ids(wrong: object) -> None:
    assert violations(body(element_list=[ELEMENT, {"element_id": wrong}])) == [
        ("element_list[1].element_id", BAD)
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"image_list": [FIRST], "video_list": [BASE]}, [("image_list[0].type", FRAMES)]),
        (
            {"image_list": [PICTURE, FIRST, END], "video_list": [BASE]},
            [("image_list[2].type", FRAMES), ("image_list[1].type", FRAMES)],
        ),
        ({"image_list": [FIRST, END], "element_list": [ELEMENT]}, [("element_list", FRAMES)]),
        (
            {"image_list": [PICTURE] * 3, "element_list": [ELEMENT] * 2, "video_list": [BASE]},
            [("image_list", MANY)],
        ),
        ({"image_list": [PICTURE], "element_list": [ELEMENT] * 7}, [("element_list", MANY)]),
        ({"prompt": "<<<image_1>>>"}, [("prompt", UNKNOWN)]),
        ({"prompt": "<<<image_0>>>", "image_list": [PICTURE]}, [("prompt", UNKNOWN)]),
        (
            {"prompt": "<<<image_2>>> <<<video_1>>> <<<element_9>>> <<<image_2>>>", "image_list": [PICTURE]},
            [("prompt", UNKNOWN)] * 3,
        ),
        ({"prompt": "<<<img_1>>>", "image_list": [PICTURE]}, [("prompt", UNKNOWN)]),
    ],
)
def test_rules_between_parameters(changes: dict[str, Any], expected: list[tuple[str, Fault]]) -> None:
    assert violations(body(**changes)) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"image_list": [FIRST], "element_list": [ELEMENT], "duration": 3},
        {"image_list": [FIRST, END], "duration": 4},
        {"image_list": [FIRST, PICTURE, PICTURE]},
        {"image_list": [FIRST], "video_list": [FEATURE], "duration": 9},
        {"image_list": [PICTURE] * 4, "element_list": [ELEMENT] * 3},
        {"image_list": [PICTURE] * 2, "element_list": [ELEMENT] * 2, "video_list": [BASE]},
        {"image_list": [], "video_list": [], "element_list": []},
        {"prompt": "<<<image_1>>> < << image_1 >>", "image_list": [PICTURE]},
    ],
)
def test_combinations_that_are_fine(changes: dict[str, Any]) -> None:
    assert parse_request(body(**changes)).model == MODEL


def test_everything_is_reported_at_once_and_in_order() -> None:
    raw = {
        "prompt": " ",
        "image_list": [{"image_url": "ftp://x/a"}, 3, {"image_url": URL, "type": "middle"}],
        "mode": "fast",
        "duration": 12,
        "seed": 1.5,
        "colour": "red",
        "video_list": [FEATURE, FEATURE],
    }
    assert violations(raw) == [
        ("model", BAD),
        ("prompt", Fault.MISSING_PROMPT),
        ("image_list[0].image_url", Fault.MEDIA_UNREACHABLE),
        ("image_list[1]", BAD),
        ("image_list[2].type", BAD),
        ("mode", BAD),
        ("seed", BAD),
        ("video_list", MANY),
        ("colour", BAD),
    ]


def test_one_mistake_is_told_once() -> None:
    # The ratio may be there under a wrong name, the frame may be the one that cannot be read.
    assert violations(body(aspect_ratio=..., apsect_ratio="16:9")) == [("apsect_ratio", BAD)]
    unsure = [{"image_url": URL, "type": "first"}, END]
    assert violations(body(aspect_ratio=..., image_list=unsure)) == [("image_list[0].type", BAD)]
    assert violations(body(aspect_ratio=..., image_list=[{**PICTURE, "typ": "first_frame"}])) == [
        ("image_list[0].typ", BAD)
    ]
    assert violations(body(prompt="<<<image_1>>>", image_list=7)) == [("image_list", BAD)]
    assert violations(body(duration=4, video_list=7)) == [("video_list", BAD)]
    assert violations(body(duration=60, video_list=[{**BASE, "refer_type": "x"}])) == [
        ("video_list[0].refer_type", BAD)
    ]


def test_messages_say_what_was_found_and_what_is_allowed() -> None:
    assert message(body(mode="ultra")) == 'mode is "ultra"; allowed: std, pro.'
    assert message(body(duration=7)) == "duration is 7; from text alone it may be 5 or 10 seconds."
    assert message(body(prompt="x" * 2501)) == "prompt has 2,501 characters; 2,500 are allowed."
    assert message(body(durration=5)) == "durration is not a known parameter; did you mean duration?"
    assert "known here: model, prompt" in message(body(zzz=5))
    assert "found true" in message(body(duration=True))
    assert "image_list has 0 entries" in message(body(prompt="<<<image_1>>>"))


def test_messages_stay_short_and_printable() -> None:
    said = message(body(mode="\x1b[31m" + "x" * 10**6, **{"y\u202e" * 1000: 1}))
    assert len(said) < 1000
    assert said.isprintable()


def test_no_answer_grows_with_the_body() -> None:
    many = {f"p{number}": 1 for number in range(5000)}
    with pytest.raises(InvalidRequest) as caught:
        parse_request(body(**many))
    assert len(caught.value.violations) == 101
    assert caught.value.violations[-1].message == "There are 4900 more violations."


@pytest.mark.parametrize("raw", [None, [], "x", 5, True, [{"model": MODEL}]])
def test_a_body_is_an_object(raw: object) -> None:
    assert violations(raw) == [("body", BAD)]


def test_inline_images_are_judged_by_size() -> None:
    limit = 10 * 1024 * 1024
    fits = base64.b64encode(bytes(limit)).decode()
    assert parse_request(body(image_list=[{"image": fits}])).image_list[0].source == fits
    beyond = base64.b64encode(bytes(limit + 1)).decode()
    expected = [("image_list[0].image", Fault.IMAGE_REJECTED)]
    assert violations(body(image_list=[{"image": "data:image/png;base64," + beyond}])) == expected


def test_requests_that_mean_the_same_have_one_fingerprint() -> None:
    plain = parse_request(body()).fingerprint()
    assert len(plain) == 64
    same = [
        body(duration="5"),
        body(duration=5, mode="pro", image_list=[], seed=None),
        {"model": MODEL, "input": [{"params": body()}]},
        body(watermark_info={"enabled": False}),
    ]
    assert {parse_request(raw).fingerprint() for raw in same} == {plain}
    text = base64.b64encode(JPEG).decode()
    written = [{"image": text}, {"image_url": text}, {"image_url": f"data:image/jpeg;base64,{text}"}]
    assert len({parse_request(body(image_list=[image])).fingerprint() for image in written}) == 1
    framed = [body(image_list=[FIRST]), body(image_list=[FIRST], aspect_ratio="1:1")]
    assert len({parse_request(raw).fingerprint() for raw in framed}) == 1


def test_requests_that_differ_have_different_fingerprints() -> None:
    different = [
        {},
        {"prompt": "A horse."},
        {"mode": "std"},
        {"aspect_ratio": "1:1"},
        {"duration": 10},
        {"seed": 0},
        {"seed": 1},
        {"watermark_info": {"enabled": True}},
        {"callback_url": "https://example.com"},
        {"external_task_id": "a"},
        {"image_list": [PICTURE]},
        {"image_list": [FIRST]},
        {"image_list": [{"image": base64.b64encode(JPEG).decode()}]},
        {"video_list": [BASE]},
        {"video_list": [FEATURE]},
        {"video_list": [{**FEATURE, "keep_original_sound": "yes"}]},
        {"element_list": [ELEMENT]},
    ]
    assert len({parse_request(body(**changes)).fingerprint() for changes in different}) == len(different)


def test_base_is_what_footage_is_by_default() -> None:
    request = parse_request(body(video_list=[BASE]))
    assert request.video_list[0].refer_type is ReferType.BASE
    assert not request.video_list[0].keep_original_sound
    assert request.base is request.video_list[0]
    assert request.feature is None
