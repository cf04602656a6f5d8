"""A style laid over footage, as one of its edits."""

from __future__ import annotations

from typing import Self

from kirin_video.domain.shot import Picture
from kirin_video.engines.previs.looks import Look, make_look, make_picture_look
from kirin_video.engines.previs.photo.picture import read_upright
from kirin_video.engines.previs.plan import Style
from kirin_video.media.frames import I420Frame


class Styling:
    """Paints every frame anew.

    Args:
        look: the style at work on this clip.
    """

    def __init__(self, look: Look) -> None:
        self._look = look

    @classmethod
    def of(cls, style: Style, size: tuple[int, int], seed: int) -> Self | None:
        """What a style asks for; None for those that leave the picture as it is."""
        look = make_look(style, width=size[0], height=size[1], seed=seed)
        return None if look is None else cls(look)

    @classmethod
    def of_picture(cls, picture: Picture, size: tuple[int, int], seed: int) -> Self:
        """What the style of a picture asks for: its colours, its contrast, and the technique nearest to it.

        Raises:
            TaskFailure: the picture cannot be decoded.
        """
        width, height = size
        return cls(make_picture_look(read_upright(picture), width=width, height=height, seed=seed))

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Paint a frame; the planes are valid until the next one."""
        del index
        return self._look.apply(frame)
