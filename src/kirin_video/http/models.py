"""The models and what each accepts."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from starlette.requests import Request

from kirin_video.domain.element_parameters import ELEMENT_PARAMETERS
from kirin_video.domain.inputs import ELEMENT_MODEL, MODEL
from kirin_video.domain.media_limits import ImageLimits, VideoLimits
from kirin_video.domain.money import format_usd
from kirin_video.domain.parameters import PARAMETERS
from kirin_video.domain.planning import SIZES
from kirin_video.domain.rules import RULES
from kirin_video.domain.schema import object_schema
from kirin_video.domain.shot import FPS
from kirin_video.domain.wire_catalog import EngineCard, ModelCard, ModelList, PriceCard, RuleCard
from kirin_video.domain.wire_faults import WIRE_FAULTS
from kirin_video.http.context import context
from kirin_video.http.errors import json_response
from kirin_video.http.gate import caller_of
from kirin_video.http.keyed import COMMON_ERRORS, keyed_router

if TYPE_CHECKING:
    from fastapi import APIRouter
    from pydantic import JsonValue
    from starlette.responses import Response

    from kirin_video.domain.pricing import PriceList
    from kirin_video.services.list_models import Offer

_DESCRIPTION = (
    "What each model accepts, its limits, its prices for your account, and what the engines of this server "
    "can work from now. All of it is made from what also judges requests."
)


def model_routes() -> APIRouter:
    """``/model/v1/models``."""
    router = keyed_router("models")
    router.add_api_route(
        "/models",
        _models,
        methods=["GET"],
        response_model=None,
        operation_id="list_models",
        summary="List the models",
        description=_DESCRIPTION,
        responses={200: {"model": ModelList, "description": "The models."}, **COMMON_ERRORS},
    )
    return router


async def _models(request: Request) -> Response:
    caller = await caller_of(request)
    offer = await context(request).services.list_models()
    listed = ModelList(data=[_video_model(offer, caller.discount_percent), _element_model(offer)])
    return json_response(listed.model_dump(mode="json", exclude_none=True))


def _video_model(offer: Offer, discount_percent: Decimal) -> ModelCard:
    return ModelCard(
        id=MODEL,
        parameters=object_schema(PARAMETERS),
        rules=[RuleCard(rule=rule.statement, code=WIRE_FAULTS[rule.fault].code) for rule in RULES],
        limits={"image": _limits(offer.images), "video": _limits(offer.videos)},
        sizes={
            mode.value: {ratio.value: list(size) for ratio, size in by_ratio.items()}
            for mode, by_ratio in SIZES.items()
        },
        fps=FPS,
        prices=PriceCard(per_second=_per_second(offer.prices), discount_percent=_percent(discount_percent)),
        engines=[EngineCard(name=name, inputs=list(inputs)) for name, inputs in offer.engines.items()],
    )


def _element_model(offer: Offer) -> ModelCard:
    return ModelCard(
        id=ELEMENT_MODEL,
        parameters=object_schema(ELEMENT_PARAMETERS),
        rules=[],
        limits={"image": _limits(offer.images)},
        sizes={},
        prices=PriceCard(per_second={}, discount_percent="0"),
        engines=[],
    )


def _limits(limits: ImageLimits | VideoLimits) -> dict[str, JsonValue]:
    """Limits under their own names."""
    return {each.name: _json(getattr(limits, each.name)) for each in fields(limits)}


def _json(value: object) -> JsonValue:
    match value:
        case Fraction():
            return float(value)
        case tuple():
            return [str(each) for each in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        case int():
            return value
        case _:
            raise TypeError(f"a limit that is a {type(value).__name__}")


def _per_second(prices: PriceList) -> dict[str, str]:
    return {name: format_usd(micro) for name, micro in prices.model_dump().items()}


def _percent(percent: Decimal) -> str:
    """A percentage without needless zeros."""
    return f"{percent.normalize():f}"
