from __future__ import annotations

import numpy as np
import pytest

from kirin_video.media.frames import I420Frame, new_i420, one_buffer


def test_planes_of_a_new_frame_lie_one_after_the_other() -> None:
    frame = new_i420(6, 4)
    frame.y[:], frame.u[:], frame.v[:] = 1, 2, 3
    buffer = one_buffer(frame)
    assert buffer is not None
    assert buffer.shape == (6, 6)
    assert buffer.ravel().tolist() == [1] * 24 + [2] * 6 + [3] * 6
    assert np.shares_memory(buffer, frame.v)


def test_planes_apart_have_no_common_buffer() -> None:
    frame = new_i420(6, 4)
    assert one_buffer(I420Frame(frame.y.copy(), frame.u, frame.v)) is None
    assert one_buffer(I420Frame(frame.y, frame.v, frame.u)) is None
    assert one_buffer(I420Frame(np.zeros((4, 12), np.uint8)[:, :6], frame.u, frame.v)) is None


def test_a_copy_shares_nothing() -> None:
    frame = new_i420(6, 4)
    frame.y[:], frame.u[:], frame.v[:] = 1, 2, 3
    copy = frame.copied()
    frame.y[:], frame.u[:], frame.v[:] = 0, 0, 0
    assert (copy.y.mean(), copy.u.mean(), copy.v.mean()) == (1, 2, 3)
    assert (copy.width, copy.height) == (6, 4)


@pytest.mark.parametrize(("width", "height"), [(5, 4), (4, 5), (0, 4), (4, -2)])
def test_odd_or_empty_sizes_are_refused(width: int, height: int) -> None:
    with pytest.raises(ValueError, match="even sides"):
        new_i420(width, height)
