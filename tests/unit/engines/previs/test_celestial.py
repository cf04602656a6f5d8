"""Stars, northern lights and the moon: where the prompt asks for them, and in the picture."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.celestial import under_the_stars, with_disc_in_view
from kirin_video.engines.previs.light import direction, light_for
from kirin_video.engines.previs.plan import Move, Phenomenon, Setting, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.scene import build_scene
from kirin_video.engines.previs.scenery import Scene

ASPECT = 16 / 9


def plan(
    *phenomena: Phenomenon, weather: Weather = Weather.CLEAR, setting: Setting = Setting.DESERT
) -> ShotPlan:
    return ShotPlan(setting, TimeOfDay.NIGHT, weather, Move.STILL, phenomena=phenomena)


@pytest.fixture(scope="module")
def desert() -> Scene:
    return build_scene(plan(), seed=3, aspect=ASPECT)


def test_stars_shine_from_an_open_sky(desert: Scene) -> None:
    starry = under_the_stars(desert, plan(Phenomenon.STARS))
    assert starry.sky.milky_way > desert.sky.milky_way
    assert starry.light.cover == 0.0
    assert starry.light.disc == 0.0


def test_northern_lights_and_a_moon_go_together(desert: Scene) -> None:
    lit = under_the_stars(desert, plan(Phenomenon.AURORA, Phenomenon.MOON))
    assert lit.sky.aurora == 1.0
    assert lit.light.disc > 0.0


@pytest.mark.parametrize("weather", [Weather.RAIN, Weather.SNOW, Weather.FOG])
def test_a_closed_sky_stays_closed(desert: Scene, weather: Weather) -> None:
    assert under_the_stars(desert, plan(Phenomenon.STARS, weather=weather)) is desert


def test_nothing_asked_changes_nothing(desert: Scene) -> None:
    assert under_the_stars(desert, plan()) is desert


@pytest.mark.parametrize("yaw_deg", [-170.0, -90.0, 0.0, 35.0, 120.0])
@pytest.mark.parametrize("aspect", [16 / 9, 1.0, 9 / 16])
def test_the_moon_comes_into_the_picture(desert: Scene, yaw_deg: float, aspect: float) -> None:
    target = direction(yaw_deg, 0.0)
    view = View(eye=(0.0, 1.6, 0.0), target=(target[0], 1.6, target[2]), fov_deg=40.0)
    moonlit = with_disc_in_view(desert, plan(Phenomenon.MOON), [view], aspect)
    moon = np.array(moonlit.light.sun)
    right = np.array([math.cos(math.radians(yaw_deg)), 0.0, math.sin(math.radians(yaw_deg))])
    depth, tall = float(moon @ np.array(target)), math.tan(math.radians(20.0))
    assert abs(float(moon @ right)) < 0.9 * tall * aspect * depth
    assert 0.0 < moon[1] < 0.9 * tall * depth


def test_a_moon_nobody_asked_for_stays(desert: Scene) -> None:
    away = View(eye=(0.0, 1.6, 0.0), target=(0.0, 1.6, 1.0), fov_deg=40.0)
    assert with_disc_in_view(desert, plan(), [away], ASPECT) is desert
    assert desert.light.sun != light_for(TimeOfDay.DAY, Weather.CLEAR).sun


@pytest.mark.parametrize("open_sky", [True, False])
def test_a_setting_sun_comes_into_the_picture_where_no_hill_hides_it(desert: Scene, open_sky: bool) -> None:
    dusk = ShotPlan(Setting.DESERT, TimeOfDay.DUSK, Weather.CLEAR, Move.STILL)
    low = replace(desert.light, sun=direction(170.0, 8.0), disc=1.0)
    view = View(eye=(0.0, 1.6, 0.0), target=(0.0, 1.6, -1.0), fov_deg=40.0)
    moved = with_disc_in_view(replace(desert, light=low), dusk, [view], ASPECT, lambda _way: open_sky)
    assert (moved.light.sun[2] < 0.0) is open_sky
    assert moved.light.sun[1] <= low.sun[1] + 1e-6
