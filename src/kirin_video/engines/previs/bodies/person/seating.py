"""Being carried: how somebody sits, rides or stands on a seat, feet and hands where they belong."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from kirin_video.engines.previs.bodies.person.acts import Move
from kirin_video.engines.previs.bodies.person.figure import Arm, Figure, Turns
from kirin_video.engines.previs.bodies.person.frame import SIDES
from kirin_video.engines.previs.bodies.person.going import look_about
from kirin_video.engines.previs.bodies.person.moment import Moment
from kirin_video.engines.previs.bodies.person.resting import feet_at, seated
from kirin_video.engines.previs.bodies.person.seat import Posture, Seat
from kirin_video.engines.previs.bodies.person.steps import Footing
from kirin_video.engines.previs.bodies.posing import Floats, apply, inverse


def taken(m: Moment, figure: Figure) -> Figure:
    """The figure of somebody who has taken a seat."""
    seat = m.seat
    if seat is None or m.act.move is Move.LIE:
        return figure
    make = _SEATED.get(seat.posture)
    return figure if make is None else make(m, seat, figure)


def _own(m: Moment, seat: Seat, name: str) -> Floats:
    """A known place in the person's own space, (f, 3)."""
    times, places = seat.known[name]
    at = np.stack([np.interp(m.times, times, places[:, k]) for k in range(3)], 1)
    return apply(inverse(m.root), at)


def _at_pedals(m: Moment, seat: Seat, _afoot: Figure) -> Figure:
    zero = np.zeros(len(m.times))
    feet: dict[str, Footing] = {}
    for side in SIDES:
        place = _own(m, seat, f"foot_{side}")
        # Toes point down where the pedal is lowest: there the leg is stretched.
        middle, swing = place[:, 1].mean(), max(float(np.ptp(place[:, 1])) / 2.0, 1e-3)
        low = np.clip((middle - place[:, 1]) / swing, -1.0, 1.0)
        feet[side] = Footing(place, zero, 0.32 + 0.30 * low, zero)
    figure = Figure(feet, free=True)
    figure.shift = seated(m, 0.040)
    reach = float(_own(m, seat, "hand_r")[:, 0].mean()) / m.height
    lean = float(np.clip(1.5 * (reach - 0.17), 0.05, 0.75))
    figure.hips = Turns(0.35 * lean)
    figure.back = Turns(0.55 * lean + 0.01 * m.life.slow(1, 1.0), m.life.slow(1, 0.03))
    figure.head = Turns(-0.75 * lean)
    look_about(m, figure)
    figure.knees = dict.fromkeys(SIDES, 0.06)
    for side in SIDES:
        # The wrist stays behind and above what the hand holds.
        goal = _own(m, seat, f"hand_{side}") + np.array([-0.052, 0.022, 0.0]) * m.height
        figure.arms[side] = Arm(goal=goal, pole=np.array([-0.5, -0.6, 0.7]), curl=1.2, level=False)
    figure.stream = 0.25 + 0.05 * np.sin(2.0 * m.times)
    return figure


def _on_chair(m: Moment, seat: Seat, _afoot: Figure) -> Figure:
    """Hips at the back of the seat, thighs along it, feet on the floor or hanging where it is too low."""
    h, floor_m = m.height, seat.floor_m
    thigh = float(np.linalg.norm(m.frame.legs["l"][1] - m.frame.legs["l"][0])) / h
    shin = float(np.linalg.norm(m.frame.legs["l"][2] - m.frame.legs["l"][1])) / h
    down = min(floor_m / h, shin + 0.055)
    figure = Figure(feet_at(m, thigh + 0.055, -down, 0.060), free=True)
    # Cushions give way: who is small sits deeper, until the feet are down.
    figure.shift = seated(m, 0.062 - min(max(floor_m / h - shin - 0.03, 0.0), 0.06))
    figure.shift[:, 0] -= 0.045 * h
    breath = m.life.slow(1, 0.012)
    figure.hips = Turns(-0.10)
    figure.back = Turns(0.10 + breath, m.life.slow(1, 0.05), m.life.slow(2, 0.02))
    figure.knees = dict.fromkeys(SIDES, 0.08)
    look_about(m, figure)
    for side, sign in SIDES.items():
        goal = np.array([0.160, 0.525, 0.070 * sign]) * h
        figure.arms[side] = Arm(goal=goal, pole=np.array([-0.7, -0.2, 0.6]), curl=0.4, wrist=0.1)
    return figure


def _in_boat(m: Moment, _seat: Seat, _afoot: Figure) -> Figure:
    h = m.height
    figure = Figure(feet_at(m, 0.36, 0.010, 0.055, pitch=-0.35), free=True)
    figure.shift = seated(m, 0.085)
    figure.shift[:, 0] -= 0.06 * h
    figure.hips = Turns(-0.12)
    figure.back = Turns(0.16, m.life.slow(1, 0.05))
    figure.knees = dict.fromkeys(SIDES, 0.12)
    look_about(m, figure)
    for side, sign in SIDES.items():
        goal = np.array([0.17, 0.56, 0.10 * sign]) * h
        figure.arms[side] = Arm(goal=goal, pole=np.array([-0.5, -0.5, 0.8]), curl=0.6)
    return figure


def _on_shoulders(m: Moment, seat: Seat, _afoot: Figure) -> Figure:
    """Thighs round a neck, shins down his chest, hands on his head."""
    h = m.height
    figure = Figure(feet_at(m, 0.165, -0.250, 0.075, pitch=0.35), free=True)
    figure.shift = seated(m, 0.050)
    figure.knees = dict.fromkeys(SIDES, 0.22)
    breath = m.life.slow(1, 0.012)
    figure.hips = Turns(0.02)
    figure.back = Turns(0.10 + breath, m.life.slow(1, 0.06), m.life.slow(2, 0.04))
    look_about(m, figure)
    figure.face.open = 0.20
    top = _own(m, seat, "top")
    for side, sign in SIDES.items():
        goal = top + np.array([-0.03, 0.0, 0.070 * sign]) * h
        figure.arms[side] = Arm(goal=goal, pole=np.array([-0.2, -0.6, 0.9]), curl=0.3, level=False)
    return figure


def _on_board(m: Moment, _seat: Seat, figure: Figure) -> Figure:
    """Sideways: one foot ahead, knees bent, arms out for balance."""
    h, zero = m.height, np.zeros(len(m.times))
    sway = m.life.slow(1, 0.08)
    feet: dict[str, Footing] = {}
    for side, x in {"r": -0.13, "l": 0.13}.items():
        place = np.array([x * h, 0.0, 0.0]) + np.zeros((len(zero), 3))
        feet[side] = Footing(place, zero, zero, zero - 1.15)
    figure = Figure(feet, free=True)
    figure.shift = np.stack([0.0 * sway, -0.085 * h + 0.01 * h * sway, 0.0 * sway], 1)
    figure.whole = Turns(0.0, -1.05)
    figure.back = Turns(0.22, 0.25 + sway, 0.0)
    figure.head = Turns(-0.1, 0.75)
    look_about(m, figure)
    for side, sign in SIDES.items():
        figure.arms[side] = Arm(swing=0.15, out=0.85 + 0.1 * sway * sign, bend=0.35, curl=0.2)
    figure.stream = 0.5 + 0.05 * np.sin(3.0 * m.times)
    return figure


_SEATED: Mapping[Posture, Callable[[Moment, Seat, Figure], Figure]] = {
    Posture.PEDALS: _at_pedals,
    Posture.CHAIR: _on_chair,
    Posture.LOW: _in_boat,
    Posture.BOARD: _on_board,
    Posture.SHOULDERS: _on_shoulders,
}
