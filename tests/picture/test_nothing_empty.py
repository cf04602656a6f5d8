"""Pictures that nobody wants, whatever was asked: empty, from under water, or with nobody in sight."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from id_pass import IdFrame, id_pass
from numpy.typing import NDArray

from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.plan import Setting
from kirin_video.engines.previs.plate import Format
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.render import paint_alone
from kirin_video.engines.previs.scenery import Part
from kirin_video.engines.previs.survey import survey

SIZE = (96, 54)
FLAT = 6.0
"""A picture whose brightest channel varies less than this shows nothing."""
SEEN, FILLED = 6, 0.85
"""So many pixels can be told; whoever takes more than this share of the picture is too near to be known."""


def with_surface(prospect: Prospect, level: float) -> Prospect:
    """The clip with its water as something solid: what is under it is not in sight."""
    far = 4000.0
    corners = np.array([[-far, level, -far], [far, level, -far], [far, level, far], [-far, level, far]])
    faces = np.array([[0, 1, 2], [0, 2, 3]], np.uint32)
    plain = Mesh(
        corners.astype(np.float32),
        np.zeros((4, 3), np.float32),
        np.zeros((4, 4), np.uint8),
        np.zeros(4, np.uint8),
        faces,
    )
    return replace(prospect, scene=replace(prospect.scene, parts=(*prospect.scene.parts, Part(plain))))


def painted(prospect: Prospect) -> list[NDArray[np.uint8]]:
    return [plate.pixels[..., :3].copy() for plate in paint_alone(prospect, Format(*SIZE))]


def sighted(prospect: Prospect, frame: int, *, above: bool) -> IdFrame:
    """Who is where; where a shot is above water, what is under it is hidden."""
    water = prospect.scene.water
    if water is None or not above:
        return id_pass(prospect, frame, SIZE)
    return id_pass(with_surface(prospect, water.level_m), frame, SIZE)


@pytest.mark.parametrize(
    "prompt",
    [
        "A bowl of ramen with steam, close-up",
        "Close-up of a pizza",
        "特写:一朵红玫瑰",
        "Extreme close-up of a diamond ring",
        "江南水乡,小船划过石桥",
        "A gondola passes under a bridge in Venice",
        "A little mermaid sits on a rock in the sea at sunset",
        "A robot stands in the sea",
        "A chair in the sea",
        "A lighthouse in the middle of the sea",
        "Crows follow a tractor",
        "A man gets off a bus",
    ],
)
def test_every_moment_shows_whom_it_is_about(prompt: str) -> None:
    plan = read_plan(prompt, seed=7)
    clip = survey(plan, seed=7, aspect=SIZE[0] / SIZE[1], num_frames=96)
    moments = [2, 48, 93]
    views = tuple(clip.views[k] for k in moments)
    above, water = plan.setting is not Setting.UNDERWATER, clip.scene.water
    if above and water is not None:
        assert all(view.eye[1] > water.level_m for view in views)
    for frame in moments:
        (picture,) = painted(clip.between(frame, frame + 1))
        assert picture.reshape(-1, 3).std(0).max() > FLAT
        seen = sighted(clip, frame, above=above)
        assert SEEN < seen.mask(0).sum() < FILLED * SIZE[0] * SIZE[1]
