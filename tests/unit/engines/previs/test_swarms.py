"""Swarms: paths in closed form are those that small steps lead along, and any moment can be asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kirin_video.engines.previs.swarms import Facing, Key, Look, Shape, Swarm, grown, places_at, sprites_at

WHITE = (1.0, 1.0, 1.0)


def swarm(count: int = 5, **look: object) -> Swarm:
    rng = np.random.default_rng(3)
    keys = (Key(0.0, WHITE, 1.0), Key(1.0, WHITE, 0.0, 2.0))
    made = Look(Shape.GLOW, keys, **look)  # pyright: ignore[reportArgumentType]
    return grown(
        made,
        born=np.linspace(0.0, 1.0, count),
        life=2.0,
        start=rng.normal(size=(count, 3)),
        velocity=rng.normal(size=(count, 3)),
        size=np.full(count, 0.1),
        chance=rng.random(count),
    )


@pytest.mark.parametrize("drag", [0.0, 1.7])
def test_a_path_is_the_sum_of_its_small_steps(drag: float) -> None:
    some = swarm(pull=(0.0, -9.8, 0.5), wind=(1.0, 0.0, 0.2), drag=drag)
    which = np.arange(5)
    place, velocity = some.start.astype(float), some.velocity.astype(float)
    wind, pull = np.array((1.0, 0.0, 0.2)), np.array((0.0, -9.8, 0.5))
    if drag == 0.0:
        # Without drag the wind carries a thing from the start.
        velocity = velocity + wind
    step = 1e-4
    for _ in range(10_000):
        velocity = velocity + (pull - drag * (velocity - wind)) * step
        place = place + velocity * step
    there, now = places_at(some, which, np.full(5, 1.0))
    np.testing.assert_allclose(there, place, atol=4e-3)
    np.testing.assert_allclose(now, velocity, atol=4e-3)


def test_only_the_living_are_seen_and_they_change_as_they_age() -> None:
    some = swarm()
    assert len(sprites_at(some, -0.1, (0.0, 0.0, 9.0))) == 0
    assert len(sprites_at(some, 0.3, (0.0, 0.0, 9.0))) == 2
    assert len(sprites_at(some, 3.5, (0.0, 0.0, 9.0))) == 0
    young, old = sprites_at(some, 1e-4, (0.0, 0.0, 9.0)), sprites_at(some, 1.9, (0.0, 0.0, 9.0))
    assert young.paint[0, 3] > old.paint[0, 3]
    assert np.linalg.norm(young.across[0]) < np.linalg.norm(old.across[0])


def test_what_has_come_to_rest_stays() -> None:
    moving = swarm(sway_m=0.4)
    resting = replace(moving, rest=np.full(5, 0.4, np.float32))
    at = [sprites_at(resting, t, (0.0, 0.0, 9.0)).middle[0] for t in (0.4, 0.9, 1.6)]
    np.testing.assert_array_equal(at[0], at[1])
    np.testing.assert_array_equal(at[0], at[2])


@pytest.mark.parametrize("facing", list(Facing))
def test_every_one_has_an_extent_square_to_its_length(facing: Facing) -> None:
    seen = sprites_at(swarm(facing=facing, spin_hz=0.5), 1.0, (3.0, 2.0, 9.0))
    across, along = seen.across.astype(float), seen.along.astype(float)
    assert np.isfinite(seen.rows()).all()
    lengths = np.linalg.norm(across, axis=1), np.linalg.norm(along, axis=1)
    assert min(length.min() for length in lengths) > 0.05
    assert np.abs((across * along).sum(1)).max() < 0.02 * (lengths[0] * lengths[1]).max() + 1e-6 or (
        facing is Facing.UPRIGHT
    )
