"""Blocking: where everybody is at any time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kirin_video.engines.previs.bodies.track import Track
from kirin_video.engines.previs.staging.aloft import altitude_of, fleet_places
from kirin_video.engines.previs.staging.bridging import crossing
from kirin_video.engines.previs.staging.circling import circled
from kirin_video.engines.previs.staging.couples import coupled
from kirin_video.engines.previs.staging.cuddling import cuddled
from kirin_video.engines.previs.staging.departing import departed
from kirin_video.engines.previs.staging.dousing import dousing
from kirin_video.engines.previs.staging.feeding import feeding
from kirin_video.engines.previs.staging.formation import abreast, extent
from kirin_video.engines.previs.staging.gathering import room_for
from kirin_video.engines.previs.staging.hands import handed
from kirin_video.engines.previs.staging.hopping import hopping
from kirin_video.engines.previs.staging.huddling import huddled
from kirin_video.engines.previs.staging.hurdles import leaping
from kirin_video.engines.previs.staging.leading import banked, best_route
from kirin_video.engines.previs.staging.lineup import lined_up
from kirin_video.engines.previs.staging.making import making
from kirin_video.engines.previs.staging.meanwhile import meanwhile
from kirin_video.engines.previs.staging.parts import (
    Look,
    Part,
    Setup,
    carrier_of,
    deeds_of,
    distance_gone,
    gone_by,
    parts_along,
    spots_of,
)
from kirin_video.engines.previs.staging.plunging import plunging
from kirin_video.engines.previs.staging.pushing import pushing
from kirin_video.engines.previs.staging.rallying import rallied
from kirin_video.engines.previs.staging.regarding import regarding
from kirin_video.engines.previs.staging.routes import walked
from kirin_video.engines.previs.staging.settling import settled
from kirin_video.engines.previs.staging.sipping import sipping
from kirin_video.engines.previs.staging.supporting import supporting_parts
from kirin_video.engines.previs.staging.tending import tending
from kirin_video.engines.previs.staging.troupe import Role
from kirin_video.engines.previs.staging.volleying import volleyed
from kirin_video.engines.previs.staging.wayfaring import in_file, journey, way_for


@dataclass(frozen=True, slots=True)
class Blocking:
    """Everybody's part, and what the camera needs to know of the leading group.

    Attributes:
        parts: all bodies.
        lead: the track of the middle of the leading group.
        look: the picture it was chosen for: where there is more room, it looks to another side than the
            world's own view.
        long_m: how long that group is, along its way.
        wide_m: how wide, across it.
        tall_m: how tall.
    """

    parts: tuple[Part, ...]
    lead: Track
    look: Look
    long_m: float
    wide_m: float
    tall_m: float


def block(setup: Setup, roles: tuple[Role, ...]) -> Blocking:
    """Everybody's way through the shot.

    Args:
        setup: the shot; its look is that of the empty world.
        roles: everybody on stage, the leading one first.
    """
    lead = roles[0]
    whole = distance_gone(setup.plan, lead, setup.seconds)
    way = way_for(setup, lead)
    spots = (
        spots_of(lead, whole, setup.seed) if way is None else in_file(len(lead.bodies), lead.body.length_m)
    )
    long, wide = extent(spots, lead.body.length_m, lead.body.width_m)
    if way is None:
        more = room_for(roles)
        route, look = best_route(setup, lead, whole, (long + more, wide + more))
        route = banked(setup, lead, route, look, whole)
        if whole <= lead.body.length_m or fleet_places(lead) is not None:
            spots = abreast(spots, look.turn(1.0, 0.0) - float(route.turns[len(route.turns) // 2]))
    else:
        route, look = journey(setup, lead, way, whole, long)
    setup = replace(setup, look=look)
    gone = gone_by(setup.plan, lead, setup.seconds) - whole / 2.0
    deeds = deeds_of(setup.plan, lead, setup.seconds)
    above = altitude_of(setup.plan, lead, deeds, setup.times)
    track = walked(route, setup.times, gone, carrier_of(lead, deeds, setup.ground), above=above)
    parts = parts_along(setup, lead, route, gone, spots)
    for role in roles[1:]:
        held = handed(setup, role, parts)
        parts = held or [*parts, *supporting_parts(setup, role, roles, parts, route, gone)]
    parts = lined_up(setup, parts)
    parts = circled(setup, roles, coupled(roles, parts))
    parts = volleyed(setup, rallied(setup, cuddled(setup, parts)))
    parts = huddled(dousing(pushing(setup, tending(setup, feeding(setup, making(setup, parts))))))
    parts = settled(setup, hopping(setup, leaping(setup, parts)))
    parts = sipping(setup, crossing(setup, plunging(setup, departed(setup, parts))))
    parts = meanwhile(regarding(setup, parts))
    return Blocking(tuple(parts), track, look, long, wide, lead.body.height_m)
