"""An engine for tests that works from elements: it shows their colours, and says what it was given."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from kirin_video.domain.shot import Picture, Shot
from kirin_video.engines.base import Feature, Rendering, Report


class SubjectEngine:
    """Draws stripes, one for each subject, in the mean colour of its frontal picture."""

    name = "subjects"
    worker_class = "cpu"
    features = frozenset({Feature.TEXT, Feature.ELEMENTS, Feature.REFERENCE_IMAGES})

    def render(self, shot: Shot, report: Report) -> Rendering:
        del report
        colours = [_mean(subject.pictures[0]) for subject in shot.subjects]
        facts = {
            "subjects": [
                {
                    "name": subject.name,
                    "description": subject.description,
                    "sizes": [[picture.width, picture.height] for picture in subject.pictures],
                    "colour": colour,
                }
                for subject, colour in zip(shot.subjects, colours, strict=True)
            ]
        }
        return Rendering(frames=_frames(shot, colours or [[0, 0, 0]]), facts=facts)


def _mean(picture: Picture) -> list[int]:
    """Red, green and blue of a whole picture."""
    read = cv2.imread(str(picture.path), cv2.IMREAD_COLOR)
    assert read is not None
    assert read.shape[:2] == (picture.height, picture.width)
    return [round(float(channel)) for channel in read.reshape(-1, 3).mean(axis=0)[::-1]]


def _frames(shot: Shot, colours: list[list[int]]) -> Iterator[NDArray[np.uint8]]:
    frame = np.empty((shot.height, shot.width, 3), np.uint8)
    for stripe, colour in zip(np.array_split(frame, len(colours), axis=1), colours, strict=True):
        stripe[:] = colour
    for _ in range(shot.num_frames):
        yield frame
