"""Wildlife: a world's own life outside the city: birds in its sky, fish in its water, camels in its desert.

It is small, far from whoever the shot is about, on the other side of the picture, and it stays away where the
prompt wants nobody.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from kirin_video.engines.previs.bodies.build import build_body
from kirin_video.engines.previs.bodies.track import Floats, Track
from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.plan import (
    Action,
    Mood,
    Place,
    Setting,
    ShotPlan,
    ShotSize,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.scenery import Actor, Scene
from kirin_video.engines.previs.staging.casting import acted, shells_of


@dataclass(frozen=True, slots=True)
class Flock:
    """Some of a kind that go the same way.

    Attributes:
        kind: of the catalogue.
        count: how many, at most.
        depth_m: how far from the camera.
        rise_deg: how high over the horizon; None is on the ground.
        speed: metres a second.
        spread_m: how far from each other.
        size: times the kind's own: what is far away may be a little larger than life.
        action: what they do.
    """

    kind: str
    count: int
    depth_m: float
    rise_deg: float | None
    speed: float
    spread_m: float
    size: float = 1.0
    action: Action = Action.FLY


_GULLS = Flock("gull", 5, 34.0, 9.0, 5.5, 5.0, 1.5)
_SWALLOWS = Flock("swallow", 6, 30.0, 11.0, 8.0, 4.0, 1.8)
_CROWS = Flock("crow", 4, 46.0, 10.0, 6.5, 7.0, 1.4)
_LIFE: dict[Setting, tuple[Flock, ...]] = {
    Setting.SEA: (_GULLS,),
    Setting.BEACH: (_GULLS,),
    Setting.LAKE: (Flock("goose", 5, 60.0, 8.0, 9.0, 3.0, 1.4),),
    Setting.RIVER: (_SWALLOWS,),
    Setting.MEADOW: (
        _SWALLOWS,
        Flock("butterfly", 3, 5.2, -9.0, 0.35, 0.8, 1.0),
    ),
    Setting.FOREST: (Flock("swallow", 4, 18.0, 10.0, 5.0, 2.6, 1.5),),
    Setting.MOUNTAINS: (Flock("eagle", 2, 60.0, 12.0, 9.0, 16.0, 1.6),),
    Setting.SAVANNA: (Flock("crow", 4, 55.0, 9.0, 6.0, 9.0, 1.8),),
    Setting.VILLAGE: (_SWALLOWS,),
    Setting.ROAD: (_CROWS,),
    Setting.SNOWFIELD: (_CROWS,),
    Setting.DESERT: (Flock("camel", 3, 75.0, None, 1.3, 4.2, 1.15, Action.WALK),),
    Setting.UNDERWATER: (Flock("fish", 9, 9.5, 5.0, 0.9, 0.75, 1.0, Action.SWIM),),
}
_BARREN = frozenset(
    {Place.MOON, Place.PLANET, Place.VOLCANO, Place.CAVE, Place.CRYSTAL_CAVE, Place.ICE_CAVE, Place.CANYON}
)
"""Where nothing lives that its world has elsewhere."""
_REEF = (
    Flock("fish", 14, 7.5, 4.0, 0.8, 0.42, 0.55, Action.SWIM),
    Flock("fish", 10, 11.0, 9.0, 1.1, 0.6, 0.8, Action.SWIM),
    Flock("fish", 8, 5.2, -6.0, 0.5, 0.34, 0.42, Action.SWIM),
)
_ALONE = frozenset({Mood.LONELY, Mood.TENSE, Mood.DARK})
_FACES = frozenset({ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP, ShotSize.MEDIUM_CLOSE_UP})
_FLOCKS = {"bird": ("gull", "swallow", "crow", "goose", "eagle"), "animal": ("camel",), "fish": ("fish",)}
"""What a prompt refuses, and who that is here."""


def enlivened(plan: ShotPlan, scene: Scene, views: tuple[View, ...], *, times: Floats, seed: int) -> Scene:
    """A scene with its world's own life.

    Args:
        plan: what will be shown.
        scene: with everybody in it.
        views: the camera of every frame.
        times: float64, (f,), seconds as bodies live them.
        seed: what makes this one different.
    """
    rng = np.random.default_rng([seed & 0x7FFFFFFF, 823])
    actors: list[Actor] = []
    for which, flock in enumerate(flocks_of(plan)):
        actors += _shown(flock, plan, scene, views, times, rng, seed + which)
    return replace(scene, actors=(*scene.actors, *actors)) if actors else scene


def flocks_of(plan: ShotPlan) -> tuple[Flock, ...]:
    """The flocks of a plan's world that nothing speaks against."""
    dark = plan.time is TimeOfDay.NIGHT and plan.setting is not Setting.UNDERWATER
    stormy = plan.weather in {Weather.RAIN, Weather.SNOW, Weather.FOG}
    if dark or stormy or plan.absent or plan.mood in _ALONE or plan.framing.size in _FACES:
        return ()
    refused = {name for word in plan.barred for name in (word, *_FLOCKS.get(word, ()))}
    alike = {subject.kind for subject in plan.subjects}
    flying = {name for names in _FLOCKS.values() for name in names if set(names) & alike}
    if plan.place in _BARREN:
        return ()
    life = _REEF if plan.place is Place.REEF else _LIFE.get(plan.setting, ())
    return tuple(flock for flock in life if flock.kind not in refused | alike | flying)


def _shown(  # noqa: PLR0913, PLR0917 -- who, where and when
    flock: Flock,
    plan: ShotPlan,
    scene: Scene,
    views: tuple[View, ...],
    times: Floats,
    rng: np.random.Generator,
    seed: int,
) -> Iterator[Actor]:
    """The actors of a flock."""
    view, number = views[len(views) // 2], len(plan.subjects) + 1
    seconds = float(times.max()) if len(times) else 0.0
    right, ahead = _axes(view)
    side = -_side_of_lead(scene, view, right) or float(rng.choice((-1.0, 1.0)))
    way = -side
    tall = math.tan(math.radians(view.fov_deg) / 2.0) * flock.depth_m
    aside = side * tall * float(rng.uniform(0.9, 1.25)) + 0.5 * flock.spread_m * flock.count * way
    middle = np.array(view.eye) + ahead * flock.depth_m + right * aside
    if flock.rise_deg is not None:
        middle[1] = view.eye[1] + flock.depth_m * math.tan(math.radians(flock.rise_deg))
    turn = math.atan2(-way * right[2], way * right[0]) + float(rng.uniform(-0.25, 0.25))
    body = build_body(SubjectPlan(flock.kind, flock.kind, size=flock.size), seed=seed & 0xFFFF, detail=0.16)
    clock = np.arange(-0.6, seconds + 1.0, 0.1)
    for k in range(flock.count):
        track = _track(flock, scene, middle, turn, clock, rng, k)
        if track is None:
            continue
        poses = acted(body, ((0.0, flock.action),), track, times, seed + 13 * k)
        yield from (replace(actor, casts=False) for actor in shells_of(body, poses, None, number))


def _track(  # noqa: PLR0913, PLR0917 -- one of a flock, and where
    flock: Flock,
    scene: Scene,
    middle: Floats,
    turn: float,
    clock: Floats,
    rng: np.random.Generator,
    which: int,
) -> Track | None:
    """The way of one of a flock; None where it would be under water."""
    along = -flock.spread_m * (0.9 * which + float(rng.uniform(-0.2, 0.2)))
    aside, above = (flock.spread_m * rng.uniform((-0.7, -0.4), (0.7, 0.4))).tolist()
    gone = along + flock.speed * clock
    wave = 0.25 * flock.spread_m * np.sin(0.9 * clock + 2.1 * which)
    x = middle[0] + gone * math.cos(turn) + (aside + wave) * math.sin(turn)
    z = middle[2] - gone * math.sin(turn) + (aside + wave) * math.cos(turn)
    turns = np.full_like(clock, turn)
    if flock.rise_deg is not None:
        height = middle[1] + above + 0.18 * flock.spread_m * np.sin(0.7 * clock + 1.3 * which)
        return Track(clock, np.stack([x, height, z], 1), turns, lambda a, _b: np.zeros(np.shape(a)))

    def ground(a: Floats, b: Floats) -> Floats:
        pairs = zip(np.ravel(a).tolist(), np.ravel(b).tolist(), strict=True)
        return np.array([scene.ground_height(p, q) for p, q in pairs]).reshape(np.shape(a))

    level = scene.water.level_m if scene.water is not None else -math.inf
    if float(ground(x[:1], z[:1])[0]) < level:
        return None
    return Track(clock, np.stack([x, 0.0 * x, z], 1), turns, ground)


def _axes(view: View) -> tuple[Floats, Floats]:
    """The level unit vectors to the right of a view and along it."""
    way = np.array(view.target) - np.array(view.eye)
    way[1] = 0.0
    ahead = way / max(float(np.linalg.norm(way)), 1e-9)
    return np.array([-ahead[2], 0.0, ahead[0]]), ahead


def _side_of_lead(scene: Scene, view: View, right: Floats) -> float:
    """On which side of the picture most of those on stage are half-way: -1 left, 1 right, 0 nobody."""
    if not scene.actors:
        return 0.0
    middle = len(scene.actors[0].poses) // 2
    places = np.array([actor.poses[middle, 0, :, 3] for actor in scene.actors], float)
    off = float(((places - np.array(view.eye)) @ right).mean())
    return math.copysign(1.0, off)
