"""Reads what a prompt, English or Chinese, wants done to footage: several edits in one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from kirin_video.domain.prompt import Prompt, ReferenceKind
from kirin_video.engines.previs.footage.clauses import REFERENCE, Clause, Words, clauses_of, load_words
from kirin_video.engines.previs.footage.edits import (
    Air,
    Backdrop,
    EditPlan,
    Ground,
    Insert,
    Local,
    Recolor,
    Reference,
    Region,
    Remove,
    Restyle,
    Thing,
    Touch,
    View,
)
from kirin_video.engines.previs.plan import (
    Angle,
    Color,
    Mood,
    Pace,
    Phenomenon,
    Season,
    Style,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.reading.camera import read_camera
from kirin_video.engines.previs.reading.framing import read_framing
from kirin_video.engines.previs.reading.lexicon import Kind, Lexicon, load_lexicon
from kirin_video.engines.previs.reading.phrases import Phrase, Sentence, take_apart

GREEN: Final = Color("chroma green", (0, 177, 64))
BLUE: Final = Color("chroma blue", (0, 71, 187))
_AIR: Final = (Kind.WEATHER, Kind.TIME, Kind.SEASON, Kind.MOOD, Kind.PHENOMENON)
_CHINESE_SHARE: Final = 0.3
_SCREEN_BLUE: Final = ("blue", "\u84dd")
_IN_THE_AIR: Final = frozenset({Phenomenon.CLOUDS, Phenomenon.WIND, Phenomenon.SUN})
_OTHER_SIDES: Final = frozenset(Angle) - {Angle.EYE_LEVEL}


def read_instructions(
    prompt: Prompt, *, seed: int, words: Words | None = None, lexicon: Lexicon | None = None
) -> EditPlan:
    """Read a prompt as instructions for editing footage.

    Args:
        prompt: words and references.
        seed: turns a pan that has no direction.
        words: the words of instructions; None loads those of this package.
        lexicon: the words of everything else, likewise.
    """
    reader = _Reader(words or load_words(), lexicon or load_lexicon(), seed)
    for clause in clauses_of(prompt, reader.words):
        reader.read(clause)
    chinese = sum("\u3400" <= character <= "\u9fff" for character in prompt.text)
    language = "zh" if chinese > _CHINESE_SHARE * max(len(prompt.text), 1) else "en"
    return reader.plan(language)


@dataclass
class _Reader:
    """What has been read so far."""

    words: Words
    lexicon: Lexicon
    seed: int
    local: list[Local] = field(default_factory=list[Local])
    style: Restyle | None = None
    air: Air = field(default_factory=Air)
    view: View = field(default_factory=View)
    unread: list[str] = field(default_factory=list[str])
    undone: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def plan(self, language: str) -> EditPlan:
        """All of it."""
        return EditPlan(
            tuple(self.local),
            self.style,
            self.air,
            self.view,
            tuple(dict.fromkeys(self.unread)),
            tuple(dict.fromkeys(self.undone)),
            language,
        )

    def read(self, clause: Clause) -> None:
        """Read one instruction; what it does not say is noted as not understood."""
        if clause.verb == "keep":
            return
        done = (
            self._screen(clause)
            or self._background(clause)
            or self._removal(clause)
            or self._thing(clause)
            or self._whole(clause)
            or self._insert(clause)
            or self._more_of_the_background(clause)
        )
        if not done and REFERENCE.sub("", clause.text).strip(" -"):
            self.unread.append(REFERENCE.sub(_bracketed, clause.text))

    def _screen(self, clause: Clause) -> bool:
        if not self.words.says("screen", clause.text):
            return False
        on_it = not self.words.says("screen", clause.about) or not clause.becomes
        removed = clause.verb == "remove" or (clause.verb == "replace" and not on_it)
        if removed or (
            clause.verb == "change" and self.words.says("screen", clause.about) and clause.becomes
        ):
            ground = self._ground(clause.becomes) if clause.becomes else None
            ground = ground or Backdrop(Ground.COLOR, self._color("white"))
            self.local.append(replace(ground, keyed=True))
            return True
        blue = any(word in clause.text for word in _SCREEN_BLUE)
        self.local.append(Backdrop(Ground.COLOR, BLUE if blue else GREEN))
        return True

    def _background(self, clause: Clause) -> bool:
        if not self.words.says("background", clause.text):
            return self._placed(clause)
        becomes = self._behind(clause)
        if becomes is None:
            return False
        found = self._effect(clause) or self._ground(becomes)
        if clause.verb == "remove":
            found = Backdrop(Ground.COLOR, self._color("white"))
        if found is not None:
            self.local.append(found)
        return found is not None

    def _behind(self, clause: Clause) -> str | None:
        """What a clause that names the background puts there; None where it speaks of something else."""
        bare = self.words.marks["background"].sub(" ", clause.about)
        if clause.verb == "remove":
            return None if self._is_thing(bare) else ""  # "remove the people in the background"
        if self.words.says("background", clause.about) or not self.words.says("background", clause.becomes):
            return clause.becomes or bare
        if clause.verb in {"add", "change"} and self._is_thing(bare) and self._colors(bare):
            return None  # "make the car in the background red"
        return self.words.marks["background"].sub(" ", clause.text)

    def _effect(self, clause: Clause) -> Backdrop | None:
        for mark, ground in (("blur", Ground.BLUR), ("grey", Ground.GREY)):
            if self.words.says(mark, clause.text):
                return Backdrop(ground)
        return None

    def _placed(self, clause: Clause) -> bool:
        """Read "put her on a beach", "make it a desert", "place the man in front of <<<image_1>>>"."""
        goal = clause.becomes or (clause.about if clause.verb == "" else "")
        if clause.verb not in {"add", "change", "replace"} or not goal:
            return False
        if not (self._is_whole(clause.about) or self.words.says("main", clause.about)):
            return False
        place = self._first(goal, Kind.PLACE)
        picture = REFERENCE.search(goal) if clause.verb == "add" else None
        if place is None and picture is None:
            return False
        if place is not None and place.meaning(Kind.TIME) is not None and clause.verb != "add":
            return False  # "turn it into a starry night"
        ground = self._ground(goal)
        if ground is not None:
            self.local.append(ground)
        return ground is not None

    def _ground(self, text: str) -> Backdrop | None:
        """What a text says is behind: a picture, one colour, or a world in words."""
        picture = _reference(text)
        if picture is not None and picture.kind is not ReferenceKind.VIDEO:
            return Backdrop(Ground.PICTURE, reference=picture)
        bare = self.words.marks["background"].sub(" ", text).strip()
        colors = self._colors(bare)
        sentence = take_apart(bare, self.lexicon)
        names = [p for p in sentence.phrases if p.meaning(Kind.PLACE) or p.meaning(Kind.SUBJECT)]
        if colors and (not names or self.words.says("plain", bare)):
            return Backdrop(Ground.COLOR, colors[-1])
        wanted = (Kind.PLACE, Kind.SUBJECT, Kind.TIME, Kind.WEATHER, Kind.SEASON, Kind.PHENOMENON)
        if any(phrase.meaning(kind) for phrase in sentence.phrases for kind in wanted):
            return Backdrop(Ground.WORLD, words=bare)
        return None

    def _more_of_the_background(self, clause: Clause) -> bool:
        """A clause without a verb goes on describing the background before it: "..., at sunset"."""
        last = self.local[-1] if self.local else None
        if clause.verb or not isinstance(last, Backdrop) or last.ground is not Ground.WORLD:
            return False
        if self._ground(clause.text) is None:
            return False
        self.local[-1] = replace(last, words=f"{last.words}, {clause.text}")
        return True

    def _removal(self, clause: Clause) -> bool:
        if clause.verb != "remove":
            return False
        about = clause.about or clause.becomes
        weather = self._first(about, Kind.WEATHER)
        if weather is not None and not self._is_thing(about):
            self.undone.append(("weather_gone", weather.text))
            return True
        if self.words.says("grey", about) or (about and self._is_colors_alone(about)):
            self.style = Restyle(Style.MONOCHROME)
            return True
        thing = self._named(about)
        if thing is None:
            return False
        self.local.append(Remove(thing))
        return True

    def _is_colors_alone(self, text: str) -> bool:
        return bool(self.words.marks["whole"].fullmatch(text.removeprefix("the ").removeprefix("all "))) and (
            "colo" in text or "\u8272" in text
        )

    def _thing(self, clause: Clause) -> bool:
        """Recolour a thing, or put another in its place."""
        if clause.verb not in {"change", "replace", ""}:
            return False
        colors = self._colors(clause.becomes)
        if clause.becomes and clause.verb:
            swapped = self._replacement(clause)
            if swapped:
                return True
        about, color = clause.about, colors[-1] if colors else None
        if color is None and clause.verb == "change" and not clause.becomes:
            about, color = self._color_at_end(clause.about)
        if color is None or self._is_whole(about):
            return False
        thing = self._named(about)
        if thing is None:
            return False
        self.local.append(Recolor(thing, color))
        return True

    def _replacement(self, clause: Clause) -> bool:
        subject, reference = self._first(clause.becomes, Kind.SUBJECT), _reference(clause.becomes)
        if reference is None and (subject is None or self._colors(clause.becomes)):
            return False
        thing = self._named(clause.about)
        if thing is None or self._is_whole(clause.about):
            return False
        if self._first(clause.becomes, Kind.STYLE) and reference is None:
            return False
        self.local.append(Insert(clause.becomes, reference, thing))
        return True

    def _insert(self, clause: Clause) -> bool:
        if clause.verb != "add":
            return False
        reference = _reference(clause.text)
        subject = self._first(clause.about, Kind.SUBJECT)
        if reference is not None and reference.kind is ReferenceKind.VIDEO:
            reference = None
        if subject is None and reference is None:
            return False
        self.local.append(Insert(clause.about, reference, side=self._side(clause.text)))
        return True

    def _whole(self, clause: Clause) -> bool:
        """Weather, light, season, mood, style and view: wherever in the clause they stand."""
        if isinstance(self.local[-1] if self.local else None, Backdrop) and not clause.verb:
            return False
        sentence = take_apart(clause.text, self.lexicon)
        read = [self._air(sentence, clause), self._manner(sentence, clause), self._view(sentence, clause)]
        return any(read)

    def _air(self, sentence: Sentence, clause: Clause) -> bool:
        before = self.air
        becoming = take_apart(clause.becomes, self.lexicon).phrases if clause.becomes else ()
        said = {kind for phrase in becoming for kind in _AIR if phrase.meaning(kind)}
        for phrase in becoming:
            if not phrase.unwanted:
                self._breathe(phrase)
        for phrase in sentence.phrases:
            # "turn day into night": of what it was before, only what does not change counts
            if not phrase.unwanted and not any(phrase.meaning(kind) for kind in said):
                self._breathe(phrase)
        touches = [Touch(name) for name, found in self.words.touches.items() if found.search(clause.text)]
        if touches:
            self.air = replace(self.air, touches=tuple(dict.fromkeys((*self.air.touches, *touches))))
        if self._is_whole(clause.about) and clause.verb and self.air == before:
            colors = self._colors(clause.becomes or clause.about)
            if colors:
                self.air = replace(self.air, tint=colors[-1])
        if self.air != before and self.words.says("heavy", clause.text):
            self.air = replace(self.air, heavy=True)
        return self.air != before

    def _breathe(self, phrase: Phrase) -> None:
        air = self.air
        if (weather := phrase.meaning(Kind.WEATHER)) and not phrase.meaning(Kind.SUBJECT):
            air = replace(air, weathers=tuple(dict.fromkeys((*air.weathers, Weather(weather.value)))))
        if (time := phrase.meaning(Kind.TIME)) and (time.grade == "said" or air.time is None):
            air = replace(air, time=TimeOfDay(time.value))
        if season := phrase.meaning(Kind.SEASON):
            air = replace(air, season=Season(season.value))
        if mood := phrase.meaning(Kind.MOOD):
            air = replace(air, mood=Mood(mood.value))
        phenomenon = phrase.meaning(Kind.PHENOMENON)
        if phenomenon and air == self.air and Phenomenon(phenomenon.value) not in _IN_THE_AIR:
            air = replace(air, phenomena=(*air.phenomena, Phenomenon(phenomenon.value)))
        self.air = air

    def _manner(self, sentence: Sentence, clause: Clause) -> bool:
        found = next((m for p in sentence.phrases if not p.unwanted and (m := p.meaning(Kind.STYLE))), None)
        reference = _reference(clause.text)
        in_a_style = "style" in clause.text or "\u98ce\u683c" in clause.text
        if found is not None:
            self.style = Restyle(Style(found.value))
        elif reference is not None and reference.kind is not ReferenceKind.VIDEO and in_a_style:
            self.style = Restyle(Style.NATURAL, reference)
        elif self.words.says("grey", clause.text):
            self.style = Restyle(Style.MONOCHROME)
        else:
            return False
        return True

    def _view(self, sentence: Sentence, clause: Clause) -> bool:
        before, undone = self.view, len(self.undone)
        camera = read_camera(sentence, self.seed)
        framing = read_framing(sentence.phrases, camera.claimed)
        if camera.move is not None:
            self.view = replace(self.view, move=camera.move, energy=camera.energy)
        if framing.framing.size is not None:
            self.view = replace(self.view, size=framing.framing.size)
        if framing.framing.angle in _OTHER_SIDES:
            self.undone.extend(("angle", word) for word in framing.angle_words)
        if framing.pace is not Pace.REAL:
            self.undone.extend(("pace", word) for word in framing.paces)
        if self.words.says("mirror", clause.text):
            self.view = replace(self.view, mirror=True)
        if framing.framing.shallow_focus or self.words.says("blur", clause.text):
            self.local.append(Backdrop(Ground.BLUR))
            return True
        return self.view != before or len(self.undone) > undone

    def _named(self, text: str) -> Thing | None:
        """The thing that a text names; None where it names none."""
        sentence = take_apart(text, self.lexicon)
        noun = _last(sentence, Kind.SUBJECT)
        cloth = _last(sentence, Kind.GARMENT)
        region = next(
            (Region(name) for name, found in self.words.regions.items() if found.search(text)), None
        )
        main = self.words.says("main", text)
        scenery = _last(sentence, Kind.SCENERY) or _last(sentence, Kind.PLACE)
        colors = self._colors(text)
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
            side=self._side(text),
            plural=self.words.says("all", text),
            main=main and not colors and cloth is None,
        )

    def _side(self, text: str) -> str:
        return next((side for side in ("left", "right") if self.words.says(side, text)), "")

    def _is_thing(self, text: str) -> bool:
        return not self._is_whole(text) and self._named(text) is not None

    def _is_whole(self, text: str) -> bool:
        bare = self.words.marks["whole"].sub("", REFERENCE.sub("", text))
        return not bare.replace("the", "").replace("of", "").replace("'s", "").replace("\u7684", "").strip()

    def _first(self, text: str, kind: Kind) -> Phrase | None:
        sentence = take_apart(text, self.lexicon)
        return next((phrase for phrase in sentence.phrases if phrase.meaning(kind)), None)

    def _colors(self, text: str) -> list[Color]:
        sentence = take_apart(text, self.lexicon)
        return [
            self.lexicon.colors[meaning.value]
            for phrase in sentence.phrases
            if (meaning := phrase.meaning(Kind.COLOR)) is not None
        ]

    def _color_at_end(self, text: str) -> tuple[str, Color | None]:
        """Read "the red car blue": a colour that no noun follows is what the thing becomes."""
        sentence = take_apart(text, self.lexicon)
        last = sentence.phrases[-1] if sentence.phrases else None
        meaning = last.meaning(Kind.COLOR) if last else None
        if last is None or meaning is None or last.last != len(sentence.tokens):
            return text, None
        start = sentence.tokens[last.first].start
        return sentence.text[:start].strip(), self.lexicon.colors[meaning.value]

    def _color(self, name: str) -> Color:
        return self.lexicon.colors[name]


def _is_region(region: Region | None, noun: Phrase | None, cloth: Phrase | None) -> bool:
    """Whether words such as "hair" or "road" mean that part of the picture, not what stands beside them."""
    if region in {Region.HAIR, Region.FACE}:
        return cloth is None
    return region is not None and (region not in {Region.WALL, Region.GROUND} or noun is None)


def _last(sentence: Sentence, kind: Kind) -> Phrase | None:
    return next((phrase for phrase in reversed(sentence.phrases) if phrase.meaning(kind)), None)


def _reference(text: str) -> Reference | None:
    """The first picture or element that a text points to."""
    found = [Reference(ReferenceKind(m[1]), int(m[2])) for m in REFERENCE.finditer(text)]
    return next((one for one in found if one.kind is not ReferenceKind.VIDEO), found[0] if found else None)


def _bracketed(match: re.Match[str]) -> str:
    return f"<<<{match[1]}_{match[2]}>>>"
