from __future__ import annotations

import itertools

import pytest

from kirin_video.engines.previs.light import direction, light_for
from kirin_video.engines.previs.plan import TimeOfDay, Weather


@pytest.mark.parametrize(("time", "weather"), list(itertools.product(TimeOfDay, Weather)))
def test_light_is_physical(time: TimeOfDay, weather: Weather) -> None:
    light = light_for(time, weather)
    assert sum(c * c for c in light.sun) == pytest.approx(1.0)
    assert light.sun[1] > 0.0
    for color in (
        light.sun_color,
        light.horizon,
        light.zenith,
        light.cloud_lit,
        light.cloud_shade,
        light.bounce,
    ):
        assert min(color) >= 0.0
    assert light.haze_per_m > 0.0


def test_direction_follows_the_camera_convention() -> None:
    assert direction(0.0, 0.0) == pytest.approx((0.0, 0.0, -1.0))
    assert direction(90.0, 0.0) == pytest.approx((1.0, 0.0, 0.0))
    assert direction(12.0, 90.0) == pytest.approx((0.0, 1.0, 0.0))


def test_turning_the_key_light_keeps_its_height() -> None:
    plain, turned = (light_for(TimeOfDay.DUSK, Weather.CLEAR, turn) for turn in (0.0, 40.0))
    assert plain.sun[1] == pytest.approx(turned.sun[1])
    assert plain.sun[0] != pytest.approx(turned.sun[0])


def test_fog_is_thicker_than_any_other_air() -> None:
    haze = {weather: light_for(TimeOfDay.DAY, weather).haze_per_m for weather in Weather}
    assert max(haze, key=haze.__getitem__) is Weather.FOG


def test_only_night_and_dusk_have_stars() -> None:
    shining = {time for time in TimeOfDay if light_for(time, Weather.CLEAR).stars > 0.0}
    assert shining == {TimeOfDay.DUSK, TimeOfDay.NIGHT}
