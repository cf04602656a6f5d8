"""Lend elements to a task: it gets copies of their pictures, whatever becomes of them later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kirin_video.domain.element import Element, StoredPicture
from kirin_video.domain.errors import Fault, Violation
from kirin_video.domain.inputs import ElementInput
from kirin_video.domain.sources import stored_source
from kirin_video.domain.task import TaskStatus
from kirin_video.services.preset_pictures import PresetElements
from kirin_video.services.room import refusing_when_full
from kirin_video.store.blob_rows import BlobKind, BlobRow
from kirin_video.store.blobs import BlobNotFound, LocalBlobs
from kirin_video.store.database import Database
from kirin_video.store.element_rows import ElementRows

_NO_SUCH = "there is no element with this id in your account."


@dataclass
class TakenElements:
    """Elements on their way into a task.

    Attributes:
        inputs: the entries of ``element_list``, with all that the task needs of them.
        blobs: the task's own copies of their pictures, in place already.
        violations: one for each element that cannot be used.
    """

    inputs: list[ElementInput] = field(default_factory=list[ElementInput])
    blobs: list[BlobRow] = field(default_factory=list[BlobRow])
    violations: list[Violation] = field(default_factory=list[Violation])


@dataclass(frozen=True)
class TakeElements:
    """Lends elements to tasks.

    Attributes:
        database: where they are.
        elements: their rows.
        presets: those that came with the server.
        blobs: their pictures.
    """

    database: Database
    elements: ElementRows
    presets: PresetElements
    blobs: LocalBlobs

    async def __call__(
        self, account_id: str, task_id: str, inputs: Sequence[ElementInput], taken: TakenElements
    ) -> None:
        """Lend elements to a task.

        Args:
            account_id: whose task it is.
            task_id: the task to be.
            inputs: the entries of its ``element_list``.
            taken: filled as far as this comes, so that nothing is lost sight of on an error.

        Raises:
            Overloaded: there is no room for copies, or the database cannot be reached.
        """
        if not inputs:
            return
        found = {each.id: each for each in self.presets.all}
        if not all(given.element_id in found for given in inputs):
            async with self.database.connection() as connection:
                ids = [given.element_id for given in inputs]
                found |= await self.elements.find(connection, account_id, ids)
        for index, given in enumerate(inputs):
            problem = await self._take(account_id, task_id, found.get(given.element_id), taken)
            if problem:
                name = f"element_list[{index}].element_id"
                taken.violations.append(Violation(name, Fault.UNKNOWN_ELEMENT, f"{name}: {problem}"))

    async def _take(
        self, account_id: str, task_id: str, element: Element | None, taken: TakenElements
    ) -> str | None:
        """Copy an element's pictures; what is wrong with it, if it cannot be used."""
        if element is None:
            return _NO_SUCH
        if element.status is TaskStatus.FAILED:
            return "this element could not be made; read it to see why."
        if element.status is not TaskStatus.COMPLETED:
            return f"this element is not complete yet, it is {element.status}; read it until it is completed."
        keys: list[str] = []
        try:
            pictures = await self.presets.pictures(element.id) if element.is_preset else element.pictures
            for picture in pictures:
                with refusing_when_full():
                    keys.append(await self.blobs.duplicate(picture.key))
                taken.blobs.append(_row(account_id, task_id, keys[-1], picture))
        except BlobNotFound:  # deleted in this very moment
            return _NO_SUCH
        taken.inputs.append(
            ElementInput(
                element_id=element.id,
                name=element.name,
                description=element.description,
                pictures=tuple(stored_source(key) for key in keys),
            )
        )
        return None


def _row(account_id: str, task_id: str, key: str, picture: StoredPicture) -> BlobRow:
    return BlobRow(
        key=key,
        account_id=account_id,
        task_id=task_id,
        kind=BlobKind.INPUT,
        media_type=picture.media_type,
        size_bytes=picture.size_bytes,
        sha256=bytes.fromhex(picture.sha256),
    )
