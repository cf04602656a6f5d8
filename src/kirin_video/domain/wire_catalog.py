"""What the server can do and for how much, as it is on the wire; see ``wire`` for tasks and errors."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field, JsonValue

from kirin_video.domain.inputs import MODEL
from kirin_video.domain.wire import WireModel

_PRICE = r"^\d+\.\d{2,6}$"


class Quote(WireModel):
    """What a request would make and cost."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "object": "quote",
                    "model": MODEL,
                    "cost": "0.56",
                    "discount": 0,
                    "duration": 5,
                    "width": 1920,
                    "height": 1080,
                    "fps": 24,
                    "num_frames": 120,
                    "engine": "previs",
                    "notes": [],
                }
            ]
        }
    )

    object: Literal["quote"] = Field(default="quote", description="Always quote.")
    model: str = Field(description="The model that was asked for.")
    cost: str = Field(
        description="US dollars that would be held, after the discount, as decimal text. Never less than "
        "what is charged in the end.",
        pattern=_PRICE,
        examples=["0.56"],
    )
    discount: int | float = Field(description="US dollars taken off the list price.", ge=0)
    duration: int | float | None = Field(
        default=None, description="Length of the clip in seconds; left out while base footage is not here."
    )
    width: int | None = Field(
        default=None,
        description="Pixels; left out while the picture or footage that gives the shape is not here.",
    )
    height: int | None = Field(default=None, description="Pixels; left out likewise.")
    fps: int | None = Field(default=None, description="Frames a second; left out for an element.")
    num_frames: int | None = Field(default=None, description="Frames; left out where duration is.")
    engine: str | None = Field(
        default=None, description="The engine that would make it; left out for an element, which none makes."
    )
    notes: list[str] = Field(
        description="In words, what was ignored, what is not known yet, and whether your budget or "
        "your key's spend cap does not cover it: creating it would be refused then."
    )
    budget_left: str | None = Field(
        default=None,
        description="US dollars that your account may still spend; left out if it has no budget.",
        pattern=_PRICE,
        examples=["12.50"],
    )
    cap_left: str | None = Field(
        default=None,
        description="US dollars that your key may still spend under its cap; left out if it has none.",
        pattern=_PRICE,
        examples=["4.20"],
    )


class RuleCard(WireModel):
    """A rule between parameters."""

    rule: str = Field(description="The rule in a sentence.")
    code: str = Field(description="The code of a request that breaks it.", examples=["002015005"])


class PriceCard(WireModel):
    """What a model costs your account."""

    currency: Literal["USD"] = Field(default="USD", description="Always USD.")
    per_second: dict[str, str] = Field(
        description="The list price of a second by mode; with_video where the request has footage. Empty for "
        "what is free.",
        examples=[{"std": "0.084"}],
    )
    discount_percent: str = Field(description="What is taken off for your account.", examples=["0"])


class EngineCard(WireModel):
    """An engine of this server."""

    name: str = Field(description="Its name, as metadata.engine gives it.")
    inputs: list[str] = Field(
        description="What it can work from now: text, first_frame, last_frame, reference_images, elements, "
        "base_video, feature_video."
    )


class ModelCard(WireModel):
    """A model and what it accepts; made from the rules that judge requests."""

    id: str = Field(description="The model's name in a request.")
    object: Literal["model"] = Field(default="model", description="Always model.")
    parameters: dict[str, JsonValue] = Field(description="The parameters as a JSON Schema.")
    rules: list[RuleCard] = Field(description="The rules between parameters.")
    limits: dict[str, dict[str, JsonValue]] = Field(
        description="What a picture and a video must keep to, after rotation; sizes in pixels and bytes."
    )
    sizes: dict[str, dict[str, list[int]]] = Field(
        description="Width and height by mode and aspect_ratio. With a first frame or base footage: its own "
        "shape at the same number of pixels."
    )
    fps: int | None = Field(default=None, description="Frames a second of what it makes.")
    prices: PriceCard = Field(description="What it costs.")
    engines: list[EngineCard] = Field(description="Who makes it on this server, the preferred one first.")


class ModelList(WireModel):
    """The models."""

    object: Literal["list"] = Field(default="list", description="Always list.")
    data: list[ModelCard] = Field(description="The models.")
