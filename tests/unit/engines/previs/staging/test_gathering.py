"""Chairs stand round their table and face it; a leap clears what it goes over; fighters face each other."""

from __future__ import annotations

import numpy as np

from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.scenery import Actor
from kirin_video.engines.previs.survey import survey


def staged(prompt: str) -> list[list[Actor]]:
    """The actors of each body, by the number of the subject."""
    plan = read_plan(prompt, seed=1)
    actors = survey(plan, seed=1, aspect=16 / 9, num_frames=48).scene.actors
    bodies = list({id(a.poses): a for a in actors}.values())
    return [[a for a in bodies if a.subject == k] for k in range(max(a.subject for a in bodies) + 1)]


def test_a_family_sits_round_its_table() -> None:
    family, _, tables, chairs = staged("A family has dinner at the table")
    table = tables[0].poses[0, 0, :, 3]
    assert len(chairs) == len(family) == 4
    for chair in chairs:
        pose = chair.poses[0, 0].astype(float)
        off = (table - pose[:, 3])[[0, 2]]
        assert 0.4 < np.linalg.norm(off) < 1.6
        # It faces its side of the table: at the long sides that is not straight at the middle.
        assert off @ pose[[0, 2], 0] > 0.5 * np.linalg.norm(off)


def test_a_fox_is_above_the_log_that_it_leaps_over() -> None:
    (fox,), (log,), *_ = staged("A fox jumps over a log in a meadow")
    off = fox.poses[:, 0, :, 3].astype(float) - log.poses[:, 0, :, 3].astype(float)
    over = int(np.hypot(off[:, 0], off[:, 2]).argmin())
    assert np.hypot(off[over, 0], off[over, 2]) < 0.3
    assert off[over, 1] > off[0, 1] + 0.4


def test_two_who_fence_face_each_other() -> None:
    one, other = staged("Two samurai fight with swords in a meadow")[0]
    assert one.poses[0, 0, :, 0] @ other.poses[0, 0, :, 0] < -0.7
