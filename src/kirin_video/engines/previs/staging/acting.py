"""Acting: everybody's part becomes actors, and what they hold goes with their hands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.scenery import Actor
from kirin_video.engines.previs.staging.casting import acted, carried_along, contact_discs, shells_of
from kirin_video.engines.previs.staging.clinging import trunk_of, upended
from kirin_video.engines.previs.staging.hands import is_laid, places_in_hand
from kirin_video.engines.previs.staging.melting import melted
from kirin_video.engines.previs.staging.parts import Part

Acting = tuple[Part, tuple[Actor, ...]]


def acting_of(parts: tuple[Part, ...], times: Floats) -> list[Acting]:
    """The actors of every part, an actor for each shell of its body.

    Args:
        parts: everybody's.
        times: float64, (f,), of every frame, seconds.
    """
    poses = {
        (part.role.number, part.which): acted(part.body, part.deeds, part.track, times, part.seed)
        for part in parts
        if part.hold is None
    }
    for part in parts:
        tree = trunk_of(part, parts)
        if tree is not None:
            key = part.role.number, part.which
            poses[key] = upended(poses[key], part, tree, times)
    by_place = {(part.role.number, part.which): part for part in parts}
    return [(part, _actors(part, by_place, poses, times)) for part in parts]


def _actors(
    part: Part,
    by_place: dict[tuple[int, int], Part],
    poses: dict[tuple[int, int], NDArray[np.float32]],
    times: Floats,
) -> tuple[Actor, ...]:
    body, number = part.body, part.role.number
    if part.hold is None:
        own = poses[number, part.which]
        if Action.MELT in {deed for _, deed in part.deeds} and part.role.kind.family is Family.THING:
            own = melted(own, part, times)
        return shells_of(body, own, contact_discs(body.contacts, own, part.track), number)
    places = places_in_hand(part, by_place[part.hold.by], poses[part.hold.by].astype(float), times)
    return carried_along(body, places, times, seed=part.seed, subject=number, lying=is_laid(part))
