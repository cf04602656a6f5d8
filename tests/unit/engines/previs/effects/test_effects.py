"""Effects: each phenomenon that this engine says it draws is there, and the same every time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kirin_video.engines.previs import craft
from kirin_video.engines.previs.effects import conjure
from kirin_video.engines.previs.effects.conjure import conjured
from kirin_video.engines.previs.effects.shapes import TILE_PX, tiles
from kirin_video.engines.previs.plan import (
    Action,
    Move,
    Phenomenon,
    Setting,
    ShotPlan,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.scenery import Scene
from kirin_video.engines.previs.survey import survey
from kirin_video.engines.previs.swarms import Shape, sprites_at

FRAMES = 25


def plan_of(*phenomena: Phenomenon, subjects: tuple[SubjectPlan, ...] = ()) -> ShotPlan:
    return ShotPlan(
        Setting.STUDIO, TimeOfDay.NIGHT, Weather.CLEAR, Move.STILL, phenomena=phenomena, subjects=subjects
    )


@pytest.fixture(scope="module")
def studio() -> Prospect:
    return survey(plan_of(), seed=4, aspect=16 / 9, num_frames=FRAMES)


def _flat(_x: float, _z: float) -> float:
    return 0.0


def with_effects(prospect: Prospect, phenomenon: Phenomenon, seed: int = 4) -> Scene:
    stage = replace(prospect.scene.stage, ground=_flat)
    scene = replace(prospect.scene, stage=stage, lamps=())
    times = prospect.clock.air_s
    return conjured(plan_of(phenomenon), scene, prospect.views, times=times, aspect=16 / 9, seed=seed)


def test_the_craft_claims_what_is_made() -> None:
    assert frozenset(conjure.MADE) == craft.CONJURED


@pytest.mark.parametrize("phenomenon", sorted(craft.CONJURED))
def test_a_phenomenon_is_seen_and_is_the_same_again(studio: Prospect, phenomenon: Phenomenon) -> None:
    first, again = with_effects(studio, phenomenon), with_effects(studio, phenomenon)
    assert first.swarms
    times = np.linspace(0.0, 1.0, 9)
    shown = 0
    for one, other in zip(first.swarms, again.swarms, strict=True):
        for t in times:
            rows = sprites_at(one, t, studio.views[0].eye).rows()
            assert np.isfinite(rows).all()
            np.testing.assert_array_equal(rows, sprites_at(other, t, studio.views[0].eye).rows())
            shown += len(rows)
    assert shown > 5
    if phenomenon is not Phenomenon.RAINBOW:
        other = with_effects(studio, phenomenon, seed=5).swarms
        assert not all(
            np.array_equal(a.chance, b.chance) and np.array_equal(a.start, b.start)
            for a, b in zip(first.swarms, other, strict=False)
        )


@pytest.mark.parametrize("phenomenon", [Phenomenon.FIRE, Phenomenon.FIREWORKS, Phenomenon.LIGHTNING])
def test_what_shines_lights_its_surroundings(studio: Prospect, phenomenon: Phenomenon) -> None:
    (lamp,) = with_effects(studio, phenomenon).lamps
    brightest = max([lamp.color, *lamp.colors], key=max)
    assert max(brightest) > 0.3


def test_runners_stir_up_dust_where_their_feet_come_down() -> None:
    horse = SubjectPlan("horse", "a horse", action=Action.GALLOP)
    plan = replace(plan_of(subjects=(horse,)), setting=Setting.DESERT, time=TimeOfDay.DAY)
    scene = survey(plan, seed=4, aspect=16 / 9, num_frames=FRAMES).scene
    (dust,) = scene.swarms
    (contacts,) = [a.contacts for a in scene.actors if a.contacts is not None]
    assert contacts is not None
    for born, (x, _, z) in zip(dust.born.tolist(), dust.start.tolist(), strict=True):
        frame = min(int(born * 24.0), FRAMES - 1)
        near = contacts[max(frame - 2, 0) : frame + 1]
        assert np.hypot(near[..., 0] - x, near[..., 1] - z).min() < 0.8


def test_a_campfire_burns_where_it_stands() -> None:
    plan = plan_of(subjects=(SubjectPlan("campfire", "a campfire"),))
    scene = survey(plan, seed=4, aspect=16 / 9, num_frames=4).scene
    middle = scene.actors[0].poses[0, 0, :, 3]
    flames = [s for s in scene.swarms if s.look.shape is Shape.FLAME]
    assert flames
    for swarm in flames:
        assert np.hypot(swarm.start[:, 0] - middle[0], swarm.start[:, 2] - middle[2]).max() < 0.6


def test_no_shape_reaches_over_its_tile() -> None:
    sheet = tiles()
    assert sheet.shape[2] == 4
    for shape in Shape:
        row, column = divmod(int(shape), 4)
        tile = sheet[row * TILE_PX : (row + 1) * TILE_PX, column * TILE_PX : (column + 1) * TILE_PX, 0]
        assert tile.max() > 120, shape
        assert max(tile[0].max(), tile[-1].max(), tile[:, 0].max(), tile[:, -1].max()) == 0, shape
