"""Bodies as fine as the picture shows them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.coarsening import coarsened, fitted
from kirin_video.engines.previs.mesh import Mesh
from kirin_video.engines.previs.scenery import Actor, Print


def ball(frames: int = 3, at_m: float = 10.0) -> Actor:
    """A sphere of a metre, half of it on each of two bones."""
    u, v = np.meshgrid(np.linspace(0.0, 2.0 * np.pi, 49), np.linspace(0.0, np.pi, 25))
    points = np.stack([np.sin(v) * np.cos(u), np.cos(v), np.sin(v) * np.sin(u)], -1).reshape(-1, 3)
    at = np.arange(u.size).reshape(u.shape)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)])
    n = len(points)
    bones = np.zeros((n, 4), np.uint8)
    bones[:, 0] = points[:, 1] > 0.0
    weights = np.tile(np.array([255, 0, 0, 0], np.uint8), (n, 1))
    poses = np.zeros((frames, 2, 3, 4), np.float32)
    poses[:, :, [0, 1, 2], [0, 1, 2]] = 1.0
    poses[:, :, 2, 3] = -at_m
    points = points.astype(np.float32)
    colors = np.full((n, 4), 120, np.uint8)
    mesh = Mesh(points, points, colors, np.zeros(n, np.uint8), faces.astype(np.uint32))
    return Actor(mesh, np.full((n, 4), 9, np.uint8), np.zeros(n, np.float32), bones, weights, poses)


def test_a_coarser_ball_is_still_that_ball() -> None:
    fine, coarse = ball(), coarsened(ball(), 0.25)
    assert len(coarse.mesh.faces) < 0.5 * len(fine.mesh.faces)
    radii = np.linalg.norm(coarse.mesh.positions, axis=1)
    assert radii.min() > 0.85
    assert radii.max() < 1.001
    assert np.allclose(np.linalg.norm(coarse.mesh.normals, axis=1), 1.0, atol=1e-5)
    assert (coarse.mesh.colors == 120).all()
    # Whoever follows the upper bone lies above, as before.
    assert np.array_equal(coarse.bones[:, 0] == 1, coarse.mesh.positions[:, 1] > 0.0)


def test_nothing_is_done_where_little_is_gained() -> None:
    actor = ball()
    assert coarsened(actor, 0.01) is actor


def test_near_bodies_stay_fine_and_twins_stay_twins() -> None:
    views = [View((0.0, 0.0, 0.0), (0.0, 0.0, -1.0), 40.0)] * 3
    near, far = ball(at_m=4.0), ball(at_m=200.0)
    twin = replace(far, poses=far.poses + np.float32(0.0))
    a, b, c = fitted((near, far, twin), views, 720)
    assert a.mesh is near.mesh
    assert len(b.mesh.faces) < 0.5 * len(far.mesh.faces)
    assert b.mesh is c.mesh
    assert b.poses is far.poses


def test_what_wears_a_picture_keeps_every_vertex() -> None:
    views = [View((0.0, 0.0, 0.0), (0.0, 0.0, -1.0), 40.0)] * 3
    far = ball(at_m=200.0)
    worn = replace(far, printed=Print(np.zeros((len(far.mesh.positions), 2), np.float32)))
    [found] = fitted((worn,), views, 720)
    assert found.mesh is worn.mesh


def test_the_fields_of_a_flag_keep_their_colours() -> None:
    """Two wide faces side by side, red and yellow, with a crumb that makes coarsening worth while."""
    crumb = ball()
    side = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], np.float32) * 4.0
    points = np.concatenate([side, side - np.float32([4.0, 0, 0]), crumb.mesh.positions * 0.01])
    colors = np.concatenate([np.full((4, 4), 40), np.full((4, 4), 220), crumb.mesh.colors]).astype(np.uint8)
    square = np.array([[0, 1, 2], [0, 2, 3]])
    faces = np.concatenate([square, square + 4, crumb.mesh.faces + 8]).astype(np.uint32)
    normals = np.tile(np.float32([0.0, 0.0, 1.0]), (len(points), 1))
    n = len(points)
    flag = replace(
        crumb,
        mesh=Mesh(points, normals, colors, np.zeros(n, np.uint8), faces),
        skin=np.full((n, 4), 9, np.uint8),
        along=np.zeros(n, np.float32),
        bones=np.zeros((n, 4), np.uint8),
        weights=np.tile(np.array([255, 0, 0, 0], np.uint8), (n, 1)),
    )
    coarse = coarsened(flag, 0.1)
    assert len(coarse.mesh.faces) < 0.2 * len(faces)
    wide = coarse.mesh.faces[np.ptp(coarse.mesh.positions[coarse.mesh.faces][:, :, 0], axis=1) > 1.0]
    assert sorted(coarse.mesh.colors[wide][..., 0].mean(1)) == [40, 40, 220, 220]
