"""What belongs to the subject of footage: its thin legs do, its shadow and those who pass by do not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from kirin_video.engines.previs.footage.edits import Region, Thing, View
from kirin_video.engines.previs.footage.limbs import with_limbs
from kirin_video.engines.previs.footage.mattes import Mattes
from kirin_video.engines.previs.footage.passing import without_passing
from kirin_video.engines.previs.footage.reframing import Reframing
from kirin_video.engines.previs.footage.resting import with_missed_feet
from kirin_video.engines.previs.footage.survey import Key, Survey
from kirin_video.engines.previs.plan import Move

HIGH, WIDE = 90, 160
GRASS, SHADE, RED, SKIN = (90, 160, 60), (45, 80, 30), (200, 40, 40), (225, 180, 150)


def key(index: int, rgb: NDArray[np.uint8]) -> Key:
    return Key(index, 0, rgb, np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8), np.eye(3))


def box(top: int, bottom: int, left: int, right: int) -> NDArray[np.bool_]:
    mask = np.zeros((HIGH, WIDE), np.bool_)
    mask[top:bottom, left:right] = True
    return mask


def test_legs_come_back_and_the_shadow_does_not() -> None:
    body, legs, shadow = box(20, 50, 60, 80), box(50, 70, 66, 70), box(70, 74, 66, 110)
    rgb = np.empty((HIGH, WIDE, 3), np.uint8)
    rgb[:] = GRASS
    for mask, color in ((shadow, SHADE), (body, RED), (legs, SKIN)):
        rgb[mask] = color
    found = with_limbs([key(0, rgb)], [body], [body | legs | shadow])[0]
    assert found[legs].mean() > 0.8
    assert found[shadow & ~box(68, 76, 60, 80)].mean() < 0.05
    assert (found & ~(body | legs | shadow)).mean() < 0.005


def still_survey() -> Survey:
    blank = np.zeros((HIGH, WIDE, 3), np.uint8)
    return Survey(tuple(key(8 * k, blank) for k in range(6)), (np.eye(3),) * 48, 1.0, still=True, num_takes=1)


@pytest.mark.parametrize(("step_px", "found"), [(0, True), (16, False)])
def test_feet_that_rest_are_known_from_a_moment_before(step_px: int, found: bool) -> None:
    masks = [box(20, 60, 10 + step_px * k, 24 + step_px * k) for k in range(6)]
    masks[3] = masks[3] & ~box(50, HIGH, 0, WIDE)
    mattes = Mattes(tuple(mask.astype(np.float32) for mask in masks), by_motion=True)
    whole = with_missed_feet(still_survey(), mattes).masks[3]
    own = 10 + 3 * step_px
    assert bool(whole[50:60, own : own + 14].all()) is found


def test_who_passes_by_is_not_the_subject() -> None:
    blank = np.zeros((HIGH, WIDE, 3), np.uint8)
    survey = Survey(
        tuple(key(8 * k, blank) for k in range(6)), (np.eye(3),) * 48, 1.0, still=True, num_takes=1
    )
    woman = [box(30, 70, 20 + 2 * k, 32 + 2 * k) for k in range(6)]
    car = [box(40, 60, 110 + 10 * k, 140 + 10 * k) if k < 2 else box(0, 0, 0, 0) for k in range(6)]
    masks = tuple((a | b).astype(np.float32) for a, b in zip(woman, car, strict=True))
    left = without_passing(survey, Mattes(masks, by_motion=True)).masks
    assert all(np.array_equal(mask > 0.5, own) for mask, own in zip(left, woman, strict=True))
    both = tuple((a | b).astype(np.float32) for a, b in zip(woman, [box(40, 60, 110, 140)] * 6, strict=True))
    assert without_passing(survey, Mattes(both, by_motion=True)).masks[3][50, 120] == 1


def test_a_zoom_to_a_face_ends_with_the_face_in_the_middle() -> None:
    view = View(move=Move.PUSH_IN, aim=Thing("her face", region=Region.HEAD))
    framing = Reframing(view, 25, 640, 360, lambda _: (0.3, 0.25, 0.15))
    assert framing.window(0) == (0.5, 0.5, 1.0)
    x, y, zoom = framing.window(24)
    assert abs(x - 0.3) < 1e-6
    assert abs(y - 0.25) < 1e-6
    assert 0.4 < 0.15 * zoom < 0.6
    assert [framing.window(k)[2] for k in range(25)] == sorted(framing.window(k)[2] for k in range(25))
