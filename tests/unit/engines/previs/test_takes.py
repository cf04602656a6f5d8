from kirin_video.engines.previs.plan import (
    Act,
    Action,
    Beat,
    Framing,
    Move,
    Relation,
    RelationKind,
    Setting,
    ShotPlan,
    ShotSize,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.takes import FADE_FRAMES, takes_of

KNIGHT = SubjectPlan("person", "a knight", action=Action.WALK)
DRAGON = SubjectPlan("dragon", "a dragon", relations=(Relation(RelationKind.ABOVE, 2),), enters=1)
CASTLE = SubjectPlan("castle", "a castle", enters=1)


def plan_of(*beats: Beat, subjects: tuple[SubjectPlan, ...] = ()) -> ShotPlan:
    return ShotPlan(
        Setting.FOREST, TimeOfDay.DAY, Weather.CLEAR, Move.PUSH_IN, beats=beats, subjects=subjects
    )


def test_a_plan_in_one_light_is_one_take() -> None:
    plan = plan_of(Beat(0.5, "then", move=Move.PAN_LEFT), Beat(0.75, "cut", cut=True))
    (take,) = takes_of(plan, 120)
    assert take.plan == plan
    assert (take.staged_frames, take.first, take.end, take.fade) == (120, 0, 120, 0)


def test_every_frame_is_shown_once() -> None:
    takes = takes_of(
        plan_of(
            Beat(0.25, "night", time=TimeOfDay.NIGHT),
            Beat(0.5, "elsewhere", cut=True, setting=Setting.SEA),
            Beat(0.75, "closer", move=Move.PULL_OUT, framing=Framing(size=ShotSize.WIDE)),
        ),
        120,
    )
    assert sum(take.end - take.first for take in takes) == 120
    assert [take.plan.setting for take in takes] == [Setting.FOREST, Setting.FOREST, Setting.SEA]
    assert [take.fade for take in takes] == [FADE_FRAMES, 0, 0]
    assert [take.plan.time for take in takes] == [TimeOfDay.DAY, TimeOfDay.NIGHT, TimeOfDay.NIGHT]
    assert [beat.start for beat in takes[2].plan.beats] == [0.5]


def test_a_cut_to_others_shows_them_alone_and_acting() -> None:
    act = Act(1, Action.FLY, relations=(Relation(RelationKind.OVER, 2),))
    cut = Beat(0.5, "cut to a dragon", acts=(act,), cut=True, subjects=(1, 2))
    before, after = takes_of(plan_of(cut, subjects=(KNIGHT, DRAGON, CASTLE)), 120)
    assert [subject.kind for subject in before.plan.subjects] == ["person"]
    assert [subject.kind for subject in after.plan.subjects] == ["dragon", "castle"]
    assert after.plan.subjects[0].action is Action.FLY
    assert after.plan.subjects[0].relations == (Relation(RelationKind.OVER, 1),)
    assert after.staged_frames == 60


def test_a_cut_to_one_who_was_there_stays_in_the_take() -> None:
    cut = Beat(0.5, "cut to her", cut=True, subjects=(0,), framing=Framing(size=ShotSize.CLOSE_UP))
    assert len(takes_of(plan_of(cut, subjects=(KNIGHT,)), 120)) == 1


def test_a_beat_too_short_to_be_seen_makes_no_take() -> None:
    takes = takes_of(plan_of(Beat(0.9, "elsewhere", cut=True, setting=Setting.SEA)), 72)
    assert [take.plan.setting for take in takes] == [Setting.FOREST]
