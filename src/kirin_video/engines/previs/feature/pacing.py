"""A plan at the pace of footage: its cuts, and how fast its camera goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from kirin_video.domain.prompt import Prompt, read_prompt
from kirin_video.engines.previs.given_camera import ACROSS, AHEAD, LIFT, RIGHT, UP, ZOOM, GivenCamera
from kirin_video.engines.previs.plan import Beat, Framing, Move, ShotPlan, ShotSize

_USUAL_SPEED: Final = 0.07
"""Pictures a second that a calm move of this engine goes."""
_USUAL_WAY, _NO_MOVE, _AGAINST = 0.3, 0.02, 0.3
_OTHER_WAY: Final = {
    Move.PAN_RIGHT: Move.PAN_LEFT,
    Move.TILT_UP: Move.TILT_DOWN,
    Move.TRACK_RIGHT: Move.TRACK_LEFT,
    Move.ORBIT_RIGHT: Move.ORBIT_LEFT,
    Move.CRANE_UP: Move.CRANE_DOWN,
    Move.PUSH_IN: Move.PULL_OUT,
}
_SLOWEST, _FASTEST = 0.35, 2.2
_SIZES: Final = {
    None: (ShotSize.CLOSE_UP, ShotSize.WIDE, ShotSize.MEDIUM),
    ShotSize.WIDE: (ShotSize.MEDIUM, ShotSize.CLOSE_UP, ShotSize.FULL),
    ShotSize.EXTREME_WIDE: (ShotSize.FULL, ShotSize.MEDIUM, ShotSize.WIDE),
    ShotSize.FULL: (ShotSize.CLOSE_UP, ShotSize.WIDE, ShotSize.MEDIUM),
    ShotSize.MEDIUM: (ShotSize.WIDE, ShotSize.CLOSE_UP, ShotSize.FULL),
    ShotSize.MEDIUM_CLOSE_UP: (ShotSize.WIDE, ShotSize.CLOSE_UP, ShotSize.FULL),
    ShotSize.CLOSE_UP: (ShotSize.WIDE, ShotSize.MEDIUM, ShotSize.FULL),
    ShotSize.EXTREME_CLOSE_UP: (ShotSize.FULL, ShotSize.CLOSE_UP, ShotSize.WIDE),
}
"""What a cut goes to that only footage asks for, in turn, by the size of the first shot."""
_THEN: Final = re.compile(
    r"(?:\s*[,;.]\s*|\s+)(?:and )?(?:then|next|after that|finally|followed by),? "
    r"(?=(?:an?|one|two|three|some|several) (?!camera|shot|view))",
    re.IGNORECASE,
)
_THEN_ZH: Final = re.compile(
    r"\s*[\uff0c,\u3002\uff1b;\u3001]?\s*(?:(?:然后|接着|随后|之后|最后|再)是|(?:然后|接着|随后|之后|最后)(?=[一两二三几]))"
)
"""What leads on to somebody or something new: another shot, where footage cuts."""


def with_cuts(plan: ShotPlan, cuts: Sequence[int], num_frames: int) -> ShotPlan:
    """A plan that cuts where footage does.

    The cuts that the prompt asks for come first, in order, and take its other beats along; the footage's
    further ones are other sizes of the same.

    Args:
        plan: as the prompt has it.
        cuts: frames of the clip.
        num_frames: length of the clip.
    """
    if not cuts:
        return plan
    shares = [round(cut / num_frames, 4) for cut in cuts]
    own = [beat.start for beat in plan.beats if beat.cut]
    moved = _moved(plan.beats, own, shares)
    left = shares[len(own) :] if len(own) < len(shares) else []
    sizes = _SIZES[plan.framing.size]
    new = [
        Beat(
            start,
            "",
            move=Move.STILL,
            cut=True,
            framing=replace(_bare(plan.framing), size=sizes[k % len(sizes)]),
        )
        for k, start in enumerate(left)
    ]
    return replace(plan, beats=tuple(sorted([*moved, *new], key=lambda beat: beat.start)))


def told_in_shots(prompt: Prompt) -> Prompt:
    """A prompt whose "then a ..." are cuts: whoever is new in footage that cuts has a shot of his own."""
    return read_prompt(_THEN_ZH.sub("。切到", _THEN.sub(". Cut to ", prompt.source)))


def at_speed(plan: ShotPlan, speed: float) -> ShotPlan:
    """A plan whose camera goes as fast as one that goes over so many pictures a second."""
    share = min(max(speed / _USUAL_SPEED, _SLOWEST), _FASTEST)
    beats = tuple(replace(beat, energy=beat.energy * share) for beat in plan.beats)
    return replace(plan, energy=plan.energy * share, beats=beats)


def with_nearest_move(plan: ShotPlan, camera: GivenCamera) -> ShotPlan:
    """A plan whose camera does the one of our moves that comes nearest to a way."""
    poses = camera.poses
    change = poses[-1] - poses[0]
    turned, gone = change[[ACROSS, UP]], change[[RIGHT, LIFT]]
    # Round something: the camera turns against where it goes.
    around = -float(turned[0] * gone[0]) > _AGAINST * float(gone[0]) ** 2
    strengths = {
        Move.PAN_RIGHT: float(turned[0]) * (not around),
        Move.TILT_UP: float(turned[1]),
        Move.TRACK_RIGHT: float(gone[0]) * (not around),
        Move.ORBIT_RIGHT: float(gone[0]) * around,
        Move.CRANE_UP: float(gone[1]),
        Move.PUSH_IN: float(change[ZOOM] + change[AHEAD]),
    }
    move = max(strengths, key=lambda name: abs(strengths[name]))
    strength = abs(strengths[move])
    if strength < _NO_MOVE:
        return replace(plan, move=Move.STILL, beats=())
    chosen = move if strengths[move] > 0.0 else _OTHER_WAY[move]
    energy = min(max(strength / _USUAL_WAY, _SLOWEST), _FASTEST)
    return replace(plan, move=chosen, energy=energy, techniques=())


def _moved(beats: Sequence[Beat], own: Sequence[float], shares: Sequence[float]) -> list[Beat]:
    """Beats whose cuts lie where the footage's do, and the others between them."""
    pairs = list(zip(own, shares, strict=False))
    if not pairs:
        return list(beats)
    at, to = [0.0, *(a for a, _ in pairs), 1.0], [0.0, *(b for _, b in pairs), 1.0]
    return [replace(beat, start=round(float(np.interp(beat.start, at, to)), 4)) for beat in beats]


def _bare(framing: Framing) -> Framing:
    """A framing without a side: a cut shows another one."""
    return replace(framing, angle=None, also=None)
