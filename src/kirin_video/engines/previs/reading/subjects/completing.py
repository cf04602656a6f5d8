"""Completes a cast with what its deeds need: chairs at a table, swords for a fight, a ball that rolls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kirin_video.engines.previs.plan import Action, Garment, Relation, RelationKind, SubjectPlan
from kirin_video.engines.previs.reading.subjects.angling import hand_rods
from kirin_video.engines.previs.reading.subjects.boarding import board
from kirin_video.engines.previs.reading.subjects.broods import lead_broods
from kirin_video.engines.previs.reading.subjects.caravans import load_caravan
from kirin_video.engines.previs.reading.subjects.desk_work import sit_at_machine
from kirin_video.engines.previs.reading.subjects.dinners import lay_dinner, light_candles, start_vacuums
from kirin_video.engines.previs.reading.subjects.escapes import come_out
from kirin_video.engines.previs.reading.subjects.games import (
    fry,
    give_ropes,
    hand_food,
    spread_blanket,
    throw_over,
    wind_wool,
)
from kirin_video.engines.previs.reading.subjects.gear import (
    cut_stalks,
    hand_can,
    hand_tools,
    lay_in_arms,
    make_snowballs,
    put_on_skis,
    set_cake,
)
from kirin_video.engines.previs.reading.subjects.holding import people_of
from kirin_video.engines.previs.reading.subjects.hunting import catch_fish
from kirin_video.engines.previs.reading.subjects.meals import SHARED, share_meals
from kirin_video.engines.previs.reading.subjects.musicians import hand_instruments
from kirin_video.engines.previs.reading.subjects.regards import meet_eyes
from kirin_video.engines.previs.reading.subjects.skyward import look_up
from kirin_video.engines.previs.reading.subjects.tooling import hand_long_tools

_TABLES = frozenset({"table", "desk"})
_AT = frozenset({RelationKind.BESIDE, RelationKind.AROUND, RelationKind.FACING, RelationKind.IN_FRONT_OF})
_MEALS = frozenset({Action.EAT, Action.DRINK})
_SEATED = _MEALS | {
    Action.IDLE,
    Action.SIT,
    Action.SPEAK,
    Action.PLAY,
    Action.READ,
    Action.WRITE,
    Action.WORK,
}
"""What people do at a table who sit there."""
_DISHES = SHARED | {"plate", "bowl", "bread", "burger", "fish", "chess_board", "teapot", "cup"}
"""What stands on the table that its eaters sit at."""
_PLAYED = frozenset({"chess_board", "cards"})
_MOST_SEATS = 8
_BALLS = frozenset({"ball", "football", "beach_ball", "yarn_ball"})
_WITH_BALLS = frozenset({Action.PLAY, Action.KICK, Action.RUN})
_BALL_RELATIONS = frozenset({RelationKind.HELD_BY, RelationKind.WITH, RelationKind.IN_FRONT_OF})
_LED = frozenset({Action.WALK, Action.RUN, Action.SWIM, Action.FLY, Action.TROT, Action.SAIL, Action.DRIVE})
_ARMED = frozenset({Garment.ARMOR})

Subjects = list[SubjectPlan]


def completed(subjects: Sequence[SubjectPlan]) -> tuple[SubjectPlan, ...]:
    """The subjects, and behind them what they need and the prompt leaves out.

    Who dines or plays chess sits on chairs round a table; who plays with a ball runs after it; who fights in
    armour has a sword.
    """
    found = list(subjects)
    steps: tuple[Callable[[Subjects], None], ...] = (
        lay_dinner,
        share_meals,
        start_vacuums,
        _lay_table,
        sit_at_machine,
        look_up,
        _seat,
        make_snowballs,
        throw_over,
        _roll_balls,
        give_ropes,
        fry,
        spread_blanket,
        wind_wool,
        catch_fish,
        hand_food,
        lead_broods,
        hand_rods,
        _lead_on,
        cut_stalks,
        hand_can,
        hand_tools,
        hand_long_tools,
        lay_in_arms,
        set_cake,
        put_on_skis,
        hand_instruments,
        load_caravan,
        meet_eyes,
        board,
        come_out,
        light_candles,
        _arm,
    )
    for step in steps:
        step(found)
    return tuple(found)


def _lay_table(found: Subjects) -> None:
    """A game that people play stands on a table, which is there."""
    people = people_of(found)
    games = [k for k, s in enumerate(found) if s.kind in _PLAYED]
    if not people or not games or any(s.kind in _TABLES for s in found):
        return
    table = len(found)
    found.append(SubjectPlan("table", "table"))
    for game in games:
        found[game] = replace(found[game], relations=(Relation(RelationKind.ON, table),))
    for one in people:
        found[one] = replace(
            found[one], relations=(*found[one].relations, Relation(RelationKind.BESIDE, table))
        )


def _seat(found: Subjects) -> None:
    """Chairs for those who sit at a table, and their dishes on it."""
    tables = [k for k, s in enumerate(found) if s.kind in _TABLES and not s.scenery]
    for table in tables:
        sitting = [k for k in people_of(found) if _sits_at(found, k, table)]
        if not sitting or not _is_set(found, sitting, table):
            continue
        for one in sitting:
            chairs, count = len(found), min(found[one].count, _MOST_SEATS)
            found.append(
                SubjectPlan("chair", "chair", count=count, relations=(Relation(RelationKind.AROUND, table),))
            )
            kept = tuple(r for r in found[one].relations if r.to != table)
            idle = found[one].action in {Action.IDLE, Action.PLAY}
            found[one] = replace(
                found[one],
                action=_doing(found, one) if idle else found[one].action,
                relations=(Relation(RelationKind.ON, chairs), *kept),
            )
            for at, dish in enumerate(found):
                held = any(r.kind is RelationKind.HELD_BY and r.to == one for r in dish.relations)
                if held and dish.kind in _DISHES:
                    found[at] = replace(dish, relations=(Relation(RelationKind.ON, table),))


def _doing(found: Subjects, one: int) -> Action:
    """What somebody does at a table of whom only the dinner or the game is named."""
    dines = any(s.kind in _DISHES - _PLAYED for s in found)
    return Action.EAT if dines and found[one].action is Action.IDLE else Action.SIT


def _sits_at(found: Subjects, one: int, table: int) -> bool:
    near = any(r.kind in _AT and r.to == table for r in found[one].relations)
    return near and found[one].action in _SEATED


def _is_set(found: Subjects, sitting: Sequence[int], table: int) -> bool:
    """Whether it is a table that one sits at here: there is a meal or a game, or several sit."""
    served = any(
        s.kind in _DISHES and any(r.to == table or r.to in sitting for r in s.relations) for s in found
    )
    doing = {found[k].action for k in sitting}
    return served or bool(doing & (_MEALS | {Action.SIT, Action.SPEAK}))


def _lead_on(found: Subjects) -> None:
    """Who is followed by somebody and said to do nothing goes ahead in the same way."""
    for follower in list(found):
        for relation in follower.relations:
            if relation.kind is not RelationKind.FOLLOWING or relation.to is None:
                continue
            leader = found[relation.to]
            if leader.action is Action.IDLE and not leader.scenery and follower.action in _LED:
                found[relation.to] = replace(leader, action=follower.action, heading=follower.heading)


def _roll_balls(found: Subjects) -> None:
    """A ball that is played with rolls, and who plays runs after it."""
    for at, ball in enumerate(found):
        if ball.kind not in _BALLS:
            continue
        players = [k for k, s in enumerate(found) if _plays(found, k, at) and s.action in _WITH_BALLS]
        if not players:
            continue
        kept = tuple(r for r in ball.relations if r.to not in players)
        found[at] = replace(ball, action=Action.ROLL, relations=kept)
        for one in players:
            chases = Relation(RelationKind.CHASING, at)
            others = tuple(r for r in found[one].relations if r.to != at)
            found[one] = replace(found[one], action=Action.RUN, relations=(chases, *others))


def _plays(found: Subjects, one: int, ball: int) -> bool:
    if found[one].kind in _BALLS or any(
        r.kind is RelationKind.ON and not _is_floor(found, r) for r in found[one].relations
    ):
        return False
    mine = any(r.kind in _BALL_RELATIONS and r.to == ball for r in found[one].relations)
    return mine or any(r.kind in _BALL_RELATIONS and r.to == one for r in found[ball].relations)


def _is_floor(found: Subjects, relation: Relation) -> bool:
    """Whether what somebody is on is a part of his world."""
    return relation.to is not None and found[relation.to].scenery


def _arm(found: Subjects) -> None:
    """Who fights in armour has something to fight with."""
    for at in people_of(found):
        one = found[at]
        armed = any(r.to == at and r.kind is RelationKind.HELD_BY for s in found for r in s.relations)
        fights = one.action is Action.FIGHT and any(w.garment in _ARMED for w in one.wears)
        loose = next((k for k, s in enumerate(found) if s.kind == "sword" and not s.relations), None)
        if one.action is not Action.FIGHT or armed or not (fights or loose is not None):
            continue
        held = (Relation(RelationKind.HELD_BY, at),)
        if loose is not None:
            found[loose] = replace(found[loose], count=max(found[loose].count, one.count), relations=held)
        else:
            found.append(SubjectPlan("sword", "sword", count=one.count, relations=held))
