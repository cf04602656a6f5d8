"""Frames of an animated photograph, measured."""

from __future__ import annotations

import importlib.util
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from kirin_video.domain.shot import Picture
from kirin_video.engines.base import I420Frame
from kirin_video.engines.previs.photo.picture import fitted, read_upright
from kirin_video.engines.previs.photo.render import prepare_photo, render_photo
from kirin_video.engines.previs.plan import Move, Setting, ShotPlan, TimeOfDay, Weather

_SPEC = importlib.util.spec_from_file_location("photo_scenes", Path(__file__).with_name("photo_scenes.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
photo_scenes = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(photo_scenes)

WIDTH, HEIGHT, FRAMES = 480, 270, 30

Ball = tuple[Picture, np.ndarray, np.ndarray]


def _plan(move: Move, *, weather: Weather = Weather.CLEAR, time: TimeOfDay = TimeOfDay.DAY) -> ShotPlan:
    return ShotPlan(Setting.MEADOW, time, weather, move)


def _saved(folder: Path, rgb: np.ndarray) -> Picture:
    path = folder / "photo.png"
    Image.fromarray(rgb).save(path)
    return Picture(path=path, width=rgb.shape[1], height=rgb.shape[0])


@pytest.fixture(scope="module")
def ball(tmp_path_factory: pytest.TempPathFactory) -> Ball:
    rgb, mask = photo_scenes.ball_on_ground(WIDTH, HEIGHT)
    return _saved(tmp_path_factory.mktemp("ball"), rgb), rgb, mask


def _lumas(picture: Picture, plan: ShotPlan, frames: int = FRAMES, seed: int = 1) -> list[np.ndarray]:
    rendered = render_photo(picture, plan, seed=seed, width=WIDTH, height=HEIGHT, num_frames=frames)
    return [frame.y.copy() for frame in rendered]


def _rgb(frame: I420Frame) -> np.ndarray:
    size = frame.y.shape[1], frame.y.shape[0]
    blue, red = (
        cv2.resize(p, size, interpolation=cv2.INTER_LINEAR).astype(np.float32) - 128
        for p in (frame.u, frame.v)
    )
    luma = (frame.y.astype(np.float32) - 16) * 255 / 219
    blue, red = blue * 255 / 224, red * 255 / 224
    return np.stack([luma + 1.5748 * red, luma - 0.1873 * blue - 0.4681 * red, luma + 1.8556 * blue], axis=-1)


def _psnr(a: np.ndarray, b: np.ndarray) -> float:
    error = float(np.mean((a.astype(np.float64) - b.astype(np.float64)) ** 2))
    return 10 * np.log10(255**2 / max(error, 1e-9))


def _flow(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM).calc(first, second, None)


def test_the_clip_opens_with_the_picture(ball: Ball) -> None:
    picture, rgb, _ = ball
    first = next(render_photo(picture, _plan(Move.PUSH_IN), seed=1, width=WIDTH, height=HEIGHT, num_frames=5))
    assert _psnr(_rgb(first), rgb) >= 40


def test_a_larger_picture_opens_as_its_plain_resize(tmp_path: Path) -> None:
    rgb, _ = photo_scenes.ball_on_ground(961, 541)
    picture = _saved(tmp_path, rgb)
    first = next(render_photo(picture, _plan(Move.STILL), seed=1, width=WIDTH, height=HEIGHT, num_frames=2))
    assert _psnr(_rgb(first), fitted(read_upright(picture), WIDTH, HEIGHT)) >= 40


def test_an_exif_rotation_is_applied(tmp_path: Path) -> None:
    rgb, _ = photo_scenes.ball_on_ground(WIDTH, HEIGHT)
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "turned.jpg"
    Image.fromarray(np.rot90(rgb).copy()).save(path, exif=exif, quality=95)
    upright = read_upright(Picture(path=path, width=WIDTH, height=HEIGHT))
    assert upright.shape == rgb.shape
    assert _psnr(upright, rgb) > 30


def test_nothing_jumps_after_the_first_frame(ball: Ball) -> None:
    picture, _, _ = ball
    frames = _lumas(picture, _plan(Move.ORBIT_RIGHT))
    steps = [_psnr(a, b) for a, b in pairwise(frames)]
    assert steps[0] > 38
    assert steps[0] > np.median(steps)


def test_a_track_moves_the_subject_more_than_what_lies_behind(ball: Ball) -> None:
    picture, _, mask = ball
    frames = _lumas(picture, _plan(Move.TRACK_RIGHT))
    flow = _flow(frames[0], frames[-1])
    core = cv2.erode(mask.astype(np.uint8), np.ones((15, 15))) > 0
    ring = cv2.dilate(mask.astype(np.uint8), np.ones((91, 91))) > 0
    rows = np.arange(HEIGHT)[:, None]
    behind = ring & ~(cv2.dilate(mask.astype(np.uint8), np.ones((41, 41))) > 0)
    behind &= (rows > 0.46 * HEIGHT) & (rows < 0.6 * HEIGHT)
    assert np.median(flow[core][:, 0]) < 0
    assert abs(np.median(flow[core][:, 0])) > 1.5 * abs(np.median(flow[behind][:, 0]))


def test_a_push_in_is_no_flat_zoom(ball: Ball) -> None:
    picture, _, mask = ball
    frames = _lumas(picture, _plan(Move.PUSH_IN))
    flow = _flow(frames[0], frames[-1])
    core = cv2.erode(mask.astype(np.uint8), np.ones((15, 15))) > 0
    growth_of_subject = _expansion(flow, core)
    sky = np.zeros_like(mask)
    sky[10 : int(0.3 * HEIGHT), 20:-20] = True
    sky &= ~(cv2.dilate(mask.astype(np.uint8), np.ones((31, 31))) > 0)
    assert growth_of_subject > 0.05
    assert growth_of_subject > 1.5 * _expansion(flow, sky)


def _expansion(flow: np.ndarray, where: np.ndarray) -> float:
    """How much a region grows sideways: the slope of the flow over x."""
    _, xs = np.nonzero(where)
    return float(np.polyfit(xs, flow[where][:, 0], 1)[0])


@pytest.mark.parametrize("move", [move for move in Move if move is not Move.STILL])
def test_every_move_goes_one_way_and_never_stops(ball: Ball, move: Move) -> None:
    picture, _, _ = ball
    frames = _lumas(picture, _plan(move), frames=17)
    away = [float(np.mean(np.abs(frame.astype(np.int16) - frames[0]))) for frame in frames[::4]]
    assert all(later > earlier for earlier, later in pairwise(away))
    assert all((a != b).any() for a, b in pairwise(frames))


def test_a_still_camera_keeps_the_picture_but_is_not_frozen(ball: Ball) -> None:
    picture, _, _ = ball
    frames = _lumas(picture, _plan(Move.STILL))
    assert _psnr(frames[0], frames[-1]) > 24
    assert np.abs(_flow(frames[0], frames[-1])[int(0.7 * HEIGHT) :]).mean() < 0.5
    assert all((a != b).any() for a, b in pairwise(frames))


def test_brightness_does_not_flicker(ball: Ball) -> None:
    picture, _, _ = ball
    means = np.array([frame.mean() for frame in _lumas(picture, _plan(Move.ORBIT_LEFT))])
    assert np.abs(np.diff(means, n=2)).max() < 0.15


def test_the_subject_is_cut_out_where_it_is(ball: Ball) -> None:
    picture, _, mask = ball
    scene = prepare_photo(picture, _plan(Move.ORBIT_LEFT), seed=1, width=WIDTH, height=HEIGHT)
    assert scene.parts.has_subject
    assert scene.parts.has_sky
    pad = scene.parts.textures.pad
    alpha = (scene.parts.textures.chroma[-2, pad:-pad, pad:-pad] >> 16) & 255
    found = alpha > 127
    assert (found & mask).sum() / (found | mask).sum() > 0.93


def test_what_the_subject_hid_is_painted_without_its_color(ball: Ball) -> None:
    picture, _, mask = ball
    scene = prepare_photo(picture, _plan(Move.TRACK_LEFT), seed=1, width=WIDTH, height=HEIGHT)
    pad = scene.parts.textures.pad
    inner = slice(pad, -pad)
    land = (scene.parts.textures.chroma[1, inner, inner] >> 8) & 255
    sky = (scene.parts.textures.chroma[0, inner, inner] >> 8) & 255
    near_rim = mask & ~(cv2.erode(mask.astype(np.uint8), np.ones((31, 31))) > 0)
    upper = near_rim & (np.arange(HEIGHT)[:, None] < 0.4 * HEIGHT)
    lower = near_rim & (np.arange(HEIGHT)[:, None] > 0.6 * HEIGHT)
    assert np.quantile(land[lower], 0.98) < 150
    assert np.quantile(sky[upper], 0.98) < 140


def test_the_same_seed_gives_the_same_bytes(ball: Ball) -> None:
    picture, _, _ = ball
    plan = _plan(Move.CRANE_UP, weather=Weather.SNOW, time=TimeOfDay.DUSK)
    runs = [_lumas(picture, plan, frames=6, seed=9) for _ in range(2)]
    assert all(np.array_equal(a, b) for a, b in zip(*runs, strict=True))
    other = _lumas(picture, plan, frames=6, seed=10)
    assert not np.array_equal(runs[0][-1], other[-1])


def test_weather_and_light_come_in_slowly(ball: Ball) -> None:
    picture, _, _ = ball
    plan = _plan(Move.STILL, weather=Weather.RAIN, time=TimeOfDay.NIGHT)
    frames = _lumas(picture, plan, frames=48)
    plain = _lumas(picture, _plan(Move.STILL), frames=2)
    assert np.array_equal(frames[0], plain[0])
    assert _psnr(frames[1], frames[0]) > 36
    assert frames[-1].mean() < 0.7 * frames[0].mean()


def test_fog_hides_the_distance_before_the_foreground(ball: Ball) -> None:
    picture, _, _ = ball
    frames = _lumas(picture, _plan(Move.STILL, weather=Weather.FOG), frames=60)
    far, near = slice(int(0.47 * HEIGHT), int(0.53 * HEIGHT)), slice(int(0.9 * HEIGHT), HEIGHT)
    side = slice(0, 120)
    lost = [frames[-1][rows, side].std() / frames[0][rows, side].std() for rows in (far, near)]
    assert lost[0] < lost[1] < 1.0


def test_a_plain_surface_still_moves_and_says_so(tmp_path: Path) -> None:
    random = np.random.default_rng(2)
    noise = cv2.GaussianBlur(random.normal(0, 1, (HEIGHT, WIDTH)).astype(np.float32), (0, 0), 3)
    rgb = np.repeat(np.clip(120 + 40 * noise / noise.std(), 0, 255).astype(np.uint8)[..., None], 3, axis=2)
    scene = prepare_photo(_saved(tmp_path, rgb), _plan(Move.PUSH_IN), seed=1, width=WIDTH, height=HEIGHT)
    frames = [frame.y.copy() for frame in scene.frames(12)]
    assert any("even surface" in note for note in scene.notes)
    assert np.abs(_flow(frames[0], frames[-1])).mean() > 1.0


def test_a_pull_out_stays_short_and_says_so(ball: Ball) -> None:
    picture, _, _ = ball
    scene = prepare_photo(picture, _plan(Move.PULL_OUT), seed=1, width=WIDTH, height=HEIGHT)
    assert any("pull out" in note for note in scene.notes)
    assert len(list(scene.frames(5))) == 5


def test_a_picture_of_the_night_keeps_its_light(tmp_path: Path) -> None:
    """It would be darkened twice; that it is not is told."""
    rgb, _ = photo_scenes.ball_on_ground(WIDTH, HEIGHT)
    picture = _saved(tmp_path, (rgb * 0.3).astype(np.uint8))
    plan = _plan(Move.STILL, weather=Weather.SNOW, time=TimeOfDay.NIGHT)
    scene = prepare_photo(picture, plan, seed=1, width=WIDTH, height=HEIGHT)
    first, *_, last = (frame.y.astype(float).mean() for frame in scene.frames(FRAMES))
    assert abs(last - first) < 4.0
    assert any("night already" in note for note in scene.notes)
