from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from kirin_video.domain import wire
from kirin_video.domain.task import TaskStatus

ANSWERS = [wire.TaskResource, wire.ErrorResponse]


def examples(model: type[BaseModel]) -> list[dict[str, Any]]:
    return model.model_json_schema()["examples"]


@pytest.mark.parametrize("model", ANSWERS)
def test_every_example_is_what_would_be_written(model: type[BaseModel]) -> None:
    assert examples(model)
    for example in examples(model):
        assert model.model_validate(example).model_dump(mode="json", exclude_none=True) == example


def test_there_is_an_example_of_every_status() -> None:
    assert [example["status"] for example in examples(wire.TaskResource)] == list(TaskStatus)
    assert get_args(wire.Status) == tuple(TaskStatus)


def test_every_field_is_documented() -> None:
    for model in (wire.TaskResource, wire.Output, wire.Content, wire.Usage, wire.TaskError, wire.ErrorDetail):
        for name, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{name}"


def test_whole_durations_stay_whole() -> None:
    completed = examples(wire.TaskResource)[2]
    assert '"duration":5}' in wire.TaskResource.model_validate(completed).model_dump_json(exclude_none=True)


@pytest.mark.parametrize(
    "change",
    [
        {"progress": 0.5},
        {"usage": {"cost": "0.56", "discount": 0}},
        {"output": []},
        {"error": {"code": "002015095", "error_message": "x"}},
        {"status": "failed"},
        {"status": "in_progress", "progress": 1.5},
        {"status": "submitted"},
        {"status": "completed", "usage": {"cost": "0.5", "discount": 0}},
    ],
)
def test_a_field_is_there_only_in_its_status(change: dict[str, object]) -> None:
    queued = examples(wire.TaskResource)[0]
    with pytest.raises(ValidationError):
        wire.TaskResource.model_validate({**queued, **change})


@pytest.mark.parametrize(
    ("place", "change"), [(2, {"progress": 1.0}), (3, {"usage": {"cost": "0.56", "discount": 0}})]
)
def test_an_ended_task_shows_only_its_end(place: int, change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        wire.TaskResource.model_validate({**examples(wire.TaskResource)[place], **change})


def test_newer_servers_may_say_more() -> None:
    assert (
        wire.TaskResource.model_validate({**examples(wire.TaskResource)[0], "region": "x"}).status == "queued"
    )
