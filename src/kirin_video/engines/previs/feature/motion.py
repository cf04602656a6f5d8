"""The camera's motion between two pictures, from corners seen in both.

The motion of a standing world in a picture is linear in the camera's own (Longuet-Higgins and Prazdny, 1980):
turns and the lens move every corner alike, however far it is; a way moves near corners more than far ones.
Taken halfway between the two pictures, it holds for large motions too. Where turns and lens alone explain the
corners there was no way; otherwise the direction of the way is sought among many, each judged by the motion
across it, which depth does not touch (Heeger and Jepson, 1992).

Numbers of a motion, here and in `path`: pan (to the right), tilt (up), roll (leaning to the right), all in
radians; zoom, the logarithm of the magnification; and the way right, up and ahead, in distances of what the
shot is about: of what three corners in four are behind.
"""

# ruff: noqa: PLR2004 - indices of the numbers above, and thresholds
from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]

TURNS: Final = 4
"""So many of a motion's numbers do not depend on depth: pan, tilt, roll, zoom."""
NUMBERS: Final = 7

_CELLS: Final = 9.0
"""Cells in a focal length, in which corners are counted."""
_ROUNDS: Final = 6
_DRAWS: Final = 40
_TRIED: Final = 4
_COARSEST: Final = 4.0
_AHEAD: Final = 0.85
_WORTH_A_LENS: Final = 0.7
_LEAST_WORTH: Final = 1e-6
_SUBJECT: Final = 0.75
"""So many corners are further away than what a shot is about."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Corners in two pictures, in focal lengths from the middle; x to the right, y down.

    Attributes:
        at: (n, 2), halfway between both places.
        way: (n, 2), from the first to the second.
        worth: (n,), how much each counts: less where many are close together.
    """

    at: Floats
    way: Floats
    worth: Floats

    def of(self, which: Flags) -> Flow:
        """Some of the corners."""
        return Flow(self.at[which], self.way[which], self.worth[which])

    def quantile(self, values: Floats, share: float) -> float:
        """The value that so great a share of the corners' worth is at or below."""
        order = np.argsort(values)
        below = np.cumsum(self.worth[order])
        at = min(int(np.searchsorted(below, share * float(below[-1]))), len(values) - 1)
        return float(values[order[at]])


def flow_between(first: Floats, second: Floats) -> Flow:
    """Corners (n, 2) in two pictures, in focal lengths from the middle."""
    at = (first + second) / 2.0
    cells = np.floor(at * _CELLS).astype(np.int64)
    _, names, counts = np.unique(cells[:, 0] * 1000 + cells[:, 1], return_inverse=True, return_counts=True)
    return Flow(at, second - first, 1.0 / counts[names].astype(np.float64))


@dataclass(frozen=True, slots=True)
class Motion:
    """What the camera did.

    Attributes:
        numbers: (7,), as above.
        nearness: (n,), the inverse of each corner's distance; 1 is that of what the shot is about, and all is
            zero where there was no way.
        off: (n,), how far each corner is from where the motion takes it, in focal lengths.
    """

    numbers: Floats
    nearness: Floats
    off: Floats


def effects_of_turns(at: Floats) -> Floats:
    """How the picture moves at places (n, 2) by a unit of pan, tilt, roll and zoom: (n, 2, 4)."""
    x, y = at[:, 0], at[:, 1]
    u = np.stack([-(1.0 + x * x), x * y, y, x], axis=1)
    v = np.stack([-x * y, 1.0 + y * y, -x, y], axis=1)
    return np.stack([u, v], axis=1)


def effects_of_ways(at: Floats) -> Floats:
    """The same by a unit of way right, up and ahead, for what is at distance 1: (n, 2, 3)."""
    x, y = at[:, 0], at[:, 1]
    one, nothing = np.ones_like(x), np.zeros_like(x)
    u = np.stack([-one, nothing, x], axis=1)
    v = np.stack([nothing, one, y], axis=1)
    return np.stack([u, v], axis=1)


def turns_alone(flow: Flow, noise: float) -> Motion:
    """The motion as turns and zoom.

    Args:
        flow: at least four corners.
        noise: how far off a corner that is followed well may be, focal lengths.
    """
    effects = effects_of_turns(flow.at)
    turns, off = _fitted(effects, flow.way, noise, _drawn_few(effects, flow, noise), flow.worth)
    numbers = np.concatenate([turns, np.zeros(3)])
    return Motion(numbers, np.zeros(len(flow.at)), off)


def _drawn_few(effects: Floats, flow: Flow, noise: float) -> Floats:
    """Numbers from a few corners drawn at random that suit most of the others."""
    numbers = effects.shape[2]
    random = np.random.default_rng(3)
    drawn = np.stack([_some(random, flow.worth, (numbers + 1) // 2) for _ in range(_DRAWS)])
    some = effects[drawn].reshape(_DRAWS, -1, numbers)
    seen = flow.way[drawn].reshape(_DRAWS, -1, 1)
    turned = some.transpose(0, 2, 1)
    found = _solved(turned @ some + np.eye(numbers) * _LEAST_WORTH, turned @ seen)[..., 0]
    off = np.linalg.norm(flow.way - np.einsum("nck,dk->dnc", effects, found), axis=2)
    return found[np.argmin(np.minimum(off, 4.0 * noise) @ flow.worth)]


def with_nearness(flow: Flow, nearness: Floats, noise: float, *, lens: bool) -> Floats:
    """The seven numbers, where the nearness of every corner is known.

    Args:
        flow: some dozens of corners.
        nearness: of each.
        noise: as for :func:`turns_alone`.
        lens: whether the lens may have moved.
    """
    ways = effects_of_ways(flow.at) * nearness[:, None, None]
    turning = effects_of_turns(flow.at)[:, :, : TURNS if lens else TURNS - 1]
    effects = np.concatenate([turning, ways], axis=2)
    numbers, _ = _fitted(effects, flow.way, noise, _drawn_few(effects, flow, noise), flow.worth)
    return numbers if lens else np.insert(numbers, TURNS - 1, 0.0)


def turns_and_way(flow: Flow, noise: float) -> Motion:
    """The motion as turns and a way through depth; with the lens only where it explains much more.

    Args:
        flow: at least a dozen corners.
        noise: as for :func:`turns_alone`.
    """
    plain, lensed = (_sought(flow, noise, numbers) for numbers in (TURNS - 1, TURNS))
    _, direction, turns = lensed if lensed[0] < _WORTH_A_LENS * plain[0] else plain
    return _placed(flow, direction, turns)


def _sought(flow: Flow, noise: float, numbers: int) -> tuple[float, Floats, Floats]:
    """The best direction of a way with so many turns beside it, and what it leaves unexplained.

    Where the way leads ahead the lens does much the same: it is left out of the search there.
    """
    directions = _directions()
    if numbers == TURNS:
        directions = directions[np.abs(directions[:, 2]) < _AHEAD]
    ways = effects_of_ways(flow.at)
    along = np.einsum("nck,dk->dnc", ways, directions)
    across = np.stack([-along[..., 1], along[..., 0]], axis=2)
    across /= np.maximum(np.linalg.norm(across, axis=2, keepdims=True), 1e-9)
    turned = np.einsum("dnc,nck->dnk", across, effects_of_turns(flow.at)[:, :, :numbers])
    wanted = np.einsum("dnc,nc->dn", across, flow.way)
    start, costs = _drawn(turned, wanted, flow.worth, noise)
    best: tuple[float, Floats, Floats] | None = None
    for d in np.argsort(costs)[:_TRIED].tolist():
        found, off = _fitted(turned[d][:, None, :], wanted[d][:, None], noise, start[d], flow.worth)
        # A corner right ahead of the way says nothing about it.
        cost = float(np.average(np.minimum(off, 3.0 * noise), weights=flow.worth))
        if best is None or cost < best[0]:
            best = cost, directions[d], np.concatenate([found, np.zeros(TURNS - numbers)])
    assert best is not None
    return best


def _drawn(turned: Floats, wanted: Floats, worth: Floats, noise: float) -> tuple[Floats, Floats]:
    """For each direction, turns from a few corners drawn at random that suit most of the others.

    Args:
        turned: (d, n, k), what turns do across each direction.
        wanted: (d, n), what was seen there.
        worth: (n,), of the corners.
        noise: as for :func:`turns_alone`.

    Returns:
        The best turns of each direction, (d, k), and what they leave, (d,).
    """
    numbers = turned.shape[2]
    random = np.random.default_rng(5)
    chances = worth / worth.sum()
    best = np.zeros((len(turned), numbers))
    costs = np.full(len(turned), np.inf)
    ridge = np.eye(numbers) * _LEAST_WORTH
    for _ in range(_DRAWS):
        drawn = _some(random, worth, 2 * numbers)
        some, seen = turned[:, drawn], wanted[:, drawn]
        normal = np.einsum("dnk,dnl->dkl", some, some) + ridge
        found = _solved(normal, np.einsum("dnk,dn->dk", some, seen)[..., None])[..., 0]
        off = np.abs(wanted - np.einsum("dnk,dk->dn", turned, found))
        cost = np.minimum(off, 4.0 * noise) @ chances
        better = cost < costs
        best[better], costs[better] = found[better], cost[better]
    return best, costs


def _placed(flow: Flow, direction: Floats, turns: Floats) -> Motion:
    """The motion and the nearness of all corners, for a direction of the way and the turns beside it."""
    rest = flow.way - effects_of_turns(flow.at) @ turns
    along = effects_of_ways(flow.at) @ direction
    strength = np.einsum("nc,nc->n", along, along)
    gone = np.einsum("nc,nc->n", rest, along) / np.maximum(strength, 1e-6)
    sure = strength >= np.quantile(strength, 0.1)
    zoom = 0.0
    if abs(direction[2]) > _AHEAD:
        low, high = np.quantile(gone[sure], (0.06, 0.94)).tolist()
        if low < 0.0 < high and min(-low, high) > 0.25 * max(-low, high):
            # What is far goes the other way: the lens works against the way.
            zoom = low if abs(np.median(gone[sure]) - low) < abs(high - np.median(gone[sure])) else high
            gone -= zoom
    seen = flow.of(sure)
    side = 1.0 if seen.quantile(gone[sure], 0.5) >= 0.0 else -1.0
    middle = side * max(seen.quantile(side * gone[sure], _SUBJECT), 1e-9)
    nearness = np.clip(gone / middle, 0.0, 8.0)
    off = np.linalg.norm(rest - zoom * flow.at - along * (nearness * middle)[:, None], axis=1)
    return Motion(np.array([*turns[:3], turns[3] + zoom, *(direction * middle)]), nearness, off)


def _some(random: np.random.Generator, worth: Floats, count: int) -> Numbers:
    """A few corners, each as likely as it is worth (Efraimidis and Spirakis, 2006)."""
    return np.argsort(random.exponential(size=len(worth)) / worth)[:count].astype(np.int64)


def _fitted(
    effects: Floats, ways: Floats, noise: float, start: Floats, worth: Floats
) -> tuple[Floats, Floats]:
    """Numbers whose effects (n, c, k) come nearest to ways (n, c), and what they leave of each.

    Least squares, weighted anew in every round by how well a corner agrees (Geman and McClure), so that what
    moves by itself does not pull.
    """
    count, parts, numbers = effects.shape
    found = start
    ridge = np.eye(numbers) * _LEAST_WORTH * count
    off = np.linalg.norm(ways - effects @ found, axis=1)
    for _ in range(_ROUNDS):
        weights = worth * _weights(off, noise)
        weighted = (effects * weights[:, None, None]).reshape(count * parts, numbers)
        normal = weighted.T @ effects.reshape(count * parts, numbers) + ridge
        found = _solved(normal, weighted.T @ ways.reshape(-1))
        off = np.linalg.norm(ways - effects @ found, axis=1)
    return found, off


def _solved(normal: Floats, right: Floats) -> Floats:
    return np.asarray(np.linalg.solve(normal, right), np.float64)


def _weights(off: Floats, noise: float) -> Floats:
    # No coarser than what a good start leaves: beyond it are those that move by themselves, however many.
    scale = min(max(1.5 * float(np.median(off)), noise), _COARSEST * noise)
    return 1.0 / (1.0 + (off / scale) ** 2) ** 2


def _directions() -> Floats:
    """Directions of ways over half a sphere, (d, 3), the main ones among them."""
    found = [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)]
    for ahead_deg in (12.0, 25.0, 40.0, 58.0, 76.0, 90.0):
        ahead = np.radians(ahead_deg)
        count = max(round(16 * np.sin(ahead)), 6)
        # At a right angle to the view the other half is the same turned round.
        whole = np.pi if ahead_deg == 90.0 else 2.0 * np.pi
        for k in range(count):
            round_ = whole * k / count
            found.append((np.sin(ahead) * np.cos(round_), np.sin(ahead) * np.sin(round_), np.cos(ahead)))
    return np.array(found)
