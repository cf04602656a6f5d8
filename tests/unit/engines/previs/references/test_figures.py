"""Cut-outs as bodies: their form, their rig, how they move, and where staging puts them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from made_pictures import SIDE, figure_alpha, shaded_figure

from kirin_video.engines.previs.bodies.track import Floats, Track, standing
from kirin_video.engines.previs.guests import Guests
from kirin_video.engines.previs.plan import (
    Action,
    Angle,
    Heading,
    Move,
    Relation,
    RelationKind,
    Setting,
    ShotPlan,
    SubjectPlan,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.reading.lexicon import load_lexicon
from kirin_video.engines.previs.references.cutting import Cut
from kirin_video.engines.previs.references.figure import Carriage, Figure, figure_of
from kirin_video.engines.previs.references.poses import Manner
from kirin_video.engines.previs.references.relief import blown_up
from kirin_video.engines.previs.references.rig import LEFT, RIGHT, rigged
from kirin_video.engines.previs.references.sizes import Likeness, likeness_of
from kirin_video.engines.previs.references.views import Side, View, best_view, mirrored, view_of, views_of
from kirin_video.engines.previs.scenery import Print, Sheet
from kirin_video.engines.previs.survey import survey


def cut_of(alpha: np.ndarray) -> Cut:
    rows, columns = np.flatnonzero(alpha.any(1)), np.flatnonzero(alpha.any(0))
    box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    rgb = shaded_figure(alpha)[box].astype(np.uint8)
    return Cut(rgb, alpha[box].astype(np.float32), 1.0, plain=True, cropped=False, share=0.1)


def likeness(noun: str = "robot") -> Likeness:
    lexicon = load_lexicon()
    return likeness_of("element_1", lexicon.concepts[noun], noun, lexicon)


@pytest.fixture(scope="module")
def figure() -> Figure:
    return figure_of(View(cut_of(figure_alpha()), Side.FRONT), likeness())


@pytest.fixture(scope="module")
def ball() -> Figure:
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    disc = np.clip(100.5 - np.hypot(x - 180, y - 180), 0, 1)
    return figure_of(View(cut_of(disc), Side.FRONT), likeness("ball"))


def flat(x: Floats, z: Floats) -> Floats:
    return np.zeros(np.broadcast_shapes(np.shape(x), np.shape(z)))


def walking(speed: float, turn: float = 0.0) -> Track:
    times = np.linspace(-0.5, 4.0, 91)
    places = np.stack([speed * times * math.cos(turn), 0 * times, -speed * times * math.sin(turn)], 1)
    return Track(times, places, np.full_like(times, turn), flat)


def moved(figure: Figure, poses: np.ndarray) -> np.ndarray:
    """All vertices at every frame, (f, n, 3)."""
    shell = figure.body.shells[0]
    points = np.column_stack([shell.mesh.positions, np.ones(len(shell.mesh.positions))])
    weights = shell.weights / 255.0
    skinned = np.einsum("fvkij,vj->fvki", poses[:, shell.bones], points)
    return np.einsum("fvki,vk->fvi", skinned, weights)


def test_a_relief_is_as_tall_as_its_kind_and_round(figure: Figure) -> None:
    mesh = figure.body.shells[0].mesh
    low, high = mesh.positions.min(0), mesh.positions.max(0)
    assert high[1] == pytest.approx(figure.likeness.height_m, rel=0.04)
    assert abs(low[1]) < 0.02 * figure.likeness.height_m
    depth, width = high[0] - low[0], high[2] - low[2]  # seen from its front: x is towards the viewer
    assert 0.1 < depth / width < 0.8
    assert np.linalg.norm(mesh.normals, axis=1) == pytest.approx(1.0, abs=1e-4)


def test_a_rig_finds_two_feet_and_shares_out_all_weight(figure: Figure) -> None:
    shell = figure.body.shells[0]
    assert figure.manner is Manner.STEP
    assert (shell.weights.astype(int).sum(1) == 255).all()
    assert len(figure.body.contacts) == 3  # two feet, and the whole


def test_steps_keep_a_foot_on_the_ground(figure: Figure) -> None:
    times = np.arange(0.0, 3.0, 1 / 24)
    poses = figure.body.motion.poses(Action.WALK, walking(1.3), times, seed=1)
    lowest = moved(figure, poses)[..., 1].min(1)
    assert np.abs(lowest).max() < 0.06 * figure.likeness.height_m
    assert np.ptp(moved(figure, poses)[..., 1].max(1)) > 0.01  # and it bobs


def test_what_stands_breathes(figure: Figure) -> None:
    times = np.arange(0.0, 3.0, 1 / 24)
    points = moved(figure, figure.body.motion.poses(Action.IDLE, standing(0, 0, 0, flat), times, seed=1))
    travel = np.ptp(points, axis=0).max()
    assert 0.005 < travel < 0.15


def test_a_ball_rolls_as_far_as_it_goes(ball: Figure) -> None:
    assert ball.manner is Manner.ROLL
    times = np.array([0.0, 0.01])
    speed = ball.body.motion.pace(Action.WALK)
    poses = ball.body.motion.poses(Action.WALK, walking(speed), times, seed=1).astype(float)
    turn = poses[0, 0, :, :3].T @ poses[1, 0, :, :3]
    angle = math.acos(min((np.trace(turn) - 1.0) / 2.0, 1.0))
    assert angle * ball.likeness.height_m / 2.0 == pytest.approx(speed * 0.01, rel=0.1)


def leaning(sign: float) -> Cut:
    """Something whose upper part lies to one side."""
    alpha = np.zeros((200, 300))
    alpha[100:, 60:240] = 1.0
    alpha[:110, 180:260] = 1.0
    cut = cut_of(np.pad(alpha, 1))
    return cut if sign > 0 else mirrored(cut)


def test_sides_look_right_whichever_way_they_were_taken() -> None:
    views = [view_of(leaning(sign)) for sign in (1.0, -1.0)]
    assert all(view.side is Side.SIDE for view in views)
    assert np.array_equal(views[0].cut.alpha, views[1].cut.alpha)


def test_the_view_suits_the_deed() -> None:
    front, side = View(cut_of(figure_alpha()), Side.FRONT), view_of(leaning(1.0))
    assert best_view((front, side), Action.RUN, None) is side
    assert best_view((front, side), Action.WALK, Heading.TOWARDS) is front
    assert best_view((front, side), Action.DANCE, None) is front
    assert best_view((front, side), Action.DANCE, None, asked=Angle.SIDE) is side
    assert best_view((front, side), Action.WALK, None, asked=Angle.FRONT) is front


def staged(figure: Figure, *subjects: SubjectPlan) -> Prospect:
    plan = ShotPlan(Setting.DESERT, TimeOfDay.DAY, Weather.CLEAR, Move.STILL, subjects=subjects)
    shell = figure.body.shells[0]
    body = replace(figure.body, shells=(replace(shell, printed=Print(figure.places)),))
    sheet = Sheet(np.zeros((8, 8, 4), np.uint8), 1.0)
    guests = Guests({"element_1": (figure.likeness.kind, body)}, sheet)
    return survey(plan, seed=3, aspect=16 / 9, num_frames=48, guests=guests)


def prints(prospect: Prospect) -> list[np.ndarray]:
    """Every printed actor's bones, (f, bones, 3, 4)."""
    return [actor.poses.astype(float) for actor in prospect.scene.actors if actor.printed is not None]


def test_a_cut_out_stands_on_the_ground_and_shows_its_face(figure: Figure) -> None:
    prospect = staged(figure, SubjectPlan("element_1", "it", action=Action.STAND))
    [poses] = prints(prospect)
    actor = next(a for a in prospect.scene.actors if a.printed is not None)
    assert actor.contacts is not None
    feet = actor.contacts[:, :2]
    assert (feet[..., 3] > 0.3).all(), "both feet shade the ground they stand on"
    outward = poses[:, 0, :, 0]  # its front is +x at rest
    eye = np.array([view.eye for view in prospect.views]) - poses[:, 0, :, 3]
    facing = (outward * eye)[:, [0, 2]].sum(1) / np.hypot(*eye[:, [0, 2]].T) / np.hypot(*outward[:, [0, 2]].T)
    assert (facing > math.cos(0.6)).all()


def test_as_many_are_on_stage_as_are_asked_for(figure: Figure) -> None:
    assert len(prints(staged(figure, SubjectPlan("element_1", "they", count=3, action=Action.WALK)))) == 3


def test_what_is_held_is_in_the_holders_hand(figure: Figure) -> None:
    held = replace(figure, body=figure_of(figure.view, figure.likeness, size=0.2).body)
    boy = SubjectPlan("person", "a boy", action=Action.HOLD)
    thing = SubjectPlan("element_1", "it", relations=(Relation(RelationKind.HELD_BY, 0),))
    [poses] = prints(staged(held, boy, thing))
    heights = poses[:, 0, 1, 3]
    assert (heights > 0.5).all()
    assert (heights < 1.5).all()


def test_a_rider_sits_on_a_cut_out(figure: Figure) -> None:
    rider = SubjectPlan("cat", "a cat", action=Action.RIDE, relations=(Relation(RelationKind.RIDING, 1),))
    prospect = staged(figure, rider, SubjectPlan("element_1", "it", action=Action.WALK))
    [mount] = prints(prospect)
    cat = next(a.poses.astype(float) for a in prospect.scene.actors if a.printed is None)
    above = cat[:, 0, 1, 3] - mount[:, 0, 1, 3]
    assert (above > 0.5 * figure.likeness.height_m).all()
    assert np.hypot(*(cat[:, 0, :, 3] - mount[:, 0, :, 3])[:, [0, 2]].T).max() < figure.likeness.height_m


def test_a_rider_ends_at_his_knees_below_what_carries_him(figure: Figure) -> None:
    rider = figure_of(
        View(cut_of(figure_alpha()), Side.FRONT), likeness(), leads=False, carriage=Carriage(astride=True)
    )
    up = rider.body.shells[0].mesh.positions[:, 1]
    assert rider.view.cut.alpha.shape[0] == pytest.approx(0.7 * figure.view.cut.alpha.shape[0], abs=1)
    assert up.min() == pytest.approx(-0.18 * likeness().height_m, abs=0.03)
    assert not rider.hangs
    assert not rider.body.contacts


def test_a_shoulder_is_beside_the_head_and_below_its_top(figure: Figure) -> None:
    _, place = figure.body.anchors["shoulder"]
    aside = float(np.hypot(place[0], place[2])) / figure.body.height_m
    assert 0.1 < aside < 0.25
    assert 0.5 < place[1] / figure.body.height_m < 0.86


def test_who_bears_somebody_is_framed_with_room_for_him(figure: Figure) -> None:
    bearer = figure_of(View(cut_of(figure_alpha()), Side.FRONT), likeness(), bears=True)
    assert bearer.body.face_m > figure.body.face_m
    assert bearer.body.anchors["head"][1][1] < figure.body.anchors["head"][1][1]


def test_a_cut_edge_is_hidden_behind_the_shoulder_it_sits_on() -> None:
    view = View(replace(cut_of(figure_alpha()), cropped=True), Side.FRONT)
    perched = figure_of(view, likeness(), leads=False, carriage=Carriage(perched=True))
    points = perched.body.shells[0].mesh.positions
    assert points[:, 1].min() < -0.05
    assert points[:, 0].mean() < -0.1
    assert not perched.hangs


def test_in_profile_the_near_leg_swings_against_the_far_one() -> None:
    alpha = np.where(np.abs(np.arange(SIDE) - 180)[None] < 40, figure_alpha() + 1.0, 0.0).clip(0, 1)[40:310]
    relief = blown_up(alpha.astype(np.float32))
    rig = rigged(alpha.astype(np.float32), relief, in_profile=True)
    front = np.arange(len(relief.points)) < len(relief.points) // 2
    foot = relief.points[:, 1] < 0.1
    assert rig.legs
    assert set(rig.bones[foot & front, 0]) == {LEFT}
    assert set(rig.bones[foot & ~front, 0]) == {RIGHT}
    assert not rigged(alpha.astype(np.float32), relief).legs


def test_the_camera_does_not_go_to_the_thin_side_of_a_flat_boat() -> None:
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    sail = (np.abs(x - 180) < 0.5 * (y - 60)) & (y > 60) & (y < 240)
    hull = (y >= 240) & (y < 310) & (np.abs(x - 180) < 150 - 0.5 * (y - 240))
    boat = figure_of(View(cut_of((sail | hull).astype(float)), Side.SIDE), likeness("boat"))
    shell = boat.body.shells[0]
    body = replace(boat.body, shells=(replace(shell, printed=Print(boat.places)),))
    guests = Guests({"element_1": (boat.likeness.kind, body)}, Sheet(np.zeros((8, 8, 4), np.uint8), 1.0))
    lead = SubjectPlan("element_1", "it", action=Action.SAIL)
    plan = ShotPlan(Setting.LAKE, TimeOfDay.DAY, Weather.RAIN, Move.PUSH_IN, subjects=(lead,))
    prospect = survey(plan, seed=7, aspect=16 / 9, num_frames=48, guests=guests)
    outward = prints(prospect)[0][:, 0, :, 2]  # a side's picture faces along the body's own z
    sight = np.array([np.subtract(v.eye, v.target) for v in prospect.views]) * (1.0, 0.0, 1.0)
    seen = np.abs((outward * sight).sum(1)) / np.linalg.norm(sight, axis=1)
    # Reeds stand straight before it here: the camera goes round as far as it must, and no further.
    assert seen.min() > 0.3


def test_a_back_has_the_front_s_outline_and_not_its_face() -> None:
    back = cut_of(figure_alpha())
    face = back.rgb.copy()
    tall, wide = face.shape[:2]
    face[: tall // 2, wide // 4 : wide // 2] = (40, 60, 220)
    front = replace(back, rgb=face)
    views = views_of([front, front, back])
    assert [view.side for view in views] == [Side.FRONT, Side.FRONT, Side.BACK]
    assert best_view(views, Action.WALK, Heading.AWAY).cut is back


def test_the_first_picture_of_what_is_long_and_looks_one_way_is_its_side() -> None:
    alpha = np.zeros((120, 200))
    alpha[30:70, 30:170] = 1.0  # a back
    alpha[70:115, 35:55] = alpha[70:115, 145:165] = 1.0  # legs
    alpha[8:40, 160:190] = 1.0  # a head, to the right
    [view] = views_of([cut_of(alpha)])
    assert view.side is Side.SIDE


def test_several_that_stay_form_a_row_in_which_nobody_hides_another(figure: Figure) -> None:
    body = replace(figure.body, shells=(replace(figure.body.shells[0], printed=Print(figure.places)),))
    names = [f"image_{k}" for k in range(1, 7)]
    guests = Guests(
        dict.fromkeys(names, (figure.likeness.kind, body)), Sheet(np.zeros((8, 8, 4), np.uint8), 1.0)
    )
    subjects = tuple(SubjectPlan(name, "it", action=Action.STAND) for name in names)
    plan = ShotPlan(Setting.DESERT, TimeOfDay.DAY, Weather.CLEAR, Move.STILL, subjects=subjects)
    poses = prints(survey(plan, seed=3, aspect=16 / 9, num_frames=8, guests=guests))
    x = np.array([bones[0, 0, 0, 3] for bones in poses])
    assert len(x) == len(names)
    assert (np.diff(x) > 1.1 * body.length_m).all(), "from left to right, as they are spoken of"
