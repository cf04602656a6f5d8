"""The way of a camera through footage is found: made footage whose camera is known, and clips of our own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from made_camera import STREET, WALL, Pose, Walk, eased, orbit, shaken

from kirin_video.engines.previs.feature.path import TakePath, recover
from kirin_video.engines.previs.feature.tracks import follow

FRAMES = 30
NAMES = ("pan", "tilt", "roll", "zoom", "x", "y", "z")
TURNS = NAMES[:4]
STILL = (Pose(),) * FRAMES

WALKS: Mapping[str, Walk] = {
    "pan": Walk(eased(FRAMES, Pose(pan=0.3)), walker=True),
    "pan before a wall": Walk(eased(FRAMES, Pose(pan=-0.3)), WALL),
    "tilt": Walk(eased(FRAMES, Pose(tilt=0.2))),
    "zoom": Walk(eased(FRAMES, Pose(zoom=0.45))),
    "roll": Walk(eased(FRAMES, Pose(roll=0.35))),
    "truck": Walk(eased(FRAMES, Pose(x=-2.2))),
    "pedestal": Walk(eased(FRAMES, Pose(y=1.0))),
    "dolly": Walk(eased(FRAMES, Pose(z=2.6))),
    "orbit": Walk(orbit(FRAMES, 0.4, 9.0)),
    "by hand": Walk(shaken(STILL, 0.008), noise=2.0),
    "pan and tilt": Walk(eased(FRAMES, Pose(pan=0.3, tilt=-0.12))),
    "truck and zoom": Walk(eased(FRAMES, Pose(x=1.8, zoom=0.25))),
    "dolly and pan": Walk(eased(FRAMES, Pose(z=2.6, pan=0.15))),
    "dolly zoom": Walk(eased(FRAMES, Pose(z=2.6, zoom=-0.3))),
    "dolly by hand": Walk(shaken(eased(FRAMES, Pose(z=2.2)), 0.006)),
}


def path_of(walk: Walk) -> TakePath:
    [path] = recover(follow(frame.y for frame in walk.frames()))
    return path


@pytest.mark.parametrize("name", WALKS)
def test_a_known_way_is_found(name: str) -> None:
    walk = WALKS[name]
    path = path_of(walk)
    assert path.trust > 0.9
    for k, number in enumerate(NAMES):
        true, found = walk.channel(number), path.poses[:, k]
        if np.ptp(true) > 1e-3:
            assert np.corrcoef(true, found)[0, 1] > 0.9, number
            if number in TURNS:
                assert np.ptp(found) == pytest.approx(np.ptp(true), rel=0.25), number
        else:
            assert np.ptp(found) < 0.03, number


@pytest.mark.parametrize("name", ["pan", "tilt", "zoom", "roll", "truck", "dolly", "by hand", "pan and tilt"])
def test_who_fills_a_third_of_the_picture_does_not_hide_the_camera_s_way(name: str) -> None:
    walk = replace(WALKS[name], walker=True, walker_half=(1.05, 1.8))
    path = path_of(walk)
    for k, number in enumerate(NAMES):
        true = walk.channel(number)
        if np.ptp(true) > 1e-3:
            assert np.corrcoef(true, path.poses[:, k])[0, 1] > 0.9, number


def test_who_walks_through_a_still_picture_moves_no_camera() -> None:
    path = path_of(Walk(STILL, walker=True))
    assert np.abs(path.poses).max() < 0.004


def test_an_orbit_goes_one_way_and_turns_the_other() -> None:
    poses = path_of(WALKS["orbit"]).poses
    assert poses[-1, 0] == pytest.approx(-0.4, rel=0.1)
    assert poses[-1, 4] > 0.3


def test_cuts_are_found_and_each_take_has_its_own_way() -> None:
    first, second = Walk(eased(20, Pose(pan=0.2))), Walk(eased(20, Pose(tilt=-0.15)), WALL)
    frames = [frame.y.copy() for walk in (first, second) for frame in walk.frames()]
    one, other = recover(follow(frames))
    assert (one.first, other.first) == (0, 20)
    assert one.poses[-1, 0] == pytest.approx(0.2, rel=0.15)
    assert other.poses[-1, 1] == pytest.approx(-0.15, rel=0.15)


def test_a_whip_is_no_cut() -> None:
    walk = Walk(eased(12, Pose(pan=0.55)), STREET)
    [path] = recover(follow(frame.y for frame in walk.frames()))
    assert path.poses[-1, 0] == pytest.approx(0.55, rel=0.15)


def test_a_picture_without_anything_in_it_says_nothing() -> None:
    grey = np.full((90, 160), 110, np.uint8)
    [path] = recover(follow([grey] * 12))
    assert path.trust == 0.0
    assert math.isclose(float(np.abs(path.poses).max()), 0.0)
