"""Say what this server's models accept, from what judges requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kirin_video.domain.media_limits import ImageLimits, VideoLimits
from kirin_video.domain.pricing import PriceList
from kirin_video.engines.registry import EngineRegistry
from kirin_video.media.judge import MediaJudge
from kirin_video.services.prices import CurrentPrices


@dataclass(frozen=True, slots=True)
class Offer:
    """What the operator's choices make of the models.

    Attributes:
        images: the limits of pictures.
        videos: the limits of footage.
        prices: the price list.
        engines: the inputs that each engine can work from, by its name, the preferred one first.
    """

    images: ImageLimits
    videos: VideoLimits
    prices: PriceList
    engines: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ListModels:
    """Tells what can be asked of this server.

    Attributes:
        engines: what this server can make.
        prices: what it costs.
        judge: holds media to their limits.
    """

    engines: EngineRegistry
    prices: CurrentPrices
    judge: MediaJudge

    async def __call__(self) -> Offer:
        """What is offered now.

        Raises:
            Overloaded: the database cannot be reached.
        """
        priced = await self.prices()
        engines = [self.engines.engine(name) for name in self.engines.names]
        return Offer(
            images=self.judge.image_limits,
            videos=self.judge.video_limits,
            prices=priced.prices,
            engines={engine.name: tuple(sorted(engine.features)) for engine in engines},
        )
