import math

from hypothesis import given
from hypothesis import strategies as st

from kirin_video.domain.planning import fitted_size, frame_count
from kirin_video.domain.shot import Quality

PIXELS = {Quality.STD: 1280 * 720, Quality.PRO: 1920 * 1080}
# Pictures go from 1:2.5 to 2.5:1 and footage to 1:3; four is beyond both.
sides = st.integers(300, 8000)


@given(st.sampled_from(Quality), sides, sides)
def test_a_fitted_clip_keeps_its_ratio_and_the_number_of_pixels(
    quality: Quality, width: int, height: int
) -> None:
    ratio = min(max(width / height, 1 / 4), 4.0)
    width = round(height * ratio) or 1
    clip_width, clip_height = fitted_size(quality, width, height)
    assert clip_width % 2 == clip_height % 2 == 0
    # Each side is at most one pixel from its exact length.
    exact_width = math.sqrt(PIXELS[quality] * width / height)
    exact_height = PIXELS[quality] / exact_width
    assert abs(clip_width - exact_width) <= 1 + 1e-9
    assert abs(clip_height - exact_height) <= 1 + 1e-9
    assert abs(clip_width * clip_height - PIXELS[quality]) <= exact_width + exact_height + 2
    assert abs(math.log(clip_width / clip_height * height / width)) <= 1.01 * (
        1 / exact_width + 1 / exact_height
    )


@given(st.sampled_from(Quality), sides, sides)
def test_a_picture_on_its_side_makes_the_clip_on_its_side(quality: Quality, width: int, height: int) -> None:
    assert fitted_size(quality, width, height) == fitted_size(quality, height, width)[::-1]


@given(st.floats(3, 10))
def test_the_number_of_frames_is_the_nearest(duration_s: float) -> None:
    assert abs(frame_count(duration_s) - duration_s * 24) <= 0.5


@given(st.integers(3, 10))
def test_whole_seconds_have_24_frames_each(duration_s: int) -> None:
    assert frame_count(duration_s) == duration_s * 24
