"""The server: engines, queue, workers and storage, and whether all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kirin_video.console.gate import page
from kirin_video.domain.access import Scope

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from kirin_video.console.visit import Visit

_SILENT_S: Final = 10.0
"""A worker that has not been heard of for so long is shown as silent."""


def routes() -> list[Route]:
    """``/server``."""
    return [page("/server", _show, needs=Scope.ADMIN)]


async def _show(visit: Visit) -> Response:
    services, server = visit.services, visit.services.console.admin.server
    load, storage = await services.read_load(), await server.storage()
    offer = await services.list_models()
    served = {each.worker_class: each for each in load.classes}
    engines = [services.engines.engine(name) for name in services.engines.names]
    used = storage.size_bytes - storage.free_bytes
    return visit.page(
        "server.html",
        problems=await services.check_readiness(),
        load=load,
        engines=[
            (engine, offer.engines.get(engine.name, ()), served.get(engine.worker_class))
            for engine in engines
        ],
        workers=[(worker, worker.silent_s > _SILENT_S) for worker in await server.workers()],
        storage=storage,
        used=used,
        used_percent=100 * used / (storage.size_bytes or 1),
        kept=sum(each.size_bytes for each in storage.files),
    )
