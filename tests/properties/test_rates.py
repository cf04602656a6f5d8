"""However requests come, no window lets through more than its quota, nor fewer while there is room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kirin_video.domain.access import WINDOW_S
from kirin_video.services.rates import CountReads

PAUSES_S = st.lists(st.floats(0, 2.0 * WINDOW_S, allow_nan=False), max_size=60)


@given(quota=st.integers(1, 8), pauses_s=PAUSES_S)
def test_reads_in_every_window(quota: int, pauses_s: list[float]) -> None:
    now_s = 0.0
    count = CountReads(lambda: now_s)
    began_s, let_through = 0.0, 0
    for pause_s in pauses_s:
        now_s += pause_s
        if now_s - began_s >= WINDOW_S or let_through == 0:
            began_s, let_through = now_s, 0
        standing = count("a", quota)
        assert standing.is_over == (let_through == quota)
        let_through += not standing.is_over
        assert standing.remaining == quota - let_through
        assert 0 < standing.reset_s <= WINDOW_S
        assert standing.reset_s == WINDOW_S - (now_s - began_s)
