"""What goes its way by the clock: where a piece is between its cues."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.bodies.hard.going import Floats, eased
from kirin_video.engines.previs.bodies.hard.mechanism import Course
from kirin_video.engines.previs.bodies.posing import about, spun


def gone_by_clock(course: Course, times: Floats) -> Floats:
    """How a piece stands to its rest at every moment, (f, 3, 4).

    Args:
        course: its cues.
        times: float64, (f,), seconds.
    """
    starts = np.array([cue.at_s for cue in course.cues])
    cues = np.array([(*cue.move, *cue.size, np.radians(cue.turn_deg)) for cue in course.cues])
    after = np.clip(np.searchsorted(starts, times, side="right"), 1, len(starts) - 1)
    span = np.maximum(starts[after] - starts[after - 1], 1e-6)
    gone = np.clip((times - starts[after - 1]) / span, 0.0, 1.0)
    even = np.array([cue.even for cue in course.cues])[after]
    share = np.where(even, gone, eased(gone))[:, None]
    now = cues[after - 1] + (cues[after] - cues[after - 1]) * share
    stretch = np.zeros((len(times), 3, 3))
    stretch[:, range(3), range(3)] = now[:, 3:6]
    turn = spun(np.array(course.axis, np.float64), now[:, 6])
    return about(turn @ stretch, np.array(course.pivot, np.float64), now[:, :3])
