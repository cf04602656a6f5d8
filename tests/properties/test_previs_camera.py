"""The camera never loses its subject and never runs into anything, whatever world, body, framing and move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kirin_video.engines.previs.clock import clock_of
from kirin_video.engines.previs.plan import (
    Act,
    Action,
    Angle,
    Beat,
    Framing,
    Lens,
    Move,
    Pace,
    Setting,
    ShotPlan,
    ShotSize,
    SubjectPlan,
    Technique,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.scene import build_scene
from kirin_video.engines.previs.scenery import Scene
from kirin_video.engines.previs.staging import direct, troupe_of
from kirin_video.engines.previs.staging.footing import footing_of
from kirin_video.engines.previs.staging.framing import has_face, shares_for
from kirin_video.engines.previs.staging.hulls import boxes, hull_of
from kirin_video.engines.previs.staging.troupe import Role

FRAMES = 49
TIMES = [0, 12, 24, 36, 48]
WHOLE = (None, ShotSize.EXTREME_WIDE, ShotSize.WIDE, ShotSize.FULL)

OUTDOORS = (
    ("person", Action.WALK),
    ("person", Action.IDLE),
    ("horse", Action.GALLOP),
    ("cat", Action.SIT),
    ("sports_car", Action.DRIVE),
    ("eagle", Action.FLY),
    ("elephant", Action.WALK),
    ("dog", Action.RUN),
    ("rocket", Action.LAUNCH),
    ("ladybug", Action.IDLE),
)
INDOORS = (("cat", Action.SIT), ("person", Action.DANCE), ("cup", Action.IDLE))
AFLOAT = (("sailboat", Action.SAIL), ("whale", Action.SWIM), ("dolphin", Action.LEAP))
SUNKEN = (("fish", Action.SWIM), ("turtle", Action.SWIM), ("shark", Action.SWIM))
AMONG = {
    Setting.ROOM: INDOORS,
    Setting.KITCHEN: INDOORS,
    Setting.STAGE: INDOORS,
    Setting.STUDIO: INDOORS,
    Setting.SEA: AFLOAT,
    Setting.UNDERWATER: SUNKEN,
}


@dataclass(frozen=True)
class Case:
    setting: Setting
    kind: str
    action: Action
    framing: Framing
    move: Move
    energy: float
    aspect: float
    techniques: tuple[Technique, ...] = ()
    beats: tuple[Beat, ...] = ()

    @property
    def plan(self) -> ShotPlan:
        who = SubjectPlan(self.kind, self.kind, action=self.action)
        return ShotPlan(
            self.setting,
            TimeOfDay.DAY,
            Weather.CLEAR,
            self.move,
            energy=self.energy,
            subjects=(who,),
            framing=self.framing,
            techniques=self.techniques,
            beats=self.beats,
        )


@cache
def world(setting: Setting, aspect: float) -> Scene:
    plan = ShotPlan(setting, TimeOfDay.DAY, Weather.CLEAR, Move.STILL)
    return build_scene(plan, seed=7, aspect=aspect, roam_m=8.0)


@cache
def body(kind: str) -> Role:
    plan = ShotPlan(
        Setting.MEADOW, TimeOfDay.DAY, Weather.CLEAR, Move.STILL, subjects=(SubjectPlan(kind, kind),)
    )
    return troupe_of(plan, seed=3)[0]


@st.composite
def cases(draw: st.DrawFn, *angles: Angle | None, sizes: tuple[ShotSize | None, ...]) -> Case:
    setting = draw(st.sampled_from(list(Setting)))
    kind, action = draw(st.sampled_from(AMONG.get(setting, OUTDOORS)))
    framing = Framing(
        size=draw(st.sampled_from(sizes)),
        angle=draw(st.sampled_from(angles)),
        lens=draw(st.sampled_from([Lens.NORMAL, Lens.WIDE, Lens.TELE])),
    )
    move, energy = draw(st.sampled_from(list(Move))), draw(st.sampled_from([0.45, 1.0, 2.0]))
    return Case(setting, kind, action, framing, move, energy, draw(st.sampled_from([16 / 9, 9 / 16])))


@dataclass(frozen=True)
class Shot:
    box: np.ndarray
    """Left, lower, right and upper edge in the picture at some times."""
    every: np.ndarray
    """The same at every frame."""
    eyes: np.ndarray
    inside: np.ndarray
    free: np.ndarray
    above_m: np.ndarray
    seen: float


def shoot(case: Case) -> Shot:
    """Stage a case without painting it, and measure what its camera does."""
    scene = world(case.setting, case.aspect)
    role = replace(body(case.kind), subject=case.plan.subjects[0])
    staged = direct(case.plan, (role,), scene, seed=3, aspect=case.aspect, clock=clock_of(Pace.REAL, FRAMES))
    ground = footing_of(scene)
    poses = staged.scene.actors[0].poses
    hull = hull_of(role.body, poses)
    eyes = np.array([view.eye for view in staged.views])
    below = ground.terrain(eyes[:, 0], eyes[:, 2])
    below = below if ground.water_m is None else np.maximum(below, ground.water_m)
    size = float(np.linalg.norm(np.ptp(hull[0], axis=0)))
    return Shot(
        box=boxes([staged.views[k] for k in TIMES], hull[TIMES], case.aspect),
        every=boxes(staged.views, hull, case.aspect),
        eyes=eyes,
        inside=((eyes > hull.min(1)) & (eyes < hull.max(1))).all(1),
        free=ground.solids.is_open(eyes),
        above_m=eyes[:, 1] - below,
        seen=float(ground.solids.sees(eyes[TIMES][:, None], hull[TIMES], 0.5 * size + 0.4).mean()),
    )


def is_safe(shot: Shot) -> bool:
    """Whether the camera keeps out of the ground, walls and bodies, and moves without a jerk."""
    steps = np.diff(shot.eyes, axis=0)
    jerks = np.linalg.norm(np.diff(steps, axis=0), axis=1)
    return bool(shot.free.all() and shot.above_m.min() > 0.1 and jerks.max() < 0.25)


@given(cases(None, Angle.LOW, Angle.HIGH, Angle.SIDE, Angle.FRONT, Angle.DUTCH, sizes=WHOLE))
@settings(max_examples=28, deadline=None, derandomize=True)
def test_whole_bodies_stay_in_the_picture(case: Case) -> None:
    shot = shoot(case)
    # Bodies are framed by some of their moments: a wing may reach a little further between two of them.
    assert shot.box[:, :2].min() > -0.045
    assert shot.box[:, 2:].max() < 1.045
    assert not shot.inside.any()
    assert shot.seen > 0.5
    assert is_safe(shot)


@given(
    cases(
        None,
        Angle.LOW,
        Angle.BEHIND,
        Angle.THREE_QUARTER,
        sizes=(ShotSize.MEDIUM, ShotSize.MEDIUM_CLOSE_UP, ShotSize.CLOSE_UP),
    )
)
@settings(max_examples=10, deadline=None, derandomize=True)
def test_close_shots_are_full_of_a_face_or_of_a_thing(case: Case) -> None:
    shot = shoot(case)
    assert is_safe(shot)
    # Some of the body is always in the picture, and it fills much of it.
    assert (shot.box[:, 0] < 0.7).all()
    assert (shot.box[:, 2] > 0.3).all()
    extent = shot.box[:, 2:] - shot.box[:, :2]
    if has_face(body(case.kind).body):
        assert (shot.box[:, 3] > 0.5).all()
        assert (extent[:, 1] > 0.35).all()
    else:
        # A thing is shown whole: what drives by fills less of the picture as it comes than when it is there.
        assert extent.max() > 0.35
        assert (extent.max(1) > 0.17).all()


@given(cases(None, Angle.AERIAL, Angle.LOW, sizes=WHOLE))
@settings(max_examples=14, deadline=None, derandomize=True)
def test_a_subject_fills_the_share_that_its_size_asks_for(case: Case) -> None:
    case = replace(case, move=Move.STILL, action=Action.IDLE)
    shot = shoot(case)
    high, wide = shares_for(case.framing)
    span = shot.box[:, 2:] - shot.box[:, :2]
    filled = np.maximum(span[:, 1] / high, span[:, 0] / wide)
    # A wall behind the camera may keep it nearer, and nobody comes nearer than outside of a body.
    assert 0.55 < float(np.median(filled)) < 1.4
    assert is_safe(shot)


LATER = st.tuples(
    st.sampled_from([None, Action.IDLE, Action.WALK, Action.RUN]),
    st.sampled_from([None, Move.PULL_OUT, Move.PUSH_IN, Move.PAN_LEFT, Move.ORBIT_RIGHT, Move.CRANE_UP]),
    st.booleans(),
)


@given(cases(None, sizes=(None, ShotSize.WIDE)), LATER)
@settings(max_examples=18, deadline=None, derandomize=True, phases=[Phase.generate])
def test_somebody_is_seen_in_every_frame_of_a_sequence(
    case: Case, later: tuple[Action | None, Move | None, bool]
) -> None:
    action, move, cut = later
    acts = (Act(0, action),) if action is not None and case.kind == "person" else ()
    shot = shoot(replace(case, beats=(Beat(0.5, "then", acts, move, cut=cut),)))
    middle = (shot.every[:, :2] + shot.every[:, 2:]) / 2.0
    span = shot.every[:, 2:] - shot.every[:, :2]
    assert middle.min() > 0.0
    assert middle.max() < 1.0
    assert np.maximum(span[:, 0] * max(case.aspect, 1.0), span[:, 1]).min() > 0.04
    assert shot.above_m.min() > 0.1
