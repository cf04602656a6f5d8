"""From bodies to actors: the numbers that painters need."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Body, Contact
from kirin_video.engines.previs.bodies.posing import compose
from kirin_video.engines.previs.bodies.track import Floats, Track, standing
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.scenery import Actor

_CHANGE_S = 0.5
"""How long one deed takes to flow into the next."""
_DOWN_S = {Action.SIT: 0.9, Action.LIE: 1.1, Action.SLEEP: 1.1, Action.KNEEL: 0.8}
"""The same of what nobody does in so short a time."""


def cast(  # noqa: PLR0913 -- who does what, where and when
    body: Body,
    deeds: Sequence[tuple[float, Action]],
    track: Track,
    times: Floats,
    *,
    seed: int,
    subject: int,
) -> tuple[Actor, ...]:
    """A body acting: an actor for each of its shells.

    Args:
        body: who.
        deeds: from when on, seconds, it does what; one flows into the next.
        track: where it is.
        times: float64, (f,), of every frame, seconds.
        seed: what makes this one different from its neighbour.
        subject: its number in the plan.
    """
    poses = acted(body, deeds, track, times, seed)
    return shells_of(body, poses, contact_discs(body.contacts, poses, track), subject)


def carried_along(  # noqa: PLR0913 -- what, where and when
    body: Body, places: Floats, times: Floats, *, seed: int, subject: int, lying: bool = False
) -> tuple[Actor, ...]:
    """A thing in somebody's hand: an actor for each of its shells.

    Args:
        body: the thing.
        places: (f, 3, 4), from its own space to the world.
        times: float64, (f,), of every frame, seconds.
        seed: what makes it different from its neighbour.
        subject: its number in the plan.
        lying: whether it sleeps there.
    """
    origin = standing(0.0, 0.0, 0.0, lambda x, _z: np.zeros_like(x))
    # A child or a cat in somebody's arms sits in them; a thing does nothing.
    own = body.motion.poses(Action.SLEEP if lying else Action.SIT, origin, times, seed=seed).astype(float)
    return shells_of(body, compose(places[:, None], own).astype(np.float32), None, subject)


def shells_of(
    body: Body, poses: NDArray[np.float32], contacts: NDArray[np.float32] | None, subject: int
) -> tuple[Actor, ...]:
    """An actor for each shell of a body; the first one bears its contacts."""
    return tuple(
        Actor(
            mesh=shell.mesh,
            skin=shell.skin,
            along=shell.along,
            bones=shell.bones,
            weights=shell.weights,
            poses=poses,
            coat=shell.coat,
            subject=subject,
            contacts=contacts if first else None,
            printed=shell.printed,
        )
        for first, shell in zip([True] + [False] * len(body.shells), body.shells, strict=False)
    )


def acted(
    body: Body, deeds: Sequence[tuple[float, Action]], track: Track, times: Floats, seed: int
) -> NDArray[np.float32]:
    """The poses of one deed after the other, mixed for a moment in between."""
    poses = body.motion.poses(deeds[0][1], track, times, seed=seed)
    for start, action in deeds[1:]:
        share = np.clip((times - start) / _DOWN_S.get(action, _CHANGE_S), 0.0, 1.0)
        later = np.flatnonzero(share > 0.0)
        if not len(later):
            continue
        s = share[later]
        s = (s * s * (3.0 - 2.0 * s)).astype(np.float32)[:, None, None, None]
        poses[later] += (body.motion.poses(action, track, times[later], seed=seed) - poses[later]) * s
    return poses


def contact_discs(
    contacts: tuple[Contact, ...], poses: NDArray[np.float32], track: Track
) -> NDArray[np.float32]:
    """Where a body shades the ground: (f, c, 4), x, z, radius and darkness.

    The shade of a lifted foot fades within its radius.
    """
    discs = np.zeros((len(poses), len(contacts), 4), np.float32)
    for k, contact in enumerate(contacts):
        pose = poses[:, contact.bone].astype(np.float64)
        at = pose[:, :, :3] @ np.array(contact.point) + pose[:, :, 3]
        above = np.maximum(at[:, 1] - track.terrain(at[:, 0], at[:, 2]), 0.0)
        discs[:, k, 0], discs[:, k, 1] = at[:, 0], at[:, 2]
        discs[:, k, 2] = contact.radius_m + 0.5 * above
        discs[:, k, 3] = contact.darkness * np.exp(-above / contact.radius_m)
    return discs
