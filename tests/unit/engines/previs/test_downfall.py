from __future__ import annotations

import pytest

from kirin_video.engines.previs.plan import DayPart, Downfall, TimeOfDay, Weather
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.lexicon import load_lexicon
from kirin_video.engines.previs.scene import build_scene

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("prompt", "weather", "downfall"),
    [
        ("rain over a meadow", Weather.RAIN, Downfall.USUAL),
        ("heavy rain in the city", Weather.RAIN, Downfall.HEAVY),
        ("it is raining heavily in the forest", Weather.RAIN, Downfall.HEAVY),
        ("a village in a light drizzle", Weather.RAIN, Downfall.LIGHT),
        ("a blizzard in the mountains", Weather.SNOW, Downfall.HEAVY),
        ("light snow falls on a village", Weather.SNOW, Downfall.LIGHT),
        ("城市里下着倾盆大雨", Weather.RAIN, Downfall.HEAVY),
        ("森林里下着毛毛雨", Weather.RAIN, Downfall.LIGHT),
        ("村庄里大雪纷飞", Weather.SNOW, Downfall.HEAVY),
    ],
)
def test_it_is_read_how_much_falls(prompt: str, weather: Weather, downfall: Downfall) -> None:
    plan = read_plan(prompt, seed=0, lexicon=LEXICON)
    assert (plan.weather, plan.downfall) == (weather, downfall)


@pytest.mark.parametrize(
    ("prompt", "time", "part"),
    [
        ("a city at blue hour", TimeOfDay.DUSK, DayPart.BLUE_HOUR),
        ("a meadow at golden hour", TimeOfDay.DUSK, DayPart.GOLDEN_HOUR),
        ("a desert at noon", TimeOfDay.DAY, DayPart.NOON),
        ("黄金时刻的海滩", TimeOfDay.DUSK, DayPart.GOLDEN_HOUR),
        ("蓝调时刻的城市", TimeOfDay.DUSK, DayPart.BLUE_HOUR),
        ("a beach at sunset", TimeOfDay.DUSK, None),
    ],
)
def test_parts_of_the_day_are_read(prompt: str, time: TimeOfDay, part: DayPart | None) -> None:
    plan = read_plan(prompt, seed=0, lexicon=LEXICON)
    assert (plan.time, plan.day_part) == (time, part)


def test_a_downpour_takes_the_distance_away_and_a_drizzle_leaves_it() -> None:
    light, usual, heavy = (
        build_scene(read_plan(prompt, seed=0, lexicon=LEXICON), seed=2, aspect=1.0).light.haze_per_m
        for prompt in ("a meadow in a drizzle", "a meadow in the rain", "a meadow in heavy rain")
    )
    assert light < usual < heavy


def test_no_two_parts_of_the_day_have_one_light() -> None:
    lights = [
        build_scene(read_plan(f"a desert at {part}", seed=0, lexicon=LEXICON), seed=2, aspect=1.0).light
        for part in ("noon", "golden hour", "sunset", "blue hour")
    ]
    assert len({light.horizon for light in lights}) == len(lights)
    assert lights[0].sun[1] > lights[1].sun[1] > lights[2].sun[1]


def test_overcast_closes_the_sky_and_so_does_a_tornado() -> None:
    cloudy, grey, whirl = (
        build_scene(read_plan(prompt, seed=0, lexicon=LEXICON), seed=2, aspect=1.0).light
        for prompt in ("a cloudy meadow", "a meadow under an overcast sky", "a tornado over a meadow")
    )
    assert cloudy.cover < 0.9 < min(grey.cover, whirl.cover)
    assert sum(grey.sun_color) < 0.5 * sum(cloudy.sun_color)


def test_cherry_trees_of_a_street_are_its_own_in_blossom() -> None:
    plan = read_plan("a city street with cherry blossoms", seed=0, lexicon=LEXICON)
    assert all(subject.scenery for subject in plan.subjects)


@pytest.mark.parametrize("prompt", ["children play on a playground", "公园里的儿童游乐场"])
def test_a_playground_has_what_is_played_on(prompt: str) -> None:
    kinds = {subject.kind for subject in read_plan(prompt, seed=0, lexicon=LEXICON).subjects}
    assert {"slide", "swing", "seesaw"} <= kinds
