"""Show the pictures of elements: under signed links, as results are."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.domain.element import Element
from kirin_video.domain.task import TaskStatus
from kirin_video.services.preset_pictures import PresetElements
from kirin_video.services.results import LinkResult
from kirin_video.store.database import Database
from kirin_video.store.element_rows import ElementRows


@dataclass(frozen=True)
class LinkElement:
    """Signs links to the pictures of elements.

    Attributes:
        link: signs a link.
        presets: those that came with the server.
    """

    link: LinkResult
    presets: PresetElements

    def __call__(self, element: Element) -> tuple[str, ...]:
        """Links to an element's pictures, the frontal one first; none before it is complete.

        They are relative to the server.
        """
        if element.status is not TaskStatus.COMPLETED:
            return ()
        keys = self.presets.keys(element.id) if element.is_preset else [p.key for p in element.pictures]
        return tuple(
            self.link.to_file(key, f"element-{element.id}-{place}.{key.rpartition('.')[2]}")
            for place, key in enumerate(keys)
        )

    def is_at_hand(self, element: Element) -> bool:
        """Whether an element's pictures are answered at once: a preset's may have to be drawn first."""
        return not element.is_preset or self.presets.is_drawn(element.id)


@dataclass(frozen=True)
class FindElementPicture:
    """Finds pictures of elements by their keys.

    Attributes:
        database: where elements are.
        elements: their rows.
        presets: those that came with the server.
    """

    database: Database
    elements: ElementRows
    presets: PresetElements

    async def __call__(self, key: str) -> tuple[str, bytes] | None:
        """Media type and SHA-256 of a picture, which is in place then; a preset's may be drawn first.

        Raises:
            Overloaded: the database cannot be reached, or the preset cannot be drawn at the moment.
        """
        preset_id = self.presets.owner(key)
        if preset_id is None:
            async with self.database.connection() as connection:
                return await self.elements.find_picture(connection, key)
        pictures = await self.presets.pictures(preset_id)
        return next((p.media_type, bytes.fromhex(p.sha256)) for p in pictures if p.key == key)
