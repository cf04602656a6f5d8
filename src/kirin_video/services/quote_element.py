"""Judge a request for an element as creating it would, without making it."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.domain.element_request import parse_element_request
from kirin_video.domain.inputs import ELEMENT_MODEL
from kirin_video.services.authenticate import Caller
from kirin_video.services.create_element import FREE
from kirin_video.services.off_loop import off_loop_if_heavy
from kirin_video.services.quote import Quoted
from kirin_video.services.take_pictures import TakePictures

_FREE = "Elements are free."
_LATER = "Pictures at URLs are fetched and judged when the element is made."


@dataclass(frozen=True)
class QuoteElement:
    """Judges requests for elements exactly as ``CreateElement`` does, and keeps nothing of them.

    Attributes:
        take_pictures: takes in the pictures that come with a request.
    """

    take_pictures: TakePictures

    async def __call__(self, caller: Caller, raw: object) -> Quoted:
        """Quote a request.

        Raises:
            InvalidRequest: creating it would be refused for the same reasons.
            Overloaded: the database cannot be reached, or there is no room.
        """
        request = await off_loop_if_heavy(parse_element_request, raw)
        _, pictures = await self.take_pictures(caller.account_id, request)
        await self.take_pictures.discard(pictures.values())
        is_later = len(pictures) < len(request.pictures)
        return Quoted(
            model=ELEMENT_MODEL,
            price=FREE,
            num_frames=None,
            size=None,
            engine=None,
            notes=(*request.notes, _FREE, *([_LATER] if is_later else [])),
        )
