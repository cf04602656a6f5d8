"""Surfing: a wave that breaks goes along with whoever surfs on its face; and waves without anybody."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.bodies.catalogue import Realm, catalogue
from kirin_video.engines.previs.bodies.posing import Floats, compose, placed, spun, turned
from kirin_video.engines.previs.breakers import breaker, face_at, in_world
from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.plan import Action, Phenomenon, Place, Setting, ShotPlan, ShotSize
from kirin_video.engines.previs.scenery import Actor, Breaker, Scene, Surface
from kirin_video.engines.previs.staging.acting import Acting
from kirin_video.engines.previs.staging.footing import Footing
from kirin_video.engines.previs.staging.parts import Look, Part
from kirin_video.engines.previs.staging.troupe import MOUNTED

_HIGH = frozenset({Phenomenon.HIGH_WAVES, Phenomenon.STORM})
_TALL_M, _USUAL_M, _LONELY_M = 4.4, 3.0, 5.5
"""How high waves are that are spoken of, that are only surfed on, and that come by themselves."""
_SHARES = (1.0, 0.7, 0.45)
"""Near the shore there may only be room for a lower one."""
_AHEAD, _DOWN = 0.1, -0.62
"""Where on the wave it is surfed: along its crest from where it breaks, and before it, in its heights."""
_WEAVE, _WEAVE_S = 0.13, 3.4
"""How far up and down the face one goes, in its heights, and how often."""
_LEAN = 0.42
"""How far who is on a slope leans with it."""
_ROUND_RAD = 0.9
"""How far round a wave is looked at: behind it there is only its back."""
_NEAREST_M, _FURTHEST_M, _COMES_MPS = 17.0, 46.0, 3.2
_PEEL_MPS, _BEHIND_M = 1.6, 12.0
"""How fast it breaks along its crest, and how far behind boats it stays, metres a second and metres."""
_BOARD, _GLIDES = "surfboard", frozenset({Action.GLIDE, Action.SURF, Action.RIDE})
_BY_SEA = frozenset({Setting.SEA, Setting.BEACH})
_CLEAR, _MOSTLY = 3.0, 0.9
"""How far to both sides a wave has to have deep water, in its heights, and how much of that."""
_SHELTERED = frozenset({Place.HARBOR})


def with_room_for_wave(plan: ShotPlan) -> ShotPlan:
    """The plan with whoever rides a wave seen from so far that the wave is seen, too."""
    framing = plan.framing
    if (
        not _surfers(plan)
        or plan.setting not in _BY_SEA
        or framing.size is not None
        or framing.angle is not None
    ):
        return plan
    return replace(plan, framing=replace(framing, size=ShotSize.WIDE))


def surfing(  # noqa: PLR0913, PLR0917 -- who, where and when
    plan: ShotPlan, scene: Scene, ground: Footing, look: Look, acting: list[Acting], times: Floats
) -> tuple[Scene, list[Acting]]:
    """The scene with the wave that is surfed on, and everybody who surfs on its face.

    Args:
        plan: who does what.
        scene: the world.
        ground: where there is room for a wave.
        look: from where it is seen.
        acting: everybody, on still water.
        times: (f,), seconds of the story at every frame.
    """
    water, surfers = scene.water, _surfers(plan)
    lead = next((part for part, _ in acting if part.role.number in surfers and part.hold is None), None)
    if water is None or lead is None or plan.setting not in _BY_SEA or water.surface is Surface.LAKE:
        return scene, acting
    tall = _TALL_M if _HIGH & set(plan.phenomena) else _USUAL_M
    waves = (_under(lead, look, times, share * tall, scene.seed) for share in _SHARES)
    wave = next((one for one in waves if _has_room(one, ground)), None)
    if wave is None:
        return scene, acting
    found = [
        (part, _lifted(actors, _raised(wave, part, times)) if _is_among(part, surfers) else actors)
        for part, actors in acting
    ]
    return replace(
        scene, water=replace(water, breaker=wave), round_rad=min(scene.round_rad, _ROUND_RAD)
    ), found


def _has_room(wave: Breaker, ground: Footing) -> bool:
    """Whether there is deep water where a wave breaks, from the first frame to the last."""
    along, behind = np.meshgrid(np.linspace(-_CLEAR, _CLEAR, 9), np.linspace(-1.5, 1.5, 5))
    local = wave.height_m * np.stack([along.ravel(), 0.0 * along.ravel(), behind.ravel()], 1)
    wet = [
        ground.is_deep(at[:, 0], at[:, 2]).mean()
        for frame in (0, len(wave.places) // 2, len(wave.places) - 1)
        for at in (in_world(wave, local, np.full(len(local), frame)),)
    ]
    return min(wet) > _MOSTLY


def _is_among(part: Part, surfers: frozenset[int]) -> bool:
    """Whether a part is one of some subjects', or in a hand of theirs."""
    return part.role.number in surfers or (part.hold is not None and part.hold.by[0] in surfers)


def _lifted(actors: tuple[Actor, ...], raised: Floats) -> tuple[Actor, ...]:
    """Actors of one body, which share their poses, each moved by a transform (f, 3, 4)."""
    if not actors:
        return actors
    poses = compose(raised[:, None], actors[0].poses.astype(float)).astype(np.float32)
    return tuple(replace(actor, poses=poses) for actor in actors)


def _surfers(plan: ShotPlan) -> frozenset[int]:
    """The numbers of those who surf, and of what they are on."""
    surfing_ = {n for n, s in enumerate(plan.subjects) if s.action is Action.SURF}
    boards = {n for n, s in enumerate(plan.subjects) if s.kind == _BOARD and s.action in _GLIDES}
    boards |= {
        r.to for n in surfing_ for r in plan.subjects[n].relations if r.kind in MOUNTED and r.to is not None
    }
    riders = {
        n
        for n, subject in enumerate(plan.subjects)
        if any(r.to in boards and r.kind in MOUNTED for r in subject.relations)
    }
    return frozenset(surfing_ | boards | riders)


def _under(lead: Part, look: Look, times: Floats, height_m: float, seed: int) -> Breaker:
    """The wave that goes along with somebody, its back away from the viewer."""
    places, turns = lead.track.at(times)
    turn = float(turns[len(turns) // 2])
    along = math.cos(turn), -math.sin(turn)
    away = math.sin(look.yaw), -math.cos(look.yaw)
    side = 1.0 if -along[1] * away[0] + along[0] * away[1] >= 0.0 else -1.0
    behind = -side * along[1], side * along[0]
    off = height_m * np.array([along, behind]).T @ np.array([_AHEAD, _DOWN])
    origin = places[:, [0, 2]] - off
    return breaker(
        seed, height_m, along=along, behind=behind, places=np.column_stack([origin, np.ones(len(times))])
    )


def _raised(wave: Breaker, part: Part, times: Floats) -> Floats:
    """From still water onto the face of a wave, (f, 3, 4): up and down it, leaning as it slopes."""
    places, _ = part.track.at(times)
    along, behind, high = np.array(wave.along), np.array(wave.behind), wave.height_m
    off = (places[:, [0, 2]] - wave.places[:, :2].astype(float)) / high
    phase = math.tau * times / _WEAVE_S + 2.1 * part.which
    weave = _WEAVE * np.sin(phase)
    w = np.clip(off @ behind, -1.0, -0.4)
    up, slope = face_at(off @ along, w + weave)
    # The nose points to where it goes: along the crest, and up or down the face.
    speed = max(float(np.abs(np.gradient(places @ np.array([along[0], 0.0, along[1]]), times)).mean()), 1.0)
    veer = np.arctan2(high * _WEAVE * math.tau / _WEAVE_S * np.cos(phase), speed)
    hand = float(behind @ np.array([-along[1], along[0]]))
    lean = _LEAN * np.arctan(slope)
    axis = np.array([along[0], 0.0, along[1]])
    turn = turned("y", -hand * veer) @ spun(axis, -hand * lean)
    shift = np.stack([0.0 * up, high * up, 0.0 * up], 1)
    shift[:, [0, 2]] += high * ((w + weave) - off @ behind)[:, None] * behind
    pivot = places.copy()
    return placed(turn, pivot - np.einsum("fij,fj->fi", turn, pivot) + shift)


def _is_boat(kind: str) -> bool:
    """Whether a kind floats on the water."""
    row = catalogue().get(kind)
    return row is not None and row.realm is Realm.AFLOAT


def _distances(scene: Scene, eye: Floats, ahead: Floats) -> list[float]:
    """How far ahead of the camera everybody is at most, metres."""
    roots = [actor.poses[:, 0, :, 3].astype(float)[:, [0, 2]] for actor in scene.actors]
    return [float(((root - eye) @ ahead).max()) for root in roots]


def surging(plan: ShotPlan, scene: Scene, views: Sequence[View], times: Floats) -> Scene:
    """The open sea with a high wave that comes in: where one is asked for, and nobody but boats is about."""
    water = scene.water
    boats = all(subject.scenery or _is_boat(subject.kind) for subject in plan.subjects)
    at_sea = plan.setting is Setting.SEA and plan.place not in _SHELTERED
    asked = at_sea and Phenomenon.HIGH_WAVES in plan.phenomena
    open_sea = water is not None and water.surface is Surface.OCEAN and water.breaker is None
    if water is None or not (open_sea and asked and boats):
        return scene
    eye = np.array(views[len(views) // 2].eye)[[0, 2]]
    ahead = np.array(views[len(views) // 2].target)[[0, 2]] - eye
    ahead /= np.linalg.norm(ahead)
    side = 1.0 if scene.seed % 2 else -1.0
    along = side * np.array([-ahead[1], ahead[0]])
    left = float(times[-1]) - times
    nearest = max([_NEAREST_M, *(_BEHIND_M + far for far in _distances(scene, eye, ahead))])
    away = np.minimum(nearest + _COMES_MPS * left, nearest + _FURTHEST_M - _NEAREST_M)
    peel = _PEEL_MPS * (times - 0.5 * float(times[-1]))
    origin = eye + away[:, None] * ahead + peel[:, None] * along
    share = 1.0 - 0.25 * np.clip((away - nearest) / (_FURTHEST_M - _NEAREST_M), 0.0, 1.0)
    wave = breaker(
        scene.seed,
        _LONELY_M,
        along=(float(along[0]), float(along[1])),
        behind=(float(ahead[0]), float(ahead[1])),
        places=np.column_stack([origin, share]),
        columns=150,
    )
    return replace(scene, water=replace(water, breaker=wave))
