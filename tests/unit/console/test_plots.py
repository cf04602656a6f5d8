import pytest

from kirin_video.console.plots import bar_plot, round_top


@pytest.mark.parametrize(
    ("value", "top"),
    [(0, 1), (0.3, 0.5), (1, 1), (1.2, 2), (2.4, 2.5), (7, 10), (99, 100), (1_200_000, 2e6)],
)
def test_an_axis_ends_at_a_round_number_not_below_its_values(value: float, top: float) -> None:
    assert round_top(value) == pytest.approx(top)


def test_bars_stand_on_the_ground_and_on_each_other() -> None:
    plot = bar_plot([("a", {"std": 2.0, "pro": 3.0}), ("b", {"pro": 10.0}), ("c", {})], ["std", "pro"], str)
    first, second, third = plot.bars
    assert [(piece.y, piece.height) for piece in first.pieces] == [(80, 20), (50, 30)]
    assert [(piece.y, piece.height, piece.colour) for piece in second.pieces] == [(0, 100, 2)]
    assert third.pieces == ()
    assert [tick.y for tick in plot.ticks] == [100, 75, 50, 25, 0]
    assert not plot.is_empty
    assert bar_plot([], [], str).is_empty
