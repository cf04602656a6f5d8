"""The library of elements: find, list and delete; the presets are everybody's, the rest their account's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kirin_video.domain.element import Element
from kirin_video.domain.element_listing import read_element_listing
from kirin_video.domain.errors import Forbidden, NotFound
from kirin_video.services.authenticate import Caller
from kirin_video.services.cancel_task import CancelTask
from kirin_video.services.preset_pictures import PresetElements
from kirin_video.services.remove_files import RemoveFiles
from kirin_video.store.database import Database
from kirin_video.store.element_rows import ElementRows

_UNKNOWN = "There is no element with this id in your account."


@dataclass(frozen=True, slots=True)
class ElementPage:
    """A page of a list.

    Attributes:
        elements: the newest first, the presets after all others.
        next_cursor: where the next page begins; None if this is the last.
    """

    elements: tuple[Element, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class ReadElement:
    """Reads elements that an account may use.

    Attributes:
        database: where they are.
        elements: their rows.
        presets: those that came with the server.
    """

    database: Database
    elements: ElementRows
    presets: PresetElements

    async def __call__(self, caller: Caller, element_id: str) -> Element:
        """Read an element by the digits of its number.

        Raises:
            NotFound: the account has no such element, whoever else may.
            Overloaded: the database cannot be reached.
        """
        number = element_number(element_id)
        preset = self.presets.find(number)
        if preset is not None:
            return preset
        async with self.database.connection() as connection:
            found = await self.elements.find(connection, caller.account_id, [number])
        if number not in found:
            raise NotFound(_UNKNOWN)
        return found[number]


@dataclass(frozen=True)
class ListElements:
    """Lists elements that an account may use.

    Attributes:
        database: where they are.
        elements: their rows.
        presets: those that came with the server.
    """

    database: Database
    elements: ElementRows
    presets: PresetElements

    async def __call__(self, caller: Caller, query: Sequence[tuple[str, str]]) -> ElementPage:
        """Read a page, the account's own elements first and the newest of them first, then the presets.

        Args:
            caller: who asks.
            query: names and values of the call's query.

        Raises:
            InvalidRequest: the query is not one.
            Overloaded: the database cannot be reached.
        """
        listing = read_element_listing(query)
        wanted = listing.limit + 1
        found: list[Element] = []
        if listing.preset is not True:
            async with self.database.connection() as connection:
                found = await self.elements.page(
                    connection, caller.account_id, before=listing.before, limit=wanted
                )
        if listing.preset is not False:
            found += [each for each in self.presets.all if each.id < listing.before][: wanted - len(found)]
        page = found[: listing.limit]
        return ElementPage(tuple(page), str(page[-1].id) if len(found) > len(page) else None)


@dataclass(frozen=True)
class DeleteElement:
    """Deletes elements of the caller's account.

    Attributes:
        database: where they are.
        elements: their rows.
        read_element: finds them.
        cancel_task: ends the task of one that is not complete yet.
        remove_files: removes their pictures.
    """

    database: Database
    elements: ElementRows
    read_element: ReadElement
    cancel_task: CancelTask
    remove_files: RemoveFiles

    async def __call__(self, caller: Caller, element_id: str) -> int:
        """Delete an element and its pictures. Tasks that took it have copies of their own.

        Returns:
            The number of the element that was deleted.

        Raises:
            NotFound: the account has no such element.
            Forbidden: it is a preset.
            Overloaded: the database cannot be reached; it may have been done all the same.
        """
        element = await self.read_element(caller, element_id)
        if element.task_id is None:
            raise Forbidden(f"Element {element.id} is a preset; presets cannot be deleted.")
        if not element.status.is_terminal:
            await self.cancel_task(caller, element.task_id)
        async with self.database.transaction() as connection:
            keys = await self.elements.delete(connection, caller.account_id, element.id)
        if keys is None:
            raise NotFound(_UNKNOWN)
        await self.remove_files(keys)
        return element.id


def element_number(text: str) -> int:
    """Read the number of an element as it stands in an address.

    Raises:
        NotFound: it is not one.
    """
    if text.isascii() and text.isdigit() and len(text) <= len(str(2**53)) and str(int(text)) == text:
        return int(text)
    raise NotFound(_UNKNOWN)
