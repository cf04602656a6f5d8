"""What has been read of a prompt so far, while its instructions are taken one by one."""

from __future__ import annotations

from dataclasses import dataclass, field

from kirin_video.engines.previs.footage.clauses import Words
from kirin_video.engines.previs.footage.edits import EditPlan, Local, Thing
from kirin_video.engines.previs.footage.exceptions import is_somebody
from kirin_video.engines.previs.footage.naming import Namer
from kirin_video.engines.previs.footage.overall import Overall
from kirin_video.engines.previs.plan import Style


@dataclass
class Draft:
    """A plan in the making.

    Attributes:
        namer: tells what texts name.
        overall: what is said of the whole picture.
        local: edits of a part of it, in order.
        kept: what is to stay as it was, and whether the prompt calls it an exception.
        unread: words that were not understood.
    """

    namer: Namer
    overall: Overall
    local: list[Local] = field(default_factory=list[Local])
    kept: list[tuple[Thing, bool]] = field(default_factory=list[tuple[Thing, bool]])
    unread: list[str] = field(default_factory=list[str])

    @property
    def words(self) -> Words:
        """The words of instructions."""
        return self.namer.words

    @property
    def last(self) -> Local | None:
        """The edit of a part that was read last."""
        return self.local[-1] if self.local else None

    def plan(self, language: str) -> EditPlan:
        """All of it.

        Args:
            language: ``en`` or ``zh``, of the notes.
        """
        overall = self.overall
        repainted = overall.style is not None and overall.style.style is not Style.MONOCHROME
        # "keep her face" asks for a likeness, not for a photograph of it in a drawing
        kept = [thing for thing, excepted in self.kept if excepted or not (repainted or is_somebody(thing))]
        return EditPlan(
            tuple(self.local),
            overall.style,
            overall.air,
            overall.view,
            tuple(kept),
            tuple(dict.fromkeys(self.unread)),
            tuple(dict.fromkeys(overall.undone)),
            language,
        )
