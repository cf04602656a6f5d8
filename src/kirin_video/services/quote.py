"""Say what a request would make and cost, without making it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from kirin_video.domain.inputs import FrameRole
from kirin_video.domain.planning import fitted_size, frame_count, output_size
from kirin_video.domain.pricing import Price, billed_seconds, price_request
from kirin_video.domain.request import GenerationRequest, parse_request
from kirin_video.domain.shot import FPS
from kirin_video.domain.sources import StoredBlob, classify_source
from kirin_video.domain.task import new_task_id
from kirin_video.engines.registry import EngineRegistry
from kirin_video.media.judge import MediaJudge
from kirin_video.services.authenticate import Caller
from kirin_video.services.cover_holds import shortfall
from kirin_video.services.engine_support import asked_features, require_engine
from kirin_video.services.off_loop import off_loop_if_heavy
from kirin_video.services.prices import CurrentPrices
from kirin_video.services.take_inputs import TakeInputs
from kirin_video.store.blobs import LocalBlobs
from kirin_video.store.budget_rows import BudgetRows
from kirin_video.store.cap_rows import CapRows
from kirin_video.store.database import Database

_LATER_LENGTH = (
    "The base video is fetched later: cost is what is held for the longest that is allowed; what its real "
    "length costs is charged."
)
_LATER_SHAPE = "What gives the clip its shape is fetched later: its size is not known yet."


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a request would make and cost.

    Attributes:
        model: the model asked for.
        price: what would be held.
        num_frames: frames of the clip; None while that is not known.
        size: width and height in pixels; None while they are not known.
        engine: who would make it; None for an element, which no engine makes.
        notes: in words, what was ignored, what is not known, and whether the budget or the key's cap does
            not cover it.
        budget_left: micro-dollars that the account may still spend; None without a budget.
        cap_left: micro-dollars that the key may still spend under its cap; None without one.
    """

    model: str
    price: Price
    num_frames: int | None
    size: tuple[int, int] | None
    engine: str | None
    notes: tuple[str, ...]
    budget_left: int | None = None
    cap_left: int | None = None

    @property
    def duration_s(self) -> float | None:
        """Length of the clip in seconds."""
        return None if self.num_frames is None else self.num_frames / FPS


@dataclass(frozen=True)
class QuoteRequest:
    """Judges requests exactly as ``CreateTask`` does, and keeps nothing of them.

    Attributes:
        database: where budgets are.
        engines: what this server can make.
        prices: what it costs.
        budgets: what accounts may still spend.
        caps: what keys may spend.
        take_inputs: takes in what comes with a request.
        blobs: where that is for a moment.
        judge: says what it is.
    """

    database: Database
    engines: EngineRegistry
    prices: CurrentPrices
    budgets: BudgetRows
    caps: CapRows
    take_inputs: TakeInputs = field(repr=False)
    blobs: LocalBlobs
    judge: MediaJudge

    async def __call__(self, caller: Caller, raw: object) -> Quoted:
        """Quote a request.

        Raises:
            InvalidRequest: creating it would be refused for the same reasons.
            Overloaded: the database cannot be reached, or there is no room.
        """
        request = await off_loop_if_heavy(parse_request, raw)
        require_engine(request, self.engines)
        engine = self.engines.choose(frozenset(asked_features(request)))
        assert engine is not None, "it was required"
        taken = await self.take_inputs(caller.account_id, new_task_id(), request)
        try:
            size = await self._size(taken.request)
        finally:
            await self.take_inputs.discard(taken.blobs)
        length_s = taken.base_length_s if request.base else float(request.duration_s)
        base_seconds = billed_seconds(length_s) if request.base and length_s is not None else None
        priced = await self.prices()
        price = price_request(request, priced.prices, caller.discount_percent, base_seconds)
        async with self.database.connection() as connection:
            left = await self.budgets.find(connection, caller.account_id)
            cap = await self.caps.find(connection, caller.key_id) if caller.is_capped else None
        return Quoted(
            model=request.model,
            price=price,
            budget_left=left,
            cap_left=None if cap is None else max(0, cap.left),
            num_frames=None if length_s is None else frame_count(length_s),
            size=size,
            engine=self.engines.engine(engine).name,
            notes=(
                *request.notes,
                *([_LATER_LENGTH] if length_s is None else []),
                *([_LATER_SHAPE] if size is None else []),
                *([shortfall(price.cost, left)] if left is not None and price.cost > left else []),
                *([cap.shortfall(price.cost, datetime.now(UTC))] if cap and price.cost > cap.left else []),
            ),
        )

    async def _size(self, request: GenerationRequest) -> tuple[int, int] | None:
        """Width and height of the clip, where what gives them is here."""
        first = request.frame_index(FrameRole.FIRST_FRAME)
        if first is not None:
            source = classify_source(request.image_list[first].source)
            if not isinstance(source, StoredBlob):
                return None
            facts = await self.judge.judge_image(self.blobs.path_of(source.key))
            return fitted_size(request.mode, facts.width, facts.height)
        if request.base is not None:
            source = classify_source(request.base.video_url)
            if not isinstance(source, StoredBlob):
                return None
            footage = await self.judge.judge_video(self.blobs.path_of(source.key))
            return fitted_size(request.mode, footage.width, footage.height)
        assert request.aspect_ratio is not None, "the rules ask for one where nothing else gives the shape"
        return output_size(request.mode, request.aspect_ratio)
