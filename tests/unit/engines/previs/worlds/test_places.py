"""Places that are built for themselves: each is read from words, and its world is whole."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kirin_video.engines.previs.journeys import lines_the_way
from kirin_video.engines.previs.plan import Place, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.lexicon import Lexicon, load_lexicon
from kirin_video.engines.previs.scene import build_scene
from kirin_video.engines.previs.staging import troupe_of
from kirin_video.engines.previs.survey import survey


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def _read(text: str, lexicon: Lexicon) -> ShotPlan:
    return read_plan(text, seed=3, lexicon=lexicon)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A waterfall", Place.WATERFALL),
        ("峡谷", Place.CANYON),
        ("An erupting volcano", Place.VOLCANO),
        ("A cave", Place.CAVE),
        ("A crystal cave", Place.CRYSTAL_CAVE),
        ("An ice cave", Place.ICE_CAVE),
        ("A tropical island", Place.ISLAND),
        ("A gondola glides through Venice", Place.LAGOON_CITY),
        ("云海中的黄山", Place.PEAKS),
        ("竹林", Place.BAMBOO),
        ("梯田", Place.TERRACES),
        ("A rooster on a farm", Place.FARM),
        ("A wheat field", Place.CROPS),
        ("A lavender field", Place.LAVENDER),
        ("A vineyard", Place.VINEYARD),
        ("A field of sunflowers", Place.SUNFLOWERS),
        ("A football field", Place.PITCH),
        ("A man in a corridor", Place.CORRIDOR),
        ("A coral reef", Place.REEF),
        ("A rocky coast", Place.COAST),
        ("An airplane in the sky", Place.SKY),
        ("A nebula", Place.NEBULA),
        ("A ringed planet", Place.RINGED_PLANET),
        ("A rooftop in Tokyo", Place.ROOFTOP),
        ("A train arrives at the station", Place.STATION),
        ("地铁站台", Place.SUBWAY),
        ("A car drives through a tunnel", Place.TUNNEL),
        ("夜市", Place.MARKET),
        ("An oasis in the desert", Place.OASIS),
        ("A dark alley", Place.ALLEY),
        ("温室", Place.GREENHOUSE),
        ("富士山", Place.FUJI),
        ("长城", Place.GREAT_WALL),
        ("A hot spring", Place.HOT_SPRING),
        ("A man swims in a swimming pool", Place.POOL),
        ("A plane takes off from the runway", Place.AIRPORT),
        ("A fishing harbour", Place.HARBOR),
        ("A football stadium", Place.STADIUM),
        ("Ancient ruins", Place.RUINS),
        ("A ski slope", Place.PISTE),
        ("游乐园", Place.FAIRGROUND),
        ("江南水乡的小桥流水", Place.WATER_TOWN),
        ("Aurora over a frozen lake", Place.FROZEN_LAKE),
        ("沙漠中的月牙泉", Place.OASIS),
        ("公园", Place.PARK),
        ("A rose garden", Place.GARDEN),
        ("A polar bear on an ice floe", Place.POLAR_SEA),
        ("登山者站在山顶", Place.SUMMIT),
    ],
)
def test_a_place_is_read_and_its_world_is_whole(text: str, place: Place, lexicon: Lexicon) -> None:
    plan = _read(text, lexicon)
    assert plan.place is place
    assert not any("nearest" in note or "最接近" in note for note in plan.notes)
    scene = build_scene(plan, seed=3, aspect=16 / 9)
    for part in scene.parts:
        assert np.isfinite(part.mesh.positions).all()
        assert np.isfinite(part.mesh.normals).all()
        assert part.mesh.faces.max(initial=0) < len(part.mesh.positions)
    eye = scene.stage.eye
    assert eye[1] > scene.stage.ground(eye[0], eye[2])


def test_what_is_over_every_place_is_no_place_of_its_own(lexicon: Lexicon) -> None:
    plan = _read("A kite in the blue sky over a beach", lexicon)
    assert plan.place is Place.BEACH
    assert plan.notes == ()


def test_film_noir_plays_at_night_unless_it_is_said(lexicon: Lexicon) -> None:
    assert _read("Film noir: a detective in the rain", lexicon).time is TimeOfDay.NIGHT
    assert _read("Film noir: a detective at dawn", lexicon).time is TimeOfDay.DAWN


def test_leaves_that_are_said_to_fall_fall(lexicon: Lexicon) -> None:
    assert "falling_leaves" in _read("A forest in autumn, leaves are falling", lexicon).phenomena


def test_waders_get_shallow_water_before_them(lexicon: Lexicon) -> None:
    scene = build_scene(_read("Five flamingos stand in a lake", lexicon), seed=3, aspect=16 / 9)
    assert scene.water is not None
    depths = [scene.water.level_m - scene.stage.ground(0.0, -z) for z in (8.0, 12.0, 16.0)]
    assert all(0.08 < depth < 0.34 for depth in depths)


def test_the_same_seed_builds_the_same_place(lexicon: Lexicon) -> None:
    plan = _read("A waterfall", lexicon)
    one, other = (build_scene(plan, seed=3, aspect=1.0) for _ in range(2))
    for a, b in zip(one.parts, other.parts, strict=True):
        assert np.array_equal(a.mesh.positions, b.mesh.positions)
    assert all(np.array_equal(a.start, b.start) for a, b in zip(one.swarms, other.swarms, strict=True))


def test_a_fireplace_of_a_room_gives_light_and_one_that_burns_is_no_second(lexicon: Lexicon) -> None:
    def lamps(text: str) -> int:
        plan = read_plan(text, seed=1, lexicon=lexicon)
        return len(build_scene(plan, seed=1, aspect=16 / 9).lamps)

    bare = lamps("A cosy living room at night")
    assert lamps("A cosy living room with a fireplace at night") == bare + 1
    assert lamps("夜晚温馨的客厅里壁炉燃烧着") == bare


def test_rain_and_snow_fall_outside_the_windows_of_a_room_only(lexicon: Lexicon) -> None:
    for text in ("A cup of tea on a windowsill, it rains outside", "一只猫趴在窗台上看雪"):
        scene = build_scene(_read(text, lexicon), seed=3, aspect=16 / 9)
        assert scene.weather is Weather.CLEAR
        falling = max(scene.swarms, key=lambda swarm: len(swarm.born))
        shell = scene.parts[0].mesh.positions
        behind, left = shell[:, 2].min(), shell[:, 0].min()
        assert ((falling.start[:, 2] < behind) | (falling.start[:, 0] < left)).all()
        assert (falling.velocity[:, 1] < -1.0).all()


def test_snow_around_those_of_the_poles_is_that_of_the_polar_sea(lexicon: Lexicon) -> None:
    assert (
        build_scene(_read("Five penguins waddle across the ice", lexicon), seed=3, aspect=1.6).water
        is not None
    )
    assert build_scene(_read("A husky runs across the ice", lexicon), seed=3, aspect=1.6).water is None


def test_a_cable_car_is_as_large_as_its_cabin(lexicon: Lexicon) -> None:
    plan = _read("A cable car climbs a snowy mountain", lexicon)
    role = troupe_of(plan, seed=3)[0]
    assert role.kind.name == "cable_car"
    assert role.body.length_m < role.body.height_m
    cable = max(shell.mesh.positions[:, 0].max() for shell in role.body.shells)
    assert cable > 10.0 * role.body.length_m


def test_a_tram_is_framed_without_its_rails(lexicon: Lexicon) -> None:
    for text in ("A tram in San Francisco", "旧金山的缆车"):
        role = troupe_of(_read(text, lexicon), seed=3)[0]
        assert role.kind.name == "tram"
        assert 0 < len(role.body.about) < len(role.body.skeleton)


def test_fog_hides_the_distance_but_never_whom_the_shot_is_about(lexicon: Lexicon) -> None:
    for text in ("A ship sails in dense fog", "大雾中的古堡"):
        shown = survey(_read(text, lexicon), seed=3, aspect=1.78, num_frames=5)
        light, eye = shown.scene.light, shown.views[2].eye
        far = math.dist(eye, shown.scene.actors[0].poses[2, 0, :, 3].tolist())
        left = math.exp(-light.haze_per_m * far)
        assert 0.35 < left < 0.9, text


def test_who_goes_by_rail_goes_past_what_lines_the_way_and_is_seen_large(lexicon: Lexicon) -> None:
    plan = _read("A bullet train passes cherry blossom trees", lexicon)
    assert lines_the_way(plan)
    assert [role.kind.name for role in troupe_of(plan, seed=3)] == ["bullet_train"]


def test_homes_are_lit_when_it_grows_dark_unless_they_stand_empty(lexicon: Lexicon) -> None:
    def lit(text: str) -> bool:
        glow = troupe_of(_read(text, lexicon), seed=3)[0].body.shells[0].mesh.glow
        return int(glow.max()) > 200

    assert lit("A wooden cabin in a forest at night")
    assert not lit("An abandoned cabin in a forest at night")
    assert not lit("A wooden cabin in a forest")
