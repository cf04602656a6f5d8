"""Passages: the pieces of a shot that the camera does one thing in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kirin_video.engines.previs.plan import Beat, Framing, Move, ShotPlan, Technique, side_of_whip

_UNASKED_ENERGY = 0.6
_SHORTEST = 6
"""Frames; shorter passages are left out."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What the camera does for a while.

    Attributes:
        first: its first frame.
        end: the frame after its last.
        framing: how the picture is taken.
        move: what the camera does.
        energy: how far it goes.
        techniques: what it does beside.
        cut: whether it begins as a new shot rather than where the last passage ended.
        reframed: whether its framing differs from the last passage's, without a cut.
        focus: number of the subject that it looks at first; None leaves it at the leading one.
        thrown: to which side the camera is thrown at its end, into a whip that hides the cut: -1 is left, 1
            right; 0 where it is not.
        caught: whether it begins where the camera of another shot was thrown.
    """

    first: int
    end: int
    framing: Framing
    move: Move
    energy: float
    techniques: tuple[Technique, ...] = ()
    cut: bool = True
    reframed: bool = False
    focus: int | None = None
    thrown: int = 0
    caught: bool = False

    @property
    def frames(self) -> range:
        """The numbers of its frames."""
        return range(self.first, self.end)

    def u(self, frame: int) -> float:
        """Linear time at a frame, 0 at its first and 1 at its last."""
        return (frame - self.first) / max(self.end - 1 - self.first, 1)


def passages_of(plan: ShotPlan, num_frames: int) -> tuple[Passage, ...]:
    """The passages of a shot in one world, in order and without gaps.

    Args:
        plan: what will be shown.
        num_frames: how many frames.
    """
    found = [
        Passage(0, num_frames, plan.framing, plan.move, plan.energy, plan.techniques, caught=plan.caught)
    ]
    for beat in plan.beats:
        at = round(beat.start * num_frames)
        if not _concerns_camera(beat) or min(at - found[-1].first, num_frames - at) < _SHORTEST:
            continue
        whipped = side_of_whip(beat.move) if beat.cut and Technique.WHIP in beat.techniques else 0
        found[-1] = replace(found[-1], end=at, thrown=whipped)
        found.append(_later(beat, found[-1], at, num_frames))
    found[-1] = replace(found[-1], thrown=plan.thrown)
    return tuple(found)


def _concerns_camera(beat: Beat) -> bool:
    return beat.cut or beat.move is not None or beat.framing is not None or bool(beat.techniques)


def _later(beat: Beat, before: Passage, at: int, end: int) -> Passage:
    """The passage that a beat begins."""
    asked = beat.move is not None
    return Passage(
        first=at,
        end=end,
        framing=beat.framing or (Framing() if beat.cut else before.framing),
        move=beat.move or (Move.PUSH_IN if beat.cut else Move.STILL),
        energy=beat.energy if asked else _UNASKED_ENERGY,
        techniques=beat.techniques,
        cut=beat.cut,
        caught=beat.cut,
        reframed=not beat.cut and beat.framing is not None,
        focus=beat.subjects[0] if beat.cut and beat.subjects else before.focus,
    )
