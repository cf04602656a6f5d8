"""Another sky over footage, all under it as it was."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from kirin_video.engines.previs.footage.backdrops import World, one_picture
from kirin_video.engines.previs.footage.edits import Region, Resky
from kirin_video.engines.previs.footage.material import Material, named
from kirin_video.engines.previs.footage.matting import Alpha, Matting
from kirin_video.engines.previs.footage.passes import Pass
from kirin_video.engines.previs.footage.scenery import Sky, reached_sky
from kirin_video.engines.previs.footage.subjects import BeforeBackdrop
from kirin_video.engines.previs.plan import TimeOfDay
from kirin_video.media.frames import I420Frame


class Beneath:
    """Everything but the sky.

    Args:
        matting: where the sky is.
    """

    def __init__(self, matting: Matting) -> None:
        self._matting = matting

    def alpha(self, frame: I420Frame, index: int) -> Alpha:
        """The matte of a frame: all that is not sky."""
        sky = self._matting.alpha(frame, index)
        level = cv2.resize(frame.y, sky.small.shape[::-1], interpolation=cv2.INTER_AREA)
        luma = reached_sky(frame.y, sky.luma, np.asarray(level, np.float32), sky.small)
        half = (frame.width // 2, frame.height // 2)
        chroma = np.asarray(cv2.resize(luma, half, interpolation=cv2.INTER_AREA), np.uint8)
        return Alpha(~luma, ~chroma, 1 - sky.small)


def sky_passes(material: Material, edit: Resky) -> Iterator[Pass]:
    """What another sky does to each frame; nothing where there is no sky, which is told."""
    sky = material.finder.region(Region.SKY)
    if sky is None:
        material.not_found(edit.thing)
        return
    matting = Matting(material.tracked(sky), *material.size)
    colors = None if edit.reference else Sky.wanted(edit.air)
    if colors is not None:
        if edit.air.phenomena:
            material.say("phenomenon", ", ".join(edit.air.phenomena).replace("_", " "))
        yield Sky(matting, colors, material.size, stars=edit.air.time is TimeOfDay.NIGHT)
        return
    if edit.reference is None:
        from kirin_video.engines.previs.footage.worlds import background_world  # noqa: PLC0415 - brings OpenGL

        shot = material.shot
        material.say("new_sky", edit.words)
        frames = background_world(
            edit.words, seed=shot.seed, width=shot.width, height=shot.height, num_frames=shot.num_frames
        )
        yield BeforeBackdrop(Beneath(matting), World(frames), matched=False)
        return
    picture = material.picture(edit.reference)
    if picture is None:
        material.say("no_reference", named(edit.reference))
        return
    yield BeforeBackdrop(Beneath(matting), one_picture(picture, *material.size), matched=False)
