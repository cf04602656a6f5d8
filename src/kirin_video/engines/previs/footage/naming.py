"""What a text of an instruction names: a thing in the footage, a colour, a side, or what is to be behind."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.domain.prompt import ReferenceKind
from kirin_video.engines.previs.footage.clauses import REFERENCE, Words
from kirin_video.engines.previs.footage.edits import Backdrop, Ground, Reference, Region, Thing
from kirin_video.engines.previs.plan import Color
from kirin_video.engines.previs.reading.lexicon import Kind, Lexicon
from kirin_video.engines.previs.reading.phrases import Phrase, Sentence, take_apart


@dataclass(frozen=True, slots=True)
class Namer:
    """Tells what texts name.

    Attributes:
        words: the words of instructions.
        lexicon: the words of everything else.
    """

    words: Words
    lexicon: Lexicon

    def named(self, text: str) -> Thing | None:
        """The thing that a text names; None where it names none."""
        sentence = take_apart(text, self.lexicon)
        noun = _last(sentence, Kind.SUBJECT)
        cloth = _last(sentence, Kind.GARMENT)
        region = next(
            (Region(name) for name, found in self.words.regions.items() if found.search(text)), None
        )
        main = self.words.says("main", text)
        scenery = _last(sentence, Kind.SCENERY) or _last(sentence, Kind.PLACE)
        colors = self.colors(text)
        if noun is None and cloth is None and region is None and not main and not scenery and not colors:
            return None
        kind = noun.meaning(Kind.SUBJECT) if noun else None
        return Thing(
            REFERENCE.sub("", text).strip(),
            kind=kind.value if kind else None,
            color=colors[0] if colors else None,
            region=region if _is_region(region, noun, cloth) else None,
            worn=cloth is not None,
            garment=garment.value if cloth and (garment := cloth.meaning(Kind.GARMENT)) else "",
            side=self.side(text),
            plural=self.words.says("all", text),
            main=main and not colors and cloth is None,
        )

    def ground(self, text: str) -> Backdrop | None:
        """What a text says is behind: a picture, one colour, or a world in words."""
        picture = reference_in(text)
        if picture is not None and picture.kind is not ReferenceKind.VIDEO:
            return Backdrop(Ground.PICTURE, reference=picture)
        bare = self.words.marks["background"].sub(" ", text).strip()
        colors = self.colors(bare)
        sentence = take_apart(bare, self.lexicon)
        names = [p for p in sentence.phrases if p.meaning(Kind.PLACE) or p.meaning(Kind.SUBJECT)]
        if colors and (not names or self.words.says("plain", bare)):
            return Backdrop(Ground.COLOR, colors[-1])
        wanted = (Kind.PLACE, Kind.SUBJECT, Kind.TIME, Kind.WEATHER, Kind.SEASON, Kind.PHENOMENON)
        if any(phrase.meaning(kind) for phrase in sentence.phrases for kind in wanted):
            return Backdrop(Ground.WORLD, words=bare)
        return None

    def is_thing(self, text: str) -> bool:
        """Whether a text names something in the footage, not all of it."""
        return not self.is_whole(text) and self.named(text) is not None

    def is_whole(self, text: str) -> bool:
        """Whether a text means the footage as a whole."""
        bare = self.words.marks["whole"].sub("", REFERENCE.sub("", text))
        return not bare.replace("the", "").replace("of", "").replace("'s", "").replace("\u7684", "").strip()

    def surface(self, text: str) -> str | None:
        """What a text says a floor or a wall is made of, by the name of a surface."""
        found = (
            (match.start(), name) for name, p in self.words.surfaces.items() if (match := p.search(text))
        )
        return min(found, default=(0, None))[1]

    def company(self, text: str) -> tuple[str, Thing | None]:
        """Who comes and whom they come to stand by: "a dog beside the man"."""
        mark = self.words.marks["beside"].search(text)
        if mark is None:
            return text, None
        parts = text[: mark.start()].strip(), text[mark.end() :].strip()
        who, others = parts if self.first(parts[0], Kind.SUBJECT) and mark.group().isascii() else parts[::-1]
        if self.first(who, Kind.SUBJECT) is None:
            return text, None
        return who, self.named(others)

    def side(self, text: str) -> str:
        """``left``, ``right`` or "": where a text says something is."""
        return next((side for side in ("left", "right") if self.words.says(side, text)), "")

    def first(self, text: str, kind: Kind) -> Phrase | None:
        """The first words of a text that have some meaning."""
        sentence = take_apart(text, self.lexicon)
        return next((phrase for phrase in sentence.phrases if phrase.meaning(kind)), None)

    def colors(self, text: str) -> list[Color]:
        """The colours that a text names, in order."""
        sentence = take_apart(text, self.lexicon)
        return [
            self.lexicon.colors[meaning.value]
            for phrase in sentence.phrases
            if (meaning := phrase.meaning(Kind.COLOR)) is not None
        ]

    def color_at_end(self, text: str) -> tuple[str, Color | None]:
        """Read "the red car blue": a colour that no noun follows is what the thing becomes."""
        sentence = take_apart(text, self.lexicon)
        last = sentence.phrases[-1] if sentence.phrases else None
        meaning = last.meaning(Kind.COLOR) if last else None
        if last is None or meaning is None or last.last != len(sentence.tokens):
            return text, None
        start = sentence.tokens[last.first].start
        return sentence.text[:start].strip(), self.lexicon.colors[meaning.value]

    def color(self, name: str) -> Color:
        """A colour by its name in the lexicon."""
        return self.lexicon.colors[name]


def reference_in(text: str) -> Reference | None:
    """The first picture or element that a text points to."""
    found = [Reference(ReferenceKind(m[1]), int(m[2])) for m in REFERENCE.finditer(text)]
    return next((one for one in found if one.kind is not ReferenceKind.VIDEO), found[0] if found else None)


def _is_region(region: Region | None, noun: Phrase | None, cloth: Phrase | None) -> bool:
    """Whether words such as "hair" or "road" mean that part of the picture, not what stands beside them."""
    if region in {Region.HAIR, Region.FACE}:
        return cloth is None
    return region is not None and (region not in {Region.WALL, Region.GROUND} or noun is None)


def _last(sentence: Sentence, kind: Kind) -> Phrase | None:
    return next((phrase for phrase in reversed(sentence.phrases) if phrase.meaning(kind)), None)
