"""From a valid request and its judged media to the shot an engine renders."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from kirin_video.domain.inputs import AspectRatio, FrameRole
from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.request import GenerationRequest
from kirin_video.domain.shot import FPS, Clip, Picture, Quality, Shot, Subject

SIZES: Final[Mapping[Quality, Mapping[AspectRatio, tuple[int, int]]]] = {
    Quality.STD: {
        AspectRatio.LANDSCAPE: (1280, 720),
        AspectRatio.PORTRAIT: (720, 1280),
        AspectRatio.SQUARE: (960, 960),
    },
    Quality.PRO: {
        AspectRatio.LANDSCAPE: (1920, 1080),
        AspectRatio.PORTRAIT: (1080, 1920),
        AspectRatio.SQUARE: (1440, 1440),
    },
}
"""Width and height in pixels of each mode and shape; within a mode all have the same number of pixels."""


def output_size(quality: Quality, aspect_ratio: AspectRatio) -> tuple[int, int]:
    """Width and height in pixels of a clip that takes its shape from no picture or footage."""
    return SIZES[quality][aspect_ratio]


def fitted_size(quality: Quality, width: int, height: int) -> tuple[int, int]:
    """Width and height in pixels of a clip in the shape of a picture or footage.

    With P the mode's number of pixels and r = width / height, the exact sides are sqrt(P r) and sqrt(P / r);
    each is taken to the nearest even number, which changes it by at most one pixel.

    Args:
        quality: the mode.
        width: pixels of the picture, after rotation.
        height: pixels of the picture, after rotation.

    Raises:
        ValueError: a side is not positive.
    """
    if width <= 0 or height <= 0:
        raise ValueError("a picture has positive sides")
    pixels = math.prod(SIZES[quality][AspectRatio.SQUARE])
    return _even(math.sqrt(pixels * width / height)), _even(math.sqrt(pixels * height / width))


def frame_count(duration_s: float) -> int:
    """Frames of a clip of this length, to the nearest, half a frame up."""
    return math.floor(Fraction(duration_s) * FPS + Fraction(1, 2))


def plan_shot(  # noqa: PLR0913, PLR0917  # a shot is made of this much
    request: GenerationRequest,
    images: Sequence[Picture],
    base: Clip | None,
    feature: Clip | None,
    subjects: Sequence[Subject],
    seed: int,
) -> Shot:
    """Describe the clip that a request asks for.

    Args:
        request: the request.
        images: the judged images of ``image_list``, in its order.
        base: the judged footage to edit, if the request has some.
        feature: the judged footage to borrow from, if the request has some.
        subjects: the subjects of ``element_list``, in its order.
        seed: the request's own seed, or the one drawn for it.

    Raises:
        ValueError: the media are not those of the request.
    """
    _check_media(request, images, base, feature, subjects)
    first = _frame(request, images, FrameRole.FIRST_FRAME)
    width, height = _size(request, first or base)
    return Shot(
        prompt=read_prompt(request.prompt),
        quality=request.mode,
        width=width,
        height=height,
        num_frames=frame_count(base.duration_s if base else request.duration_s),
        seed=seed,
        first_frame=first,
        last_frame=_frame(request, images, FrameRole.END_FRAME),
        images=tuple(images),
        subjects=tuple(subjects),
        base=base,
        feature=feature,
        keep_sound=any(video.keep_original_sound for video in request.video_list),
    )


def _size(request: GenerationRequest, shape: Picture | Clip | None) -> tuple[int, int]:
    if shape is not None:
        return fitted_size(request.mode, shape.width, shape.height)
    if request.aspect_ratio is None:
        raise ValueError("a request without a first frame or base footage has an aspect ratio")
    return output_size(request.mode, request.aspect_ratio)


def _frame(request: GenerationRequest, images: Sequence[Picture], role: FrameRole) -> Picture | None:
    index = request.frame_index(role)
    return None if index is None else images[index]


def _check_media(
    request: GenerationRequest,
    images: Sequence[Picture],
    base: Clip | None,
    feature: Clip | None,
    subjects: Sequence[Subject],
) -> None:
    if len(images) != len(request.image_list) or len(subjects) != len(request.element_list):
        raise ValueError("as many pictures and subjects as the request lists")
    if (base is None) != (request.base is None) or (feature is None) != (request.feature is None):
        raise ValueError("footage exactly where the request has it")


def _even(side: float) -> int:
    """The nearest even number, at least 2."""
    return max(2, 2 * math.floor(side / 2 + 0.5))
