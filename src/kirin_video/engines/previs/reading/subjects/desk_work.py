"""Completes who works at a machine: a laptop or a typewriter stands on the table that its user sits at."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Relation, RelationKind, SubjectPlan

_MACHINES = frozenset({"laptop", "typewriter", "computer", "sewing_machine"})
_TABLES = frozenset({"table", "desk"})
_USING = frozenset(
    {Action.WORK, Action.WRITE, Action.READ, Action.SIT, Action.IDLE, Action.LOOK, Action.PLAY}
)
_ON = frozenset({RelationKind.ON, RelationKind.IN, RelationKind.RIDING})

Subjects = list[SubjectPlan]


def sit_at_machine(found: Subjects) -> None:
    """Who uses a machine sits at a table with it, unless he is on something else, as in bed."""
    for at in [k for k, s in enumerate(found) if s.kind in _MACHINES and not s.scenery]:
        user = next((k for k in range(len(found)) if _uses(found, k, at)), None)
        if user is None:
            continue
        kept = tuple(r for r in found[user].relations if r.to != at)
        if any(r.kind in _ON and found[r.to].kind not in _TABLES for r in kept if r.to is not None):
            continue
        table = next((k for k, s in enumerate(found) if s.kind in _TABLES and not s.scenery), None)
        if table is None:
            table = len(found)
            found.append(SubjectPlan("table", "table"))
        kept = tuple(r for r in kept if r.to != table)
        found[at] = replace(found[at], relations=(Relation(RelationKind.ON, table),))
        sits = replace(found[user], relations=(Relation(RelationKind.BESIDE, table), *kept))
        found[user] = replace(sits, action=Action.SIT, also=_also(sits))


def _also(user: SubjectPlan) -> tuple[Action, ...]:
    """What he does beside sitting: his hands are on the keys."""
    return tuple(a for a in dict.fromkeys((user.action, *user.also)) if a is not Action.SIT)


def _uses(found: Subjects, one: int, at: int) -> bool:
    person = found[one]
    if person.kind != "person" or person.scenery or person.action not in _USING:
        return False
    mine = any(r.to == at for r in person.relations) or any(r.to == one for r in found[at].relations)
    return mine or (person.action is Action.WORK and not found[at].relations)
