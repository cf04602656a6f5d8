"""Footage of known truth, edited: what is asked for happens, and everything else stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from made_footage import SIZE, Scene
from PIL import Image

from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.shot import Clip, Picture, Quality, Shot
from kirin_video.engines.base import I420Frame
from kirin_video.engines.previs import PrevisEngine
from kirin_video.engines.previs.footage.keying import Keyer, find_screen
from kirin_video.engines.previs.footage.mattes import subject_mattes
from kirin_video.engines.previs.footage.matting import Matting
from kirin_video.engines.previs.footage.survey import MOST_KEYS, look_through
from kirin_video.engines.previs.footage.tracking import track
from kirin_video.media.colour import rgb_to_i420
from kirin_video.media.footage import Footage

PLAIN = Scene()
PANNED = Scene(pan_px=1.5)
RESTING = Scene(from_x=0.5, to_x=0.5)
SCREEN = Scene(screen=(30, 175, 70), color=(215, 190, 170))
EVERY = 6


@pytest.fixture(scope="module")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Scene], Clip]:
    folder = tmp_path_factory.mktemp("footage")

    @cache
    def film(scene: Scene) -> Clip:
        return scene.save(folder / f"{abs(hash(scene))}.mp4")

    return film


@pytest.fixture(scope="module")
def footage() -> Iterator[Footage]:
    with Footage() as opened:
        yield opened


def edited(
    clip: Clip, scene: Scene, prompt: str, images: tuple[Picture, ...] = ()
) -> tuple[dict[int, I420Frame], tuple[str, ...]]:
    """Some of the frames, and the notes."""
    shot = Shot(
        prompt=read_prompt(prompt),
        quality=Quality.STD,
        width=SIZE[0],
        height=SIZE[1],
        num_frames=scene.num_frames,
        seed=5,
        base=clip,
        images=images,
    )
    rendering = PrevisEngine().render(shot, lambda _: None)
    assert rendering.frames is not None
    frames = list(enumerate(f.copied() for f in rendering.frames if isinstance(f, I420Frame)))
    assert len(frames) == scene.num_frames
    return dict(frames[::EVERY]), rendering.notes


def psnr(a: np.ndarray, b: np.ndarray, where: np.ndarray) -> float:
    error = (a.astype(np.float64) - b.astype(np.float64))[where]
    return 10 * float(np.log10(255**2 / max(float((error**2).mean()), 1e-6)))


def detail(luma: np.ndarray) -> float:
    return float(np.abs(np.diff(luma.astype(int), axis=1)).mean())


def away_from(mask: np.ndarray, reach: int = 9) -> np.ndarray:
    """Everything that is not near a mask."""
    grown = mask.copy()
    for _ in range(reach):
        grown[1:] |= grown[:-1].copy()
        grown[:-1] |= grown[1:].copy()
        grown[:, 1:] |= grown[:, :-1].copy()
        grown[:, :-1] |= grown[:, 1:].copy()
    return ~grown


@pytest.mark.parametrize(("scene", "least"), [(PLAIN, 0.82), (PANNED, 0.78), (RESTING, 0.95), (SCREEN, 0.93)])
def test_mattes_cover_what_moves_or_stands_out(
    footage: Footage, filmed: Callable[[Scene], Clip], scene: Scene, least: float
) -> None:
    clip = filmed(scene)

    def frames() -> Iterator[I420Frame]:
        return footage.frames(clip, *SIZE, scene.num_frames)

    survey = look_through(frames(), scene.num_frames)
    screen = find_screen(survey)
    assert (screen is not None) is (scene is SCREEN)
    if screen is not None:
        matter: Keyer | Matting = Keyer(screen, *SIZE, survey.size)
    else:
        found = subject_mattes(survey)
        assert found is not None
        matter = Matting(track(frames(), survey, found), *SIZE)
    overlaps: list[float] = []
    for index, frame in enumerate(frames()):
        covered, true = matter.alpha(frame, index).luma > 127, scene.mask(index)
        overlaps.append((covered & true).sum() / (covered | true).sum())
    assert np.mean(overlaps) > least


def test_the_cameras_path_is_found(footage: Footage, filmed: Callable[[Scene], Clip]) -> None:
    survey = look_through(footage.frames(filmed(PANNED), *SIZE, PANNED.num_frames), PANNED.num_frames)
    path = [matrix[0, 2] for matrix in survey.to_first]
    assert path == pytest.approx(list(1.5 * np.arange(PANNED.num_frames)), abs=1.0)
    assert not survey.still
    assert look_through(footage.frames(filmed(PLAIN), *SIZE, PLAIN.num_frames), PLAIN.num_frames).still


def test_a_named_colour_becomes_another_and_the_rest_stays(filmed: Callable[[Scene], Clip]) -> None:
    frames, notes = edited(filmed(PLAIN), PLAIN, "Make the red ball blue, keep everything else the same")
    for index, frame in frames.items():
        original, mask = rgb_to_i420(PLAIN.frame(index)), PLAIN.mask(index)
        inside, outside = away_from(~mask, 3), away_from(mask)
        assert psnr(frame.y, original.y, outside) > 32
        small = inside[::2, ::2]
        assert float(frame.u[small].mean()) > 145
        assert float(frame.v[small].mean()) < 128
    assert notes == ()


def test_a_named_thing_alone_is_made_darker(filmed: Callable[[Scene], Clip]) -> None:
    frames, _ = edited(filmed(PLAIN), PLAIN, "Make the red ball darker")
    for index, frame in frames.items():
        original, mask = rgb_to_i420(PLAIN.frame(index)), PLAIN.mask(index)
        assert psnr(frame.y, original.y, away_from(mask)) > 32
        assert frame.y[mask].mean() < 0.93 * original.y[mask].mean()


@pytest.mark.parametrize("scene", [PLAIN, PANNED])
def test_what_is_removed_shows_what_was_behind_it(filmed: Callable[[Scene], Clip], scene: Scene) -> None:
    frames, _ = edited(filmed(scene), scene, "Remove the ball")
    for index, frame in frames.items():
        true, mask = rgb_to_i420(scene.backdrop(index)), scene.mask(index)
        assert psnr(frame.y, true.y, away_from(mask, 16)) > 32
        assert psnr(frame.y, true.y, mask) > 28
        assert psnr(frame.v, true.v, mask[::2, ::2]) > 28


def test_another_background_leaves_the_subject(filmed: Callable[[Scene], Clip]) -> None:
    frames, notes = edited(
        filmed(SCREEN), SCREEN, "Replace the green screen with a plain dark blue background"
    )
    for index, frame in frames.items():
        original, mask = rgb_to_i420(SCREEN.frame(index)), SCREEN.mask(index)
        behind = away_from(mask, 6)
        assert float(frame.y[behind].std()) < 1.5
        assert float(frame.u[behind[::2, ::2]].mean()) > 135
        assert psnr(frame.y, original.y, away_from(~mask, 4)) > 32
    assert notes == ()


def test_a_green_screen_can_be_put_behind_a_subject(filmed: Callable[[Scene], Clip]) -> None:
    frames, notes = edited(filmed(PLAIN), PLAIN, "Put the subject on a green screen")
    green = rgb_to_i420(np.full((*SIZE[::-1], 3), (0, 177, 64), np.uint8))
    for index, frame in frames.items():
        behind = away_from(PLAIN.mask(index), 16)
        assert psnr(frame.u, green.u, behind[::2, ::2]) > 32
        assert psnr(frame.y, rgb_to_i420(PLAIN.frame(index)).y, away_from(~PLAIN.mask(index), 8)) > 32
    assert any("cut out" in note for note in notes)


def test_light_and_weather_change_the_whole_picture(filmed: Callable[[Scene], Clip]) -> None:
    night, _ = edited(filmed(PLAIN), PLAIN, "Turn day into night")
    fog, _ = edited(filmed(PLAIN), PLAIN, "Thick fog")
    for index in night:
        original = rgb_to_i420(PLAIN.frame(index))
        assert float(night[index].y.mean()) < 0.62 * float(original.y.mean())
        assert detail(fog[index].y) < 0.7 * detail(original.y)


def test_rain_falls_and_is_the_same_again(filmed: Callable[[Scene], Clip]) -> None:
    first, _ = edited(filmed(RESTING), RESTING, "Heavy rain")
    again, _ = edited(filmed(RESTING), RESTING, "Heavy rain")
    assert all(np.array_equal(first[index].y, again[index].y) for index in first)
    assert float(np.abs(first[6].y.astype(int) - first[12].y).mean()) > 0.5


def test_a_push_in_begins_with_the_whole_picture_and_ends_closer(filmed: Callable[[Scene], Clip]) -> None:
    frames, _ = edited(filmed(RESTING), RESTING, "The camera pushes in")
    original = rgb_to_i420(RESTING.frame(0))
    assert psnr(frames[0].y, original.y, np.ones(original.y.shape, np.bool_)) > 32
    red = [int((frame.v > 160).sum()) for frame in frames.values()]
    assert red[-1] > 1.3 * red[0]


def test_an_instruction_that_cannot_be_followed_is_told(filmed: Callable[[Scene], Clip]) -> None:
    frames, notes = edited(filmed(RESTING), RESTING, "Frobnicate the wombulator")
    assert len(notes) == 2
    assert "frobnicate the wombulator" in notes[0]
    original = rgb_to_i420(RESTING.frame(0))
    assert psnr(frames[0].y, original.y, np.ones(original.y.shape, np.bool_)) > 32
    _, about_words = edited(filmed(RESTING), RESTING, "Add a wombulator <<<image_1>>>")
    assert "not used" in about_words[0]


def test_a_picture_takes_the_place_of_a_thing(filmed: Callable[[Scene], Clip], tmp_path: Path) -> None:
    rgb = np.full((300, 300, 3), 236, np.uint8)
    rgb[40:260, 100:200] = (40, 80, 210)
    Image.fromarray(rgb).save(tmp_path / "box.png")
    picture = Picture(path=tmp_path / "box.png", width=300, height=300)
    frames, notes = edited(filmed(PLAIN), PLAIN, "Replace the ball with <<<image_1>>>", (picture,))
    for index, frame in frames.items():
        mask = PLAIN.mask(index)
        assert float((frame.v[mask[::2, ::2]] > 170).mean()) < 0.02, "the red ball is gone"
        rows, columns = np.nonzero(frame.u > 170)
        true_rows, true_columns = np.nonzero(mask[::2, ::2])
        assert abs(columns.mean() - true_columns.mean()) < 8
        assert abs(float(rows.max()) - float(true_rows.max())) < 6
    assert any("put into the video" in note for note in notes)


def test_words_alone_put_somebody_into_footage(filmed: Callable[[Scene], Clip]) -> None:
    scene = Scene(from_x=0.5, to_x=0.5, num_frames=8)
    frames, notes = edited(filmed(scene), scene, "Add a red toy robot on the left")
    original = rgb_to_i420(RESTING.frame(0))
    changed = np.abs(frames[0].v.astype(int) - original.v) > 25
    rows, columns = np.nonzero(changed)
    assert 0.003 < changed.mean() < 0.1
    assert columns.mean() < 0.4 * changed.shape[1]
    disc = np.nonzero(RESTING.mask(0))[0]
    assert abs(2 * float(rows.max()) - float(disc.max())) < 12, "it stands where others stand"
    away = np.zeros(original.y.shape, np.bool_)
    away[:, SIZE[0] // 2 :] = True
    assert psnr(frames[0].y, original.y, away) > 32
    assert any("drawn by this engine" in note for note in notes)


def test_a_floor_becomes_another_and_its_surroundings_stay(filmed: Callable[[Scene], Clip]) -> None:
    scene = OpenAir(num_frames=14)
    frames, _ = edited(filmed(scene), scene, "Replace the floor with grass")
    for index, frame in frames.items():
        original = rgb_to_i420(scene.frame(index))
        assert float(frame.u[78:].mean()) < float(original.u[78:].mean()) - 8, "it is green"
        assert psnr(frame.y[:60], original.y[:60], np.ones((60, SIZE[0]), np.bool_)) > 32


def test_key_frames_do_not_grow_with_the_footage() -> None:
    def frames(count: int) -> Iterator[I420Frame]:
        picture = rgb_to_i420(np.ascontiguousarray(PLAIN.frame(0)[:54, :96]))
        return (picture for _ in range(count))

    assert len(look_through(frames(240), 240).keys) <= MOST_KEYS + 1


def test_footage_that_cannot_be_decoded_fails_the_task(tmp_path: Path) -> None:
    from kirin_video.domain.errors import Fault, TaskFailure  # noqa: PLC0415

    path = tmp_path / "a.mp4"
    path.write_bytes(b"\0\0\0\x18ftypisom" + bytes(200))
    clip = Clip(path=path, width=320, height=180, duration_s=1.0, has_sound=False)
    with pytest.raises(TaskFailure) as failure:
        edited(clip, PLAIN, "Make it night")
    assert failure.value.fault is Fault.VIDEO_REJECTED


@dataclass(frozen=True)
class OpenAir(Scene):
    """The disc before a pale sky over dark ground."""

    def backdrop(self, index: int) -> np.ndarray:
        picture = super().backdrop(index).copy()
        picture[:80] = (205, 215, 225)
        return picture


def test_night_and_snow_know_the_sky_from_the_ground(filmed: Callable[[Scene], Clip]) -> None:
    scene = OpenAir(num_frames=20)
    night, _ = edited(filmed(scene), scene, "Turn day into night")
    snow, _ = edited(filmed(scene), scene, "Make it snow")
    for index in night:
        original = rgb_to_i420(scene.frame(index)).y
        assert float(night[index].y[:60].mean()) < 60, "the sky is dark"
        assert float(snow[index].y[165:].mean()) > float(original[165:].mean()) + 25, "snow lies"


@dataclass(frozen=True)
class Cut(Scene):
    """The same wall, then the same wall upside down and brighter."""

    def backdrop(self, index: int) -> np.ndarray:
        picture = super().backdrop(index)
        if index < self.num_frames // 2:
            return picture
        return (picture[::-1].astype(np.int16) + 60).clip(0, 255).astype(np.uint8)


def test_a_cut_gives_each_take_a_background_of_its_own(tmp_path: Path) -> None:
    two = Cut(num_frames=56)
    clip = two.save(tmp_path / "two.mp4")
    frames, _ = edited(clip, two, "Remove the ball")
    for index, frame in frames.items():
        assert psnr(frame.y, rgb_to_i420(two.backdrop(index)).y, two.mask(index)) > 26


def test_another_sky_leaves_all_under_it(filmed: Callable[[Scene], Clip]) -> None:
    scene = OpenAir(num_frames=14)
    frames, _ = edited(filmed(scene), scene, "Replace the sky with a sunset")
    for index, frame in frames.items():
        original = rgb_to_i420(scene.frame(index))
        assert float(frame.v[:30].mean()) > float(original.v[:30].mean()) + 5, "it is warm"
        assert psnr(frame.y[95:], original.y[95:], np.ones((SIZE[1] - 95, SIZE[0]), np.bool_)) > 32


def test_what_is_excepted_keeps_its_colours(filmed: Callable[[Scene], Clip]) -> None:
    scene = OpenAir(num_frames=14)
    prompt = "Make everything black and white except the red ball"
    frames, notes = edited(filmed(scene), scene, prompt)
    for index, frame in frames.items():
        mask = scene.mask(index)[::2, ::2]
        assert float(frame.v[mask].mean()) > 160, "the ball is red"
        assert float(np.abs(frame.v[away_from(mask)].astype(int) - 128).mean()) < 3
    assert any("stays as it was" in note for note in notes)
