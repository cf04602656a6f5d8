from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from kirin_video.engines.previs.plan import (
    Action,
    Framing,
    Heading,
    Move,
    Relation,
    RelationKind,
    Setting,
    ShotPlan,
    ShotSize,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.staging.formation import formation
from kirin_video.engines.previs.survey import survey

ASPECT = 16 / 9


def shot(*subjects: SubjectPlan, setting: Setting = Setting.DESERT, size: ShotSize | None = None) -> Prospect:
    plan = ShotPlan(
        setting,
        TimeOfDay.DAY,
        Weather.CLEAR,
        Move.STILL,
        subjects=subjects,
        framing=Framing(size=size),
        absent=("other animals",),
    )
    return survey(plan, seed=3, aspect=ASPECT, num_frames=72)


def animal(kind: str, action: Action = Action.STAND, **more: object) -> SubjectPlan:
    return SubjectPlan(kind, kind, action=action, **more)  # pyright: ignore[reportArgumentType]


def middles(prospect: Prospect) -> list[np.ndarray]:
    """The way of every body's pelvis, (f, 3), one for each set of poses."""
    poses = list({id(a.poses): a for a in prospect.scene.actors}.values())
    return [a.poses[:, 0, :, :3] @ np.median(a.mesh.positions, axis=0) + a.poses[:, 0, :, 3] for a in poses]


def projected(prospect: Prospect, frame: int, point: np.ndarray) -> tuple[float, float]:
    """Where a point is in the picture: 0 is its left or lower edge, 1 its right or upper one."""
    view = prospect.views[frame]
    eye, target = np.array(view.eye), np.array(view.target)
    ahead = (target - eye) / np.linalg.norm(target - eye)
    right = np.cross(ahead, (0.0, 1.0, 0.0))
    right /= np.linalg.norm(right)
    off = point - eye
    tall = math.tan(math.radians(view.fov_deg) / 2.0) * (off @ ahead)
    return 0.5 + 0.5 * (off @ right) / tall / ASPECT, 0.5 + 0.5 * (off @ np.cross(right, ahead)) / tall


def test_a_world_without_subjects_keeps_its_own_view() -> None:
    empty = shot()
    assert empty.scene.actors == ()
    assert empty.views[0] == empty.views[-1]


@pytest.mark.parametrize("action", [Action.STAND, Action.WALK, Action.RUN])
@pytest.mark.parametrize("kind", ["cat", "horse", "elephant"])
def test_the_subject_stays_in_the_picture(kind: str, action: Action) -> None:
    prospect = shot(animal(kind, action))
    (way,) = middles(prospect)
    for frame in range(0, 72, 9):
        x, y = projected(prospect, frame, way[frame])
        assert 0.05 < x < 0.95
        assert 0.1 < y < 0.9


@pytest.mark.parametrize(("heading", "sign"), [(Heading.LEFT, -1.0), (Heading.RIGHT, 1.0)])
def test_subjects_go_where_the_picture_shows_it(heading: Heading, sign: float) -> None:
    prospect = shot(animal("dog", Action.WALK, heading=heading))
    (way,) = middles(prospect)
    view = prospect.views[0]
    right = np.cross(np.array(view.target) - np.array(view.eye), (0.0, 1.0, 0.0))
    assert sign * float((way[-1] - way[0]) @ right) > 0.0


def test_one_that_comes_towards_the_camera_grows() -> None:
    prospect = shot(animal("dog", Action.RUN, heading=Heading.TOWARDS))
    (way,) = middles(prospect)
    first, last = (np.linalg.norm(way[k] - np.array(prospect.views[k].eye)) for k in (0, -1))
    assert last < 0.6 * first


def test_as_many_as_asked_none_touching() -> None:
    prospect = shot(animal("sheep", Action.WALK, count=5))
    ways = middles(prospect)
    assert len(ways) == 5
    for one, other in itertools.combinations(ways, 2):
        assert np.linalg.norm(one - other, axis=1).min() > 0.5


@pytest.mark.parametrize("count", [2, 5, 12, 40])
@pytest.mark.parametrize("going", [False, True])
def test_a_group_has_room_for_everybody(count: int, going: bool) -> None:
    spots = formation(count, 2.0, 0.7, seed=1, going=going)
    assert len(spots) == count
    for one, other in itertools.combinations(spots, 2):
        ahead, aside = abs(one.ahead - other.ahead), abs(one.aside - other.aside)
        assert ahead > 1.6 or aside > 0.8 or math.hypot(ahead, aside) > 1.6


def test_the_chased_runs_ahead_of_the_chaser() -> None:
    wolf = animal("wolf", Action.RUN, relations=(Relation(RelationKind.CHASING, 1),))
    prospect = shot(wolf, animal("rabbit", Action.RUN))
    chaser, chased = middles(prospect)
    way = chaser[-1] - chaser[0]
    gaps = (chased - chaser) @ way / np.linalg.norm(way)
    assert gaps.min() > 0.5


def test_a_rider_goes_where_it_is_carried() -> None:
    cat = animal("cat", Action.SIT, relations=(Relation(RelationKind.ON, 0),))
    horse, rider = middles(shot(animal("horse", Action.WALK), cat))
    assert np.abs(rider[:, [0, 2]] - horse[:, [0, 2]]).max() < 0.9
    assert (rider[:, 1] - horse[:, 1]).min() > 0.0
    assert rider[:, 1].min() > 1.2


def test_shot_sizes_come_nearer() -> None:
    sizes = (ShotSize.EXTREME_WIDE, ShotSize.WIDE, None, ShotSize.CLOSE_UP)
    far = []
    for size in sizes:
        prospect = shot(animal("lion"), size=size)
        (way,) = middles(prospect)
        far.append(float(np.linalg.norm(way[0] - np.array(prospect.views[0].eye))))
    assert far == sorted(far, reverse=True)
    assert far[0] > 4 * far[-1]


def test_grass_gives_way_to_feet() -> None:
    prospect = shot(animal("cat"), setting=Setting.MEADOW)
    (way,) = middles(prospect)
    grass = prospect.scene.parts[0].mesh.positions
    near = np.hypot(grass[:, 0] - way[0, 0], grass[:, 2] - way[0, 2]) < 0.3
    assert near.any()
    assert grass[near, 1].max() < way[0, 1] + 0.1


@pytest.mark.parametrize("setting", [Setting.ROOM, Setting.KITCHEN])
def test_who_runs_indoors_stays_within_the_walls(setting: Setting) -> None:
    indoors = shot(SubjectPlan("person", "a boy", action=Action.RUN), setting=setting)
    way = middles(indoors)[0]
    assert np.abs(way[:, 0]).max() < 3.5
    assert way[:, 2].min() > -6.0
    assert way[:, 2].max() < 3.2
    assert np.linalg.norm(np.diff(way[:, ::2], axis=0), axis=1).sum() > 1.0
