"""The troupe: the bodies of a plan's subjects, in the detail that their size in the picture deserves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.build import build_body
from kirin_video.engines.previs.bodies.catalogue import Kind, catalogue
from kirin_video.engines.previs.plan import RelationKind, ShotPlan, ShotSize, SubjectPlan

Troupe = Mapping[str, tuple[Kind, Body]]
"""Bodies that are in no catalogue, with the rows they would have there, by the kind that the plan says."""

NOBODY: Troupe = MappingProxyType({})

MOST_BODIES = 40
"""Nobody counts more; every one of them costs."""

_SHARED = 0.7
"""How fast bodies of a group lose detail as it grows."""

_VARIANTS = 3
"""Bodies of one herd that differ; the others are their twins."""

MOUNTED = {RelationKind.ON, RelationKind.RIDING}
"""How somebody stands to another who carries it."""
_CLOSE = {ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP, ShotSize.MEDIUM_CLOSE_UP}


@dataclass(frozen=True, slots=True)
class Role:
    """One subject of the plan on stage.

    Attributes:
        number: its number in the plan.
        subject: what the plan says of it.
        kind: the row of the catalogue.
        bodies: one for each of them; twins are the same object.
    """

    number: int
    subject: SubjectPlan
    kind: Kind
    bodies: tuple[Body, ...]

    @property
    def body(self) -> Body:
        """The first of them."""
        return self.bodies[0]


def troupe_of(plan: ShotPlan, *, seed: int, guests: Troupe = NOBODY) -> tuple[Role, ...]:
    """Bodies for all subjects that the catalogue knows and that the world does not show anyway.

    Args:
        plan: who does what.
        seed: what makes these bodies different.
        guests: subjects that bring their own bodies.
    """
    on_stage = [
        (k, s)
        for k, s in enumerate(plan.subjects)
        if s.kind in guests or (not s.scenery and s.kind in catalogue())
    ]
    left, seed = MOST_BODIES, seed & 0xFFFF
    roles: list[Role] = []
    for number, subject in on_stage:
        count = max(1, min(subject.count, left))
        left -= count
        if subject.kind in guests:
            kind, body = guests[subject.kind]
            roles.append(Role(number, subject, kind, (body,) * count))
            continue
        detail = _detail(plan, number, count)
        variants = [
            build_body(subject, seed=seed * 101 + number * 11 + k, detail=detail)
            for k in range(min(count, _VARIANTS))
        ]
        bodies = tuple(variants[k % len(variants)] for k in range(count))
        roles.append(Role(number, subject, catalogue()[subject.kind], bodies))
        if left <= 0:
            break
    return _mounts_first(roles)


def _mounts_first(roles: list[Role]) -> tuple[Role, ...]:
    """Who carries the leading subject leads: it is the one that goes."""
    known = {role.number: role for role in roles}
    mount = next(
        (
            known[relation.to]
            for relation in (roles[0].subject.relations if roles else ())
            if relation.kind in MOUNTED and relation.to in known
        ),
        None,
    )
    return tuple(roles) if mount is None else (mount, *(role for role in roles if role is not mount))


def _detail(plan: ShotPlan, number: int, count: int) -> float:
    """Smaller in the picture, fewer triangles."""
    near = 1.1 if plan.framing.size in _CLOSE else 1.0
    if plan.framing.size in {ShotSize.WIDE, ShotSize.EXTREME_WIDE}:
        near = 0.5
    return max(0.10, near * (1.0 if number == 0 else 0.75) / count**_SHARED)
