"""Look names up in threads that keep nobody waiting."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")


async def in_own_thread(function: Callable[..., Result], *args: object) -> Result:
    """Call a blocking function in a thread of its own.

    A resolver may take half a minute to give up, and cannot be told to. In the event loop's own few threads
    that would hold up whatever else uses them, and the end of the process as well; a thread of its own holds
    up nothing.

    Args:
        function: what to call.
        *args: with what.

    Raises:
        Exception: what the function raised.
    """
    loop = asyncio.get_running_loop()
    told: asyncio.Future[Result] = loop.create_future()

    def settle(setter: Callable[[Any], None], value: object) -> None:
        def unless_done() -> None:
            if not told.done():
                setter(value)

        try:
            loop.call_soon_threadsafe(unless_done)
        except RuntimeError:
            return  # the loop is gone, and with it whoever asked

    def work() -> None:
        try:
            found = function(*args)
        except Exception as error:  # noqa: BLE001 - whoever asked gets it
            settle(told.set_exception, error)
        else:
            settle(told.set_result, found)

    threading.Thread(target=work, name="look-up", daemon=True).start()
    return await told
