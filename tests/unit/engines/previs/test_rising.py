"""Tests of who gets up from a seat."""

import pytest

from kirin_video.engines.previs.plan import Action, RelationKind, ShotPlan
from kirin_video.engines.previs.reading import read_plan


def _later(plan: ShotPlan) -> list[Action]:
    return [act.action for beat in plan.beats for act in beat.acts if act.subject == 0]


@pytest.mark.parametrize(
    ("prompt", "later"),
    [
        ("A girl gets up from a bench and walks away", [Action.STAND, Action.WALK]),
        ("A man stands up from a chair and waves", [Action.STAND, Action.WAVE]),
        ("一个男孩从沙发上站起来", [Action.STAND]),
    ],
)
def test_who_gets_up_from_a_seat_sat_on_it(prompt: str, later: list[Action]) -> None:
    plan = read_plan(prompt, seed=1)
    one = plan.subjects[0]
    assert one.action is Action.SIT
    assert [relation.kind for relation in one.relations] == [RelationKind.ON]
    assert _later(plan) == later
    starts = [beat.start for beat in plan.beats]
    assert starts == sorted(set(starts))
    assert all(0.0 < start < 1.0 for start in starts)


@pytest.mark.parametrize(
    "prompt", ["A girl stands beside a bench", "Smoke rises from a house", "A dog stands up from the grass"]
)
def test_nobody_else_sits_down_first(prompt: str) -> None:
    plan = read_plan(prompt, seed=1)
    assert all(subject.action is not Action.SIT for subject in plan.subjects)
