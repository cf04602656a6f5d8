"""Motion blur in pro, measured in pictures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.brushes import paint_together, start_brushes
from kirin_video.engines.previs.plan import Action, Move, Setting, ShotPlan, SubjectPlan, TimeOfDay, Weather
from kirin_video.engines.previs.plate import Format, Plate
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.render import paint_alone, render_world
from kirin_video.engines.previs.survey import survey

SIZE = (320, 180)
Luma = NDArray[np.float64]


def lumas(plan: ShotPlan, frames: int, *, pro: bool) -> list[Luma]:
    clip = render_world(plan, seed=5, width=SIZE[0], height=SIZE[1], num_frames=frames, pro=pro)
    return [frame.y.astype(float) for frame in clip]


def world(setting: Setting, move: Move, **more: object) -> ShotPlan:
    plan = ShotPlan(setting, TimeOfDay.DAY, Weather.CLEAR, move)
    return replace(plan, **more)  # pyright: ignore[reportArgumentType]


def detail(y: Luma) -> tuple[float, float]:
    """How much brightness changes from pixel to pixel, across and down."""
    return float(np.abs(np.diff(y, axis=1)).mean()), float(np.abs(np.diff(y, axis=0)).mean())


def test_a_still_camera_in_a_still_world_blurs_nothing() -> None:
    plan = world(Setting.ROOM, Move.STILL)
    for std, pro in zip(lumas(plan, 2, pro=False), lumas(plan, 2, pro=True), strict=True):
        assert np.array_equal(std, pro)


def test_a_pan_blurs_along_its_way_and_hardly_across() -> None:
    plan = world(Setting.VILLAGE, Move.PAN_RIGHT, energy=2.5)
    std, pro = (lumas(plan, 12, pro=pro)[6] for pro in (False, True))
    (across, down), (across_pro, down_pro) = detail(std), detail(pro)
    assert across_pro < 0.6 * across
    assert down_pro / down > 1.4 * across_pro / across


def test_who_runs_past_a_still_camera_is_blurred_and_the_world_is_not() -> None:
    dog = SubjectPlan("dog", "dog", action=Action.RUN)
    plan = replace(world(Setting.SNOWFIELD, Move.STILL), subjects=(dog,))
    prospect = replace(survey(plan, seed=5, aspect=SIZE[0] / SIZE[1], num_frames=10), shutter=True)
    view = prospect.views[5]
    # The crew goes along with whoever runs: here it stays where it is.
    prospect = replace(prospect, views=(view,) * 10)
    plates = {k: kept(plate) for k, plate in enumerate(paint_alone(prospect, stirred()))}
    from kirin_video.engines.previs.finish import Finisher  # noqa: PLC0415 -- numba reads where its cache is

    finisher, sharp = Finisher(*SIZE, seed=1), plates[5]
    before = finisher.finish(replace(sharp, speeds=sharp.speeds[:0, :0]), 0).y.astype(int)
    after = finisher.finish(sharp, 0).y.astype(int)
    marked = sharp.pixels[::-1, :, 3] < 128
    assert marked.mean() > 0.01
    changed = np.abs(after - before) > 2
    assert changed[marked].mean() > 0.1
    # Around it the blur reaches as far as it goes, and nowhere else is any.
    rows, columns = np.nonzero(marked)
    away = np.ones_like(marked)
    away[max(rows.min() - 24, 0) : rows.max() + 24, max(columns.min() - 24, 0) : columns.max() + 24] = False
    assert not changed[away].any()


def test_a_cut_is_not_blurred_over() -> None:
    plan = read_plan("A castle on a hill, static shot. Cut to: a wide static shot of the hill", seed=5)
    prospect = survey(plan, seed=5, aspect=SIZE[0] / SIZE[1], num_frames=48)
    assert len(prospect.cuts) == 1
    (cut,) = prospect.cuts
    clip = replace(prospect, shutter=True).between(cut - 2, cut + 2)
    assert clip.cuts == {2}
    for k, plate in enumerate(paint_alone(clip, stirred())):
        far = np.abs(plate.closing[:2] - plate.opening[:2]).max()
        assert far < 0.05, k


@pytest.mark.parametrize("painters", [1, 2])
def test_painters_together_tell_the_same_of_motion_as_one_alone(painters: int) -> None:
    dog = SubjectPlan("dog", "dog", action=Action.RUN)
    plan = replace(world(Setting.SNOWFIELD, Move.STILL), subjects=(dog,))
    prospect = replace(survey(plan, seed=5, aspect=16 / 9, num_frames=4), shutter=True)
    form = Format(160, 90, deep=True, stirred=True)
    alone = [kept(plate) for plate in paint_alone(prospect, form)]
    brushes = start_brushes(painters, form)
    try:
        together = [kept(plate) for plate in paint_together(prospect, brushes)]
    finally:
        for brush in brushes:
            brush.stop()
    assert any(plate.speeds.any() for plate in alone)
    for one, other in zip(alone, together, strict=True):
        for name in ("pixels", "depth", "speeds", "opening", "closing"):
            assert np.array_equal(getattr(one, name), getattr(other, name)), name


def stirred() -> Format:
    return Format(*SIZE, deep=True, stirred=True)


def kept(plate: Plate) -> Plate:
    """A plate that stays as it is."""
    return Plate(
        plate.pixels.copy(),
        plate.depth.copy(),
        plate.speeds.copy(),
        plate.focus.copy(),
        plate.opening.copy(),
        plate.closing.copy(),
        plate.lens.copy(),
    )
