import numpy as np
import pytest

from kirin_video.engines.previs.camera import view_at
from kirin_video.engines.previs.city import CityModel, build_city
from kirin_video.engines.previs.city.ground import KERB_M, ground_height
from kirin_video.engines.previs.mesh import Mesh, merge
from kirin_video.engines.previs.plan import Move, TimeOfDay

SEEDS = (0, 1, 7, 2**63)


@pytest.fixture(scope="module")
def night() -> CityModel:
    return build_city(1, time=TimeOfDay.NIGHT)


@pytest.fixture(scope="module")
def whole(night: CityModel) -> Mesh:
    return merge(list(night.meshes))


def across(mesh: Mesh) -> np.ndarray:
    a, b, c = (mesh.positions[mesh.faces[:, i]].astype(np.float64) for i in range(3))
    return np.cross(b - a, c - a)


def test_the_same_seed_builds_the_same_street(night: CityModel) -> None:
    again = build_city(1, time=TimeOfDay.NIGHT)
    for a, b in zip(night.meshes, again.meshes, strict=True):
        for name in ("positions", "normals", "colors", "glow", "faces"):
            assert np.array_equal(getattr(a, name), getattr(b, name))
    assert night.lamps == again.lamps


def test_another_seed_moves_the_houses_but_keeps_the_place(night: CityModel) -> None:
    other = build_city(2, time=TimeOfDay.NIGHT)
    assert len(other.meshes) == len(night.meshes)
    assert (other.eye, other.target, other.fov_deg) == (night.eye, night.target, night.fov_deg)
    for a, b in zip(night.meshes[1:], other.meshes[1:], strict=True):
        assert a.positions.shape != b.positions.shape or not np.array_equal(a.positions, b.positions)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_street_fits_the_triangle_budget(seed: int) -> None:
    # Houses behind the first view have windows, too, for cameras that go backwards; what no view of a clip
    # sees is left out before it is painted.
    model = build_city(seed, time=TimeOfDay.DAY)
    assert 45_000 < sum(len(mesh.faces) for mesh in model.meshes) < 104_000


def test_meshes_are_whole(whole: Mesh) -> None:
    count = len(whole.positions)
    assert whole.positions.dtype == whole.normals.dtype == np.float32
    assert whole.colors.dtype == whole.glow.dtype == np.uint8
    assert whole.faces.dtype == np.uint32
    assert whole.normals.shape == (count, 3)
    assert whole.colors.shape == (count, 4)
    assert whole.glow.shape == (count,)
    assert int(whole.faces.max()) < count
    assert np.isfinite(whole.positions).all()
    assert np.allclose(np.linalg.norm(whole.normals, axis=1), 1.0, atol=1e-3)


def test_triangles_face_the_way_their_normals_point(whole: Mesh) -> None:
    faces = across(whole)
    real = np.linalg.norm(faces, axis=1) > 1e-7
    agree = (faces * whole.normals[whole.faces].mean(axis=1)).sum(axis=1) > 0.0
    assert (~agree[real]).mean() < 0.002


def test_the_houses_do_not_depend_on_the_time() -> None:
    day, dusk = build_city(4, time=TimeOfDay.DAY), build_city(4, time=TimeOfDay.DUSK)
    for a, b in zip(day.meshes, dusk.meshes, strict=True):
        assert np.array_equal(a.positions, b.positions)
        assert np.array_equal(a.faces, b.faces)


def test_windows_and_lamps_shine_by_night_only(night: CityModel, whole: Mesh) -> None:
    day = merge(list(build_city(1, time=TimeOfDay.DAY).meshes))
    assert (day.glow > 0).mean() < 0.001
    assert 0.05 < (whole.glow > 20).mean() < 0.6
    for lamp in night.lamps:
        near = np.linalg.norm(whole.positions - np.array(lamp, np.float32), axis=1) < 0.45
        assert whole.glow[near].max() > 110


def test_lamplight_lies_on_the_pavement_below(night: CityModel) -> None:
    ground = night.meshes[0]
    x, _, z = night.lamps[1]
    distance = np.hypot(ground.positions[:, 0] - x, ground.positions[:, 2] - z)
    up = ground.normals[:, 1] > 0.9
    dark = up & (np.abs(ground.positions[:, 0]) > 60.0)
    assert ground.glow[up & (distance < 1.6)].min() > ground.glow[dark].max() + 20


def test_only_leaves_and_flags_sway(whole: Mesh) -> None:
    swaying = whole.colors[:, 3] > 0
    assert 0.02 < swaying.mean() < 0.5
    assert whole.positions[swaying][:, 1].min() > 1.0


def test_nothing_stands_in_the_way_of_the_camera(night: CityModel, whole: Mesh) -> None:
    p = whole.positions
    low = (p[:, 1] > 0.3) & (p[:, 1] < 3.0)
    for move in Move:
        for u in (0.0, 0.25, 0.5, 0.75, 1.0):
            eye = np.array(view_at(night.stage, move, 1.5, u).eye, np.float32)
            assert np.linalg.norm(p[low] - eye, axis=1).min() > 1.5


def test_the_ground_is_where_the_stage_says(night: CityModel) -> None:
    assert ground_height(0.0, 0.0) == 0.0
    assert ground_height(7.0, 0.0) == KERB_M
    ground = night.meshes[0]
    up = (ground.normals[:, 1] > 0.9) & (np.abs(ground.positions[:, 0]) < 9.9)
    for x, y, z in ground.positions[up][::97].tolist():
        if abs(abs(x) - 5.5) > 0.05 and -40.0 < z < 40.0:
            assert y == pytest.approx(ground_height(x, z), abs=0.03)


def test_colours_leave_room_for_light(whole: Mesh) -> None:
    assert (whole.colors[:, :3].min(axis=1) > 235).mean() < 0.01
    assert 60 < whole.colors[:, :3].mean() < 160
