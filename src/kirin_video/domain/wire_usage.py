"""What an account used, as it is on the wire."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field, JsonValue

from kirin_video.domain.inputs import MODEL
from kirin_video.domain.wire import WireModel

_AMOUNT = r"^\d+\.\d{2,6}$"
_LINE: dict[str, JsonValue] = {
    "day": "2026-11-02",
    "model": MODEL,
    "completed": 3,
    "failed": 1,
    "seconds": 15,
    "cost": "1.26",
    "discount": "0.00",
}


class UsageFigures(WireModel):
    """Figures of some tasks."""

    completed: int = Field(description="Tasks that completed.", ge=0)
    failed: int = Field(description="Tasks that failed or were cancelled; they cost nothing.", ge=0)
    seconds: int | float = Field(description="Length of the clips made, in seconds.", ge=0)
    cost: str = Field(
        description="US dollars charged, after discounts, as decimal text.",
        pattern=_AMOUNT,
        examples=["1.26"],
    )
    discount: str = Field(
        description="US dollars taken off list prices, as decimal text.", pattern=_AMOUNT, examples=["0.00"]
    )


class UsageGroup(WireModel):
    """What the tasks of a group have in common. What tasks are not grouped by is not there."""

    day: str | None = Field(default=None, description="The day on which they ended, in UTC.")
    key_id: str | None = Field(
        default=None, description="The key that made them; null for tasks of a time when that was not noted."
    )
    key_name: str | None = Field(default=None, description="What that key is for, in its owner's words.")
    model: str | None = Field(default=None, description="The model asked for.")
    mode: str | None = Field(default=None, description="std or pro; null for elements.")


class UsageEntry(UsageFigures, UsageGroup):
    """Figures of the tasks of one group."""


class UsageList(WireModel):
    """What your account used."""

    model_config = ConfigDict(
        populate_by_name=True,
        json_schema_extra={
            "examples": [
                {
                    "object": "usage",
                    "from": "2026-11-01",
                    "to": "2026-11-30",
                    "group_by": ["day", "model"],
                    "data": [_LINE],
                    "total": {
                        name: _LINE[name] for name in ("completed", "failed", "seconds", "cost", "discount")
                    },
                }
            ]
        },
    )

    object: Literal["usage"] = Field(default="usage", description="Always usage.")
    since: str = Field(alias="from", description="The first day.")
    until: str = Field(alias="to", description="The last day, itself included.")
    group_by: list[str] = Field(description="What the entries are told apart by.")
    data: list[UsageEntry] = Field(description="The figures; groups without a task are not there.")
    total: UsageFigures = Field(description="All of them together.")
