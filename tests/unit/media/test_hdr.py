"""Footage of high dynamic range: the light of BT.2100's own examples, and greys that stay grey."""

from __future__ import annotations

import av
import numpy as np
import pytest
from av.video.reformatter import ColorRange, Colorspace

from kirin_video.media.film import Planes
from kirin_video.media.hdr import HLG, PQ

SIZE = (64, 32)
_BT2020 = 9


def grey(code: float, transfer: int, tint: tuple[float, float, float] = (1.0, 1.0, 1.0)) -> av.VideoFrame:
    """A 10-bit frame of one colour, coded as BT.2100 codes it."""
    width, height = SIZE
    rgb = np.empty((height, width, 3), np.uint16)
    rgb[:] = np.round(65535 * code * np.array(tint)).astype(np.uint16)
    frame = av.VideoFrame.from_ndarray(rgb, "rgb48le").reformat(
        format="yuv420p10le",
        dst_colorspace=Colorspace.BT2020,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
    )
    frame.color_trc, frame.colorspace, frame.color_primaries = transfer, _BT2020, _BT2020
    frame.color_range = ColorRange.MPEG
    return frame


def shown(frame: av.VideoFrame) -> tuple[float, float, float]:
    """Mean Y, Cb and Cr of what is made of it."""
    planes = Planes(*SIZE, 0)
    planes.take(frame)
    whole = np.frombuffer(planes.as_bytes(), np.uint8)
    count = SIZE[0] * SIZE[1]
    luma, blue, red = whole[:count], whole[count : count * 5 // 4], whole[count * 5 // 4 :]
    return float(luma.mean()), float(blue.mean()), float(red.mean())


@pytest.mark.parametrize(
    ("transfer", "white", "grey_card"),
    [(PQ, 0.58, 0.38), (HLG, 0.75, 0.38)],  # ITU-R BT.2408, table 1: 203 and about 26 candela
)
def test_reference_levels_look_as_they_did(transfer: int, white: float, grey_card: float) -> None:
    bright, *colour = shown(grey(white, transfer))
    middle, *_ = shown(grey(grey_card, transfer))
    assert 205 < bright < 232, "reference white is bright and leaves room for what is brighter"
    assert 90 < middle < 135, "a grey card stays in the middle"
    assert colour == pytest.approx([128, 128], abs=1.5)


@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_brighter_stays_brighter_and_black_stays_black(transfer: int) -> None:
    levels = [shown(grey(code, transfer))[0] for code in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)]
    assert levels == sorted(levels)
    assert levels[0] == pytest.approx(16, abs=1)
    assert levels[-1] <= 235.5
    assert len(set(np.round(levels))) >= 5


def test_a_bright_red_stays_red() -> None:
    _, blue, red = shown(grey(0.75, HLG, (1.0, 0.35, 0.3)))
    assert red > 165
    assert blue < 125
