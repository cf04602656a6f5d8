"""Things that stay as they were while all around them is edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kirin_video.engines.previs.footage.material import Material
from kirin_video.engines.previs.footage.matting import Matting
from kirin_video.engines.previs.footage.mixing import mix
from kirin_video.engines.previs.footage.passes import Pass
from kirin_video.engines.previs.footage.subjects import Matter
from kirin_video.media.frames import I420Frame, new_i420


class Sparing:
    """Edits that spare some things: those are laid back over every frame as they were.

    Args:
        matters: know the things.
        passes: the edits, none of which moves what is in the picture.
        size: width and height of the frames.
    """

    def __init__(self, matters: Sequence[Matter], passes: Sequence[Pass], size: tuple[int, int]) -> None:
        self._matters, self._passes = matters, passes
        self._was = new_i420(*size)

    def apply(self, frame: I420Frame, index: int) -> I420Frame:
        """Edit a frame but for what is spared."""
        was = self._was
        was.y[:], was.u[:], was.v[:] = frame.y, frame.u, frame.v
        shares = [matter.alpha(was, index) for matter in self._matters]
        for edit in self._passes:
            frame = edit.apply(frame, index)
        for share in shares:
            mix(was.y, frame.y, share.luma, frame.y)
            mix(was.u, frame.u, share.chroma, frame.u)
            mix(was.v, frame.v, share.chroma, frame.v)
        return frame


def spared(material: Material, passes: Iterable[Pass]) -> Iterator[Pass]:
    """Edits of the whole picture as they are, or all in one that spares what the prompt wants kept."""
    wanted = list(passes)
    matters = [*_kept(material)] if wanted else []
    if matters:
        yield Sparing(matters, wanted, material.size)
    else:
        yield from wanted


def _kept(material: Material) -> Iterator[Matter]:
    for thing in material.plan.kept:
        found = material.finder.find_whole(thing)
        material.say("no_spared" if found is None else "spared", thing.words)
        if found is not None:
            yield Matting(material.tracked(found.mattes), *material.size)
