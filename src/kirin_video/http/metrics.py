"""``GET /metrics``: what the server has to do, in the text format of Prometheus."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kirin_video.domain.wire import ErrorResponse
from kirin_video.http.context import context
from kirin_video.http.gate import manager_of

if TYPE_CHECKING:
    from kirin_video.domain.load import Load

_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
_EXAMPLE = '# TYPE kirin_tasks_waiting gauge\nkirin_tasks_waiting{class="cpu",state="ready"} 3\n'


def metrics_routes() -> APIRouter:
    """``/metrics``."""
    router = APIRouter(tags=["operations"])
    router.add_api_route(
        "/metrics",
        _metrics,
        methods=["GET"],
        response_model=None,
        operation_id="metrics",
        summary="What waits, runs and has ended",
        description="For Prometheus. Callers on this machine need no key; others need one with the scope "
        "`admin`. The figures are at most two seconds old and tell nothing of single accounts.",
        responses={
            200: {
                "description": "The figures.",
                "content": {"text/plain": {"schema": {"type": "string"}, "example": _EXAMPLE}},
            },
            401: {"model": ErrorResponse, "description": "Not from this machine, and without a valid key."},
            403: {"model": ErrorResponse, "description": "The key lacks the scope `admin`."},
            429: {"model": ErrorResponse, "description": "Over the account's rate."},
            503: {"model": ErrorResponse, "description": "The database is away."},
        },
    )
    return router


async def _metrics(request: Request) -> Response:
    if not _is_here(request):
        await manager_of(request)
    load = await context(request).services.read_load()
    body = "\n".join(_lines(load)) + "\n"
    return Response(body, media_type=_TYPE, headers={"Cache-Control": "no-store"})


def _is_here(request: Request) -> bool:
    """Whether the caller is on this machine, and not somebody behind a proxy on it."""
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    return ip_address(request.client.host).is_loopback


def _lines(load: Load) -> Iterator[str]:
    classes = [(_label(each.worker_class), each) for each in load.classes]
    yield from _metric(
        "kirin_tasks_waiting",
        "gauge",
        "Tasks that wait for a worker: ready ones could start, delayed ones not yet.",
        [
            (f'class="{name}",state="{state}"', count)
            for name, each in classes
            for state, count in (("ready", each.ready), ("delayed", each.delayed))
        ],
    )
    yield from _metric(
        "kirin_tasks_waiting_oldest_seconds",
        "gauge",
        "How long the oldest task that could start has waited.",
        [(f'class="{name}"', round(each.oldest_s, 3)) for name, each in classes],
    )
    yield from _metric(
        "kirin_tasks_running",
        "gauge",
        "Tasks that workers have.",
        [(f'class="{name}"', each.running) for name, each in classes],
    )
    yield from _metric(
        "kirin_workers",
        "gauge",
        "Workers that are alive, by the classes of task they take.",
        [(f'class="{name}"', each.workers) for name, each in classes],
    )
    yield from _metric(
        "kirin_worker_slots",
        "gauge",
        "Tasks that those workers may run at a time.",
        [(f'class="{name}"', each.slots) for name, each in classes],
    )
    yield from _metric(
        "kirin_deliveries_pending",
        "gauge",
        "Callbacks not delivered yet: due ones could be sent now, later ones wait or are in an attempt.",
        [('state="due"', load.deliveries.due), ('state="later"', load.deliveries.later)],
    )
    yield from _metric(
        "kirin_deliveries_overdue_seconds",
        "gauge",
        "For how long the one that waits longest could have been sent.",
        [('state="due"', round(load.deliveries.overdue_s, 3))],
    )
    yield from _metric(
        "kirin_tasks_ended_total",
        "counter",
        "Tasks that have ended, by result and fault.",
        [
            (f'result="{_label(result)}",fault="{_label(fault)}"', count)
            for (result, fault), count in load.ends.items()
        ],
    )


def _metric(name: str, kind: str, about: str, values: list[tuple[str, float]]) -> Iterator[str]:
    yield f"# HELP {name} {about}"
    yield f"# TYPE {name} {kind}"
    for labels, value in values:
        yield f"{name}{{{labels}}} {value}"


def _label(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
