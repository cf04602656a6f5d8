"""Rendering a shot that borrows from footage: the entry of this package."""

from __future__ import annotations

from typing import Final

from kirin_video.domain.errors import Fault, TaskFailure
from kirin_video.domain.shot import Clip, Shot
from kirin_video.engines.base import Progress, Rendering, Report
from kirin_video.engines.previs.feature.borrowing import Borrowing, PictureRoad
from kirin_video.engines.previs.feature.following import follow_on
from kirin_video.engines.previs.feature.pacing import told_in_shots
from kirin_video.engines.previs.feature.scenes import read_edge
from kirin_video.engines.previs.feature.watch import watch
from kirin_video.engines.previs.feature.wishes import Trait, load_words, read_wish
from kirin_video.media.errors import UnreadableClip
from kirin_video.media.footage import Footage

_UNREADABLE: Final = "video_list[0]: The video cannot be decoded to its end."


def render_feature(shot: Shot, clip: Clip, report: Report, of_pictures: PictureRoad) -> Rendering:
    """Make a new shot with what the prompt takes from footage.

    Args:
        shot: the shot.
        clip: the footage.
        report: told how far the preparations are.
        of_pictures: makes shots that have a first frame.

    Raises:
        TaskFailure: the footage or a picture cannot be decoded, or this machine cannot draw.
    """
    words = load_words()
    wish = read_wish(shot.prompt, words)
    report(Progress("watching the video", 0.1))
    try:
        with Footage() as footage:
            watched = watch(footage, clip)
            edge = None if wish.follows is None else read_edge(footage, clip, wish.follows)
    except UnreadableClip as error:
        raise TaskFailure(Fault.VIDEO_REJECTED, _UNREADABLE) from error
    cuts = len(watched.paths) > 1 and bool(wish.traits & {Trait.CAMERA, Trait.PACE}) and wish.follows is None
    shot = shot.model_copy(update={"prompt": told_in_shots(wish.prompt) if cuts else wish.prompt})
    borrowing = Borrowing(shot, wish, watched, words)
    borrowing.say_of_sound(clip)
    if edge is not None and wish.follows is not None and shot.first_frame is None:
        report(Progress("looking at the scene", 0.5))
        try:
            return follow_on(borrowing, edge, wish.follows, of_pictures, report)
        except UnreadableClip as error:
            raise TaskFailure(Fault.VIDEO_REJECTED, _UNREADABLE) from error
    if shot.first_frame is not None:
        return borrowing.of_pictures(of_pictures, report)
    report(Progress("building the world", 0.6))
    return borrowing.rendering()
