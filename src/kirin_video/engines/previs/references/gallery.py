"""The pictures of a shot's references: what each shows, and every view of an element."""

from __future__ import annotations

import numpy as np

from kirin_video.domain.prompt import ReferenceKind
from kirin_video.domain.shot import Shot
from kirin_video.engines.previs.photo.picture import read_upright
from kirin_video.engines.previs.references.content import Content, seen_in
from kirin_video.engines.previs.references.cutting import Cut, cut_out
from kirin_video.engines.previs.references.roles import Part
from kirin_video.engines.previs.references.standins import references_of
from kirin_video.engines.previs.references.views import View, view_of, views_of


class Gallery:
    """The pictures of a shot's references, each looked at once.

    Args:
        shot: whose.
    """

    def __init__(self, shot: Shot) -> None:
        self._shot = shot
        self.references = references_of(shot)
        self._seen: dict[int, Content] = {}

    def content(self, index: int) -> Content:
        """What a reference's picture shows."""
        if index not in self._seen:
            reference = self.references[index]
            if reference.kind is ReferenceKind.ELEMENT:
                picture = self._shot.subjects[reference.number - 1].pictures[0]
            else:
                picture = self._shot.images[reference.number - 1]
            self._seen[index] = seen_in(read_upright(picture))
        return self._seen[index]

    def judge(self, index: int) -> Part:
        """What a picture is, by its content."""
        if self.references[index].kind is ReferenceKind.ELEMENT:
            return Part.SUBJECT
        return self.content(index).part

    def alone(self, index: int) -> bool:
        """Whether a picture shows its subject before a plain ground, or is of a person: it is no place."""
        content = self.content(index)
        return content.person or (content.cut is not None and content.cut.plain)

    def about(self, index: int) -> str:
        """The caller's words about an element."""
        reference = self.references[index]
        if reference.kind is not ReferenceKind.ELEMENT:
            return ""
        subject = self._shot.subjects[reference.number - 1]
        return f"{subject.name}. {subject.description}"

    def views(self, index: int) -> tuple[View, ...]:
        """All views of a reference that can be cut out."""
        content, reference = self.content(index), self.references[index]
        first = content.cut or _whole(content)
        if reference.kind is not ReferenceKind.ELEMENT:
            return (view_of(first),)
        more = self._shot.subjects[reference.number - 1].pictures[1:]
        others = [cut for cut in (cut_out(read_upright(picture)) for picture in more) if cut is not None]
        return views_of([first, *others])


def _whole(content: Content) -> Cut:
    """A picture without a subject that stands out, as it is."""
    whole = np.ones(content.rgb.shape[:2], np.float32)
    return Cut(content.rgb, whole, 0.0, plain=False, cropped=False, share=1.0)
