"""Ramp engines that can be made ready, well and badly."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace

from ramp_engine import RampEngine

from kirin_video.domain.shot import Shot
from kirin_video.engines.base import Rendering, Report


class WarmEngine(RampEngine):
    """Says what it did."""

    name = "warm"

    def __init__(self) -> None:
        self._is_ready = False

    def warm(self) -> Iterator[str]:
        sys.stdout.write("noise\n")
        self._is_ready = True
        yield "everything"

    def render(self, shot: Shot, report: Report) -> Rendering:
        return replace(super().render(shot, report), facts={"ready": self._is_ready})


class ClumsyEngine(RampEngine):
    """Raises while it is made ready."""

    name = "clumsy"

    def warm(self) -> Iterator[str]:
        yield "nothing"
        raise RuntimeError("it slipped")


class MortalEngine(RampEngine):
    """Dies while it is made ready."""

    name = "mortal"

    def warm(self) -> Iterator[str]:
        os.kill(os.getpid(), signal.SIGKILL)
        yield "never"


class EndlessEngine(RampEngine):
    """Is never done, in small steps."""

    name = "endless"

    def warm(self) -> Iterator[str]:
        while True:
            yield "a little more"
