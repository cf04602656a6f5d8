"""Rooms by what they are for, and what is in them: there is room for whom the shot is about."""

from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.bodies.build import build_body
from kirin_video.engines.previs.bodies.machine.drivers import MANNED
from kirin_video.engines.previs.camera import Stage
from kirin_video.engines.previs.plan import Action, Place, Setting, ShotPlan, SubjectPlan
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.lexicon import Lexicon, load_lexicon
from kirin_video.engines.previs.scene import build_scene
from kirin_video.engines.previs.staging.beside import beside_it
from kirin_video.engines.previs.staging.footing import footing_of


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def read(text: str, lexicon: Lexicon) -> ShotPlan:
    return read_plan(text, seed=3, lexicon=lexicon)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a student walking through a library", Place.LIBRARY),
        ("超市里的一个女人", Place.SUPERMARKET),
        ("a teacher in a classroom", Place.CLASSROOM),
        ("a woman in an office", Place.OFFICE),
        ("咖啡馆里的一个男人", Place.CAFE),
        ("a girl in her bedroom", Place.BEDROOM),
        ("a boy in the bathroom", Place.BATHROOM),
        ("健身房里的一个男人", Place.GYM),
        ("a nurse in a hospital", Place.HOSPITAL),
        ("a mechanic in a workshop", Place.WORKSHOP),
        ("a scientist in a laboratory", Place.LABORATORY),
        ("仓库里的一个工人", Place.WAREHOUSE),
        ("an engineer in a factory", Place.FACTORY),
    ],
)
def test_a_room_has_room_for_whom_it_is_shown_for(text: str, place: Place, lexicon: Lexicon) -> None:
    plan = read(text, lexicon)
    assert plan.place is place
    scene = build_scene(plan, seed=3, aspect=16 / 9)
    assert scene.beside is not None
    x, z = (np.array([v]) for v in scene.beside)
    assert footing_of(scene).is_free(x, z, 0.25).all()


def test_a_fire_that_is_named_is_in_the_middle_of_its_wall(lexicon: Lexicon) -> None:
    by_the_fire = build_scene(read("a cat by the fireplace", lexicon), seed=3, aspect=16 / 9)
    assert by_the_fire.beside is not None
    assert abs(by_the_fire.beside[0]) < 0.5
    assert abs(by_the_fire.lamps[0].at[0]) < 0.5
    assert by_the_fire.lamps[0].flicker > 0.0


def test_a_cat_has_the_seat_below_the_window(lexicon: Lexicon) -> None:
    scene = build_scene(read("a cat looking out of the window", lexicon), seed=3, aspect=16 / 9)
    assert scene.beside is not None
    assert scene.ground_height(*scene.beside) > 0.3
    person = build_scene(read("an old man standing by the window", lexicon), seed=3, aspect=16 / 9)
    assert person.beside is not None
    assert person.ground_height(*person.beside) == 0.0


def test_the_camera_goes_up_to_what_is_small_and_back_from_what_is_tall() -> None:
    stage = Stage((0.0, 1.4, 2.3), (0.0, 1.0, -4.2), 30.0, lambda _x, _z: 0.0)
    near, far = (beside_it(stage, (0.0, -4.0), metres) for metres in (1.5, 7.5))
    assert near.eye[2] == pytest.approx(-2.5)
    assert far.eye[2] == pytest.approx(3.5)
    assert beside_it(stage, None, 1.5) == stage


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a red lantern hanging from the eaves", "lantern_on_eaves"),
        ("屋檐下挂着一盏红灯笼", "lantern_on_eaves"),
        ("a lantern hanging from a tree branch", "lantern_on_bough"),
        ("a lamp hanging from the ceiling", "pendant_on_ceiling"),
        ("wind chimes hanging on a porch", "chime_on_eaves"),
    ],
)
def test_what_hangs_hangs_from_something(text: str, kind: str, lexicon: Lexicon) -> None:
    shown = [s for s in read(text, lexicon).subjects if not s.scenery]
    assert [(s.kind, s.count) for s in shown] == [(kind, 1)]
    body = build_body(SubjectPlan(kind, kind), seed=1, detail=0.2)
    assert body.about
    assert body.about_share <= 1.0


def test_a_lantern_in_a_hand_does_not_hang_from_a_house(lexicon: Lexicon) -> None:
    subjects = read("a girl holding a red lantern in front of a house", lexicon).subjects
    assert "lantern" in {s.kind for s in subjects}


def test_small_things_share_the_table(lexicon: Lexicon) -> None:
    plan = read("a bottle of red wine and a glass on a wooden table by candlelight", lexicon)
    table = next(k for k, s in enumerate(plan.subjects) if s.kind == "table")
    candle = next(s for s in plan.subjects if s.kind == "candle")
    assert table in {r.to for r in candle.relations}


def test_a_lamp_beside_a_dog_stands_on_the_floor(lexicon: Lexicon) -> None:
    plan = read("a dog next to a lamp in a living room", lexicon)
    assert plan.setting is Setting.ROOM
    assert "floor_lamp" in {s.kind for s in plan.subjects}


def test_who_drives_is_seen() -> None:
    empty, driven = (
        build_body(SubjectPlan("car", "car", action=Action.DRIVE, traits=traits), seed=1, detail=0.3)
        for traits in ((), (MANNED,))
    )
    assert len(driven.shells[0].mesh.positions) > len(empty.shells[0].mesh.positions)
