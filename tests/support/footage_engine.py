"""An engine for tests that works from footage: it decodes it, and says what it was given."""

from __future__ import annotations

from collections.abc import Iterator

import av
import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import Clip, Shot
from kirin_video.engines.base import Feature, Rendering, Report


class FootageEngine:
    """Draws the mean brightness of each frame of the footage, nearest in time; its facts repeat the shot."""

    name = "footage"
    worker_class = "cpu"
    features = frozenset({Feature.BASE_VIDEO, Feature.FEATURE_VIDEO, Feature.REFERENCE_IMAGES})

    def render(self, shot: Shot, report: Report) -> Rendering:
        del report
        clip = shot.base or shot.feature
        assert clip is not None
        facts = {
            "is_base": shot.base is not None,
            "clip": [clip.width, clip.height, round(clip.duration_s, 3), clip.has_sound],
            "keep_sound": shot.keep_sound,
            "pictures": [picture.path.suffix for picture in shot.images],
        }
        return Rendering(frames=_frames(shot, clip), facts=facts)


def _frames(shot: Shot, clip: Clip) -> Iterator[NDArray[np.uint8]]:
    with av.open(str(clip.path), format="mov") as movie:
        greys = [
            (frame.time, int(frame.reformat(16, 16, "gray").to_ndarray().mean()))
            for frame in movie.decode(video=0)
        ]
    times = np.array([time for time, _ in greys])
    times -= times[0]
    for index in range(shot.num_frames):
        nearest = int(np.abs(times - index / 24).argmin())
        yield np.full((shot.height, shot.width, 3), greys[nearest][1], np.uint8)
