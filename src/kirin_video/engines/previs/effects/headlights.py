"""Headlights: what drives in the dark lights its way, and its lamps shine, white before it and red behind."""

from __future__ import annotations

import numpy as np

from kirin_video.domain.frame_rate import FPS
from kirin_video.engines.previs.bodies.catalogue import Realm, catalogue
from kirin_video.engines.previs.effects.bearers import actors_of
from kirin_video.engines.previs.effects.occasion import Effect, Occasion, together
from kirin_video.engines.previs.plan import TimeOfDay, Weather
from kirin_video.engines.previs.scenery import Actor, Lamp
from kirin_video.engines.previs.swarms import Floats, Key, Look, Shape, Swarm, grown

_DRIVEN = frozenset({Realm.ROAD, Realm.RAIL})
_LIT_WEATHER = frozenset({Weather.FOG, Weather.RAIN, Weather.SNOW})
_MOST_BEAMS = 2
_SHINING, _PALE, _RED = 70, 190, 120
"""Of 255: how much a lamp shines by itself, how bright a head lamp's colours are, how red a tail lamp."""
_WHITE, _RUBY = (1.0, 0.86, 0.62), (1.0, 0.10, 0.05)


def headlights(occasion: Occasion) -> Effect:
    """The lights of all that drives in the dark, in fog, rain and snow."""
    plan, kinds = occasion.plan, catalogue()
    if plan.time is not TimeOfDay.NIGHT and not (occasion.dark or plan.weather in _LIT_WEATHER):
        return Effect()
    effects: list[Effect] = []
    for number, subject in enumerate(plan.subjects):
        kind = kinds.get(subject.kind)
        if kind is not None and kind.realm in _DRIVEN:
            effects += [
                _lights(occasion, actor, beams=len(effects) < _MOST_BEAMS) for actor in _lit(occasion, number)
            ]
    return together(effects)


def _lit(occasion: Occasion, number: int) -> list[Actor]:
    """The shells of a subject that have lamps."""
    return [actor for actor in actors_of(occasion, number) if (actor.mesh.glow > _SHINING).any()]


def _lights(occasion: Occasion, actor: Actor, *, beams: bool) -> Effect:
    """The shine of one vehicle's lamps, and the beam before it."""
    colors, x = actor.mesh.colors.astype(int), actor.mesh.positions[:, 0]
    shines = actor.mesh.glow > _SHINING
    middle = 0.5 * float(x.min() + x.max())
    white = shines & (colors[:, :3].min(1) > _PALE) & (x > middle)
    red = shines & (colors[:, 0] > _RED) & (colors[:, 1] < 0.5 * colors[:, 0]) & (x < middle)
    heads, tails = _places(actor, white), _places(actor, red)
    dark = occasion.plan.time is TimeOfDay.NIGHT
    strength = 1.0 if dark else 0.55
    swarms = [_shine(occasion, way, 0.75, _WHITE, 0.85 * strength) for way in heads]
    swarms += [_shine(occasion, way, 0.40, _RUBY, 0.60 * strength) for way in tails]
    lamps = (_beam(occasion, np.mean(heads, axis=0), actor),) if heads and beams and dark else ()
    return Effect(tuple(swarms), lamps)


def _places(actor: Actor, lamps: np.ndarray) -> list[Floats]:
    """Where the lamps on the left and on the right are in every frame, each (f, 3)."""
    points, found = actor.mesh.positions, list[Floats]()
    for side in (points[:, 2] < -0.05, np.abs(points[:, 2]) <= 0.05, points[:, 2] > 0.05):  # noqa: PLR2004
        here = lamps & side
        if here.any():
            bone = int(np.bincount(actor.bones[here, 0]).argmax())
            pose = actor.poses[:, bone].astype(float)
            found.append(pose[:, :, :3] @ points[here].mean(0).astype(float) + pose[:, :, 3])
    return found if len(found) < 3 else [found[0], found[2]]  # noqa: PLR2004


def _shine(
    occasion: Occasion, way: Floats, radius_m: float, color: tuple[float, float, float], share: float
) -> Swarm:
    """The shine round one lamp: for every frame one that lasts as long as the frame does."""
    times = np.array(occasion.times)
    order = np.argsort(times, kind="stable")
    times, way = times[order], way[order]
    step = max(float(np.median(np.diff(times))) if len(times) > 1 else 1.0 / FPS, 1e-4)
    key = tuple((np.array(color) * share).tolist())
    look = Look(
        Shape.GLOW, keys=(Key(0.0, key, 0.30), Key(1.0, key, 0.30)), glow=1.0, cover=0.0, shimmer=False
    )
    return grown(
        look,
        born=times - 0.5 * step,
        life=step,
        start=way,
        size=np.full(len(times), radius_m),
        chance=np.full(len(times), 0.5),
    )


def _beam(occasion: Occasion, way: Floats, actor: Actor) -> Lamp:
    """The light that falls on the road ahead."""
    ahead = actor.poses[:, 0, :, 0].astype(float).mean(0)
    ahead = ahead / max(float(np.linalg.norm(ahead)), 1e-6)
    ticks = occasion.followed(way + 0.1 * ahead, occasion.ticks)
    x, y, z = way[0].tolist()
    aim = ahead - np.array([0.0, 0.30, 0.0])
    aim = aim / np.linalg.norm(aim)
    return Lamp(
        (x, y, z),
        (2.0, 1.75, 1.25),
        7.0,
        aim=(float(aim[0]), float(aim[1]), float(aim[2])),
        cone_deg=40.0,
        way=tuple((a, b, c) for a, b, c in ticks.tolist()),
    )
