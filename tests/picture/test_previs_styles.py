"""Styles on whole shots: what is asked for is seen, and a first frame is only changed where it was asked."""

# ruff: noqa: RUF001 -- Chinese has its own comma
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import skimage

from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.shot import Picture, Quality, Shot
from kirin_video.engines.base import Rendering
from kirin_video.engines.previs import PrevisEngine
from kirin_video.media.frames import I420Frame

PHOTO = Path(skimage.__file__).parent / "data" / "coffee.png"


def rendered(prompt: str, *, with_photo: bool = False) -> tuple[Rendering, list[I420Frame]]:
    photo = Picture(path=PHOTO, width=600, height=400)
    shot = Shot(
        prompt=read_prompt(prompt),
        quality=Quality.STD,
        width=192,
        height=128,
        num_frames=3,
        seed=3,
        first_frame=photo if with_photo else None,
        images=(photo,) if with_photo else (),
    )
    rendering = PrevisEngine().render(shot, lambda _: None)
    assert rendering.frames is not None
    return rendering, [frame.copied() for frame in rendering.frames if isinstance(frame, I420Frame)]


def test_a_world_is_drawn_in_the_style_of_the_prompt() -> None:
    _, plain = rendered("A meadow, static shot")
    _, noir = rendered("A meadow, static shot, film noir")
    assert np.abs(plain[-1].u.astype(int) - 128).mean() > 8
    assert np.abs(noir[-1].u.astype(int) - 128).max() <= 1
    assert len(noir) == len(plain) == 3


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("The camera slowly pushes in, black and white", "The style (monochrome) is laid over every frame"),
        ("镜头缓缓推进，黑白", "每一帧都用了这种画风"),
    ],
)
def test_a_style_changes_the_first_frame_and_says_so(prompt: str, told: str) -> None:
    rendering, frames = rendered(prompt, with_photo=True)
    assert np.abs(frames[0].u.astype(int) - 128).max() <= 1
    assert any(told in note for note in rendering.notes)


def test_without_a_style_the_first_frame_is_the_picture() -> None:
    rendering, frames = rendered("The camera slowly pushes in, cinematic", with_photo=True)
    assert np.abs(frames[0].v.astype(int) - 128).mean() > 8
    assert not any("style" in note for note in rendering.notes)
