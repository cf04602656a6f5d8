import numpy as np
import pytest

from kirin_video.presets.fields import (
    Distances,
    Points,
    ball,
    box,
    cone,
    egg,
    melted,
    mirrored,
    moved,
    plate,
    ring,
    rod,
    turned,
    without,
)


def points(*rows: tuple[float, float, float]) -> Points:
    return np.asarray(rows, np.float32).T


def cloud(count: int = 4000) -> Points:
    return np.random.default_rng(1).uniform(-2, 2, (3, count)).astype(np.float32)


SHAPES = {
    "ball": lambda p: ball(p, 0.7),
    "box": lambda p: box(p, (0.7, 0.4, 0.5), 0.1),
    "cone": lambda p: cone(p, 0.6, 0.7, 0.2, 0.05),
    "rod": lambda p: rod(p, (-0.5, 0.1, 0.0), (0.6, 0.4, 0.3), 0.3, 0.1),
    "ring": lambda p: ring(p, 0.8, 0.2),
    "plate": lambda p: plate(p, ((1, 0, 0), (0, 1, 0), (0, 0, 1)), 0.02),
    "melted": lambda p: melted(ball(p, 0.5), ball(moved(p, (0.6, 0, 0)), 0.4), 0.2),
    "without": lambda p: without(box(p, (0.6, 0.6, 0.6)), ball(p, 0.7), 0.05),
    "turned": lambda p: box(turned(turned(p, 30, "y"), 20, "x"), (0.7, 0.3, 0.5)),
    "mirrored": lambda p: ball(moved(mirrored(p), (0.6, 0, 0)), 0.4),
}


@pytest.mark.parametrize("name", SHAPES)
def test_no_field_promises_more_room_than_there_is(name: str) -> None:
    """A distance may grow by no more than one goes: else a ray could step through a surface."""
    here, there = cloud(), cloud()[:, ::-1]
    way = np.sqrt(((here - there) ** 2).sum(axis=0))
    shape = SHAPES[name]
    assert (np.abs(shape(here) - shape(there)) <= way * 1.001 + 1e-4).all()


def test_distances_are_those_of_the_shapes() -> None:
    def at(distances: Distances) -> list[float]:
        return [round(float(distance), 4) for distance in distances]

    assert at(ball(points((2, 0, 0), (0, 0, 0)), 0.5)) == [1.5, -0.5]
    assert at(box(points((2, 0, 0), (0, 0, 0), (1, 1.5, 0.5)), (1, 0.5, 0.5))) == [1.0, -0.5, 1.0]
    assert at(cone(points((2, 0, 0), (0, 2, 0), (0, 0, 0)), 1.0, 1.0, 1.0)) == [1.0, 1.0, -1.0]
    assert at(rod(points((0, 2, 0), (3, 0, 0)), (-1, 0, 0), (1, 0, 0), 0.5)) == [1.5, 1.5]
    assert at(ring(points((1, 0, 0), (0, 0, 1)), 1.0, 0.25)) == [
        -0.25,
        pytest.approx(2**0.5 - 0.25, abs=1e-4),
    ]
    assert at(plate(points((0.2, 0.2, 1.0), (-1, 0, 0)), ((0, 0, 0), (1, 0, 0), (0, 1, 0)), 0.1)) == [
        0.9,
        0.9,
    ]
    assert at(egg(points((2, 0, 0), (0, 1, 0)), (2, 1, 1))) == [0.0, 0.0]


def test_a_turn_is_counter_clockwise_for_the_shape() -> None:
    tip = points((0, 0, -1))
    shape = rod(turned(tip, 90, "y"), (0, 0, 0), (1, 0, 0), 0.1)
    assert float(shape[0]) == pytest.approx(-0.1, abs=1e-5)
