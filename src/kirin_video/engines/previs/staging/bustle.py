"""Bustle: a street's own life. Cars keep to their lanes and people to the pavement.

Whatever would run into a subject, come between it and the camera, or meet the camera itself stays at home.
"""

# ruff: noqa: PLR2004 -- a street is made of measures
from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.build import build_body
from kirin_video.engines.previs.bodies.catalogue import catalogue
from kirin_video.engines.previs.bodies.track import Floats, Track
from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.city.cars import any_car
from kirin_video.engines.previs.city.ground import FAR_END_M, KERB_M, ROAD_HALF_M
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.plan import Action, Mood, Place, Setting, ShotPlan, SubjectPlan
from kirin_video.engines.previs.scenery import Actor, Scene
from kirin_video.engines.previs.staging.casting import acted, shells_of
from kirin_video.engines.previs.staging.variety import variants_of
from kirin_video.engines.previs.swarms import Facing, Key, Look, Shape, Swarm, grown

_LANE_X = 1.80
_WALK_X = (8.35, 8.05, 8.65)
"""The strips of pavement between tables and shop fronts."""
_AISLE_X = (-2.1, 1.0, 2.2, -0.9)
"""Where people walk on a market: between the stalls, where cars drive on other days."""
_CARS, _PEOPLE = 6, 8
_LOOKS, _TRIES = 5, 40
_CAR_M, _PERSON_M = (2.6, 1.15), (0.45, 0.45)
"""Half of the room that each takes, along its way and across it."""
_EYE_M = {"car": 5.0, "person": 2.2}
"""Nobody comes nearer to the camera."""
_APART_M = 0.5
_ELSEWHERE = frozenset({Place.STATION, Place.ALLEY})
"""Where no avenue runs: nobody drives by."""
_LONELY = {Mood.LONELY, Mood.MYSTERIOUS}


@dataclass(frozen=True, slots=True)
class Going:
    """Somebody on a straight way along the street.

    Attributes:
        sort: ``car`` or ``person``.
        x: its lane.
        z: where it is at the clip's beginning.
        speed: metres a second, negative away from the viewer.
        half: half of its room along its way and across it.
    """

    sort: str
    x: float
    z: float
    speed: float
    half: tuple[float, float]

    def at(self, times: Floats) -> Floats:
        """Z at times."""
        return self.z + self.speed * times


def bustling(plan: ShotPlan, scene: Scene, views: tuple[View, ...], *, times: Floats, seed: int) -> Scene:
    """A scene with its street's own life.

    Args:
        plan: what will be shown.
        scene: with everybody in it.
        views: the camera of every frame.
        times: float64, (f,), seconds as bodies live them.
        seed: what makes this one different.
    """
    if plan.setting is not Setting.CITY or plan.place in _ELSEWHERE or plan.mood in _LONELY:
        return scene
    rng = np.random.default_rng([seed & 0x7FFFFFFF, 811])
    taken = taken_by(scene)
    going = [g for g in _candidates(plan, rng, times) if is_welcome(g, taken, views, times)]
    going = _apart(going, times)
    cars = [g for g in going if g.sort == "car"][:_CARS]
    people = [g for g in going if g.sort == "person"][:_PEOPLE]
    number = len(plan.subjects) + 1
    actors = [_driven(g, rng, times, number) for g in cars]
    actors += [actor for g in _strolling(people, seed, times, number) for actor in g]
    shade = _shade([*cars, *people], times)
    return replace(scene, actors=(*scene.actors, *actors), swarms=(*scene.swarms, *shade))


def _candidates(plan: ShotPlan, rng: np.random.Generator, times: Floats) -> Iterator[Going]:
    """Cars and people in the order in which they are wanted: near ones first, by turns on both sides."""
    seconds = float(times.max()) if len(times) else 0.0
    for k in range(_TRIES):
        side = 1.0 if k % 2 else -1.0
        market = plan.place is Place.MARKET
        if "car" not in plan.barred and not market:
            # Traffic keeps to the right: what drives away from the viewer is on his right.
            speed = -side * float(rng.uniform(6.5, 9.5))
            middle = -7.0 - 80.0 * rng.random() ** 1.5
            z = max(float(middle) - 0.5 * speed * seconds, FAR_END_M + 6.0)
            yield Going("car", side * _LANE_X, z, speed, _CAR_M)
        if "person" not in plan.barred:
            speed = float(rng.choice((-1.0, 1.0))) * float(rng.uniform(1.1, 1.45))
            z = float(-2.0 - 60.0 * rng.random() ** 1.6)
            strip = float(rng.choice((-1.0, 1.0))) * _WALK_X[k % len(_WALK_X)]
            yield Going("person", _AISLE_X[k % 4] if market else strip, z, speed, _PERSON_M)


def taken_by(scene: Scene) -> Floats:
    """Where subjects are: (n, f, 4), the least x and z and the greatest of each shell in every frame."""
    boxes: list[Floats] = []
    for actor in scene.actors:
        low, high = actor.mesh.positions.min(0).astype(float), actor.mesh.positions.max(0).astype(float)
        reach = float(np.abs(np.stack([low, high])).max())
        roots = actor.poses[..., 3].astype(float)
        # Bones' frames carry points of the rest pose: the root's own middle says where the body is.
        middle = actor.poses[:, 0, :, :3].astype(float) @ ((low + high) / 2.0) + roots[:, 0]
        half = np.minimum(0.6 * np.linalg.norm(high - low), reach)
        boxes.append(
            np.stack([middle[:, 0] - half, middle[:, 2] - half, middle[:, 0] + half, middle[:, 2] + half], 1)
        )
    return np.array(boxes) if boxes else np.empty((0, 1, 4))


def is_welcome(g: Going, taken: Floats, views: tuple[View, ...], times: Floats) -> bool:
    """Whether it meets neither a subject nor the camera, and stands in nobody's light."""
    z, (along, across) = g.at(times), g.half
    eyes = np.array([view.eye for view in views])
    if (np.hypot(eyes[:, 0] - g.x, eyes[:, 2] - z) < _EYE_M[g.sort] + along).any():
        return False
    if not len(taken):
        return True
    beside = (np.abs(g.x - np.clip(g.x, taken[..., 0], taken[..., 2])) < across + _APART_M) & (
        np.abs(z - np.clip(z, taken[..., 1], taken[..., 3])) < along + _APART_M
    )
    return not beside.any() and not _hides(g, taken, eyes, z)


def _hides(g: Going, taken: Floats, eyes: Floats, z: Floats) -> bool:
    """Whether it ever comes between the camera and a subject."""
    middle = np.stack([(taken[..., 0] + taken[..., 2]) / 2.0, (taken[..., 1] + taken[..., 3]) / 2.0], -1)
    wide = 0.5 * (taken[..., 2] - taken[..., 0])
    way = middle - eyes[:, [0, 2]]
    far = np.linalg.norm(way, axis=-1)
    own = np.stack([np.full_like(z, g.x), z], -1) - eyes[:, [0, 2]]
    near = np.linalg.norm(own, axis=-1)
    turn = (way * own).sum(-1) / np.maximum(far * near, 1e-6)
    apart = np.arccos(np.clip(turn, -1.0, 1.0))
    between = (near < far) & (apart < np.arctan2(wide, far) + np.arctan2(g.half[0], near))
    return bool(between.any())


def _apart(going: list[Going], times: Floats) -> list[Going]:
    """Those that never run into one that comes before them."""
    kept: list[Going] = []
    for g in going:
        if all(
            abs(g.x - other.x) > g.half[1] + other.half[1]
            or (np.abs(g.at(times) - other.at(times)) > g.half[0] + other.half[0] + _APART_M).all()
            for other in kept
        ):
            kept.append(g)
    return kept


def _driven(g: Going, rng: np.random.Generator, times: Floats, number: int) -> Actor:
    """A car on its way, its nose ahead."""
    nearest = float(np.abs(g.at(times) - 12.0).min())
    mesh = any_car(rng, detail=2 if nearest < 32.0 else 1, lit=True)
    # The city's cars face +z.
    turn = 0.0 if g.speed > 0.0 else math.pi
    cos, sin = math.cos(turn), math.sin(turn)
    poses = np.zeros((len(times), 1, 3, 4), np.float32)
    poses[:, 0, :, :3] = np.array([[cos, 0.0, sin], [0.0, 1.0, 0.0], [-sin, 0.0, cos]])
    poses[:, 0, 0, 3], poses[:, 0, 2, 3] = g.x, g.at(times)
    return _rigid(mesh, poses, number)


def _rigid(mesh: Mesh, poses: NDArray[np.float32], number: int) -> Actor:
    count = len(mesh.positions)
    skin = np.zeros((count, 4), np.uint8)
    skin[:, 0], skin[:, 2] = 235, 110
    weights = np.zeros((count, 4), np.uint8)
    weights[:, 0] = 255
    return Actor(
        mesh=mesh,
        skin=skin,
        along=np.zeros(count, np.float32),
        bones=np.zeros((count, 4), np.uint8),
        weights=weights,
        poses=poses,
        casts=False,
        subject=number,
    )


def _strolling(people: list[Going], seed: int, times: Floats, number: int) -> Iterator[tuple[Actor, ...]]:
    """People on their way: a few bodies that differ, each of them more than once."""
    if not people:
        return
    passer_by = SubjectPlan("person", "passer-by")
    looks = variants_of(passer_by, catalogue()["person"], min(len(people), _LOOKS) + 1, seed)[1:]
    bodies = [build_body(look, seed=seed + 31 * k, detail=0.16) for k, look in enumerate(looks)]
    clock = np.arange(-0.6, float(times.max()) + 1.0, 0.1)
    for k, g in enumerate(people):
        body = bodies[k % len(bodies)]
        places = np.stack([np.full_like(clock, g.x), 0.0 * clock, g.at(clock)], 1)
        turn = -math.pi / 2.0 if g.speed > 0.0 else math.pi / 2.0
        track = Track(clock, places, np.full_like(clock, turn), _pavement)
        poses = acted(body, ((0.0, Action.WALK),), track, times, seed + 7 * k)
        yield tuple(replace(actor, casts=False) for actor in shells_of(body, poses, None, number))


def _pavement(x: Floats, _z: Floats) -> Floats:
    return np.where(np.abs(x) > ROAD_HALF_M, KERB_M, 0.0)


def _shade(going: list[Going], times: Floats) -> tuple[Swarm, ...]:
    """The shade below them: their shadows are too far away for the map."""
    if not going:
        return ()
    look = Look(
        Shape.GLOW,
        keys=(Key(0.0, (0.0, 0.0, 0.0), 0.62),),
        facing=Facing.LEVEL,
        softness=0.42,
        shimmer=False,
    )
    count = len(going)
    height = np.array([0.03 if abs(g.x) < ROAD_HALF_M else KERB_M + 0.02 for g in going])
    start = np.stack([[g.x for g in going], height, [g.z for g in going]], 1)
    velocity = np.stack([np.zeros(count), np.zeros(count), [g.speed for g in going]], 1)
    size = np.array([(1.25, 2.7) if g.sort == "car" else (0.34, 0.34) for g in going])
    swarm = grown(
        look,
        born=np.full(count, -1.0),
        life=float(times.max()) + 3.0,
        start=start - velocity,
        velocity=velocity,
        size=size,
        chance=np.zeros(count),
    )
    return (swarm,)
