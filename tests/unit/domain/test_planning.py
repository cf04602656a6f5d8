from pathlib import Path

import pytest

from kirin_video.domain.inputs import AspectRatio, ElementInput, FrameRole, ImageInput, ReferType, VideoInput
from kirin_video.domain.planning import fitted_size, frame_count, output_size, plan_shot
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.shot import Clip, Picture, Quality, Subject

PHOTO = Picture(path=Path("a.jpg"), width=400, height=300)
OTHER = Picture(path=Path("b.jpg"), width=300, height=700)
CLIP = Clip(path=Path("a.mp4"), width=1080, height=1920, duration_s=4.2, has_sound=True)
SUBJECT = Subject(name="horse", description="a bay", pictures=(PHOTO,))


@pytest.mark.parametrize(
    ("quality", "ratio", "size"),
    [
        (Quality.STD, AspectRatio.LANDSCAPE, (1280, 720)),
        (Quality.STD, AspectRatio.PORTRAIT, (720, 1280)),
        (Quality.STD, AspectRatio.SQUARE, (960, 960)),
        (Quality.PRO, AspectRatio.LANDSCAPE, (1920, 1080)),
        (Quality.PRO, AspectRatio.PORTRAIT, (1080, 1920)),
        (Quality.PRO, AspectRatio.SQUARE, (1440, 1440)),
    ],
)
def test_sizes_of_modes_and_shapes(quality: Quality, ratio: AspectRatio, size: tuple[int, int]) -> None:
    assert output_size(quality, ratio) == size
    assert fitted_size(quality, *size) == size


def test_a_picture_without_sides_has_no_size() -> None:
    with pytest.raises(ValueError, match="positive"):
        fitted_size(Quality.PRO, 0, 10)


@pytest.mark.parametrize(
    ("length", "frames"), [(5, 120), (10, 240), (3.0, 72), (4.2, 101), (4.1875, 101), (10.02, 240)]
)
def test_frames_to_the_nearest(length: float, frames: int) -> None:
    assert frame_count(length) == frames


def test_text_alone() -> None:
    request = GenerationRequest(
        prompt="A horse", aspect_ratio=AspectRatio.SQUARE, duration_s=10, mode=Quality.STD
    )
    shot = plan_shot(request, [], None, None, [], 7)
    assert (shot.width, shot.height, shot.num_frames, shot.seed) == (960, 960, 240, 7)
    assert shot.quality is Quality.STD
    assert shot.prompt.source == "A horse"
    assert shot.first_frame is None


def test_first_and_last_frame_are_found_wherever_they_stand() -> None:
    request = GenerationRequest(
        prompt="A horse",
        image_list=(
            ImageInput(source="https://example.com/b", type=FrameRole.END_FRAME),
            ImageInput(source="https://example.com/a", type=FrameRole.FIRST_FRAME),
        ),
    )
    shot = plan_shot(request, [OTHER, PHOTO], None, None, [], 1)
    assert shot.first_frame == PHOTO
    assert shot.last_frame == OTHER
    assert shot.images == (OTHER, PHOTO)
    assert shot.width / shot.height == pytest.approx(4 / 3, rel=0.002)


def test_base_footage_gives_shape_length_and_sound() -> None:
    video = VideoInput(video_url="https://example.com/a.mp4", keep_original_sound=True)
    request = GenerationRequest(
        prompt="Add rain", video_list=(video,), element_list=(ElementInput(element_id=3),)
    )
    shot = plan_shot(request, [], CLIP, None, [SUBJECT], 1)
    assert (shot.width, shot.height, shot.num_frames) == (1080, 1920, 101)
    assert shot.keep_sound
    assert shot.base == CLIP
    assert shot.subjects == (SUBJECT,)


def test_feature_footage_gives_neither() -> None:
    video = VideoInput(video_url="https://example.com/a.mp4", refer_type=ReferType.FEATURE)
    request = GenerationRequest(
        prompt="Next shot", video_list=(video,), aspect_ratio=AspectRatio.LANDSCAPE, duration_s=3
    )
    shot = plan_shot(request, [], None, CLIP, [], 1)
    assert (shot.width, shot.height, shot.num_frames) == (1920, 1080, 72)
    assert shot.feature == CLIP
    assert not shot.keep_sound


def test_media_that_are_not_the_requests_are_refused() -> None:
    request = GenerationRequest(prompt="A horse", aspect_ratio=AspectRatio.SQUARE)
    with pytest.raises(ValueError, match="as many"):
        plan_shot(request, [PHOTO], None, None, [], 1)
    with pytest.raises(ValueError, match="footage"):
        plan_shot(request, [], CLIP, None, [], 1)
    with pytest.raises(ValueError, match="aspect ratio"):
        plan_shot(GenerationRequest(prompt="A horse"), [], None, None, [], 1)
