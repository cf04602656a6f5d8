"""The plan of a previs shot: what a prompt means to this engine."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Setting(StrEnum):
    """The worlds this engine can build."""

    MEADOW = "meadow"
    DESERT = "desert"
    SEA = "sea"
    BEACH = "beach"
    MOUNTAINS = "mountains"
    CITY = "city"
    NIGHT_SKY = "night_sky"


class TimeOfDay(StrEnum):
    """Where the light comes from."""

    DAWN = "dawn"
    DAY = "day"
    DUSK = "dusk"
    NIGHT = "night"


class Weather(StrEnum):
    """What is in the air."""

    CLEAR = "clear"
    CLOUDY = "cloudy"
    RAIN = "rain"
    SNOW = "snow"
    FOG = "fog"


class Move(StrEnum):
    """Camera verbs, in the words of a film set."""

    STILL = "still"
    PAN_LEFT = "pan_left"
    PAN_RIGHT = "pan_right"
    TILT_UP = "tilt_up"
    TILT_DOWN = "tilt_down"
    PUSH_IN = "push_in"
    PULL_OUT = "pull_out"
    ORBIT_LEFT = "orbit_left"
    ORBIT_RIGHT = "orbit_right"
    TRACK_LEFT = "track_left"
    TRACK_RIGHT = "track_right"
    TRACK_FORWARD = "track_forward"
    CRANE_UP = "crane_up"
    CRANE_DOWN = "crane_down"


@dataclass(frozen=True, slots=True)
class ShotPlan:
    """What will be drawn.

    Attributes:
        setting: the world.
        time: the time of day.
        weather: the weather.
        move: what the camera does.
        energy: how far and fast the camera goes; 1.0 is a calm professional move.
        notes: what the prompt asked for and this plan does not do, in plain words.
        camera_notes: those of ``notes`` that hold as well where the caller's picture takes the world's place.
    """

    setting: Setting
    time: TimeOfDay
    weather: Weather
    move: Move
    energy: float = 1.0
    notes: tuple[str, ...] = ()
    camera_notes: tuple[str, ...] = ()
