"""Wings on four-legged bodies: dragons, winged horses, griffins."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Body, Bone, Motion, Point, Shell, Skeleton
from kirin_video.engines.previs.bodies.flight import ALOFT, beat_of, leaning, rooted, wing_turns
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.posing import about, compose, turned
from kirin_video.engines.previs.bodies.surfaces import Finish, fused, panel, ramp
from kirin_video.engines.previs.bodies.track import Track, standing
from kirin_video.engines.previs.plan import Action

Floats = NDArray[np.float64]

_JOINTS = 3
_SHARES = (0.0, 0.26, 0.55, 1.0)
_LEGS = ("fl", "fr", "hl", "hr")


def winged(body: Body, order: Order, *, skin: bool) -> Body:
    """A body with a pair of wings on its shoulders.

    Args:
        body: four-legged.
        order: what was asked for; its colours paint the wings.
        skin: whether the wings are of skin, as a dragon's, or feathered.
    """
    span = 0.72 * body.length_m if skin else 0.78 * body.length_m
    chest = body.skeleton.bones[body.skeleton.index("chest")]
    root = np.array(chest.head) * 0.35 + np.array(chest.tail) * 0.65
    saddle = body.anchors["saddle"][1]
    root[1] = saddle[1] * 0.97
    bones: list[Bone] = list(body.skeleton.bones)
    roots: dict[str, Floats] = {}
    for side, z in (("l", -1.0), ("r", 1.0)):
        at = root + np.array([0.0, 0.0, z * 0.16 * body.width_m])
        joints = [at + np.array([0.0, 0.0, z * span * share]) for share in _SHARES]
        roots[side] = np.array(joints)
        parent = body.skeleton.index("chest")
        for k in range(_JOINTS):
            bones.append(Bone(f"wing_{side}{k}", _point(joints[k]), _point(joints[k + 1]), parent))
            parent = len(bones) - 1
    skeleton = Skeleton(tuple(bones))
    wings = [_wing(order, skeleton, side, roots[side][0], span, skin=skin) for side in "lr"]
    flying = order.subject.action in ALOFT
    return replace(
        body,
        skeleton=skeleton,
        shells=fused([*body.shells, *wings]),
        motion=WingedMotion(body.motion, body.skeleton, roots, span, body.height_m),
        length_m=max(body.length_m, 1.35 * span) if flying else body.length_m,
        height_m=max(body.height_m, 1.05 * span) if flying else body.height_m,
    )


def _point(at: Floats) -> Point:
    x, y, z = (float(v) for v in at)
    return x, y, z


def _wing(  # noqa: PLR0913 -- whose, where and how large
    order: Order, bones: Skeleton, side: str, root: Floats, span: float, *, skin: bool
) -> Shell:
    t, v = np.linspace(0.0, 1.0, 40), np.linspace(0.0, 1.0, 9)
    chord = 0.62 * span if skin else 0.40 * span
    if skin:
        lead = (
            0.22 + 0.42 * np.sin(math.pi * np.minimum(t / 0.8, 1.0)) - 0.8 * np.maximum(t - 0.5, 0.0) ** 1.5
        )
        trail = -0.85 + 0.50 * t + 0.26 * np.abs(np.sin(math.pi * t * 4.0)) * (1.0 - 0.4 * t)
    else:
        lead = 0.30 + 0.22 * np.sin(math.pi * np.minimum(t / 0.9, 1.0)) - 0.35 * t**3
        trail = -0.62 + 0.30 * t**2 + 0.06 * np.abs(np.sin(math.pi * t * 9.0))
    trail = np.minimum(trail, lead - 0.02)
    x = (lead[:, None] + (trail - lead)[:, None] * v) * chord
    z = np.broadcast_to(((-1.0 if side == "l" else 1.0) * span * t)[:, None], x.shape)
    rise = 0.06 * chord * np.sin(math.pi * v)[None] * (1.0 - 0.6 * t)[:, None]
    points = root + np.stack([x, rise, z], -1)
    colors = _colors(order, t, v, skin=skin)
    chain = [bones.index(f"wing_{side}{k}") for k in range(_JOINTS)]
    weights = np.repeat(ramp(len(bones), chain, t**0.9)[:, None], len(v), 1)
    return panel(points, colors, weights, 0.035 * chord, Finish(gloss=0.08 * skin, fur=0.35 * (not skin)))


def _colors(order: Order, t: Floats, v: Floats, *, skin: bool) -> Floats:
    body = np.array(order.color("body") or (0.5, 0.5, 0.5))
    field = order.color("wings")
    asked = order.subject.color_of("body") is not None and order.subject.color_of("wings") is None
    base = body * (0.80 if skin else 0.97) if field is None or asked else np.array(field)
    colors = np.broadcast_to(base, (len(t), len(v), 3)).copy()
    if skin:
        fingers = np.abs(((t * 4.0 + 0.5) % 1.0) - 0.5) < 0.05  # noqa: PLR2004 -- a finger's breadth
        colors[fingers] = body * 0.55
        colors[:, v < 0.10] = body * 0.60  # noqa: PLR2004 -- the arm along the leading edge
        return colors
    far = np.clip((t[:, None] - 0.55) / 0.4 + (v[None] - 0.5) * 0.8, 0.0, 1.0)[..., None]
    tips = np.array(order.kind.colors.get("wing_tips", tuple(base * 0.86)))
    colors += (tips - colors) * far
    quills = 1.0 - 0.12 * (np.arange(len(t)) % 3 == 0)[:, None] * (v[None] > 0.4)  # noqa: PLR2004 -- long feathers
    return colors * quills[..., None]


class WingedMotion:
    """The motion of a winged one: its own on the ground with wings folded, flight above it.

    Args:
        motion: of the body without wings.
        skeleton: of that body.
        roots: by side, (4, 3): the joints of a wing, metres.
        span: of one wing, metres.
        height_m: of the body.
    """

    def __init__(
        self, motion: Motion, skeleton: Skeleton, roots: dict[str, Floats], span: float, height_m: float
    ) -> None:
        self._motion, self._roots, self._span, self._height = motion, roots, span, height_m
        self._bones = skeleton.bones
        self._index = {bone.name: k for k, bone in enumerate(skeleton.bones)}

    def pace(self, action: Action) -> float:
        """Metres a second; see `Motion`."""
        if action is Action.HOVER:
            return 0.0
        return 2.6 * self._span**0.5 if action in ALOFT else self._motion.pace(action)

    def poses(self, action: Action, track: Track, times: Floats, *, seed: int) -> NDArray[np.float32]:
        """Bones in the world; see `Motion`."""
        if action not in ALOFT:
            return self._with_wings(
                self._motion.poses(action, track, times, seed=seed), times, seed, folded=True
            )
        return self._flying(track, times, seed, glides=action is Action.GLIDE)

    def _flying(self, track: Track, times: Floats, seed: int, *, glides: bool) -> NDArray[np.float32]:
        """A standing body, its legs drawn back, its neck stretched, carried along the track."""
        still = standing(0.0, 0.0, 0.0, lambda x, _z: np.zeros_like(x))
        local = self._motion.poses(Action.STAND, still, times, seed=seed).astype(np.float64)
        for name in _LEGS:
            back = -0.75 if name[0] == "f" else -1.05
            pivot = np.array(self._bones[self._index[f"{name}0"]].head)
            swing = about(turned("z", back + 0.06 * np.sin(1.7 * times + len(name))), pivot)
            for k in range(4):
                bone = self._index[f"{name}{k}"]
                local[:, bone] = compose(swing, local[:, bone])
        beat = beat_of(times, 3.1 / math.sqrt(self._span + 1.0), 0.75 if glides else 0.12, seed)
        bank, pitch = leaning(track, times)
        middle = np.array([0.0, 0.6 * self._height, 0.0])
        bob = -0.07 * self._span * beat.power * np.sin(beat.phase - 0.4)
        root = rooted(track, times, up=bob)
        lean = about(
            turned("x", bank + 0.05 * np.sin(0.9 * times)) @ turned("z", pitch + 0.05 * np.sin(0.7 * times)),
            middle,
        )
        self._wave_tail(local, times)
        whole = compose(root, lean)[:, None]
        carried = compose(np.broadcast_to(whole, local.shape), local)
        return self._with_wings(carried.astype(np.float32), times, seed, folded=False, glides=glides)

    def _wave_tail(self, local: Floats, times: Floats) -> None:
        """Waves run along the tail towards its end."""
        turn = np.broadcast_to(np.eye(3, 4), (len(times), 3, 4))
        for k in range(4):
            bone = self._index[f"tail{k}"]
            pivot = np.array(self._bones[bone].head)
            swing = turned("y", 0.12 * np.sin(2.2 * times - 0.8 * k)) @ turned(
                "z", 0.10 * np.sin(2.9 * times - 0.8 * k)
            )
            turn = compose(turn, about(swing, pivot))
            local[:, bone] = compose(local[:, bone], turn)

    def _with_wings(
        self, poses: NDArray[np.float32], times: Floats, seed: int, *, folded: bool, glides: bool = False
    ) -> NDArray[np.float32]:
        chest = poses[:, self._index["chest"]].astype(np.float64)
        beat = beat_of(times, 3.1 / math.sqrt(self._span + 1.0), 0.75 if glides else 0.12, seed)
        added = np.zeros((len(times), 2 * _JOINTS, 3, 4))
        for s, (side, sign) in enumerate((("l", -1.0), ("r", 1.0))):
            joints, pose = self._roots[side], chest
            if folded:
                # Raised a little and swept back along the flanks.
                sway = 0.04 * np.sin(1.1 * times + sign)
                turns = [
                    turned("y", 0.0 * times + sign * -1.15) @ turned("x", -sign * (0.45 + sway)),
                    turned("y", 0.0 * times + sign * -0.15),
                    turned("y", 0.0 * times + sign * -0.10),
                ]
                shrink = np.diag((0.62, 1.0, 0.62))
                turns[0] = turns[0] @ shrink
            else:
                turns = wing_turns(beat, sign, reach=0.62, dihedral=0.16)
            for k in range(_JOINTS):
                pose = compose(pose, about(turns[k], joints[k]))
                added[:, s * _JOINTS + k] = pose
        return np.concatenate([poses, added.astype(np.float32)], 1)
