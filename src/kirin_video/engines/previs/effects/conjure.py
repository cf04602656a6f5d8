"""Choosing the effects of a shot: what its plan asks for, and what its subjects stir up by themselves."""

# ruff: noqa: PLR0913 -- effects are made of measures, and have many sides
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.effects import bearers, drifting, dust, fireworks, glowing, plunges, sky, surf
from kirin_video.engines.previs.effects.downwash import blown
from kirin_video.engines.previs.effects.fire import fire
from kirin_video.engines.previs.effects.headlights import headlights
from kirin_video.engines.previs.effects.occasion import Effect, Occasion, together
from kirin_video.engines.previs.effects.smoke import smoke, steam
from kirin_video.engines.previs.plan import Action, Phenomenon, Place, Season, Setting, ShotPlan, Weather
from kirin_video.engines.previs.scenery import Scene
from kirin_video.engines.previs.swarms import Rgb

_MOST_LAMPS = 6
"""Every lamp is computed for every pixel that it could shine on."""

Point = tuple[float, float, float]


def conjured(
    plan: ShotPlan,
    scene: Scene,
    views: tuple[View, ...],
    *,
    times: tuple[float, ...],
    aspect: float,
    seed: int,
) -> Scene:
    """A scene with the effects of its plan.

    Args:
        plan: what will be shown.
        scene: with everybody in it; its ground can be asked.
        views: the camera of every frame.
        times: seconds of the air at every frame.
        aspect: width over height of the picture.
        seed: what makes this one different; the same seed gives the same effects.
    """
    occasion = Occasion(plan, scene, views, times, aspect, seed)
    if Phenomenon.SANDSTORM in plan.phenomena:
        scene = replace(scene, light=drifting.sandy(scene.light))
    effect = together(list(_effects(occasion)))
    room = max(_MOST_LAMPS - len(scene.lamps), 0)
    return replace(scene, swarms=scene.swarms + effect.swarms, lamps=scene.lamps + effect.lamps[:room])


def _effects(occasion: Occasion) -> Iterator[Effect]:
    yield headlights(occasion)
    yield surf.spindrift(occasion)
    carried = bearers.borne(occasion)
    yield from (effect for _, effect in carried)
    known = {phenomenon for phenomenon, _ in carried}
    for phenomenon in occasion.plan.phenomena:
        make = MADE.get(phenomenon)
        if make is not None and phenomenon not in known:
            yield make(occasion)
    yield from _stirred(occasion)


def _spot(occasion: Occasion, right: float, depth_m: float) -> Point:
    """A place on the ground, as the middle of the clip sees it."""
    (at,) = occasion.points(
        [len(occasion.views) // 2], np.array([right]), np.array([0.0]), np.array([depth_m])
    )
    x, z = float(at[0]), float(at[2])
    return x, float(occasion.floor(at[:1], at[2:])[0]), z


def _beside(occasion: Occasion) -> tuple[Point, float]:
    """A place beside the leading subject and its height, or one in the middle of an empty picture."""
    low, high = bearers.extent_of(occasion, 0)
    if low is None or high is None:
        return _spot(occasion, 0.0, 6.5), 1.0
    view = occasion.views[0]
    ahead = np.array(view.target) - np.array(view.eye)
    side = np.cross(ahead, (0.0, 1.0, 0.0))
    side /= np.linalg.norm(side)
    wide = float(np.abs((high - low) @ np.abs(side)))
    at = (low + high) / 2.0 + side * (0.5 * wide + 0.9)
    y = float(occasion.floor(at[:1], at[2:])[0])
    return (float(at[0]), y, float(at[2])), float(high[1] - low[1])


def _fire(occasion: Occasion) -> Effect:
    """A fire by itself: in the middle of an empty picture, else beside who is there."""
    at, tall = _beside(occasion)
    return fire(occasion, at, 0.9 if occasion.plan.subjects else 1.1 * tall, wide_m=0.8)


def _smoke(occasion: Occasion) -> Effect:
    return Effect((smoke(occasion, _spot(occasion, 0.35, 16.0), 0.7),))


def _steam(occasion: Occasion) -> Effect:
    at, tall = _beside(occasion)
    return Effect((steam(occasion, (at[0], at[1] + 0.1 * tall, at[2]), 0.6 * min(tall, 1.5)),))


def _sparks(occasion: Occasion) -> Effect:
    at, tall = _beside(occasion)
    high = at[1] + 0.4 * min(tall, 2.0)
    return glowing.sparks(
        occasion, np.array([[at[0], high, at[2]]] * len(occasion.times)), 0.8 * min(tall, 2.0)
    )


def _dust(occasion: Occasion) -> Effect:
    steps = dust.steps_of(occasion, occasion.scene.actors, 0.5)
    landing = blown(occasion)
    if len(landing):
        return dust.stirred(occasion, landing, _earth(occasion), 1.5)
    if len(steps):
        return dust.stirred(occasion, steps, _earth(occasion), 1.25)
    return Effect((glowing.motes(occasion),))


def _splash(occasion: Occasion) -> Effect:
    steps = dust.steps_of(occasion, occasion.scene.actors, 0.3)
    if len(steps):
        return dust.splashed(occasion, steps)
    rng = occasion.rng()
    at = np.array(
        [_spot(occasion, float(rng.uniform(-0.4, 0.4)), float(rng.uniform(5.0, 9.0))) for _ in range(3)]
    )
    time_s = np.array([0.3, 0.3 + 0.35 * occasion.seconds, 0.3 + 0.7 * occasion.seconds])
    return dust.splashed(occasion, dust.Steps(at, time_s, np.zeros((3, 3)), np.full(3, 0.6)))


def _explosion(occasion: Occasion) -> Effect:
    far = 15.0 if occasion.plan.subjects else 11.0
    return dust.explosion(
        occasion, _spot(occasion, 0.30 if occasion.plan.subjects else 0.0, far), 2.6, 0.22 * occasion.seconds
    )


def _leaves(occasion: Occasion) -> Effect:
    green = occasion.plan.season in {Season.SPRING, Season.SUMMER}
    return Effect((drifting.falling(occasion, "green leaves" if green else "leaves"),))


def _petals(occasion: Occasion) -> Effect:
    roses = any(s.kind == "rose" for s in occasion.plan.subjects)
    return Effect((drifting.falling(occasion, "rose petals" if roses else "petals"),))


def _magic(occasion: Occasion) -> Effect:
    low, high = bearers.extent_of(occasion, 0)
    if low is None or high is None:
        return Effect(glowing.magic(occasion, None, 0.0))
    x, z = float(low[0] + high[0]) / 2.0, float(low[2] + high[2]) / 2.0
    radius = 0.6 * float(max(high[0] - low[0], high[2] - low[2])) + 0.25
    return Effect(glowing.magic(occasion, (x, float(low[1]), z), min(radius, 3.0)))


MADE: Mapping[Phenomenon, Callable[[Occasion], Effect]] = {
    Phenomenon.FIRE: _fire,
    Phenomenon.SMOKE: _smoke,
    Phenomenon.STEAM: _steam,
    Phenomenon.SPARKS: _sparks,
    Phenomenon.DUST: _dust,
    Phenomenon.SPLASH: _splash,
    Phenomenon.EXPLOSION: _explosion,
    Phenomenon.FIREWORKS: fireworks.fireworks,
    Phenomenon.LIGHTNING: sky.lightning,
    Phenomenon.RAINBOW: sky.rainbow,
    Phenomenon.METEORS: sky.meteors,
    Phenomenon.SUNRAYS: sky.rays,
    Phenomenon.FALLING_LEAVES: _leaves,
    Phenomenon.PETALS: _petals,
    Phenomenon.BUBBLES: lambda occasion: Effect(drifting.bubbles(occasion)),
    Phenomenon.CONFETTI: lambda occasion: Effect((drifting.falling(occasion, "confetti"),)),
    Phenomenon.SEEDS: lambda occasion: Effect((drifting.falling(occasion, "seeds"),)),
    Phenomenon.FIREFLIES: lambda occasion: Effect(glowing.fireflies(occasion)),
    Phenomenon.MAGIC: _magic,
    Phenomenon.TORNADO: sky.tornado,
    Phenomenon.SANDSTORM: lambda occasion: Effect(drifting.flying_sand(occasion)),
}
"""How a phenomenon is made that no subject bears; all others are the worlds' and the light's."""

_EARTHS: Mapping[Setting, Rgb] = {
    Setting.DESERT: (0.66, 0.46, 0.26),
    Setting.SAVANNA: (0.60, 0.44, 0.26),
    Setting.BEACH: (0.72, 0.62, 0.44),
    Setting.SNOWFIELD: (0.90, 0.93, 0.98),
}
_AFAR: Mapping[Place, Rgb] = {Place.PLANET: (0.46, 0.21, 0.09), Place.MOON: (0.42, 0.42, 0.43)}
"""The same on other worlds."""


def _earth(occasion: Occasion) -> Rgb:
    """The colour of what feet stir up."""
    if occasion.plan.weather is Weather.SNOW or occasion.plan.season is Season.WINTER:
        return _EARTHS[Setting.SNOWFIELD]
    place, usual = occasion.plan.place, _EARTHS.get(occasion.plan.setting, (0.50, 0.40, 0.28))
    return _AFAR.get(place, usual) if place else usual


def _stirred(occasion: Occasion) -> Iterator[Effect]:
    """What feet and wheels stir up without being asked: rainwater, snow, and dry ground under who runs."""
    plan, actors = occasion.plan, occasion.scene.actors
    if {Phenomenon.DUST, Phenomenon.SPLASH} & set(plan.phenomena) or not actors:
        return
    water = occasion.scene.water
    if water is not None:
        leapers = plunges.plungers(occasion)
        yield plunges.plunge(occasion, leapers, water.level_m)
        on_foot = {n for n, one in enumerate(plan.subjects) if Action.WADE in one.also}
        waders = tuple(actor for actor in actors if actor.subject in on_foot)
        yield dust.splashed(occasion, dust.wades_of(occasion, waders, water.level_m))
        known = (*leapers, *waders)
        others = tuple(actor for actor in actors if all(actor is not one for one in known))
        yield dust.splashed(occasion, dust.plunges_of(occasion, others, water.level_m))
    if plan.weather is Weather.RAIN and water is None and plan.setting is not Setting.UNDERWATER:
        yield dust.splashed(occasion, dust.steps_of(occasion, actors, 0.8))
    elif plan.setting in _EARTHS and water is None:
        slowest = 1.2 if plan.setting is Setting.SNOWFIELD else 2.6
        yield dust.stirred(occasion, dust.steps_of(occasion, actors, slowest), _earth(occasion), 0.6)
