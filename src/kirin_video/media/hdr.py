"""Footage of high dynamic range brought to BT.709: what a phone films as HDR keeps its middle tones.

The transfer functions are those of ITU-R BT.2100: PQ (SMPTE ST 2084) and HLG (ARIB STD-B67, shown at 1000
candela). Reference white is 203 candela (ITU-R BT.2408); what is brighter is bent softly under white.
"""

# ruff: noqa: PLR2004 - the numbers of the standards
from __future__ import annotations

from functools import cached_property
from typing import Final

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from kirin_video.media.colour import rgb_to_i420
from kirin_video.media.frames import I420Frame
from kirin_video.media.pyav import plane_view

Plane = NDArray[np.float32]

PQ: Final = 16
HLG: Final = 18
"""AVColorTransferCharacteristic of ISO/IEC 23091-2."""

_BT2020: Final = 9
_WHITE_CD: Final = 203.0
_HLG_PEAK_CD: Final = 1000.0
_KNEE: Final = 0.6
_LEVELS: Final = 4096
_TO_BT709: Final = np.array(
    [[1.660491, -0.587641, -0.072850], [-0.124550, 1.132900, -0.008349], [-0.018151, -0.100579, 1.118730]],
    np.float32,
)  # linear light of BT.2020 primaries, ITU-R BT.2087


def is_hdr(frame: av.VideoFrame) -> bool:
    """Whether a frame says that it is PQ or HLG."""
    return frame.color_trc in {PQ, HLG}


class ToneMapper:
    """Brings frames of one transfer function to BT.709.

    Args:
        transfer: :data:`PQ` or :data:`HLG`.
    """

    def __init__(self, transfer: int) -> None:
        self._transfer = transfer
        self._reformatter = VideoReformatter()

    def mapped(self, frame: av.VideoFrame, width: int, height: int) -> I420Frame:
        """A frame at another size, BT.709, limited range, 8 bits."""
        light = self._linear[self._codes(frame, width, height)] @ _TO_BT709.T
        brightest = np.maximum(light.max(axis=2, keepdims=True), np.float32(1e-6))
        light *= _bent(brightest) / brightest  # all three alike, so that no hue shifts
        places = np.sqrt(light.clip(0, 1)) * np.float32(_LEVELS - 1)
        return rgb_to_i420(self._encoded[places.astype(np.uint16)])

    def _codes(self, frame: av.VideoFrame, width: int, height: int) -> NDArray[np.uint16]:
        """Red, green and blue as they are coded, 12 bits, (h, w, 3)."""
        full = frame.color_range == ColorRange.JPEG
        rgb = self._reformatter.reformat(
            frame,
            width=width,
            height=height,
            format="rgb48le",
            src_colorspace=None if frame.colorspace == _BT2020 else Colorspace.BT2020,
            src_color_range=ColorRange.JPEG if full else ColorRange.MPEG,
            dst_color_range=ColorRange.JPEG,
            interpolation=Interpolation.BICUBIC | Interpolation.ACCURATE_RND,
            threads=1,
        )
        rows = plane_view(rgb, 0)[:height, : width * 6]
        return np.ascontiguousarray(rows).view("<u2").reshape(height, width, 3) >> np.uint16(4)

    @cached_property
    def _linear(self) -> Plane:
        """Light of each code, 1.0 being reference white: float32, (4096,)."""
        code = np.arange(_LEVELS) / (_LEVELS - 1)
        light = _pq(code) if self._transfer == PQ else _hlg(code)
        return (light / _WHITE_CD).astype(np.float32)

    @cached_property
    def _encoded(self) -> NDArray[np.uint8]:
        """Codes of light for a screen of gamma 2.4 (BT.1886), by its square root: uint8, (4096,)."""
        light = (np.arange(_LEVELS) / (_LEVELS - 1)) ** 2
        return (255 * light ** (1 / 2.4) + 0.5).astype(np.uint8)


def _pq(code: NDArray[np.float64]) -> NDArray[np.float64]:
    """Candela a square metre, BT.2100 table 4."""
    m1, m2, c1, c2, c3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
    root = code ** (1 / m2)
    return 10000.0 * (np.maximum(root - c1, 0) / (c2 - c3 * root)) ** (1 / m1)


def _hlg(code: NDArray[np.float64]) -> NDArray[np.float64]:
    """Candela a square metre on a screen of 1000, BT.2100 table 5, its gamma applied to each colour."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(code <= 0.5, code**2 / 3, (np.exp((code - c) / a) + b) / 12)
    return _HLG_PEAK_CD * scene**1.2


def _bent(light: Plane) -> Plane:
    """Straight up to the knee, then ever closer to 1.0."""
    over = np.maximum(light - np.float32(_KNEE), 0) / np.float32(1 - _KNEE)
    soft = np.float32(_KNEE) + np.float32(1 - _KNEE) * (1 - np.exp(-over))
    return np.where(light <= _KNEE, light, soft).astype(np.float32)
