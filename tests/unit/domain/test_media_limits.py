from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirin_video.domain.media_limits import (
    ImageFacts,
    ImageLimits,
    VideoFacts,
    VideoLimits,
    image_problems,
    video_problems,
)

side = st.integers(1, 100_000)


def _image(width: int, height: int, size_bytes: int = 1000) -> ImageFacts:
    return ImageFacts(width, height, "PNG", size_bytes)


def _video(
    width: int = 1280, height: int = 720, duration_s: float = 5, fps: float = 24, size_bytes: int = 1000
) -> VideoFacts:
    return VideoFacts(width, height, duration_s, fps, 120, False, "h264", size_bytes)


@given(side, side, st.integers(0, 20 * 1024 * 1024))
def test_a_picture_is_accepted_exactly_within_the_limits(width: int, height: int, size_bytes: int) -> None:
    within = (
        size_bytes <= 10 * 1024 * 1024
        and width >= 300
        and height >= 300
        and width * 2 <= height * 5
        and height * 2 <= width * 5
        and width * height <= 64_000_000
    )
    assert (image_problems(_image(width, height, size_bytes), ImageLimits()) == ()) == within


@given(side, side)
def test_a_turned_picture_has_as_many_problems(width: int, height: int) -> None:
    limits = ImageLimits()
    assert len(image_problems(_image(width, height), limits)) == len(
        image_problems(_image(height, width), limits)
    )


@pytest.mark.parametrize(("width", "height"), [(300, 300), (750, 300), (300, 750), (8000, 8000)])
def test_pictures_on_the_edge_are_accepted(width: int, height: int) -> None:
    assert image_problems(_image(width, height, 10 * 1024 * 1024), ImageLimits()) == ()


def test_a_picture_in_one_sentence() -> None:
    assert image_problems(_image(752, 300), ImageLimits()) == (
        "The picture is 752x300 px; its width to height must be between 1:2.5 and 2.5:1.",
    )


@pytest.mark.parametrize(
    ("duration_s", "accepted"),
    [
        (2.97, False),
        (2.98, True),
        (3.0, True),
        (10.01, True),
        (10.02, True),
        (10.03, False),
        (math.nan, False),
    ],
)
def test_lengths_to_the_nearest_frame(duration_s: float, accepted: bool) -> None:
    assert (video_problems(_video(duration_s=duration_s), VideoLimits()) == ()) is accepted


@pytest.mark.parametrize(
    ("fps", "accepted"),
    [
        (23.9, False),
        (24000 / 1001, True),
        (24, True),
        (60, True),
        (60.04, True),
        (60.1, False),
        (math.inf, False),
    ],
)
def test_rates(fps: float, accepted: bool) -> None:
    assert (video_problems(_video(fps=fps), VideoLimits()) == ()) is accepted


@pytest.mark.parametrize(
    ("width", "height", "accepted"),
    [(720, 720, True), (2160, 2160, True), (718, 1280, False), (3840, 2160, False), (720, 2160, True)],
)
def test_sides(width: int, height: int, accepted: bool) -> None:
    assert (video_problems(_video(width, height), VideoLimits()) == ()) is accepted


def test_every_problem_of_a_video_is_named() -> None:
    found = video_problems(_video(100, 100, 1, 5, 300 * 1024 * 1024), VideoLimits())
    assert [message.split(";")[0] for message in found] == [
        "The video has 314,572,800 bytes",
        "The video is 100x100 px",
        "The video lasts 1.00 s",
        "The video has 5.00 frames a second",
    ]
