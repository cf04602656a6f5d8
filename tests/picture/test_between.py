"""Clips between two pictures, measured: both ends, the way between them, and what the prompt adds."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
import skimage
import sklearn
from PIL import Image

from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.shot import Picture, Quality, Shot
from kirin_video.engines.base import Rendering
from kirin_video.engines.previs import PrevisEngine
from kirin_video.engines.previs.between.air import Air
from kirin_video.engines.previs.between.arrivals import clouds
from kirin_video.engines.previs.between.blurring import flown, softened
from kirin_video.engines.previs.between.choosing import choose
from kirin_video.engines.previs.between.fields import measured
from kirin_video.engines.previs.between.kinship import kinship
from kirin_video.engines.previs.between.passages import Passage, passed
from kirin_video.engines.previs.between.path import eased
from kirin_video.engines.previs.between.takes import Takes
from kirin_video.engines.previs.photo.picture import fitted
from kirin_video.engines.previs.plan import Move, Setting, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.reading import read_plan
from kirin_video.media.encode import Mp4Writer
from kirin_video.media.frames import I420Frame, new_i420

WIDTH, HEIGHT, FRAMES = 320, 180, 25
CAT = Path(skimage.__file__).parent / "data" / "chelsea.png"
CHINA = Path(sklearn.__file__).parent / "datasets" / "images" / "china.jpg"
CLEAR = ShotPlan(Setting.MEADOW, TimeOfDay.DAY, Weather.CLEAR, Move.STILL)


def land(seed: int = 3) -> np.ndarray:
    """A large picture full of detail at every size: what two cameras may see parts of."""
    light = clouds((540, 960), seed, (14, 33, 80, 190, 420), 0.9)
    colors = [clouds((540, 960), seed + k, (5, 11), 0.6) for k in (1, 2, 3)]
    return np.clip(np.stack([122 + 26 * light + 22 * c for c in colors], -1), 0, 255).astype(np.uint8)


def view(rgb: np.ndarray, left: float, top: float, zoom: float) -> np.ndarray:
    """What a camera sees of it."""
    matrix = np.array([[1 / zoom, 0, left], [0, 1 / zoom, top]])
    flags = cv2.INTER_AREA | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(rgb, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC | flags)


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    error = float(np.mean((a.astype(np.float64) - b.astype(np.float64)) ** 2))
    return 10 * np.log10(255**2 / max(error, 1e-9))


def rgb_of(frame: I420Frame) -> np.ndarray:
    size = frame.y.shape[1], frame.y.shape[0]
    blue, red = (
        (cv2.resize(p, size, interpolation=cv2.INTER_LINEAR).astype(np.float32) - 128) * 255 / 224
        for p in (frame.u, frame.v)
    )
    luma = (frame.y.astype(np.float32) - 16) * 255 / 219
    return np.stack([luma + 1.5748 * red, luma - 0.1873 * blue - 0.4681 * red, luma + 1.8556 * blue], axis=-1)


def bright(rgb: np.ndarray) -> np.ndarray:
    """BT.709 limited-range Y."""
    return 16 + rgb.astype(np.float64) @ np.array([0.2126, 0.7152, 0.0722]) * 219 / 255


def saved(rgb: np.ndarray, path: Path) -> Picture:
    Image.fromarray(rgb).save(path)
    return Picture(path=path, width=rgb.shape[1], height=rgb.shape[0])


def shot(first: Picture, last: Picture, prompt: str, frames: int = FRAMES) -> Shot:
    return Shot(
        prompt=read_prompt(prompt),
        quality=Quality.STD,
        width=WIDTH,
        height=HEIGHT,
        num_frames=frames,
        seed=7,
        first_frame=first,
        last_frame=last,
        images=(first, last),
    )


def rendered(asked: Shot) -> tuple[Rendering, list[I420Frame]]:
    rendering = PrevisEngine().render(asked, lambda _: None)
    assert rendering.frames is not None
    frames: list[I420Frame] = []
    for frame in rendering.frames:
        assert isinstance(frame, I420Frame)
        frames.append(frame.copied())
    return rendering, frames


@pytest.fixture(scope="module")
def near_and_far(tmp_path_factory: pytest.TempPathFactory) -> tuple[np.ndarray, Shot]:
    folder, rgb = tmp_path_factory.mktemp("land"), land()
    first, last = view(rgb, 200.0, 120.0, 1.0), view(rgb, 300.0, 150.0, 1.6)
    asked = shot(saved(first, folder / "a.png"), saved(last, folder / "b.png"), "A still camera, locked off")
    return rgb, asked


@pytest.fixture(scope="module")
def travelled(near_and_far: tuple[np.ndarray, Shot]) -> tuple[Rendering, list[I420Frame]]:
    return rendered(near_and_far[1])


def test_the_camera_s_way_is_found(near_and_far: tuple[np.ndarray, Shot]) -> None:
    first, last = (np.asarray(Image.open(image.path)) for image in near_and_far[1].images)
    kin = kinship(first, last)
    assert kin is not None
    assert kin.zoom == pytest.approx(1.6, rel=0.01)
    # the middle of the first view is at (360, 210) of the land, which the last one sees at (96, 96)
    assert kin.shift == pytest.approx(((96 - 160) / WIDTH, (96 - 90) / HEIGHT), abs=0.01)


def test_pictures_of_different_things_are_no_kin() -> None:
    assert kinship(view(land(3), 200, 120, 1.0), view(land(40), 200, 120, 1.0)) is None
    grey = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
    assert kinship(grey, grey) is None


def test_half_way_the_camera_sees_what_it_would_see_there(
    near_and_far: tuple[np.ndarray, Shot], travelled: tuple[Rendering, list[I420Frame]]
) -> None:
    rgb, _ = near_and_far
    for index in (6, 12, 18):
        way = eased(index / (FRAMES - 1))
        # an exponential zoom about the one point of the land that both views see at the same place
        zoom = 1.6**way
        fixed = np.array([(300 * 1.6 - 200) / 0.6, (150 * 1.6 - 120) / 0.6])
        corner = fixed - (fixed - np.array([200.0, 120.0])) / zoom
        true = view(rgb, float(corner[0]), float(corner[1]), zoom)
        inner = (slice(12, -12), slice(12, -12))
        seen = travelled[1][index].y[inner]
        ends = [bright(view(rgb, 200.0, 120.0, 1.0)), bright(view(rgb, 300.0, 150.0, 1.6))]
        faded = (1 - way) * ends[0][inner] + way * ends[1][inner]
        assert psnr(seen, bright(true)[inner]) > 28
        assert psnr(seen, bright(true)[inner]) > psnr(faded, bright(true)[inner]) + 8


def test_the_notes_tell_the_way(travelled: tuple[Rendering, list[I420Frame]]) -> None:
    [note] = [note for note in travelled[0].notes if "one scene" in note]
    assert "in, 1.6 times" in note


def test_nothing_jumps_at_the_ends(travelled: tuple[Rendering, list[I420Frame]]) -> None:
    steps = [float(np.abs(a.y.astype(int) - b.y).mean()) for a, b in pairwise(travelled[1])]
    assert max(steps[0], steps[-1]) < 0.6 * max(steps)


def encoded_ends(frames: list[I420Frame], path: Path) -> tuple[np.ndarray, np.ndarray, int]:
    with Mp4Writer(path, WIDTH, HEIGHT, quality=Quality.STD) as writer:
        for frame in frames:
            writer.write(frame)
    with av.open(str(path)) as movie:
        stream = movie.streams.video[0]
        assert stream.average_rate == Fraction(24)
        shown = [
            frame.to_ndarray(format="rgb24", src_colorspace="ITU709", dst_colorspace="ITU709")
            for frame in movie.decode(stream)
        ]
    return shown[0], shown[-1], len(shown)


@pytest.mark.parametrize("prompt", ["Heavy rain at night, the camera orbits left", "It morphs"])
def test_both_ends_are_the_pictures_even_in_the_file(
    near_and_far: tuple[np.ndarray, Shot], tmp_path: Path, prompt: str
) -> None:
    asked = near_and_far[1].model_copy(update={"prompt": read_prompt(prompt)})
    first, last, count = encoded_ends(rendered(asked)[1], tmp_path / "clip.mp4")
    sent = [np.asarray(Image.open(image.path)) for image in asked.images]
    assert count == FRAMES
    assert psnr(first, sent[0]) >= 34
    assert psnr(last, sent[1]) >= 34


def test_weather_and_light_act_in_the_middle_only(
    near_and_far: tuple[np.ndarray, Shot], travelled: tuple[Rendering, list[I420Frame]]
) -> None:
    asked = near_and_far[1].model_copy(update={"prompt": read_prompt("A still camera, rain at night")})
    frames = rendered(asked)[1]
    assert frames[FRAMES // 2].y.mean() < 0.75 * travelled[1][FRAMES // 2].y.mean()
    for end in (0, -1):
        assert np.array_equal(frames[end].y, travelled[1][end].y)


def test_a_nearer_thing_goes_its_own_way(tmp_path: Path) -> None:
    rgb = land()
    ball = clouds((60, 60), 9, (5, 11), 0.7)[..., None] * 40 + np.array([190.0, 60.0, 50.0])
    y, x = np.mgrid[0:60, 0:60]
    cover = np.clip(29.5 - np.hypot(x - 29.5, y - 29.5), 0, 1)[..., None]
    pictures: list[np.ndarray] = []
    for left, at in ((200.0, 90), (208.0, 104)):
        seen = view(rgb, left, 120.0, 1.0).astype(np.float64)
        seen[70:130, at : at + 60] += cover * (ball - seen[70:130, at : at + 60])
        pictures.append(np.clip(seen, 0, 255).astype(np.uint8))
    asked = shot(saved(pictures[0], tmp_path / "a.png"), saved(pictures[1], tmp_path / "b.png"), "locked off")
    middle = rgb_of(rendered(asked)[1][FRAMES // 2])
    red = (middle[..., 0] - middle[..., 1] > 60) & (middle[..., 0] - middle[..., 2] > 60)
    columns = np.nonzero(red[80:120])[1]
    assert columns.mean() == pytest.approx((90 + 104) / 2 + 29.5, abs=3.0)
    assert np.ptp(np.percentile(columns, [3, 97])) < 66


def test_what_the_last_picture_lacks_is_seen_in_the_first_to_the_end(tmp_path: Path) -> None:
    rgb, shift, index = land(), 130.0, 20
    sent = [view(rgb, 200.0 + at, 120.0, 1.0) for at in (0.0, shift)]
    asked = shot(saved(sent[0], tmp_path / "a.png"), saved(sent[1], tmp_path / "b.png"), "A pan, locked off")
    seen = rgb_of(rendered(asked)[1][index])
    gone = shift * eased(index / (FRAMES - 1))
    lacking = int(shift - gone)
    assert lacking >= 6
    assert psnr(seen[:, :lacking], view(rgb, 200.0 + gone, 120.0, 1.0)[:, :lacking]) > 24


@pytest.mark.parametrize("is_last_dark", [False, True])
def test_night_is_not_laid_over_a_pair_that_brings_it(tmp_path: Path, *, is_last_dark: bool) -> None:
    dark = (view(land(), 200.0, 120.0, 1.0) * 0.3).astype(np.uint8)
    first = dark if is_last_dark else view(land(), 200.0, 120.0, 1.0)
    asked = shot(saved(first, tmp_path / "a.png"), saved(dark, tmp_path / "b.png"), "At night")
    levels = [float(frame.y.mean()) for frame in rendered(asked)[1]]
    assert min(levels) > levels[-1] - 1.5


@pytest.fixture(scope="module")
def strangers() -> tuple[np.ndarray, np.ndarray]:
    return view(land(3), 200, 120, 1.0), np.flip(view(land(40), 200, 120, 1.0), 2) // 2 + 20


@pytest.fixture(scope="module")
def takes(strangers: tuple[np.ndarray, np.ndarray]) -> tuple[Takes, Air]:
    air = Air(CLEAR, WIDTH, HEIGHT, num_frames=FRAMES, seed=1)
    return Takes(*strangers, CLEAR, air, num_frames=FRAMES, seed=1), air


@pytest.mark.parametrize("passage", [p for p in Passage if p is not Passage.MORPH])
def test_every_passage_leads_from_the_one_to_the_other(
    takes: tuple[Takes, Air], strangers: tuple[np.ndarray, np.ndarray], passage: Passage
) -> None:
    frames = [
        frame.copied()
        for frame in passed(takes[0], passage, takes[1], width=WIDTH, height=HEIGHT, num_frames=FRAMES)
    ]
    assert len(frames) == FRAMES
    assert psnr(rgb_of(frames[0]), strangers[0]) > 34
    assert psnr(rgb_of(frames[-1]), strangers[1]) > 34
    if passage is not Passage.CUT:
        between = frames[FRAMES // 2]
        assert min(psnr(rgb_of(between), sent) for sent in strangers) < 26
        steps = [float(np.abs(a.y.astype(int) - b.y).mean()) for a, b in pairwise(frames)]
        assert np.count_nonzero(np.array(steps) > 1.0) >= 4


def test_a_whip_smears_along_its_way(takes: tuple[Takes, Air]) -> None:
    def rough(passage: Passage) -> tuple[float, float]:
        frames = passed(takes[0], passage, takes[1], width=WIDTH, height=HEIGHT, num_frames=FRAMES)
        middle = [frame.y.astype(float) for frame in frames][FRAMES // 2]
        return float(np.abs(np.diff(middle, axis=1)).mean()), float(np.abs(np.diff(middle, axis=0)).mean())

    # half way the joint of both pictures, a dark and a bright one, crosses the frame
    across, down = rough(Passage.WHIP_RIGHT), rough(Passage.WHIP_DOWN)
    assert across[0] < 0.6 * across[1]
    assert down[1] < 0.6 * down[0]


def test_an_enlarged_part_with_few_features_is_found() -> None:
    soft = clouds((540, 960), 5, (4, 7), 0.8)
    rgb = np.repeat(np.clip(120 + 50 * soft, 0, 255).astype(np.uint8)[..., None], 3, axis=2)
    kin = kinship(view(rgb, 200.0, 120.0, 1.0), view(rgb, 280.0, 150.0, 2.0))
    assert kin is not None
    assert kin.zoom == pytest.approx(2.0, rel=0.02)
    # (360, 210) of the soft land is the middle of the first view, seen by the last one at (160, 120)
    assert kin.shift == pytest.approx((0.0, (120 - 90) / HEIGHT), abs=0.02)


def test_a_flight_shows_what_it_flies_to_only_where_it_is() -> None:
    size = (HEIGHT, WIDTH)
    around, within = new_i420(WIDTH, HEIGHT), new_i420(WIDTH, HEIGHT)
    for frame, level in ((around, 60), (within, 200)):
        frame.y[:], frame.u[:], frame.v[:] = level, 128, 128
    out = new_i420(WIDTH, HEIGHT)
    # the frame behind is shown half as large about the middle
    ways = np.array(
        [[1, 0, 0], [1, 0, 0], [2, -WIDTH / 2, -HEIGHT / 2], [2, -WIDTH / 2, -HEIGHT / 2]], np.float32
    )
    flown(softened(around), softened(within), ways, opening=1.0, soft=0.05, out=out)
    assert out.y[size[0] // 2, size[1] // 2] == 200
    assert (out.y[: size[0] // 4] == 60).all()
    assert (out.y[:, : size[1] // 4] == 60).all()
    assert (out.y[:, size[1] * 3 // 4 + 1 :] == 60).all()


def test_subjects_of_unlike_colours_are_led_over_unless_a_morph_is_asked() -> None:
    pictures: list[np.ndarray] = []
    for ground, color in ((40, (235, 60, 40)), (70, (30, 90, 235))):
        rgb = np.full((HEIGHT, WIDTH, 3), ground, np.uint8)
        cv2.circle(rgb, (160, 95), 42, color, -1, cv2.LINE_AA)
        pictures.append(rgb)
    unasked = choose(pictures[0], pictures[1], CLEAR, "something happens")
    assert unasked.passage is not Passage.MORPH
    asked = choose(pictures[0], pictures[1], CLEAR, "the ball morphs into another")
    assert asked.passage is Passage.MORPH


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("A whip pan to the left", "whip pan to the left, as the prompt says"),
        ("The camera tilts up", "whip tilt upwards, which goes with the camera"),
        ("The stone turns into water", "flow into each other as a whole"),
        ("Two pictures", "a push in through the one"),
    ],
)
def test_the_notes_say_what_was_chosen_and_why(
    strangers: tuple[np.ndarray, np.ndarray], prompt: str, told: str
) -> None:
    chosen = choose(*strangers, read_plan(prompt, seed=1), prompt)
    assert any(told in note for note in chosen.notes)


def test_a_whip_that_is_made_is_not_told_as_undone(
    strangers: tuple[np.ndarray, np.ndarray], tmp_path: Path
) -> None:
    small = [np.ascontiguousarray(rgb[::2, ::2]) for rgb in strangers]
    first, last = (saved(rgb, tmp_path / f"{k}.png") for k, rgb in enumerate(small))
    asked = shot(first, last, "A whip pan to the left", 5).model_copy(update={"width": 160, "height": 90})
    assert not any("does not do this yet" in note for note in rendered(asked)[0].notes)


def test_a_last_picture_of_another_shape_is_cropped_and_told(
    strangers: tuple[np.ndarray, np.ndarray], tmp_path: Path
) -> None:
    tall = np.asarray(cv2.resize(strangers[1], (180, 320)), np.uint8)
    first, last = saved(strangers[0], tmp_path / "a.png"), saved(tall, tmp_path / "b.png")
    rendering, frames = rendered(shot(first, last, "It morphs", 7))
    assert any("another shape" in note and "32%" in note for note in rendering.notes)
    assert psnr(rgb_of(frames[-1]), fitted(tall, WIDTH, HEIGHT)) > 34


def test_the_same_seed_gives_the_same_bytes(near_and_far: tuple[np.ndarray, Shot]) -> None:
    asked = near_and_far[1].model_copy(update={"num_frames": 7, "prompt": read_prompt("Snow falls")})
    once, twice = (rendered(asked)[1] for _ in range(2))
    assert all(
        np.array_equal(a.y, b.y) and np.array_equal(a.u, b.u) for a, b in zip(once, twice, strict=True)
    )


def test_a_clip_of_one_scene_is_alive_where_both_pictures_are_the_same(tmp_path: Path) -> None:
    picture = saved(view(land(), 200, 120, 1.0), tmp_path / "a.png")
    frames = rendered(shot(picture, picture, "The camera pushes in", 13))[1]
    assert np.array_equal(frames[0].y, frames[-1].y)
    assert psnr(frames[6].y, frames[0].y) < 32


def test_what_went_far_is_followed() -> None:
    ground, thing = (fitted(np.asarray(Image.open(path).convert("RGB")), 320, 214) for path in (CHINA, CAT))
    y, x = np.mgrid[0:100, 0:100]
    cover = np.clip(49.5 - np.hypot(x - 49.5, y - 49.5), 0, 1)[..., None]
    pictures: list[np.ndarray] = []
    for at in (110, 170):
        seen = ground.astype(np.float64)
        seen[60:160, at : at + 100] = (
            seen[60:160, at : at + 100] * (1 - cover) + thing[40:140, 60:160] * cover
        )
        pictures.append(np.clip(seen, 0, 255).astype(np.uint8))
    kin = kinship(*pictures)
    assert kin is not None
    fields = measured(pictures[0], pictures[1], kin.path)
    assert fields.strays
    places = zip((110, 160), fields.origin[::-1], strict=True)
    rows, columns = (round((middle - origin) / fields.step) for middle, origin in places)
    assert fields.forth[rows, columns].tolist() == pytest.approx([60.0, 0.0], abs=1.0)
