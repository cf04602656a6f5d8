"""Directing: a plan's subjects into a world, and the camera onto them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from kirin_video.engines.previs.camera import Stage, View, view_at, view_of
from kirin_video.engines.previs.clock import Clock
from kirin_video.engines.previs.given_camera import GivenCamera, path_within
from kirin_video.engines.previs.plan import Action, Place, Setting, ShotPlan
from kirin_video.engines.previs.scenery import Scene
from kirin_video.engines.previs.staging.acting import acting_of
from kirin_video.engines.previs.staging.aloft import is_afloat
from kirin_video.engines.previs.staging.beside import beside_it
from kirin_video.engines.previs.staging.blocking import block
from kirin_video.engines.previs.staging.clearing import cleared
from kirin_video.engines.previs.staging.composing import Floor
from kirin_video.engines.previs.staging.crew import film
from kirin_video.engines.previs.staging.footing import Footing, footing_of
from kirin_video.engines.previs.staging.formation import extent, formation
from kirin_video.engines.previs.staging.framing import (
    before_detail,
    distance_for,
    is_of_face,
    lens_for,
    travel_of_camera,
)
from kirin_video.engines.previs.staging.hulls import presence_of
from kirin_video.engines.previs.staging.islets import with_islets
from kirin_video.engines.previs.staging.oneself import light_ahead, seen_by_oneself
from kirin_video.engines.previs.staging.parts import Look, Setup, deeds_of, distance_gone, look_of
from kirin_video.engines.previs.staging.shore import beside_water, onto_ice, over_stream
from kirin_video.engines.previs.staging.surfing import surfing, with_room_for_wave
from kirin_video.engines.previs.staging.trampling import trampled
from kirin_video.engines.previs.staging.troupe import Role


@dataclass(frozen=True, slots=True)
class Staged:
    """A scene with everybody in it.

    Attributes:
        scene: with its actors; its stage is that of the first frame.
        views: the camera at every frame.
    """

    scene: Scene
    views: tuple[View, ...]


_USUAL = Stage((0.0, 1.6, 0.0), (0.0, 1.6, -20.0), 39.0, lambda _x, _z: 0.0)
"""A view such as most worlds compose."""


_BRIDGE = "bridge"
_WITHIN, _SLOWEST = 0.8, 0.3
"""Before a picture nobody goes further than this share of its width, unless that were far too slow."""
_IN_STREETS_M = 44.0
"""Further down a street what stands would be behind houses, however tall."""
_INDOORS, _WITHIN_WALLS = frozenset({Setting.ROOM, Setting.KITCHEN}), 0.72
"""However small somebody should be, he stays within the walls: so far towards its middle."""
_LEAST_ROAM_M = 1.5
"""A camera with somebody before it may at least turn aside."""


def roam_of(plan: ShotPlan, roles: tuple[Role, ...], *, aspect: float, seconds: float, seed: int) -> float:
    """How far to both sides the camera will go along with the leading subject, metres; roughly.

    Args:
        plan: who does what.
        roles: everybody on stage.
        aspect: width over height of the picture.
        seconds: the clip's length.
        seed: what makes this one different.
    """
    if not roles:
        return 0.0
    stage = lens_for(_USUAL, plan)
    far = distance_for(stage, aspect, plan.framing, roles[0].body, _width(roles, seed))
    return max(
        travel_of_camera(stage, aspect, far, distance_gone(plan, roles[0], seconds)) / 2.0, _LEAST_ROAM_M
    )


def direct(  # noqa: PLR0913 -- who, where, for how long
    plan: ShotPlan,
    roles: tuple[Role, ...],
    scene: Scene,
    *,
    seed: int,
    aspect: float,
    clock: Clock,
    camera: GivenCamera | None = None,
) -> Staged:
    """Put a plan's subjects into a world.

    Args:
        plan: who does what.
        roles: everybody on stage, the leading one first.
        scene: the empty world.
        seed: what makes this one different; the same seed gives the same frames.
        aspect: width over height of the picture.
        clock: how time runs.
        camera: how the camera moves, where that does not follow from the plan.
    """
    seed &= 0xFFFF
    plan = with_room_for_wave(plan)
    times, ground = np.array(clock.story_s), footing_of(scene)
    if scene.backdrop is not None:
        return _before_picture(plan, roles, scene, seed=seed, aspect=aspect, clock=clock, camera=camera)
    if not roles:
        floor = Floor(
            plan, _dry(scene.stage, ground), _LOOK, ground, (), times, aspect, seed, camera, scene.round_rad
        )
        return Staged(scene, film(floor).views)
    seconds = clock.length_s
    staged = replace(plan, framing=before_detail(plan.framing))
    stage = lens_for(scene.stage, staged)
    wide = _width(roles, seed)
    far = distance_for(stage, aspect, staged.framing, roles[0].body, wide)
    far = min(far, _IN_STREETS_M) if plan.setting is Setting.CITY and roles[0].stays else far
    if plan.setting in _INDOORS:
        far = min(far, _WITHIN_WALLS * math.dist(stage.eye, stage.target))
    stage = beside_it(stage, scene.beside, far)
    if roles[0].kind.name == _BRIDGE:
        stage = over_stream(stage, ground, far)
    elif is_afloat(roles[0], deeds_of(plan, roles[0], seconds)):
        gone = distance_gone(plan, roles[0], seconds)
        stage = beside_water(stage, ground, far, max(1.5 * roles[0].body.length_m, 0.7 * gone, 0.7 * wide))
    if plan.place is Place.FROZEN_LAKE and roles[0].subject.action is Action.SKATE:
        stage = onto_ice(stage, ground, far, max(3.0, 0.5 * wide))
    look = look_of(stage, aspect, far)
    blocking = block(Setup(staged, ground, look, seconds, seed, scene.round_rad), roles)
    scene = with_islets(scene, blocking.parts, ground, times, seed)
    scene, acting = surfing(plan, scene, ground, blocking.look, acting_of(blocking.parts, times), times)
    presences = tuple(presence_of(part, actors[0].poses) for part, actors in acting if actors)
    dry = _dry(scene.stage, ground)
    floor = Floor(plan, dry, blocking.look, ground, presences, times, aspect, seed, camera, scene.round_rad)
    filmed = film(floor)
    actors = seen_by_oneself(acting, filmed.views, aspect, filmed.unseen)
    scene = replace(scene, lamps=(*scene.lamps, *light_ahead(acting, filmed.views, plan.time, filmed.unseen)))
    scene = cleared(scene, actors, filmed.views)
    scene = trampled(scene, blocking, filmed.views, ground, times)
    first = filmed.views[0]
    scene = replace(scene, stage=replace(scene.stage, eye=first.eye, target=first.target), actors=actors)
    return Staged(scene, filmed.views)


def _before_picture(  # noqa: PLR0913 -- who, where, for how long
    plan: ShotPlan,
    roles: tuple[Role, ...],
    scene: Scene,
    *,
    seed: int,
    aspect: float,
    clock: Clock,
    camera: GivenCamera | None,
) -> Staged:
    """A picture has one view, from which the camera moves a little; everybody finds his place in it."""
    times, ground, stage = np.array(clock.story_s), footing_of(scene), scene.stage
    last = max(len(times) - 1, 1)
    if camera is None:
        views = tuple(view_at(stage, plan.move, plan.energy, k / last) for k in range(len(times)))
    else:
        path = path_within(camera, stage, len(times), aspect)
        views = tuple(view_of(stage, path(k / last)) for k in range(len(times)))
    if not roles:
        return Staged(scene, views)
    far = distance_of_lead(plan, roles, stage, aspect=aspect, seed=seed)
    look = look_of(stage, aspect, far)
    plan = slowed(plan, _WITHIN * look.wide_m, distance_gone(plan, roles[0], clock.length_s))
    roles = tuple(replace(role, subject=plan.subjects[role.number]) for role in roles)
    blocking = block(Setup(plan, ground, look, clock.length_s, seed), roles)
    actors = tuple(actor for _, some in acting_of(blocking.parts, times) for actor in some)
    return Staged(replace(scene, actors=actors), views)


def distance_of_lead(
    plan: ShotPlan, roles: tuple[Role, ...], stage: Stage, *, aspect: float, seed: int
) -> float:
    """How far from the camera of a stage the leading subject belongs, metres."""
    return distance_for(stage, aspect, plan.framing, roles[0].body, _width(roles, seed))


def face_of_lead(plan: ShotPlan, roles: tuple[Role, ...]) -> float | None:
    """How high the face of the leading subject is, metres, where the shot is of its face."""
    if not roles or not is_of_face(plan.framing.size, roles[0].body):
        return None
    body = roles[0].body
    return body.anchors["head"][1][1] if "head" in body.anchors else 0.85 * body.height_m


def slowed(plan: ShotPlan, most_m: float, gone_m: float) -> ShotPlan:
    """The plan with everybody so slow that one who goes so far stays within a width, if possible."""
    share = max(most_m / max(gone_m, 1e-6), _SLOWEST)
    if share >= 1.0:
        return plan
    subjects = tuple(replace(s, tempo=s.tempo * share) for s in plan.subjects)
    beats = tuple(
        replace(beat, acts=tuple(replace(act, tempo=act.tempo * share) for act in beat.acts))
        for beat in plan.beats
    )
    return replace(plan, subjects=subjects, beats=beats)


_LOOK = Look((0.0, 0.0), 0.0, 10.0, 10.0)
"""What an empty stage is looked at for."""


def _dry(stage: Stage, ground: Footing) -> Stage:
    """A stage whose cameras keep above water as they do above land."""
    level = ground.water_m
    if level is None:
        return stage

    def surface(x: float, z: float) -> float:
        return max(stage.ground(x, z), level)

    return replace(stage, ground=surface)


def _width(roles: tuple[Role, ...], seed: int) -> float:
    """How wide the leading group looks; supporting bodies need some room too."""
    lead = roles[0]
    spots = formation(
        len(lead.bodies), lead.body.length_m, lead.body.width_m, seed=seed & 0xFFFF, going=False
    )
    long, wide = extent(spots, lead.body.length_m, lead.body.width_m)
    others = sum(
        min(role.body.length_m, 2.5 * lead.body.length_m) * len(role.bodies) ** 0.5 for role in roles[1:]
    )
    return max(long, wide) + 0.9 * others
