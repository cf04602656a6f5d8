"""The engines of this server, by name, loaded when they are first asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from kirin_video.engines.base import Engine, Feature, Planner

GROUP = "kirin_video.engines"
"""The entry point group through which packages offer engines."""


_PLAIN = "cpu"


class UnknownEngine(LookupError):
    """No engine of that name is installed, or it cannot be loaded."""


class EngineRegistry:
    """Engines in the operator's order of preference.

    Args:
        names: the name of an installed entry point each, or ``module:attribute``. What that names is called
            without arguments to make the engine.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._loaded: dict[str, Engine] = {}

    def engine(self, name: str) -> Engine:
        """The engine of a name.

        Raises:
            UnknownEngine: none of that name is installed, or it cannot be loaded.
        """
        if name not in self._loaded:
            self._loaded[name] = _load(name)
        return self._loaded[name]

    def load_all(self) -> None:
        """Load every engine now, so that a mistake in the settings shows at the start.

        Raises:
            UnknownEngine: one is not installed or cannot be loaded.
        """
        for name in self.names:
            self.engine(name)

    @property
    def worker_classes(self) -> tuple[str, ...]:
        """The classes of worker that the engines run on, each once, those of the first engine first."""
        return tuple(dict.fromkeys(self.engine(name).worker_class for name in self.names))

    @property
    def plain_class(self) -> str:
        """The class of worker for what needs no engine: ``cpu`` if any engine runs on it."""
        return _PLAIN if _PLAIN in self.worker_classes else self.worker_classes[0]

    def choose(self, needed: frozenset[Feature], worker_classes: Collection[str] = ()) -> str | None:
        """The name of the first engine that has all of these features.

        Args:
            needed: the features.
            worker_classes: only engines that run on one of these; empty for all.
        """
        for name in self.names:
            engine = self.engine(name)
            if needed <= engine.features and (not worker_classes or engine.worker_class in worker_classes):
                return name
        return None

    def unsupported(self, needed: frozenset[Feature]) -> frozenset[Feature]:
        """Those of these features that no engine has."""
        return needed.difference(*(self.engine(name).features for name in self.names))


def first_planner() -> Planner | None:
    """The first installed engine that can say what it makes of a prompt, by name."""
    for offered in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        engine = _load(offered.name)
        if isinstance(engine, Planner):
            return engine
    return None


def _load(name: str) -> Engine:
    if ":" in name:
        found = EntryPoint(name, name, GROUP)
    else:
        offered = entry_points(group=GROUP, name=name)
        if not offered:
            raise UnknownEngine(f"No engine named {name} is installed.")
        found = next(iter(offered))
    try:
        return cast("Engine", found.load()())
    except (ImportError, AttributeError) as error:
        raise UnknownEngine(f"The engine {name} cannot be loaded: {error}") from error
