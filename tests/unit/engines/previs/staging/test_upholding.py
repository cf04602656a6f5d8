"""Nobody stands on the bed of deep water: people have a rock, things drift, who swims is carried anyway."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.track import Floats, Terrain
from kirin_video.engines.previs.plan import Action, Move, Setting, ShotPlan, SubjectPlan, TimeOfDay, Weather
from kirin_video.engines.previs.staging import troupe_of
from kirin_video.engines.previs.staging.footing import Footing
from kirin_video.engines.previs.staging.solids import Solids
from kirin_video.engines.previs.staging.upholding import upheld

PLACES = np.zeros(3), np.zeros(3)


def bed(depth: float) -> Terrain:
    def terrain(x: Floats, _z: Floats) -> NDArray[np.float64]:
        return np.full(np.shape(x), -depth)

    return terrain


def foot_of(kind: str, depth: float, doing: Action = Action.IDLE) -> float:
    """How high over the water the foot of somebody is whom a bed so deep would carry."""
    plan = ShotPlan(
        Setting.SEA,
        TimeOfDay.DAY,
        Weather.CLEAR,
        Move.STILL,
        subjects=(SubjectPlan(kind, kind, action=doing),),
    )
    (role,) = troupe_of(plan, seed=4)
    ground = Footing(bed(depth), np.zeros((2, 2), np.int32), 0.0, cast("Solids", None))
    held = upheld(role, ((0.0, doing),), bed(depth), ground, Setting.SEA, PLACES)
    return float(held(*PLACES)[0])


@pytest.mark.parametrize("kind", ["person", "robot", "dog", "tree"])
def test_who_cannot_float_stands_above_deep_water(kind: str) -> None:
    assert foot_of(kind, 6.0) > 0.0


def test_shallow_water_is_waded_in() -> None:
    assert foot_of("person", 0.4) == pytest.approx(-0.4)


def test_a_chair_drifts_partly_in_the_water() -> None:
    assert -0.5 < foot_of("chair", 6.0) < 0.0


def test_who_swims_or_dives_needs_no_rock() -> None:
    assert foot_of("person", 6.0, Action.SWIM) == foot_of("person", 6.0, Action.DIVE) == pytest.approx(-6.0)
