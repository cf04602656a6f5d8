"""Photographs that ship in packages, and made ones: nothing tears, and what lives in them moves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage
import sklearn
from numpy.typing import NDArray
from PIL import Image

from kirin_video.engines.previs.photo import alive, life, windows
from kirin_video.engines.previs.photo.ahead import drawn_ahead
from kirin_video.engines.previs.photo.picture import fitted
from kirin_video.engines.previs.photo.render import PhotoScene, opening_frame, photo_scene
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

SHIPPED = Path(skimage.__file__).parent / "data", Path(sklearn.__file__).parent / "datasets" / "images"
LONGEST = 320
LAST = 23
STRETCH = 0.45
"""A ground that runs to its horizon shears by a tenth; what is torn is pulled to several times its size."""

Rgb = NDArray[np.uint8]
Scene = Callable[[str], PhotoScene]


def photograph(name: str) -> Rgb:
    path = next(folder / name for folder in SHIPPED if (folder / name).exists())
    with Image.open(path) as opened:
        layer = opened.convert("RGBA")
    rgb = np.asarray(Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB"))
    scale = LONGEST / max(rgb.shape[:2])
    return fitted(rgb, round(rgb.shape[1] * scale / 2) * 2, round(rgb.shape[0] * scale / 2) * 2)


def plan_of(move: Move, **more: object) -> ShotPlan:
    return ShotPlan(
        Setting.MEADOW,
        more.get("time", TimeOfDay.DAY),  # pyright: ignore[reportArgumentType]
        more.get("weather", Weather.CLEAR),  # pyright: ignore[reportArgumentType]
        move,
        phenomena=more.get("phenomena", ()),  # pyright: ignore[reportArgumentType]
    )


@pytest.fixture(scope="module")
def tracked() -> Scene:
    known: dict[str, PhotoScene] = {}

    def scene(name: str) -> PhotoScene:
        if name not in known:
            known[name] = photo_scene(photograph(name), plan_of(Move.TRACK_LEFT), seed=1)
        return known[name]

    return scene


def psnr(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> float:
    error = float(np.mean((a.astype(np.float64) - b.astype(np.float64)) ** 2))
    return 10 * np.log10(255**2 / max(error, 1e-9))


@pytest.mark.parametrize("name", ["astronaut.png", "china.jpg", "coffee.png", "flower.jpg", "rocket.jpg"])
def test_nothing_tears(tracked: Scene, name: str) -> None:
    scene = tracked(name)
    land = scene.parts.textures.disparity[scene.parts.kinds.index("land")]
    rises = np.hypot(*np.gradient(land)) / 8
    # a calm track goes 0.058 of the nearest distance aside, through a lens of 1.07
    assert float(rises.max()) * 0.058 * 1.07 * LONGEST < STRETCH


@pytest.mark.parametrize("name", ["astronaut.png", "china.jpg", "coffee.png", "chelsea.png"])
def test_the_layers_give_the_picture_back(tracked: Scene, name: str) -> None:
    scene = tracked(name)
    filming = scene.filming(LAST + 1)
    first = opening_frame(scene.rgb)
    assert psnr(filming.frame(1).y, first.y) > 34
    assert filming.frame(LAST).y.std() > 0.7 * first.y.std()


def test_a_backdrop_is_no_sky_and_hair_is_hair(tracked: Scene) -> None:
    parts = tracked("astronaut.png").parts
    assert parts.has_subject
    assert not parts.has_sky
    hair = parts.life.hair[parts.kinds.index("subject")]
    rows, columns = np.nonzero(hair > 0.3)
    assert len(rows)
    assert rows.mean() < 0.4 * hair.shape[0]
    assert abs(columns.mean() / hair.shape[1] - 0.44) < 0.12


def test_two_eyes_are_no_subject(tracked: Scene) -> None:
    assert not tracked("chelsea.png").parts.has_subject


def test_clouds_drift_over_roofs_that_stand(tracked: Scene) -> None:
    parts = tracked("china.jpg").parts
    rows, columns = parts.textures.disparity.shape[1:]
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32) * np.float32(8)
    sky, roofs = (np.stack([x, y, np.zeros_like(x)]) for _ in range(2))
    life.stir(parts.life, parts.kinds.index("sky"), sky, 4.0)
    life.stir(parts.life, parts.kinds.index("subject"), roofs, 4.0)
    drift = x - sky[0]
    assert drift[1, -4] > 5.0
    assert abs(drift[1, 0]) < 1.0  # nothing is asked for that lies beyond the border
    assert np.abs(roofs[:2] - np.stack([x, y])).mean() < 1.0
    assert parts.life.water[parts.kinds.index("land")].any()


def test_a_logo_stays_on_white() -> None:
    scene = photo_scene(photograph("logo.png"), plan_of(Move.STILL), seed=1)
    corner = scene.filming(LAST + 1).frame(LAST).y[:6, :6]
    assert corner.min() >= 233
    assert any("drawn" in note for note in scene.notes)


def test_far_rain_stays_behind_the_subject() -> None:
    rgb = photograph("flower.jpg")
    dry, wet = (
        photo_scene(rgb, plan_of(Move.STILL, weather=weather), seed=1)
        for weather in (Weather.CLEAR, Weather.RAIN)
    )
    exposed = {
        kind: wet.filming(3).exposure(layer)
        for layer, kind in enumerate(wet.parts.kinds)
        if kind != "opening"
    }
    assert exposed["subject"] < 0.6 * exposed["land"]
    assert dry.parts.kinds == wet.parts.kinds


def test_what_a_photograph_cannot_do_is_said() -> None:
    walker = SubjectPlan("person", "woman", action=Action.WALK)
    plan = ShotPlan(Setting.MEADOW, TimeOfDay.DAY, Weather.CLEAR, Move.STILL, subjects=(walker,))
    scene = photo_scene(photograph("astronaut.png"), plan, seed=1)
    assert any("to act" in note for note in scene.notes)
    assert scene.parts.life.sway is not None


def test_windows_are_lit_at_night() -> None:
    rgb = np.full((360, 640, 3), (196, 184, 160), np.uint8)
    for row in range(4):
        for column in range(8):
            cv2.rectangle(
                rgb, (50 + 70 * column, 40 + 80 * row), (71 + 70 * column, 75 + 80 * row), (52, 54, 60), -1
            )
    noise = np.random.default_rng(1).normal(0, 3, rgb.shape)
    rgb = np.clip(rgb + noise, 0, 255).astype(np.uint8)
    lit, count = windows.find_windows(rgb, np.zeros((90, 160), np.bool_), 3)
    assert 10 <= count <= 30
    assert lit[40:75, 50:72].max() > 0.5 or count < 32
    assert lit[:30].max() < 0.3
    none, no_count = windows.find_windows(np.clip(128 + noise, 0, 255).astype(np.uint8), none_barred(), 3)
    assert no_count == 0
    assert not none.any()


def none_barred() -> NDArray[np.bool_]:
    return np.zeros((90, 160), np.bool_)


def test_fire_is_found_before_the_dark_only() -> None:
    rgb = np.full((180, 320, 3), 16, np.uint8)
    cv2.ellipse(rgb, (160, 110), (26, 44), 0, 0, 360, (255, 140, 30), -1)
    cv2.ellipse(rgb, (160, 122), (13, 24), 0, 0, 360, (255, 236, 160), -1)
    no_sky = np.zeros((180, 320), np.bool_)
    fire = alive.find_fire(rgb, no_sky)
    assert fire[110, 160] > 0.8
    assert not fire[:30].any()
    assert not alive.find_fire(np.maximum(rgb, 150), no_sky).any()
    assert not alive.find_fire(
        photograph("flower.jpg"), np.zeros(photograph("flower.jpg").shape[:2], bool)
    ).any()


def test_frames_drawn_ahead_are_those_drawn_in_turn(tracked: Scene) -> None:
    scene = tracked("coffee.png")
    ahead = [frame.copied() for frame in drawn_ahead(lambda: scene.filming(9).frame, range(1, 9))]
    turn = scene.filming(9)
    for index, frame in enumerate(ahead, start=1):
        assert np.array_equal(frame.y, turn.frame(index).y)


def test_the_tip_of_a_rocket_belongs_to_it(tracked: Scene) -> None:
    scene = tracked("rocket.jpg")
    subject = scene.parts.textures.boxes[scene.parts.kinds.index("subject")]
    assert abs(subject[1] / scene.rgb.shape[0] - 0.32) < 0.04


def test_steam_rises_from_a_cup_and_nowhere_else() -> None:
    rgb = photograph("coffee.png")
    plain, steaming = (
        photo_scene(rgb, plan_of(Move.STILL, phenomena=asked), seed=1).filming(97).frame(60).y.astype(int)
        for asked in ((), (Phenomenon.STEAM,))
    )
    more = steaming - plain
    height, width = more.shape
    assert more[: height // 2, width // 4 : 3 * width // 4].max() > 20
    assert np.abs(more[3 * height // 4 :]).max() <= 1


def test_petals_drift_over_a_picture() -> None:
    rgb = photograph("flower.jpg")
    scene = photo_scene(rgb, plan_of(Move.STILL, phenomena=(Phenomenon.PETALS,)), seed=1)
    still = photo_scene(rgb, plan_of(Move.STILL), seed=1)
    apart = np.abs(scene.filming(97).frame(80).y.astype(int) - still.filming(97).frame(80).y)
    assert 0.0005 < float((apart > 25).mean()) < 0.1


def test_a_wall_has_no_parallax_and_a_note_says_so() -> None:
    scene = photo_scene(photograph("brick.png"), plan_of(Move.TRACK_LEFT), seed=1)
    assert np.ptp(scene.parts.textures.disparity) == 0.0
    assert any("even surface" in note for note in scene.notes)


def test_by_night_a_lake_is_as_dark_as_its_sky() -> None:
    scene = photo_scene(photograph("china.jpg"), plan_of(Move.STILL, time=TimeOfDay.NIGHT), seed=1)
    luma = scene.filming(97).frame(96).y.astype(float)
    height, width = luma.shape
    column = luma[:, round(0.7 * width)]
    sky, lake = (
        float(np.median(column[round(a * height) : round(b * height)])) for a, b in ((0.2, 0.4), (0.52, 0.6))
    )
    assert abs(lake - sky) < 16


def test_a_rocket_rises_from_where_it_stands_and_leaves_its_place_behind() -> None:
    rgb = photograph("rocket.jpg")
    rocket = SubjectPlan("rocket", "rocket", action=Action.LAUNCH)
    plan = ShotPlan(Setting.MEADOW, TimeOfDay.DAY, Weather.CLEAR, Move.STILL, subjects=(rocket,))
    scene = photo_scene(rgb, plan, seed=1)
    assert scene.parts.ascends
    filming, height = scene.filming(121), rgb.shape[0]
    column = slice(int(0.49 * rgb.shape[1]), int(0.515 * rgb.shape[1]))
    # its nose was a third of the way down: sky is left there, and its body comes to where there was sky
    assert psnr(filming.frame(1).y, opening_frame(rgb).y) > 34
    before, after = opening_frame(rgb).y, filming.frame(118).y.copy()
    low, high = slice(int(0.75 * height), int(0.85 * height)), slice(int(0.02 * height), int(0.12 * height))
    assert after[high, column].mean() > before[high, column].mean() + 60
    assert np.abs(after[low].astype(int) - before[low]).mean() > 8
    assert not any("breathes" in note for note in scene.notes)


def test_without_a_subject_nothing_rises() -> None:
    balloon = SubjectPlan("balloon", "balloon", action=Action.TAKE_OFF)
    plan = ShotPlan(Setting.MEADOW, TimeOfDay.DAY, Weather.CLEAR, Move.STILL, subjects=(balloon,))
    assert not photo_scene(photograph("brick.png"), plan, seed=1).parts.ascends
