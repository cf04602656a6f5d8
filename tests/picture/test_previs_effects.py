"""Effects as the picture shows them: what burns is bright and lights the land, what falls moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.plan import (
    Move,
    Phenomenon,
    Setting,
    ShotPlan,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.plate import Format
from kirin_video.engines.previs.render import paint_alone
from kirin_video.engines.previs.survey import survey

SIZE = (192, 108)


def frames(plan: ShotPlan, count: int) -> tuple[list[NDArray[np.int64]], list[NDArray[np.int64]]]:
    """Frames with effects, and the same without."""
    prospect = survey(plan, seed=4, aspect=SIZE[0] / SIZE[1], num_frames=count)
    bare = replace(prospect, scene=replace(prospect.scene, swarms=(), lamps=()))
    shown, plain = (
        [p.pixels[::-1, :, :3].astype(np.int64) for p in paint_alone(clip, Format(*SIZE))]
        for clip in (prospect, bare)
    )
    return shown, plain


def plan(setting: Setting, *phenomena: Phenomenon, subjects: tuple[SubjectPlan, ...] = ()) -> ShotPlan:
    return ShotPlan(
        setting, TimeOfDay.NIGHT, Weather.CLEAR, Move.STILL, phenomena=phenomena, subjects=subjects
    )


def test_fireworks_shine_in_the_sky_and_in_the_water() -> None:
    shown, plain = frames(plan(Setting.LAKE, Phenomenon.FIREWORKS), 9)
    gain = np.mean([np.abs(a - b).max(2) for a, b in zip(shown[::4], plain[::4], strict=True)], axis=0)
    sky, water = gain[: SIZE[1] // 2], gain[SIZE[1] * 3 // 5 :]
    assert sky.max() > 60
    assert sky.mean() > 1.5
    assert water.max() > 12


def test_a_campfire_is_the_brightest_thing_and_lights_what_is_round_it() -> None:
    fire = SubjectPlan("campfire", "a campfire")
    (shown,), (plain,) = frames(plan(Setting.FOREST, subjects=(fire,)), 1)
    red, _, blue = (shown[..., c] for c in range(3))
    flames = (red > 200) & (red > blue + 90)
    assert 20 < flames.sum() < 0.2 * flames.size
    lit = (shown.sum(2) - plain.sum(2))[~flames]
    assert (lit > 10).mean() > 0.1


def test_petals_drift_from_frame_to_frame() -> None:
    shown, plain = frames(replace(plan(Setting.MEADOW, Phenomenon.PETALS), time=TimeOfDay.DAY), 4)
    masks = [np.abs(a - b).max(2) > 15 for a, b in zip(shown, plain, strict=True)]
    assert all(15 < mask.sum() < 0.2 * mask.size for mask in masks)
    assert (masks[0] != masks[3]).sum() > 10
