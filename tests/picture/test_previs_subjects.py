"""What subjects look like in the picture, measured against the same shot without them."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.plan import (
    Action,
    Color,
    Move,
    PartColor,
    Setting,
    ShotPlan,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.plate import Format
from kirin_video.engines.previs.render import paint_alone
from kirin_video.engines.previs.survey import survey

SIZE = (256, 144)
TELLING = 12
"""A pixel that differs by more than this belongs to a subject or its shadow."""


def shot(subject: SubjectPlan, frames: int) -> tuple[list[NDArray[np.uint8]], list[NDArray[np.uint8]]]:
    """Frames with the subject, and the same views without it."""
    plan = ShotPlan(Setting.DESERT, TimeOfDay.DAY, Weather.FOG, Move.STILL, subjects=(subject,))
    prospect = survey(plan, seed=4, aspect=SIZE[0] / SIZE[1], num_frames=frames)
    empty = replace(prospect, scene=replace(prospect.scene, actors=()))
    form = Format(*SIZE)
    both = (paint_alone(clip, form) for clip in (prospect, empty))
    with_it, without = ([plate.pixels.copy() for plate in painted] for painted in both)
    return with_it, without


def mask(shown: NDArray[np.uint8], empty: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.abs(shown[..., :3].astype(int) - empty[..., :3].astype(int)).max(-1) > TELLING


def animal(kind: str, color: tuple[int, int, int] | None = None, **more: object) -> SubjectPlan:
    colors = (PartColor("body", Color("asked", color)),) if color else ()
    return SubjectPlan(kind, kind, colors=colors, **more)  # pyright: ignore[reportArgumentType]


def test_a_subject_fills_its_share_of_the_picture() -> None:
    (shown,), (empty,) = shot(animal("horse"), 1)
    rows = np.flatnonzero(mask(shown, empty).any(1))
    assert 0.3 < np.ptp(rows) / SIZE[1] < 0.7


def test_named_colours_are_seen() -> None:
    def color(rgb: tuple[int, int, int]) -> NDArray[np.float64]:
        (shown,), (empty,) = shot(animal("cat", rgb), 1)
        return np.median(shown[mask(shown, empty)][:, :3].astype(float), axis=0)

    black, white, red = color((18, 17, 17)), color((244, 242, 238)), color((190, 40, 30))
    assert white.mean() > black.mean() + 60
    assert red[0] > red[1] + 40
    assert red[0] > red[2] + 40


def test_as_many_bodies_as_asked_can_be_counted() -> None:
    plan = ShotPlan(
        Setting.DESERT,
        TimeOfDay.DAY,
        Weather.FOG,
        Move.STILL,
        subjects=(animal("elephant", count=3, action=Action.WALK),),
    )
    prospect = survey(plan, seed=4, aspect=SIZE[0] / SIZE[1], num_frames=1)
    bodies = list(dict.fromkeys(id(actor.poses) for actor in prospect.scene.actors))
    assert len(bodies) == 3

    def drawn(left_out: set[int]) -> NDArray[np.uint8]:
        actors = tuple(a for a in prospect.scene.actors if id(a.poses) not in left_out)
        scene = replace(prospect.scene, actors=actors)
        (frame,) = (
            plate.pixels.copy() for plate in paint_alone(replace(prospect, scene=scene), Format(*SIZE))
        )
        return frame

    whole, empty = drawn(set()), drawn(set(bodies))
    for one in bodies:
        # What only this one shows, of all that it would show alone.
        alone = mask(drawn(set(bodies) - {one}), empty).sum()
        assert mask(whole, drawn({one})).sum() > 0.35 * alone


@pytest.mark.parametrize("action", [Action.STAND, Action.WALK, Action.GRAZE])
def test_no_frame_is_frozen(action: Action) -> None:
    shown, _ = shot(animal("dog", action=action), 6)
    for before, after in itertools.pairwise(shown):
        assert (np.abs(after.astype(int) - before.astype(int)).max(-1) > 3).sum() > 5


def test_the_same_seed_gives_the_same_frames_bit_for_bit() -> None:
    first, _ = shot(animal("tiger", action=Action.WALK), 2)
    again, _ = shot(animal("tiger", action=Action.WALK), 2)
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
