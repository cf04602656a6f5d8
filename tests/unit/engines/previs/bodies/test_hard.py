"""Machines and things: every kind builds as it should, wheels roll without slip, flames burn when lit."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.body import Body
from kirin_video.engines.previs.bodies.build import build_body
from kirin_video.engines.previs.bodies.catalogue import Family, catalogue
from kirin_video.engines.previs.bodies.hard.motion import HardMotion
from kirin_video.engines.previs.bodies.machine.car_hull import SHAPES, Hull
from kirin_video.engines.previs.bodies.track import Track, standing
from kirin_video.engines.previs.plan import (
    Action,
    Color,
    Contrivance,
    PartColor,
    Relation,
    RelationKind,
    SubjectPlan,
)
from kirin_video.engines.previs.scenery import MOST_BONES

_KINDS = sorted(k.name for k in catalogue().values() if k.family in {Family.MACHINE, Family.THING})


def _flat(x: NDArray[np.float64], _z: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.zeros(np.shape(x))


def _built(kind: str, color: str | None = None) -> Body:
    colors = ()
    if color is not None:
        red, green, blue = bytes.fromhex(color)
        colors = (PartColor("body", Color("asked", (red, green, blue))),)
    return build_body(SubjectPlan(kind, kind, colors=colors), seed=4)


def _motion(body: Body) -> HardMotion:
    assert isinstance(body.motion, HardMotion)
    return body.motion


def _ahead(speed: float) -> Track:
    times = np.linspace(0.0, 10.0, 21)
    places = np.stack([speed * times, 0.0 * times, 0.0 * times], 1)
    return Track(times, places, 0.0 * times, _flat)


@pytest.mark.parametrize("kind", _KINDS)
def test_every_kind_is_whole(kind: str) -> None:
    body = _built(kind)
    assert len(body.skeleton) <= MOST_BONES
    for shell in body.shells:
        mesh = shell.mesh
        assert np.isfinite(mesh.positions).all()
        np.testing.assert_allclose(np.linalg.norm(mesh.normals, axis=1), 1.0, atol=1e-3)
        assert mesh.faces.max() < len(mesh.positions)
        assert (shell.weights.sum(1, dtype=int) == 255).all()
        assert shell.bones.max() < len(body.skeleton)
    height = catalogue()[kind].height_m
    assert body.height_m == pytest.approx(height, rel=0.5)


@pytest.mark.parametrize("kind", ["car", "bus", "truck", "bicycle", "train", "tractor"])
def test_wheels_roll_without_slip(kind: str) -> None:
    body = _built(kind)
    motion = _motion(body)
    speed = motion.pace(Action.DRIVE)
    assert speed > 0.0
    wheel = motion.mechanism.wheels[-1]
    step = 1e-3
    poses = motion.poses(Action.DRIVE, _ahead(speed), np.array([0.0, step]), seed=1).astype(float)
    turn = poses[1, wheel.bone, :, :3] @ poses[0, wheel.bone, :, :3].T
    angle = math.acos(min((np.trace(turn) - 1.0) / 2.0, 1.0))
    assert angle * wheel.radius_m == pytest.approx(speed * step, rel=0.03)
    # Forwards: the top of a wheel goes ahead.
    top = np.array([wheel.pivot[0], wheel.pivot[1] + wheel.radius_m, wheel.pivot[2], 1.0])
    assert (poses[1, wheel.bone] @ top - poses[0, wheel.bone] @ top)[0] > speed * step


@pytest.mark.parametrize(
    ("kind", "color"),
    [("car", "2060c0"), ("sailboat", "a02030"), ("house", "4a90c0"), ("cup", "c03060"), ("ball", "20a040")],
)
def test_colors_asked_for_are_there(kind: str, color: str) -> None:
    body = _built(kind, color)
    asked = np.frombuffer(bytes.fromhex(color), np.uint8).astype(int)
    mesh = body.shells[0].mesh
    corner = mesh.positions[mesh.faces]
    area = np.linalg.norm(np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]), axis=1)
    near = np.abs(mesh.colors[mesh.faces[:, 0], :3].astype(int) - asked).max(1) <= 1
    assert area[near].sum() > 0.08 * area.sum()


@pytest.mark.parametrize("style", sorted(SHAPES))
def test_the_hull_of_a_car_is_closed(style: str) -> None:
    mesh = Hull(SHAPES[style]).mesh((0.5, 0.5, 0.5))
    _, where = np.unique(np.round(mesh.positions / 1e-4).astype(int), axis=0, return_inverse=True)
    faces = where.reshape(-1)[mesh.faces]
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    edges = edges[edges[:, 0] != edges[:, 1]]
    there = {(int(a), int(b)) for a, b in edges}
    lone = sum((b, a) not in there for a, b in there)
    assert lone <= 0.01 * len(there)


def test_a_rocket_burns_only_when_it_is_launched() -> None:
    body = _built("rocket")
    motion = _motion(body)
    flame = motion.mechanism.flames[0].bone
    track, times = standing(0.0, 0.0, 0.0, _flat), np.linspace(0.0, 4.0, 9)
    rest = motion.poses(Action.STAND, track, times, seed=1)[:, flame, :, :3]
    lit = motion.poses(Action.LAUNCH, track, times, seed=1)
    assert not rest.any()
    assert np.abs(lit[:, flame, :, :3]).max() > 0.5
    assert lit[-1, 1, 1, 3] > lit[0, 1, 1, 3] + 1.0


def test_rails_lie_still_below_a_train() -> None:
    body = _built("train")
    motion = _motion(body)
    rails = motion.mechanism.rails
    assert rails is not None
    times = np.linspace(1.0, 3.0, 9)
    poses = motion.poses(Action.DRIVE, _ahead(motion.pace(Action.DRIVE)), times, seed=1).astype(float)
    rest = rails.first_m + rails.piece_m * np.arange(len(rails.bones))
    middles = poses[:, list(rails.bones), 0, 3] + poses[:, list(rails.bones), 0, 0] * rest
    # Wherever pieces are, they are where some piece was before: a whole number of lengths apart.
    apart = np.asarray((middles - middles[0, 0]) / rails.piece_m, np.float64)
    assert np.abs(apart - np.rint(apart)).max() < 2e-3


def test_the_same_seed_builds_the_same_body() -> None:
    first, second = _built("pirate_ship"), _built("pirate_ship")
    for a, b in zip(first.shells, second.shells, strict=True):
        np.testing.assert_array_equal(a.mesh.positions, b.mesh.positions)
        np.testing.assert_array_equal(a.skin, b.skin)


def test_a_launch_leaves_its_smoke_where_it_was_born() -> None:
    body = build_body(SubjectPlan("rocket", "rocket", action=Action.LAUNCH), seed=4)
    motion = _motion(body)
    times = np.array([0.0, 2.0, 4.5])
    poses = motion.poses(Action.LAUNCH, standing(0.0, 0.0, 0.0, _flat), times, seed=1).astype(float)
    puff, late = motion.mechanism.puffs[0], motion.mechanism.puffs[-1]
    size = np.linalg.det(poses[:, puff.bone, :, :3])
    assert size[0] < size[1] < size[2]
    assert np.linalg.det(poses[1, late.bone, :, :3]) == pytest.approx(0.0)
    assert poses[-1, motion.mechanism.hull, 1, 3] > 1.5 * body.height_m
    # The first clouds stay at the foot of the pad.
    at = poses[-1, puff.bone] @ np.array([*puff.pivot, 1.0])
    assert at[1] < 0.3 * body.height_m


def test_an_umbrella_stands_for_its_holder_and_lies_for_nobody() -> None:
    held = SubjectPlan("umbrella", "umbrella", relations=(Relation(RelationKind.HELD_BY, 0),))
    upright, lying = build_body(held, seed=4), _built("umbrella")
    assert not upright.sides
    assert lying.sides


def _course_of(kind: str, *traits: str) -> tuple[Body, NDArray[np.float64]]:
    """A body and how its first course stands in a second and after six."""
    body = build_body(SubjectPlan(kind, kind, traits=traits), seed=4)
    bone = _motion(body).mechanism.courses[0].bone
    poses = _motion(body).poses(Action.IDLE, standing(0.0, 0.0, 0.0, _flat), np.array([0.1, 6.0]), seed=1)
    return body, poses[:, bone].astype(float)


def test_what_goes_by_the_clock_does() -> None:
    _, screen = _course_of("phone", Contrivance.LIGHTS_UP)
    assert np.abs(screen[0, :, :3]).max() == 0.0
    np.testing.assert_allclose(screen[1, :, :3], np.eye(3), atol=1e-6)
    _, wax = _course_of("candle", Contrivance.BURNS_DOWN)
    assert wax[0, 1, 1] > 0.95
    assert wax[1, 1, 1] < 0.5
    body, drink = _course_of("wine_pouring")
    assert drink[0, 1, 1] < 0.2
    assert drink[1, 1, 1] > 0.9
    assert body.height_m < 0.5


def test_a_thing_without_a_contrivance_stays_as_it_is() -> None:
    for kind in ("phone", "candle", "burger", "bookshelf", "lamp", "typewriter"):
        assert _motion(_built(kind)).mechanism.courses == ()
