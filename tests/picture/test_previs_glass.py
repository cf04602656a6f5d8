"""Drawing only what shows, and depth of field, measured in pictures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.defocus import blur_codes
from kirin_video.engines.previs.gl.context import open_context
from kirin_video.engines.previs.gl.painter import Painter
from kirin_video.engines.previs.glass import SHARP, glass_for
from kirin_video.engines.previs.plan import (
    Framing,
    Move,
    Setting,
    ShotPlan,
    ShotSize,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.plate import Format
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.render import render_world
from kirin_video.engines.previs.survey import survey
from kirin_video.engines.previs.vantage import vantages

SIZE = (320, 180)
FRAMES = 24


def plan_of(setting: Setting, move: Move, *subjects: SubjectPlan, **more: object) -> ShotPlan:
    plan = ShotPlan(setting, TimeOfDay.DAY, Weather.CLEAR, move, subjects=subjects)
    return replace(plan, **more)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("setting", "move"),
    [(Setting.FOREST, Move.TRACK_RIGHT), (Setting.VILLAGE, Move.ORBIT_LEFT), (Setting.LAKE, Move.PUSH_IN)],
)
def test_what_is_left_out_would_not_have_shown(setting: Setting, move: Move) -> None:
    prospect = survey(plan_of(setting, move), seed=5, aspect=SIZE[0] / SIZE[1], num_frames=FRAMES)
    context = open_context(0)
    try:
        whole, kept = Painter(context, prospect, *SIZE), Painter(context, prospect, *SIZE)
        looks = vantages(prospect.views)
        seen = kept.look(looks)
        kept.keep(seen, looks)
        # In a wood and between houses most lies behind something.
        assert seen.mean() < 0.25
        between = [k for k in range(FRAMES) if k not in looks]
        for number in (between[0], between[len(between) // 2], between[-1]):
            a, b = (picture(painter, number) for painter in (whole, kept))
            strange = np.abs(a - b).max(-1) > 24
            assert strange.mean() < 0.004
    finally:
        context.release()


@pytest.mark.parametrize(
    ("prompt", "frames"),
    [
        ("Whip pan to a red car on a city street", 30),
        ("Very fast orbit around a windmill in a village", 36),
        ("A red house in a meadow. Cut to: a wide view of the meadow from the other side", 48),
    ],
)
def test_nothing_is_missing_when_the_camera_is_quick(prompt: str, frames: int) -> None:
    plan = read_plan(prompt, seed=5)
    prospect = survey(plan, seed=5, aspect=SIZE[0] / SIZE[1], num_frames=frames)
    context = open_context(0)
    try:
        whole, kept = Painter(context, prospect, *SIZE), Painter(context, prospect, *SIZE)
        looks = vantages(prospect.views)
        kept.keep(kept.look(looks), looks)
        for number in range(0, frames, 2):
            a, b = (picture(painter, number) for painter in (whole, kept))
            assert (np.abs(a - b).max(-1) > 24).mean() < 0.004, number
    finally:
        context.release()


def picture(painter: Painter, number: int) -> NDArray[np.int64]:
    pixels = np.empty((SIZE[1], SIZE[0], 4), np.uint8)
    painter.draw(number)
    painter.read_into(pixels)
    return pixels[..., :3].astype(np.int64)


def test_depth_and_focus_say_how_blurred_pixels_are() -> None:
    plan = plan_of(
        Setting.MEADOW,
        Move.STILL,
        SubjectPlan("horse", "horse"),
        framing=Framing(size=ShotSize.FULL, shallow_focus=True),
    )
    prospect = replace(
        survey(plan, seed=5, aspect=SIZE[0] / SIZE[1], num_frames=1), glass=glass_for(plan, pro=False)
    )
    context = open_context(0)
    try:
        painter = Painter(context, prospect, *SIZE)
        plate = Format(*SIZE, deep=True).plate()
        painter.draw(0)
        painter.expose(plate)
    finally:
        context.release()
    codes = np.empty(SIZE[::-1], np.uint8)
    blur_codes(plate.depth, plate.focus, codes)
    blur = codes[::-1].astype(int) - SHARP
    # The horse, and the ground where it stands.
    assert 0.04 < (np.abs(blur) <= 1).mean() < 0.6
    # The sky is as far behind as can be, and only before the horse is something before it.
    assert np.median(blur[:12]) > 8
    assert blur[-3:].min() < 0 <= blur[:90].min()


def test_pro_blurs_the_background_and_keeps_the_subject_and_std_blurs_nothing() -> None:
    plan = plan_of(
        Setting.FOREST,
        Move.STILL,
        SubjectPlan("fox", "fox"),
        framing=Framing(size=ShotSize.CLOSE_UP),
    )

    def first(*, pro: bool) -> NDArray[np.float64]:
        clip = render_world(plan, seed=5, width=SIZE[0], height=SIZE[1], num_frames=1, pro=pro)
        return next(iter(clip)).y.astype(float)

    std, pro = first(pro=False), first(pro=True)
    rough = [np.abs(np.diff(y[:40], axis=1)).mean() for y in (std, pro)]
    assert rough[1] < 0.75 * rough[0]
    # Somewhere, in the fox, nothing has changed but the grain's neighbours.
    changed = np.abs(std - pro)
    assert (changed <= 2).mean() > 0.15
