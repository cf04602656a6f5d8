"""Plots as plain numbers: where bars stand and how high, for a template to draw as SVG.

A plot is 100 wide and 100 high and stretched to its place, so that its words can be ordinary text around it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_MOST_COLOURS: Final = 5
_FILLED: Final = 0.72
"""The part of its place that a bar takes."""

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar.

    Attributes:
        series: its name.
        colour: the number of its colour, from 1.
        x: its left edge.
        y: its upper edge; 0 is the top.
        width: how wide it is.
        height: how high it is.
        value: what it stands for.
    """

    series: str
    colour: int
    x: float
    y: float
    width: float
    height: float
    value: float


@dataclass(frozen=True, slots=True)
class Bar:
    """Pieces on top of each other.

    Attributes:
        label: what stands below it.
        x: the left edge of its place.
        width: the width of its place.
        pieces: the lowest first.
        total: of all pieces.
    """

    label: str
    x: float
    width: float
    pieces: tuple[Piece, ...]
    total: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the plot.

    Attributes:
        y: where; 0 is the top.
        label: what it stands for.
    """

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class BarPlot:
    """Bars side by side.

    Attributes:
        bars: from left to right.
        ticks: from the bottom up.
        series: the name of each colour, that of the first one first.
        is_empty: whether there is nothing to see.
    """

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    series: tuple[str, ...]
    is_empty: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a bar may be: its left edge, its width, and the value that reaches the top."""

    x: float
    width: float
    top: float


def bar_plot(
    rows: Sequence[tuple[str, Mapping[str, float]]], series: Sequence[str], label: Callable[[float], str]
) -> BarPlot:
    """Lay out stacked bars.

    Args:
        rows: each bar's label, and its value of each series; what is missing is nothing.
        series: their names, the lowest first.
        label: writes a value of the axis.
    """
    totals = [sum(values.get(name, 0.0) for name in series) for _, values in rows]
    top, width = round_top(max(totals, default=0.0)), 100.0 / max(1, len(rows))
    bars = tuple(
        _bar(text, values, series, _Place(index * width, width, top))
        for index, (text, values) in enumerate(rows)
    )
    ticks = tuple(Tick(100.0 - 100.0 * step / 4, label(top * step / 4)) for step in range(5))
    return BarPlot(bars, ticks, tuple(series), not any(totals))


def round_top(value: float) -> float:
    """The end of an axis: the least round number that is not below a value, above nothing."""
    if value <= 0:
        return 1.0
    scale = 1.0
    while scale * 10 <= value:
        scale *= 10
    while scale > value:
        scale /= 10
    return next(step * scale for step in _STEPS if step * scale >= value * (1 - 1e-9))


def _bar(label: str, values: Mapping[str, float], series: Sequence[str], place: _Place) -> Bar:
    pieces: list[Piece] = []
    level, width = 100.0, place.width * _FILLED
    for index, name in enumerate(series):
        value = values.get(name, 0.0)
        if value <= 0:
            continue
        height = 100.0 * value / place.top
        level -= height
        pieces.append(
            Piece(
                series=name,
                colour=index % _MOST_COLOURS + 1,
                x=round(place.x + (place.width - width) / 2, 3),
                y=round(level, 3),
                width=round(width, 3),
                height=round(height, 3),
                value=value,
            )
        )
    total = sum(piece.value for piece in pieces)
    return Bar(label, round(place.x, 3), round(place.width, 3), tuple(pieces), total)
