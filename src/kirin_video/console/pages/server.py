"""The server: engines, queue, workers, storage and log, and whether all is well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kirin_video.console.gate import page
from kirin_video.domain.access import Scope
from kirin_video.domain.load import ClassLoad
from kirin_video.domain.log_line import LogLevel

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.visit import Visit
    from kirin_video.store.overview_rows import EngineDay

_SILENT_S: Final = 10.0
"""A worker that has not been heard of for so long is shown as silent."""


_MAX_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class _Engine:
    """An engine as the page shows it."""

    name: str
    worker_class: str
    inputs: tuple[str, ...]
    load: ClassLoad
    day: EngineDay | None


def routes() -> list[Route]:
    """``/server``."""
    return [page("/server", _show, needs=Scope.ADMIN)]


async def _show(visit: Visit) -> Response:
    services, server = visit.services, visit.services.console.admin.server
    load, storage = await services.read_load(), await server.storage()
    day = await server.engine_day()
    query = visit.request.query_params
    level = LogLevel(query["level"]) if query.get("level") in set(LogLevel) else LogLevel.INFO
    before = query.get("before", "")
    log = await server.said(level, int(before) if before.isdecimal() and len(before) < _MAX_DIGITS else None)
    offer = await services.list_models()
    served = {each.worker_class: each for each in load.classes}
    engines = [services.engines.engine(name) for name in services.engines.names]
    used = storage.size_bytes - storage.free_bytes
    return visit.page(
        "server.html",
        problems=await services.check_readiness(),
        load=load,
        engines=[
            _Engine(
                engine.name,
                engine.worker_class,
                tuple(offer.engines.get(engine.name, ())),
                served.get(engine.worker_class, ClassLoad(engine.worker_class)),
                next((each for each in day if each.engine == engine.name), None),
            )
            for engine in engines
        ],
        faults=[each for each in day if each.fault],
        log=log,
        level=level,
        levels=tuple(LogLevel),
        is_newest=not before,
        workers=[(worker, worker.silent_s > _SILENT_S) for worker in await server.workers()],
        storage=storage,
        used=used,
        used_percent=100 * used / (storage.size_bytes or 1),
        kept=sum(each.size_bytes for each in storage.files),
    )
