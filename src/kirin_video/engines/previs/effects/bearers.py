"""Effects that subjects bear: flames on what burns, smoke from funnels, steam, the light of lanterns."""

# ruff: noqa: PLR2004 -- effects are made of measures, and have many sides
from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.effects.blazes import HOUSES, fires_over, house_fire
from kirin_video.engines.previs.effects.fire import breath, fire, halo
from kirin_video.engines.previs.effects.glowing import sparks
from kirin_video.engines.previs.effects.lamplight import (
    beacon,
    forecourt,
    lamp_switched,
    lit_windows,
    street_light,
)
from kirin_video.engines.previs.effects.occasion import Effect, Occasion, together
from kirin_video.engines.previs.effects.pouring import bursts, flung, pouring, shaken
from kirin_video.engines.previs.effects.smoke import lift_off, smoke, steam, trailing
from kirin_video.engines.previs.plan import (
    LIGHTS_UP_S,
    Action,
    Contrivance,
    Extra,
    Phenomenon,
    RelationKind,
    Setting,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.scenery import Actor, Lamp
from kirin_video.engines.previs.swarms import Floats

_HOT = frozenset(
    {
        "lifted_noodles",
        "coffee_pouring",
        "tea_pouring",
        "candle",
        "cup",
        "bowl",
        "noodles",
        "meal",
        "plate",
        "pizza",
        "bread",
        "dumplings",
        "hot_pot",
    }
)
_STEAMS = {"lifted_noodles": 0.30, "coffee_pouring": 0.30, "tea_pouring": 0.30, "candle": 0.98}
"""How high on them steam begins, as a share of their height, where it is not near their rim."""
_CHIMNEYS = frozenset({"house", "cabin"})
"""Kinds whose highest point is a chimney."""
_HUNG = frozenset({"lantern_on_eaves", "lantern_on_bough", "lantern_on_ceiling"})
_FLAMES = {"candle": 0.075, "torch": 0.30, "lantern": 0.0, **dict.fromkeys(_HUNG, 0.0)}
"""Kinds that bear a flame, and how high it is, metres; 0 is behind glass."""
_ALONG = 0.75
"""How much of its bearer's speed a flame keeps."""
_IN_AIR_M = 0.25
"""Higher than this over the ground a snowball flies."""
_SHINING = frozenset({TimeOfDay.NIGHT, TimeOfDay.DUSK})
_TRAILS = {"steam_train": (0.62, 0.34), "ship": (0.5, 0.35), "tractor": (0.10, 0.5), "rocket": (0.5, 0.1)}
"""Kinds with a funnel: half of a puff's width in metres, and how dark."""

Borne = list[tuple[Phenomenon, Effect]]


def actors_of(occasion: Occasion, number: int) -> list[Actor]:
    """The shells of a subject's bodies."""
    return [actor for actor in occasion.scene.actors if actor.subject == number]


def boxes_of(actor: Actor) -> Floats:
    """The box (f, 2, 3) round a shell in every frame, from its bones' main vertices."""
    main = actor.bones[np.arange(len(actor.bones)), actor.weights.argmax(1)]
    low = np.full((len(actor.poses), 3), np.inf)
    high = np.full((len(actor.poses), 3), -np.inf)
    for bone in np.unique(main).tolist():
        points = actor.mesh.positions[main == bone].astype(float)
        corners = np.stack([points.min(0), points.max(0)])
        box = np.stack(np.meshgrid(*corners.T, indexing="ij"), -1).reshape(-1, 3)
        pose = actor.poses[:, bone].astype(float)
        placed = np.einsum("fij,nj->fni", pose[:, :, :3], box) + pose[:, None, :, 3]
        # What a bone hides is nowhere.
        shown = (np.abs(pose).max((1, 2)) > 0.0)[:, None]
        low = np.where(shown, np.minimum(low, placed.min(1)), low)
        high = np.where(shown, np.maximum(high, placed.max(1)), high)
    return np.stack([low, high], 1)


def extent_of(occasion: Occasion, number: int) -> tuple[Floats | None, Floats | None]:
    """The lowest and the highest corner of a subject half-way through; None where it is not there."""
    boxes = [boxes_of(actor) for actor in actors_of(occasion, number)]
    middle = len(occasion.views) // 2
    boxes = [box for box in boxes if np.isfinite(box[middle]).all()]
    if not boxes:
        return None, None
    return np.min([b[middle, 0] for b in boxes], axis=0), np.max([b[middle, 1] for b in boxes], axis=0)


def borne(occasion: Occasion) -> Borne:
    """Effects of all subjects, with the phenomenon that each shows."""
    found: Borne = []
    for number, subject in enumerate(occasion.plan.subjects):
        actors = actors_of(occasion, number)
        if actors and extent_of(occasion, number)[0] is not None:
            found += _of(occasion, number, subject, actors)
    return found


def _of(occasion: Occasion, number: int, subject: SubjectPlan, actors: list[Actor]) -> Borne:
    asked = set(occasion.plan.phenomena)
    low, high = extent_of(occasion, number)
    assert low is not None
    assert high is not None
    found: Borne = []
    if _burns(subject, asked, number):
        found.append((Phenomenon.FIRE, _ablaze(occasion, subject, actors, low, high)))
    if subject.kind == "sparkler":
        found.append((Phenomenon.SPARKS, sparks(occasion, _top(actors), 0.55)))
    if subject.kind == "rocket" and subject.action in {Action.LAUNCH, Action.FLY, Action.TAKE_OFF}:
        found.append((Phenomenon.SMOKE, lift_off(occasion, _bottom(actors))))
    if subject.kind == "dragon" and subject.action is Action.ROAR:
        found.append((Phenomenon.FIRE, breath(occasion, *_snout(actors), 0.10 * float(high[1] - low[1]))))
    if subject.kind in _FLAMES:
        found.append((Phenomenon.FIRE, _flame(occasion, subject.kind, actors)))
    if subject.kind == "flashlight":
        found.append((Phenomenon.NEON, _beam(occasion, actors)))
    found += _shining(occasion, subject, low, high)
    found += _scattering(occasion, subject, actors)
    if asked & {Phenomenon.STEAM, Phenomenon.SMOKE} and subject.kind in _HOT:
        top = (
            float(low[0] + high[0]) / 2.0,
            float(low[1] + _STEAMS.get(subject.kind, 0.85) * (high[1] - low[1])),
            float(low[2] + high[2]) / 2.0,
        )
        wide = 0.32 * float(min(high[0] - low[0], high[2] - low[2]))
        found.append((Phenomenon.STEAM, Effect((steam(occasion, top, max(wide, 0.03)),))))
    if subject.kind in _CHIMNEYS and Phenomenon.SMOKE in asked:
        x, y, z = _top(actors)[0].tolist()
        puff = 0.055 * float(high[1] - low[1])
        found.append((Phenomenon.SMOKE, Effect((smoke(occasion, (x, y, z), puff, thick=1.3, dark=0.22),))))
    if subject.kind in _TRAILS and (subject.kind == "steam_train" or Phenomenon.SMOKE in asked):
        size, dark = _TRAILS[subject.kind]
        found.append((Phenomenon.SMOKE, Effect((trailing(occasion, _top(actors), size, dark=dark),))))
    return found


def _shining(occasion: Occasion, subject: SubjectPlan, low: Floats, high: Floats) -> Borne:
    """The light of what has lamps of its own, at the hours and in the weathers when they are lit."""
    lit = occasion.plan.time in _SHINING
    lights = Contrivance.LIGHTS_UP in subject.traits
    if subject.kind == "lamp" and (lights or Contrivance.GOES_OUT in subject.traits):
        return [(Phenomenon.NEON, lamp_switched(occasion, low, high, LIGHTS_UP_S, on=lights))]
    if subject.kind == "lighthouse" and (lit or occasion.plan.weather in {Weather.RAIN, Weather.FOG}):
        return [(Phenomenon.SUN, beacon(occasion, low, high))]
    if subject.kind == "street_lamp" and lit:
        return [(Phenomenon.SUN, street_light(occasion, low, high))]
    if subject.kind == "gas_station" and lit and "abandoned" not in subject.traits:
        return [(Phenomenon.SUN, forecourt(low, high))]
    if subject.kind in {*_CHIMNEYS, "diner"} and lit:
        return [(Phenomenon.SUN, lit_windows(occasion, low, high))]
    return []


def _burns(subject: SubjectPlan, asked: set[Phenomenon], number: int) -> bool:
    """Whether it is on fire: it says so, or there is a fire and it is the first that can burn."""
    del number
    if subject.kind in _FLAMES:
        return False  # A candle that burns bears its flame, and is not on fire.
    told = subject.action is Action.BURN or Extra.FLAMES in subject.extras or "burning" in subject.traits
    return told or (subject.kind == "campfire" and bool(asked | {Phenomenon.FIRE}))


def _ablaze(
    occasion: Occasion, subject: SubjectPlan, actors: list[Actor], low: Floats, high: Floats
) -> Effect:
    """Flames all over it: one for a campfire, several over a house."""
    x, z = float(low[0] + high[0]) / 2.0, float(low[2] + high[2]) / 2.0
    wide, tall = float(max(high[0] - low[0], high[2] - low[2])), float(high[1] - low[1])
    if subject.kind == "campfire":
        return fire(occasion, (x, float(low[1]) + 0.08, z), 0.95 * wide, wide_m=0.42 * wide, smoky=0.4)
    if wide < 2.5:
        return fire(occasion, (x, float(low[1]) + 0.4 * tall, z), 0.8 * max(tall, 0.5), wide_m=0.8 * wide)
    if subject.kind in HOUSES:
        return house_fire(occasion, actors)
    return fires_over(occasion, actors)


def _top(actors: list[Actor]) -> Floats:
    """Where the highest point of something is, (f, 3), its flame or its funnel."""
    best = max(actors, key=lambda actor: float(actor.mesh.positions[:, 1].max()))
    at = int(best.mesh.positions[:, 1].argmax())
    bone = int(best.bones[at, best.weights[at].argmax()])
    pose = best.poses[:, bone].astype(float)
    return pose[:, :, :3] @ best.mesh.positions[at].astype(float) + pose[:, :, 3]


def _swinging(actors: list[Actor]) -> Floats:
    """The middle of what hangs on the last bone, (f, 3)."""
    actor = actors[-1]
    bone = int(actor.bones[:, 0].max())
    middle = actor.mesh.positions[actor.bones[:, 0] == bone].astype(float).mean(0)
    pose = actor.poses[:, bone].astype(float)
    return pose[:, :, :3] @ middle + pose[:, :, 3]


def _snout(actors: list[Actor]) -> tuple[Floats, Floats]:
    """Where the foremost point of an animal is, (f, 3), and where its head points, (f, 3)."""
    best = max(actors, key=lambda actor: float(actor.mesh.positions[:, 0].max()))
    at = int(best.mesh.positions[:, 0].argmax())
    bone = int(best.bones[at, best.weights[at].argmax()])
    pose = best.poses[:, bone].astype(float)
    return pose[:, :, :3] @ best.mesh.positions[at].astype(float) + pose[:, :, 3], pose[:, :, 0]


def _bottom(actors: list[Actor]) -> Floats:
    """The middle of the lowest face of something, (f, 3)."""
    boxes = [boxes_of(actor) for actor in actors]
    low, high = np.min([b[:, 0] for b in boxes], axis=0), np.max([b[:, 1] for b in boxes], axis=0)
    return np.stack([(low[:, 0] + high[:, 0]) / 2.0, low[:, 1], (low[:, 2] + high[:, 2]) / 2.0], 1)


def _flame(occasion: Occasion, kind: str, actors: list[Actor]) -> Effect:
    """The light and the shine of a candle, a torch or a lantern, wherever it is carried."""
    way, tall = _swinging(actors) if kind in _HUNG else _top(actors), _FLAMES[kind]
    if kind == "lantern":
        way = way - np.array([0.0, 0.16, 0.0])
    strength = 2.4 if occasion.dark else 0.8
    lamp = Lamp(
        (float(way[0, 0]), float(way[0, 1]), float(way[0, 2])),
        (strength, 0.52 * strength, 0.18 * strength),
        0.9 if kind == "candle" else 2.2,
        flicker=0.12,
        way=tuple((x, y + 0.05, z) for x, y, z in occasion.followed(way, occasion.ticks).tolist()),
    )
    still = float(np.ptp(way, axis=0).max()) < 0.02
    x, y, z = way.mean(0).tolist()
    shine = (halo(x, y, z, 0.35 if kind == "candle" else 0.9, occasion),) if still else ()
    if kind == "torch":
        return together([Effect(shine, (lamp,)), _torch(occasion, way, tall)])
    return Effect(shine, (lamp,))


def _scattering(occasion: Occasion, subject: SubjectPlan, actors: list[Actor]) -> Borne:
    """What a deed pours out, breaks or shakes off."""
    if subject.kind == "watering_can" and _pours(occasion, subject):
        return [(Phenomenon.SPLASH, pouring(occasion, _top(actors), _ahead(actors)))]
    if subject.kind == "snowball":
        return [(Phenomenon.DUST, effect) for effect in _burst(occasion, actors)]
    if subject.action is Action.SHAKE_OFF:
        return [(Phenomenon.SPLASH, _shaken(occasion, actors))]
    if subject.action is Action.DIG and subject.kind != "person":
        return [(Phenomenon.DUST, _flung(occasion, actors))]
    return []


def _pours(occasion: Occasion, can: SubjectPlan) -> bool:
    """Whether whoever holds a can waters with it."""
    holders = [r.to for r in can.relations if r.kind is RelationKind.HELD_BY and r.to is not None]
    return any(occasion.plan.subjects[k].action is Action.WATER for k in holders)


def _ahead(actors: list[Actor]) -> Floats:
    """Where something points that is held, (f, 3)."""
    return actors[0].poses[:, 0, :, 0].astype(float)


def _burst(occasion: Occasion, actors: list[Actor]) -> list[Effect]:
    """Snowballs that are in the air in one frame and gone in the next, where they break."""
    times: list[float] = []
    places: list[Floats] = []
    for actor in actors:
        way = boxes_of(actor).mean(1)
        above = way[:, 1] - occasion.floor(way[:, 0], way[:, 2])
        for k in np.flatnonzero((above[:-1] > _IN_AIR_M) & (above[1:] < 0.0)).tolist():
            times.append(occasion.times[k])
            places.append(way[k])
    return [bursts(occasion, np.array(times), np.array(places))] if times else []


def _shaken(occasion: Occasion, actors: list[Actor]) -> Effect:
    """Water, or where snow lies snow, off a coat."""
    boxes = boxes_of(max(actors, key=lambda actor: len(actor.mesh.positions)))
    size = boxes[:, 1] - boxes[:, 0]
    snowy = occasion.plan.setting is Setting.SNOWFIELD or occasion.plan.weather is Weather.SNOW
    wide = 0.30 * float(size[0, [0, 2]].min())
    return shaken(occasion, boxes.mean(1) + np.array([0.0, 0.1, 0.0]) * size, wide, snowy=snowy)


def _flung(occasion: Occasion, actors: list[Actor]) -> Effect:
    """What an animal that digs throws behind it, from between its forepaws."""
    actor = max(actors, key=lambda actor: len(actor.mesh.positions))
    boxes, ahead = boxes_of(actor), actor.poses[:, 0, :, 0].astype(float) * np.array([1.0, 0.0, 1.0])
    ahead /= np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-6)
    size = boxes[:, 1] - boxes[:, 0]
    way = boxes.mean(1) + 0.18 * np.hypot(size[:, 0], size[:, 2])[:, None] * ahead
    way[:, 1] = boxes[:, 0, 1] + 0.03
    return flung(occasion, way, -ahead, float(size[0, 1]))


def _beam(occasion: Occasion, actors: list[Actor]) -> Effect:
    """The light of an electric torch, ahead of where it points."""
    way = _top(actors)
    aim = actors[0].poses[:, 0, :, 1].astype(float).mean(0)
    x, y, z = (aim / max(float(np.linalg.norm(aim)), 1e-9)).tolist()
    strength = 3.2 if occasion.dark else 0.6
    followed = occasion.followed(way, occasion.ticks).tolist()
    places = tuple((a, b, c) for a, b, c in followed)
    lamp = Lamp(
        places[0],
        (strength, 0.94 * strength, 0.78 * strength),
        6.0,
        aim=(x, y, z),
        cone_deg=27.0,
        way=places,
    )
    return Effect((), (lamp,))


def _torch(occasion: Occasion, way: Floats, tall: float) -> Effect:
    x, y, z = way.mean(0).tolist()
    plain = fire(occasion, (x, y, z), tall, wide_m=0.4 * tall, smoky=0.0, lit=False)
    ticks = np.array(occasion.times)
    speed = np.gradient(way, np.maximum.accumulate(ticks + 1e-6 * np.arange(len(ticks))), axis=0)
    moved = [
        replace(
            s,
            start=(s.start + occasion.followed(way, s.born.astype(float)) - (x, y, z)).astype(np.float32),
            # A flame leans behind, but goes along.
            velocity=(s.velocity + _ALONG * occasion.followed(speed, s.born.astype(float))).astype(
                np.float32
            ),
        )
        for s in plain.swarms[:3]
    ]
    return Effect(tuple(moved))
