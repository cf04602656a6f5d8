"""Clips from references, drawn whole and small: who is in them, in which colours, and where."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from made_pictures import FIGURE, figure_before, meadow, paper, saved
from numpy.typing import NDArray

from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.shot import Quality, Shot, Subject
from kirin_video.engines.previs import PrevisEngine
from kirin_video.engines.previs.photo.picture import fitted
from kirin_video.media.frames import I420Frame

SIZE = (320, 180)


@pytest.fixture(scope="module")
def element(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    path = tmp_path_factory.mktemp("element") / "figure.ppm"
    return Subject(
        name="Clay robot", description="A red one.", pictures=(saved(figure_before(paper()), path),)
    )


def rgb_of(frame: I420Frame) -> NDArray[np.float64]:
    """BT.709 limited range to RGB, 0 to 255 (ITU-R BT.709-6)."""
    u, v = (np.repeat(np.repeat(plane.astype(float), 2, 0), 2, 1) - 128 for plane in (frame.u, frame.v))
    y = (frame.y.astype(float) - 16) * 255 / 219
    u, v = u * 255 / 224, v * 255 / 224
    return np.stack([y + 1.5748 * v, y - 0.1873 * u - 0.4681 * v, y + 1.8556 * u], -1)


def clip(prompt: str, frames: int, **more: object) -> tuple[list[NDArray[np.float64]], dict[str, object]]:
    shot = Shot(
        prompt=read_prompt(prompt), quality=Quality.STD, width=SIZE[0], height=SIZE[1], num_frames=frames,
        seed=5, **more,  # pyright: ignore[reportArgumentType]
    )  # fmt: skip
    rendering = PrevisEngine().render(shot, lambda _progress: None)
    assert rendering.frames is not None
    shown = [rgb_of(frame) for frame in rendering.frames]  # pyright: ignore[reportArgumentType]
    return shown, {**rendering.facts, "notes": rendering.notes}


def reddish(frame: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Where the figure's coat is seen."""
    red, green, blue = np.moveaxis(frame, -1, 0)
    return (red > 1.8 * green) & (red > 1.8 * blue) & (red > 50)


def test_an_element_walks_through_a_drawn_world(element: Subject) -> None:
    frames, facts = clip("<<<element_1>>> walks across the snow", 10, subjects=(element,))
    [told] = facts["references"]  # pyright: ignore[reportGeneralTypeIssues]
    assert told == {
        "reference": "element_1", "taken_as": "subject", "kind": "robot", "height_m": told["height_m"],
        "view": "front", "confidence": 1.0,
    }  # fmt: skip
    assert any("element_1" in note for note in facts["notes"])  # pyright: ignore[reportGeneralTypeIssues]
    places = [np.argwhere(reddish(frame)) for frame in frames]
    assert all(len(place) > 300 for place in places)
    tall = np.ptp(places[0][:, 0]) / SIZE[1]
    assert 0.15 < tall < 0.7
    assert abs(places[-1][:, 1].mean() - places[0][:, 1].mean()) > 4, "it goes"
    color = np.median(frames[0][reddish(frames[0])], axis=0)
    assert np.abs(color / color.sum() - FIGURE / FIGURE.sum()).max() < 0.2, "its own colour, in this light"


def test_a_picture_becomes_the_place(element: Subject, tmp_path: Path) -> None:
    scene = np.clip(meadow(), 0, 255).astype(np.uint8)
    frames, facts = clip(
        "<<<element_1>>> stands in the place of <<<image_1>>>, static camera", 2,
        images=(saved(scene, tmp_path / "place.ppm"),), subjects=(element,),
    )  # fmt: skip
    taken = [told["taken_as"] for told in facts["references"]]  # pyright: ignore[reportGeneralTypeIssues]
    assert taken == ["scene", "subject"]
    assert reddish(frames[0]).sum() > 300
    asked = fitted(scene, *SIZE).astype(float)
    # The lens darkens the corners a little, as in every clip; these places lie nearer to the middle.
    for place in (np.s_[30:60, 40:90], np.s_[30:60, -90:-40], np.s_[110:140, 30:80], np.s_[110:140, -80:-30]):
        off = frames[0][place].mean((0, 1)) - asked[place].mean((0, 1))
        assert np.abs(off).max() < 30, "the picture's own colours"


def test_a_picture_becomes_the_palette(element: Subject, tmp_path: Path) -> None:
    blue = np.zeros((64, 64, 3), np.uint8)
    blue[:] = np.linspace((10, 16, 40), (90, 120, 200), 64)[:, None]
    images = (saved(blue, tmp_path / "style.ppm"),)
    plain, _ = clip("<<<element_1>>> sits in a desert", 1, subjects=(element,))
    styled, facts = clip(
        "<<<element_1>>> sits in a desert in the style of <<<image_1>>>",
        1,
        images=images,
        subjects=(element,),
    )
    taken = [told["taken_as"] for told in facts["references"]]  # pyright: ignore[reportGeneralTypeIssues]
    assert taken == ["style", "subject"]
    excess = [float((frame[..., 2] - frame[..., 0]).mean()) for frame in (plain[0], styled[0])]
    assert excess[0] < 0 < excess[1] - 10


def test_the_same_shot_gives_the_same_frames(element: Subject) -> None:
    first, second = (clip("<<<element_1>>> dances in a studio", 2, subjects=(element,))[0] for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))
