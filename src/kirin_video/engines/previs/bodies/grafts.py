"""Two bodies in one: a man's upper half on a horse, a fish's tail on a woman.

What is in the way of one half is drawn in to where the other begins; the bones of both follow one another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Body, Motion, Shell, Skeleton
from kirin_video.engines.previs.bodies.order import Order
from kirin_video.engines.previs.bodies.posing import Floats, compose
from kirin_video.engines.previs.bodies.track import Track, standing
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.plan import Action, Color, Garment, PartColor, SubjectPlan, Wear

Builder = Callable[[SubjectPlan], Body]

_FRONT = ("neck", "nape", "head", "jaw", "ear_l", "ear_r", "lid_l", "lid_r")
_LEGS = tuple(f"{part}_{side}" for part in ("thigh", "shin", "foot", "toes") for side in "lr")
_HANDS = frozenset(
    {
        Action.WAVE,
        Action.SPEAK,
        Action.SING,
        Action.POINT,
        Action.CLAP,
        Action.LAUGH,
        Action.CRY,
        Action.FIGHT,
    }
)
"""What an upper half does while the lower one stands."""
_SEA_GREEN = Color("sea green", (38, 128, 116))
_RIDER, _TAIL, _GIRTH = 0.90, 0.66, 0.98
"""A rider's height as a share of his horse's; a tail's length, as a share of a woman's height; its girth, as
a share of what its length would give it."""
_CUT = -0.13
"""Where a dolphin is cut, as a share of its length ahead of its middle."""


def centaur(horse: Body, order: Order, build: Builder) -> Body:
    """A four-legged body with somebody's upper half where its neck was.

    Args:
        horse: the lower half.
        order: what was asked for: its clothes and hair are the upper half's.
        build: builds the upper half.
    """
    asked = order.subject
    bare = (Wear(Garment.SWIMSUIT),) if asked.gender != "female" else (Wear(Garment.T_SHIRT),)
    hair = tuple(c for c in asked.colors if c.part in {"hair", "skin"})
    someone = SubjectPlan(
        "person",
        asked.words,
        gender=asked.gender or "male",
        age=asked.age,
        size=_RIDER * horse.height_m / 1.75,
        wears=asked.wears or bare,
        colors=hair,
        expression=asked.expression,
    )
    upper = build(someone)
    chest = horse.skeleton.index("chest")
    base = np.array(horse.skeleton.bones[horse.skeleton.index("neck")].head)
    hips = np.array(upper.skeleton.bones[upper.skeleton.index("pelvis")].head)
    shift = np.eye(3, 4)
    shift[:, 3] = base + np.array([0.02, -0.03, 0.0]) * horse.height_m - hips
    joined = _joined(
        _drawn_in(horse, _FRONT, base, "chest"),
        _drawn_in(upper, _LEGS, hips - np.array([0.0, 0.06, 0.0]) * upper.height_m, "pelvis"),
        _Carried(horse.motion, chest, upper.motion, shift, _above),
    )
    tall = float(base[1] + upper.height_m - hips[1])
    first = len(horse.skeleton)
    anchors = {name: (first + bone, point) for name, (bone, point) in upper.anchors.items()}
    return replace(
        joined, height_m=tall, face_m=upper.face_m, anchors={**anchors, "saddle": horse.anchors["saddle"]}
    )


def mermaid(woman: Body, order: Order, build: Builder) -> Body:
    """Somebody with the tail of a fish instead of legs.

    Args:
        woman: the upper half.
        order: what was asked for; ``tail`` is the tail's colour.
        build: builds the lower half.
    """
    color = order.subject.color_of("tail") or _SEA_GREEN
    red, green, blue = (min(255, round(1.35 * v + 20)) for v in color.rgb)
    pale = Color("pale", (red, green, blue))
    fish = build(SubjectPlan("dolphin", "tail", colors=(PartColor("body", color), PartColor("belly", pale))))
    hips = np.array(woman.skeleton.bones[woman.skeleton.index("pelvis")].head)
    points = np.concatenate([shell.mesh.positions for shell in fish.shells]).astype(float)
    back, cut = float(points[:, 0].min()), _CUT * fish.length_m
    middle = float(np.median(points[np.abs(points[:, 0] - cut) < 0.05 * fish.length_m][:, 1]))
    seam = np.array([cut, middle, 0.0])
    size = _TAIL * woman.height_m / (cut - back)
    # A fish's way ahead is up the back, its back is the woman's.
    turn = np.array([[0.0, -_GIRTH, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, _GIRTH]]) * size
    shift = np.concatenate(
        [turn, (hips + np.array([0.0, 0.045 * woman.height_m, 0.0]) - turn @ seam)[:, None]], 1
    )
    kept = _drawn_in(woman, _LEGS, hips - np.array([0.0, 0.03, 0.0]) * woman.height_m, "pelvis")
    joined = _joined(
        kept,
        _behind(fish, seam),
        _Carried(
            woman.motion,
            woman.skeleton.index("pelvis"),
            fish.motion,
            shift,
            _afloat,
            lower=_swimming,
            pinned=_bone_at(fish, seam),
        ),
    )
    return replace(joined, contacts=())


def _above(action: Action) -> Action:
    return action if action in _HANDS else Action.IDLE


def _afloat(_action: Action) -> Action:
    return Action.SWIM


_ASHORE = {
    Action.IDLE: Action.SWIM,
    Action.STAND: Action.SWIM,
    Action.WALK: Action.SWIM,
    Action.RUN: Action.SWIM,
}


def _swimming(action: Action) -> Action:
    """Who has no legs swims where others stand and walk."""
    return _ASHORE.get(action, action)


def _same(action: Action) -> Action:
    return action


class _Carried:
    """The motion of two halves: one does what is asked, the other hangs on one of its bones.

    Args:
        motion: of the half that goes.
        bone: the bone of it that carries the other half.
        guest: the other half's motion.
        shift: float64, (3, 4), from the other half's space to the first one's, at rest.
        act: what the other half does.
        lower: what the first half does.
        pinned: the other half's bone that keeps its place; None leaves all of it to its own motion.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- two halves and how they hang together
        self,
        motion: Motion,
        bone: int,
        guest: Motion,
        shift: Floats,
        act: Callable[[Action], Action],
        lower: Callable[[Action], Action] = _same,
        pinned: int | None = None,
    ) -> None:
        self._motion, self._bone, self._guest = motion, bone, guest
        self._shift, self._act, self._lower, self._pinned = shift, act, lower, pinned

    def pace(self, action: Action) -> float:
        """Metres a second; see `Motion`."""
        return self._motion.pace(self._lower(action))

    def poses(self, action: Action, track: Track, times: Floats, *, seed: int) -> NDArray[np.float32]:
        """Bones in the world; see `Motion`."""
        own = self._motion.poses(self._lower(action), track, times, seed=seed)
        still = standing(0.0, 0.0, 0.0, lambda x, _z: np.zeros_like(x))
        other = self._guest.poses(self._act(action), still, times, seed=seed).astype(np.float64)
        if self._pinned is not None:
            other = compose(_undone(other[:, self._pinned])[:, None], other)
        carried = compose(own[:, self._bone, None].astype(np.float64), compose(self._shift, other))
        return np.concatenate([own, carried.astype(np.float32)], 1)


def _undone(poses: Floats) -> Floats:
    """What takes rigid poses (f, 3, 4) back to rest."""
    turn = poses[:, :, :3].transpose(0, 2, 1)
    return np.concatenate([turn, -turn @ poses[:, :, 3:]], 2)


def _joined(host: Body, guest: Body, motion: Motion) -> Body:
    """Both halves on one skeleton, the guest's bones behind the host's."""
    first = len(host.skeleton)
    bones = tuple(replace(b, name=f"graft_{b.name}", parent=b.parent + first) for b in guest.skeleton.bones)
    shells = tuple(replace(shell, bones=shell.bones + np.uint8(first)) for shell in guest.shells)
    return replace(
        host,
        skeleton=Skeleton((*host.skeleton.bones, *bones)),
        shells=(*host.shells, *shells),
        motion=motion,
    )


def _drawn_in(body: Body, names: Collection[str], to: Floats, bone: str) -> Body:
    """A body without what some bones carry: that is drawn in to one point, which closes the hole.

    Args:
        body: the body.
        names: of the bones.
        to: the point, at rest.
        bone: the bone that carries it.
    """
    gone = [k for k, b in enumerate(body.skeleton.bones) if b.name in names]
    onto = body.skeleton.index(bone)

    def without(shell: Shell) -> Shell:
        share = (shell.weights * np.isin(shell.bones, gone)).sum(1)
        return _collapsed(shell, share > 127, to, onto)  # noqa: PLR2004 -- half of all weight

    return replace(body, shells=tuple(without(shell) for shell in body.shells))


def _bone_at(fish: Body, seam: Floats) -> int:
    """The bone of a fish's spine that is nearest to a place."""
    return int(
        np.argmin([abs((bone.head[0] + bone.tail[0]) / 2.0 - seam[0]) for bone in fish.skeleton.bones])
    )


def _behind(fish: Body, seam: Floats) -> Body:
    """A fish without its front."""
    onto = _bone_at(fish, seam)
    shells = tuple(_collapsed(s, s.mesh.positions[:, 0] > seam[0], seam, onto) for s in fish.shells)
    return replace(fish, shells=shells)


def _collapsed(shell: Shell, gone: NDArray[np.bool_], to: Floats, bone: int) -> Shell:
    positions, bones, weights = shell.mesh.positions.copy(), shell.bones.copy(), shell.weights.copy()
    positions[gone] = to
    bones[gone], weights[gone] = bone, 0
    weights[gone, 0] = 255
    mesh = shell.mesh
    kept = ~gone[mesh.faces].all(1)
    return replace(
        shell,
        mesh=Mesh(positions, mesh.normals, mesh.colors, mesh.glow, mesh.faces[kept]),
        bones=bones,
        weights=weights,
    )
