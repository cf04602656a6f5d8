"""From bodies to actors: the numbers that painters need."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Body, Contact
from kirin_video.engines.previs.bodies.track import Floats, Track
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.scenery import Actor


def cast(  # noqa: PLR0913 -- who does what, where and when
    body: Body, action: Action, track: Track, times: Floats, *, seed: int, subject: int
) -> tuple[Actor, ...]:
    """A body acting: an actor for each of its shells.

    Args:
        body: who.
        action: what it does.
        track: where it is.
        times: float64, (f,), of every frame, seconds.
        seed: what makes this one different from its neighbour.
        subject: its number in the plan.
    """
    poses = body.motion.poses(action, track, times, seed=seed)
    contacts = contact_discs(body.contacts, poses, track)
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
        )
        for first, shell in zip([True] + [False] * len(body.shells), body.shells, strict=False)
    )


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
