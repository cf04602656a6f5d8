from __future__ import annotations

import base64
from pathlib import Path

import pytest

from kirin_video.cli.exit_codes import CommandFailed, ExitCode
from kirin_video.cli.request_options import RequestOptions, check_request, local_footage, request_body
from kirin_video.domain.request import parse_request


def body(**options: object) -> dict[str, object]:
    return request_body(RequestOptions(prompt="A valley", **options))  # pyright: ignore[reportArgumentType]


def test_words_alone_default_to_landscape_and_may_be_sent_twice() -> None:
    first, second = body(), body()
    assert first.pop("external_task_id") != second["external_task_id"]
    assert first == {"model": "kirin_video_o1", "prompt": "A valley", "aspect_ratio": "16:9"}


def test_every_option_reaches_the_request(tmp_path: Path) -> None:
    photo = tmp_path / "a:b.jpg"
    photo.write_bytes(b"\xff\xd8 a photograph")
    made = body(
        images=(f"{photo}:first_frame", "https://example.com/b.png", f"{photo}:end_frame"),
        mode="std",
        duration_s=7,
        watermark=True,
        seed=0,
    )
    inline = base64.b64encode(b"\xff\xd8 a photograph").decode()
    assert made["image_list"] == [
        {"image_url": inline, "type": "first_frame"},
        {"image_url": "https://example.com/b.png"},
        {"image_url": inline, "type": "end_frame"},
    ]
    assert (made["mode"], made["duration"], made["seed"]) == ("std", "7", 0)
    assert made["watermark_info"] == {"enabled": True}
    assert "aspect_ratio" not in made


def test_footage_passes_as_a_url_with_its_role_and_sound() -> None:
    made = body(videos=("https://example.com:8080/a.mp4:feature",), keep_sound="yes", elements=("160",))
    assert made["video_list"] == [
        {"video_url": "https://example.com:8080/a.mp4", "refer_type": "feature", "keep_original_sound": "yes"}
    ]
    assert made["element_list"] == [{"element_id": "160"}]


def test_what_the_command_sends_is_what_the_server_accepts() -> None:
    check_request(body(mode="std", duration_s=10, seed=3, watermark=True))
    request = parse_request(body(videos=("https://example.com/a.mp4:base",), keep_sound="yes"))
    assert request.base is not None
    assert request.base.keep_original_sound


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"keep_sound": "yes"}, "needs a --video"),
        ({"videos": ("no-such.mp4:base",)}, "--video no-such.mp4: No such file"),
        ({"images": ("no-such.jpg:first_frame",)}, "no-such.jpg: No such file"),
        ({"images": ("/",)}, "Is a directory"),
    ],
)
def test_mistakes_are_found_before_anything_is_sent(options: dict[str, object], said: str) -> None:
    with pytest.raises(CommandFailed) as caught:
        body(**options)
    assert said in caught.value.message
    assert caught.value.exit_code is ExitCode.USAGE


def test_broken_rules_are_listed_by_option() -> None:
    with pytest.raises(CommandFailed) as caught:
        check_request({**body(duration_s=7, seed=-1), "prompt": " "})
    lines = caught.value.message.splitlines()[1:]
    assert [line.split(" (")[0].strip() for line in lines] == ["PROMPT", "--seed", "--duration"]
    assert caught.value.exit_code is ExitCode.USAGE


def test_local_footage_is_told_apart_and_judged_before_it_is_uploaded(tmp_path: Path) -> None:
    file = tmp_path / "a.mp4"
    file.write_bytes(b"")
    options = RequestOptions(prompt="Winter", videos=(f"{file}:feature", "https://example.com/b.mp4"))
    assert local_footage(options) == {0: file}
    one = RequestOptions(prompt="Winter in <<<video_1>>>", videos=(str(file),), keep_sound="yes")
    check_request(request_body(one))
