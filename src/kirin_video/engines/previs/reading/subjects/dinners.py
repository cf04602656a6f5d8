"""What a household adds: tables for dinners, candles and glasses by candlelight, vacuums that go."""

from __future__ import annotations

from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Relation, RelationKind, SubjectPlan

_BY_CANDLES = ("candlelight", "candlelit", "candle light", "candle lit", "\u70db\u5149")
_LAID = {"candle": 2, "wine_glass": 2}
"""What is laid, and how many of each."""


def lay_dinner(found: list[SubjectPlan]) -> None:
    """Put a dinner that several people have, or one by candlelight, on a table that they sit at."""
    tables = [k for k, s in enumerate(found) if s.kind == "table"]
    for at, meal in enumerate(tuple(found)):
        holder = next((r.to for r in meal.relations if r.kind is RelationKind.HELD_BY), None)
        if not meal.relations:
            holder = next((k for k, s in enumerate(found) if s.kind == "person"), None)
        if meal.kind != "meal" or holder is None or found[holder].kind != "person":
            continue
        by_candles = any(word in meal.words.lower() for word in _BY_CANDLES)
        if not (by_candles or found[holder].count > 1):
            continue
        table = tables[0] if tables else len(found)
        if not tables:
            found.append(SubjectPlan("table", "table"))
        found[at] = replace(meal, relations=(Relation(RelationKind.ON, table),))
        diner = found[holder]
        beside = (Relation(RelationKind.BESIDE, table), *(r for r in diner.relations if r.to != table))
        action = Action.EAT if diner.action is Action.IDLE else diner.action
        found[holder] = replace(diner, relations=beside, action=action)
        return


def start_vacuums(found: list[SubjectPlan]) -> None:
    """Let a robot vacuum go about that nothing is told of: one that stands still does not clean."""
    for at, subject in enumerate(found):
        if subject.kind == "robot_vacuum" and subject.action in {Action.IDLE, Action.WORK}:
            found[at] = replace(subject, action=Action.DRIVE)


def light_candles(found: list[SubjectPlan]) -> None:
    """Lay candles and glasses where a meal by candlelight is named, but for what the prompt names itself."""
    _stand_candles(found)
    for meal in tuple(found):
        if not any(word in meal.words.lower() for word in _BY_CANDLES) or meal.kind == "candle":
            continue
        table = next((r.to for r in meal.relations if r.kind is RelationKind.ON), None)
        if table is None:
            continue
        known = {subject.kind for subject in found}
        for kind, count in _LAID.items():
            if kind not in known:
                on_it = Relation(RelationKind.ON, table)
                found.append(SubjectPlan(kind, kind.replace("_", " "), count=count, relations=(on_it,)))
        return


def _stand_candles(found: list[SubjectPlan]) -> None:
    """Put candles by whose light somebody eats on the table, not on the floor and over nobody."""
    table = next((k for k, s in enumerate(found) if s.kind == "table"), None)
    served = any(r.to == table and r.kind is RelationKind.ON for s in found for r in s.relations)
    at = next((k for k, s in enumerate(found) if s.kind == "candle" and not s.relations), None)
    if at is None or table is None or not served:
        return
    for k, subject in enumerate(found):
        kept = tuple(r for r in subject.relations if r.to != at)
        found[k] = replace(subject, relations=kept)
    found[at] = replace(
        found[at], count=max(found[at].count, 2), relations=(Relation(RelationKind.ON, table),)
    )
