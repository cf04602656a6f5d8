"""An element as the native API shows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kirin_video.domain.wire import ElementPicture, ElementResource, ElementTag, TaskError
from kirin_video.domain.wire_faults import WIRE_FAULTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kirin_video.domain.element import Element

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


def element_resource(element: Element, links: Sequence[str], base_url: str) -> ElementResource:
    """Show an element.

    Args:
        element: the element.
        links: where its pictures are, relative to the server, the frontal one first; none if there are none.
        base_url: the server's address, without a trailing slash.

    Returns:
        The answer; dump it with ``exclude_none``.
    """
    urls = [base_url + link for link in links]
    failure = element.failure
    return ElementResource(
        element_id=element.id,
        element_name=element.name,
        element_description=element.description,
        status=element.status.value,
        preset=element.is_preset,
        created_at=(element.created_at - _EPOCH) // _MS,
        task_id=element.task_id,
        element_frontal_image=urls[0] if urls else None,
        element_refer_list=[ElementPicture(image_url=url) for url in urls[1:]] if urls else None,
        tag_list=[ElementTag(tag_id=tag) for tag in element.tags],
        error=failure and TaskError(code=WIRE_FAULTS[failure.fault].code, error_message=failure.message),
    )
