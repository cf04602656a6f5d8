from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.plan import Move, Setting, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.scene import build_scene
from kirin_video.engines.previs.scenery import Scene


def scene(
    setting: Setting, *, seed: int = 3, aspect: float = 16 / 9, weather: Weather = Weather.CLEAR
) -> Scene:
    plan = ShotPlan(setting, TimeOfDay.DAY, weather, Move.STILL)
    return build_scene(plan, seed=seed, aspect=aspect)


@pytest.mark.parametrize("setting", list(Setting))
def test_a_world_has_sound_geometry(setting: Setting) -> None:
    built = scene(setting)
    assert built.parts
    for part in built.parts:
        mesh = part.mesh
        assert np.isfinite(mesh.positions).all()
        assert mesh.faces.max(initial=0) < max(len(mesh.positions), 1)
        lengths = np.linalg.norm(mesh.normals, axis=1)
        assert np.abs(lengths - 1.0).max(initial=0.0) < 1e-3
    if built.ground is not None:
        assert np.isfinite(built.ground.height).all()


@pytest.mark.parametrize("setting", [Setting.MEADOW, Setting.DESERT, Setting.BEACH, Setting.SEA])
def test_the_camera_stands_above_the_ground(setting: Setting) -> None:
    built = scene(setting)
    x, y, z = built.stage.eye
    assert y > built.ground_height(x, z) + 1.0


def test_tall_pictures_see_higher_and_wide_ones_wider() -> None:
    tall, square, wide = (scene(Setting.SEA, aspect=a).stage.fov_deg for a in (9 / 16, 1.0, 16 / 9))
    assert tall > square > wide


def test_a_seed_lays_the_same_land_again() -> None:
    one, same, other = (scene(Setting.DESERT, seed=s).ground for s in (1, 1, 2))
    assert one is not None
    assert same is not None
    assert other is not None
    assert np.array_equal(one.height, same.height)
    assert np.array_equal(one.color, same.color)
    assert not np.array_equal(one.height, other.height)


def test_snow_whitens_what_faces_up() -> None:
    clear, snow = (scene(Setting.DESERT, weather=w) for w in (Weather.CLEAR, Weather.SNOW))
    for before, after in zip(clear.parts, snow.parts, strict=True):
        up = before.mesh.normals[:, 1] > 0.8
        assert after.mesh.colors[up, :3].mean() > before.mesh.colors[up, :3].mean() + 40
