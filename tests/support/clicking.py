"""Footage whose sound clicks at known times, and an ear that hears when."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

CLICKS_S = (0.5, 1.25, 2.0, 2.9)
LENGTH_S = 3.2
_FORMATS = {"aac": "fltp", "ac3": "fltp", "libmp3lame": "fltp", "pcm_s16le": "s16", "alac": "s16p"}


def save_clicking(  # noqa: PLR0913
    path: Path,
    codec: str = "aac",
    layout: str = "stereo",
    *,
    rate: int = 48000,
    sound_from_s: float = 0.0,
    pictures_from_s: float = 0.0,
    tone: float = 0.0,
) -> Path:
    """A small movie of grey frames whose channels all click at ``CLICKS_S`` after its sound begins.

    A tone as loud as asked for sounds all the time beside the clicks.
    """
    with av.open(str(path), "w", format="mov") as movie:
        pictures = movie.add_stream("libx264", rate=25, width=128, height=96)
        pictures.options = {"preset": "ultrafast", "bf": "2"}
        voice = movie.add_stream(codec, rate=rate, layout=layout, format=_FORMATS[codec])
        for k in range(round(LENGTH_S * 25)):
            frame = av.VideoFrame.from_ndarray(np.full((144, 128), 40 + k, np.uint8), "yuv420p")
            frame.pts, frame.time_base = k + round(pictures_from_s * 25), Fraction(1, 25)
            movie.mux(pictures.encode(frame))
        movie.mux(pictures.encode(None))
        pts = round(sound_from_s * rate)
        for frame in _frames(_clicks(layout, rate, tone), layout, rate, _FORMATS[codec], voice):
            frame.pts, frame.time_base = pts, Fraction(1, rate)
            pts += frame.samples
            movie.mux(voice.encode(frame))
        movie.mux(voice.encode(None))
    return path


def heard_clicks_s(path: Path) -> list[list[float]]:
    """When each channel of a movie clicks; a channel that says nothing is empty."""
    with av.open(str(path)) as movie:
        stream = movie.streams.audio[0]
        loud: list[list[float]] = [[] for _ in range(stream.layout.nb_channels)]
        for frame in movie.decode(stream):
            assert frame.time is not None
            for channel, samples in enumerate(np.abs(frame.to_ndarray())):
                onsets = np.flatnonzero(samples > 0.3) / stream.rate + frame.time
                loud[channel].extend(float(at) for at in onsets if at >= 0)
    return [[b for a, b in pairwise([-1.0, *times]) if b - a > 0.1] for times in loud]


def _clicks(layout: str, rate: int, tone: float) -> NDArray[np.float32]:
    pcm = np.zeros((av.AudioLayout(layout).nb_channels, round(LENGTH_S * rate)), np.float32)
    pcm += tone * np.sin(np.arange(pcm.shape[1]) * 0.06, dtype=np.float32)
    for time in CLICKS_S:
        at = round(time * rate)
        pcm[:, at : at + rate // 200] = 0.8 * np.sin(np.arange(rate // 200) * 0.9)
    return pcm


def _frames(
    pcm: NDArray[np.float32], layout: str, rate: int, kind: str, voice: av.AudioStream
) -> Iterator[av.AudioFrame]:
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(pcm.T).reshape(1, -1), "flt", layout)
    frame.sample_rate = rate
    fifo = av.AudioFifo()
    for made in av.AudioResampler(kind, layout, rate).resample(frame):
        made.pts = None
        fifo.write(made)
    while (part := fifo.read(voice.codec_context.frame_size or 1024, partial=True)) is not None:
        yield part
