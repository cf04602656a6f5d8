"""An engine for tests that says it needs a graphics card; it draws what the ramp draws."""

from __future__ import annotations

from ramp_engine import RampEngine

from kirin_video.engines.base import Feature


class GpuEngine(RampEngine):
    """A ramp for another class of worker."""

    name = "gpu ramp"
    worker_class = "gpu"
    features = frozenset({Feature.TEXT})
