"""Reads clothes and the parts of bodies, and who has them."""

from __future__ import annotations

from kirin_video.engines.previs.plan import RelationKind
from kirin_video.engines.previs.reading.lexicon import Kind
from kirin_video.engines.previs.reading.phrases import Phrase
from kirin_video.engines.previs.reading.subjects.describing import (
    dress,
    paint_part,
    take_colors,
)
from kirin_video.engines.previs.reading.subjects.mention import Description, Mention
from kirin_video.engines.previs.reading.subjects.naming import Naming

_HOLDABLE = frozenset({"thing", "food", "plant"})
_POSSESSIVE = frozenset({"his", "her", "their", "its"})
_BODY_PARTS_IN_HAND = frozenset({"hands", "mouth"})

_LAID_DOWN = {"glasses": "spectacles", "sunglasses": "spectacles", "hat": "hat_thing", "crown": "crown_thing"}
"""What garments are that nobody wears, where they have bodies of their own."""


class Attire(Naming):
    """Clothes and parts."""

    __slots__ = ()

    def garment(self, at: int, phrase: Phrase) -> None:
        """A garment: on its wearer, or on one still to come, or a thing by itself."""
        meaning = phrase.meaning(Kind.GARMENT)
        assert meaning is not None
        coming = self.coming
        chinese = not phrase.text.isascii()
        owner = self.wearer(at, chinese=chinese)
        if chinese and (self.outer is not None or ((coming.deeds or coming.measured) and self.dressing)):
            coming.wears.append((meaning.value, take_colors(coming)))
            return
        if owner is None and chinese:
            coming.wears.append((meaning.value, take_colors(coming)))
            return
        if owner is not None and self.transitive is None:
            dress(owner, coming, meaning.value)
            self.dressing = self.aside = True
        else:
            self.garment_alone(phrase, meaning.value)
        self.coming = Description()
        self.relation = None

    def garment_alone(self, phrase: Phrase, name: str) -> None:
        """A garment that nobody wears is a thing."""
        mention = self.mention(phrase, _LAID_DOWN.get(name, "garment"))
        self.place(mention, relative=False)
        self.last = mention

    def wearer(self, at: int, *, chinese: bool) -> Mention | None:
        """Who a garment is on: the last living one."""
        joined = self.dressing or (
            self.relation is not None and self.relation[0] in {RelationKind.IN, RelationKind.WITH}
        )
        candidates = [self.last, *self.heads] if self.last is not None else self.heads
        joined = joined or self.coming.article in _POSSESSIVE
        joined = joined or (chinese and not self.coming.begun_early and not self.relative_follows(at))
        found = next((mention for mention in candidates if self.concept(mention).living), None)
        return found if joined or self.joined or self.listed else None

    def part(self, _at: int, phrase: Phrase) -> None:
        """A part of a body: its colour is its owner's."""
        meaning = phrase.meaning(Kind.PART)
        assert meaning is not None
        owner = self.last
        coming = self.coming
        if meaning.value == "hair":
            said = " ".join([*(text for _, _, text in coming.words), phrase.text])
            coming.words.append((Kind.TRAIT, "hair", said))
        if phrase.text.endswith("haired"):
            owner = None
        if meaning.value in _BODY_PARTS_IN_HAND and self.relation is not None and self.last in self.mentions:
            self.into_hand()
        elif self.is_onto_shoulders(meaning.value):
            self.onto_shoulders()
        elif owner is not None and self.outer is None and (phrase.text.isascii() or not coming.begun_early):
            paint_part(owner, coming, meaning.value)
            self.aside = True
        else:
            color = take_colors(coming)
            if color is not None:
                coming.parts.append((meaning.value, color))
            return
        self.coming = Description()
        self.dressing = self.dressing or self.relation is not None
        self.relation = None

    def into_hand(self) -> None:
        """Read ``in her hand``: what was named last is held by who was named before."""
        self.relation = None
        held = self.last
        holder = next((m for m in reversed(self.mentions) if m is not held and self.concept(m).living), None)
        if held is not None and holder is not None and self.concept(held).family in _HOLDABLE:
            held.relate(RelationKind.HELD_BY, holder)

    def is_onto_shoulders(self, part: str) -> bool:
        """Whether somebody was just said to be on somebody's shoulders."""
        on = self.relation is not None and self.relation[0] is RelationKind.ON
        return part == "shoulders" and on and self.last is not None and self.concept(self.last).living

    def onto_shoulders(self) -> None:
        """Read ``with his son on his shoulders``: who was named last sits on who was named before."""
        self.relation = None
        rider = self.last
        people = (m for m in reversed(self.mentions) if self.concept(m).family == "person")
        holder = next((m for m in people if m is not rider), None)
        if rider is None or holder is None:
            return
        rider.relations = [(kind, to) for kind, to in rider.relations if to is not holder]
        holder.relations = [(kind, to) for kind, to in holder.relations if to is not rider]
        rider.relate(RelationKind.ON, holder)

    def have(self, _at: int, phrase: Phrase) -> None:
        """Read ``Having``: what follows belongs to the last subject."""
        if not phrase.text.isascii() and not self.heads:
            return
        self.having = [self.last] if self.last is not None else []
