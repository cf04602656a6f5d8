"""Reads what a prompt, English or Chinese, wants done to footage: several edits in one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from kirin_video.domain.prompt import Prompt, ReferenceKind
from kirin_video.engines.previs.footage.clauses import REFERENCE, Clause, Words, clauses_of, load_words
from kirin_video.engines.previs.footage.edits import (
    Backdrop,
    Blur,
    EditPlan,
    Ground,
    Insert,
    Local,
    Recolor,
    Region,
    Remove,
    Resky,
    Restyle,
    Resurface,
    Thing,
)
from kirin_video.engines.previs.footage.exceptions import beyond, is_alone, is_somebody, spared
from kirin_video.engines.previs.footage.naming import Namer, reference_in
from kirin_video.engines.previs.footage.overall import Overall
from kirin_video.engines.previs.plan import Color, Style
from kirin_video.engines.previs.reading.lexicon import Kind, Lexicon, load_lexicon

GREEN: Final = Color("chroma green", (0, 177, 64))
BLUE: Final = Color("chroma blue", (0, 71, 187))
_CHINESE_SHARE: Final = 0.3
_LAID_ON: Final = frozenset({Region.GROUND, Region.WALL, Region.GRASS})
_AND: Final = re.compile(r"\s+and\s+")
_PAIR: Final = 2
_SCREEN_BLUE: Final = ("blue", "\u84dd")


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
    namer = Namer(words or load_words(), lexicon or load_lexicon())
    reader = _Reader(namer, Overall(namer, seed))
    for clause in clauses_of(prompt, namer.words):
        reader.read(clause)
    chinese = sum("\u3400" <= character <= "\u9fff" for character in prompt.text)
    language = "zh" if chinese > _CHINESE_SHARE * max(len(prompt.text), 1) else "en"
    return reader.plan(language)


@dataclass
class _Reader:
    """What has been read so far."""

    namer: Namer
    overall: Overall
    local: list[Local] = field(default_factory=list[Local])
    kept: list[tuple[Thing, bool]] = field(default_factory=list[tuple[Thing, bool]])
    unread: list[str] = field(default_factory=list[str])

    @property
    def words(self) -> Words:
        return self.namer.words

    def plan(self, language: str) -> EditPlan:
        """All of it."""
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

    def read(self, clause: Clause) -> None:
        """Read one instruction; what it does not say is noted as not understood."""
        if clause.verb == "keep":
            self._kept(clause)
            return
        done = (
            self._beyond(clause)
            or self._screen(clause)
            or self._sky(clause)
            or self._background(clause)
            or self._removal(clause)
            or self._surface(clause)
            or self._thing(clause)
            or self._whole(clause)
            or self._insert(clause)
            or self._more_of_the_background(clause)
        )
        if not done and REFERENCE.sub("", clause.text).strip(" -"):
            self.unread.append(REFERENCE.sub(_bracketed, clause.text))

    def _kept(self, clause: Clause) -> None:
        """Note what is to stay as it was, where an edit of the whole picture would change it."""
        thing, last = spared(clause, self.namer), self.local[-1] if self.local else None
        excepted = self.words.says("spare", clause.text)
        if excepted and isinstance(last, Remove) and (last.thing.main or last.thing.plural):
            self.local.pop()
            self.overall.undone.append(("one_of_many", f"{last.thing.words} {clause.text}"))
        elif thing is not None:
            self.kept.append((thing, excepted))
            if self.words.says("only", clause.text) and thing.color is not None:
                self.overall.style = Restyle(Style.MONOCHROME)
        elif self.words.says("only", clause.text):
            self.unread.append(clause.text)

    def _beyond(self, clause: Clause) -> bool:
        """Note what no edit does; what else such a clause says of the whole picture is read."""
        name = beyond(clause, self.words)
        if name is None:
            return False
        undone = self.overall.undone
        before = len(undone)
        if not is_alone(name):
            self._whole(clause)
        paced = any(note == "pace" for note, _ in undone[before:])
        if name != "speed" or not paced:  # one note says it
            undone[before:] = [each for each in undone[before:] if each[0] != "pace"]
            undone.append((name, REFERENCE.sub(_bracketed, clause.text)))
        return True

    def _sky(self, clause: Clause) -> bool:
        """Read "replace the sky with a sunset": nothing under it changes."""
        if clause.verb not in {"change", "replace"} or not clause.becomes:
            return False
        thing, reference = self.namer.named(clause.about), reference_in(clause.becomes)
        if thing is None or thing.region is not Region.SKY or thing.kind is not None:
            return False
        if self.namer.first(clause.about, Kind.TIME) is not None:
            return False  # in Chinese, day and sky share a character
        heavens = Overall(self.namer, self.overall.seed)
        named = heavens.read(replace(clause, text=clause.becomes, about=clause.becomes, becomes=""))
        if reference is None and (not named or heavens.air.is_still):
            return False
        self.local.append(Resky(thing, clause.becomes, heavens.air, reference))
        return True

    def _screen(self, clause: Clause) -> bool:
        if not self.words.says("screen", clause.text):
            return False
        on_it = not self.words.says("screen", clause.about) or not clause.becomes
        removed = clause.verb == "remove" or (clause.verb == "replace" and not on_it)
        if removed or (
            clause.verb == "change" and self.words.says("screen", clause.about) and clause.becomes
        ):
            ground = self.namer.ground(clause.becomes) if clause.becomes else None
            ground = ground or Backdrop(Ground.COLOR, self.namer.color("white"))
            self.local.append(replace(ground, keyed=True))
            return True
        blue = any(word in clause.text for word in _SCREEN_BLUE)
        self.local.append(Backdrop(Ground.COLOR, BLUE if blue else GREEN))
        return True

    def _background(self, clause: Clause) -> bool:
        if not self.words.says("background", clause.text):
            return self._placed(clause)
        if self.words.says("transparent", clause.text):
            self.overall.undone.append(("transparent", ""))
            self.local.append(Backdrop(Ground.COLOR, GREEN))
            return True
        becomes = self._behind(clause)
        if becomes is None:
            return False
        found = self._effect(clause) or self.namer.ground(becomes)
        last = self.local[-1] if self.local else None
        if clause.verb == "add" and isinstance(last, Remove):
            self.local.pop()  # "cut out the rabbit and put it on a white background"
        if clause.verb == "remove":
            found = Backdrop(Ground.COLOR, self.namer.color("white"))
        if found is not None:
            self.local.append(found)
        return found is not None

    def _behind(self, clause: Clause) -> str | None:
        """What a clause that names the background puts there; None where it speaks of something else."""
        bare = self.words.marks["background"].sub(" ", clause.about)
        if clause.verb == "remove":
            return None if self.namer.is_thing(bare) else ""  # "remove the people in the background"
        if self.words.says("background", clause.about) or not self.words.says("background", clause.becomes):
            return clause.becomes or bare
        if clause.verb in {"add", "change"} and self.namer.is_thing(bare) and self.namer.colors(bare):
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
        if clause.verb in {"change", "replace"} and self.words.says("everything_else", clause.text):
            ground = self._effect(clause) or (self.namer.ground(goal) if goal else None)
            self.local.extend([ground] if ground is not None else [])
            return ground is not None
        if clause.verb not in {"add", "change", "replace"} or not goal:
            return False
        if not (self.namer.is_whole(clause.about) or self.words.says("main", clause.about)):
            return False
        place = self.namer.first(goal, Kind.PLACE)
        picture = REFERENCE.search(goal) if clause.verb == "add" else None
        if place is None and picture is None:
            return False
        if place is not None and place.meaning(Kind.TIME) is not None and clause.verb != "add":
            return False  # "turn it into a starry night"
        ground = self.namer.ground(goal)
        if ground is not None:
            self.local.append(ground)
        return ground is not None

    def _more_of_the_background(self, clause: Clause) -> bool:
        """A clause without a verb goes on describing the background before it: "..., at sunset"."""
        last = self.local[-1] if self.local else None
        if clause.verb or not isinstance(last, Backdrop) or last.ground is not Ground.WORLD:
            return False
        if self.namer.ground(clause.text) is None:
            return False
        self.local[-1] = replace(last, words=f"{last.words}, {clause.text}")
        return True

    def _removal(self, clause: Clause) -> bool:
        if clause.verb != "remove":
            return False
        about = clause.about or clause.becomes
        weather = self.namer.first(about, Kind.WEATHER)
        if weather is not None and not self.namer.is_thing(about):
            self.overall.undone.append(("weather_gone", weather.text))
            return True
        if self.words.says("grey", about) or (about and self._is_colors_alone(about)):
            self.overall.style = Restyle(Style.MONOCHROME)
            return True
        thing = self.namer.named(about)
        if thing is None:
            return False
        if thing.main and self.words.says("background", clause.text):
            self.overall.undone.append(("one_of_many", clause.text))
        else:
            self.local.append(Remove(thing))
        return True

    def _is_colors_alone(self, text: str) -> bool:
        return bool(self.words.marks["whole"].fullmatch(text.removeprefix("the ").removeprefix("all "))) and (
            "colo" in text or "\u8272" in text
        )

    def _surface(self, clause: Clause) -> bool:
        """Read "replace the floor with wooden planks", "turn the wall into brick"."""
        if clause.verb not in {"change", "replace"} or reference_in(clause.becomes) is not None:
            return False
        goal = clause.becomes or clause.about
        thing, kind = self.namer.named(clause.about), self.namer.surface(goal)
        if thing is None or kind is None or thing.region not in _LAID_ON:
            return False
        colors = self.namer.colors(goal)
        self.local.append(Resurface(replace(thing, color=None), kind, colors[-1] if colors else None))
        return True

    def _thing(self, clause: Clause) -> bool:
        """Recolour a thing, or put another in its place."""
        if clause.verb not in {"change", "replace", ""}:
            return False
        pairs = self._pairs(clause)
        if pairs:
            read = [self._thing(pair) for pair in pairs]
            return all(read)
        colors = self.namer.colors(clause.becomes)
        if clause.becomes and clause.verb:
            swapped = self._replacement(clause)
            if swapped:
                return True
        about, color = clause.about, colors[-1] if colors else None
        if color is None and clause.verb == "change" and not clause.becomes:
            about, color = self.namer.color_at_end(clause.about)
        if color is None or self.namer.is_whole(about):
            return False
        thing = self.namer.named(about)
        if thing is None:
            return False
        self.local.append(Recolor(thing, color))
        return True

    def _pairs(self, clause: Clause) -> list[Clause]:
        """Read "her hair blonde and her dress white" as two: each part has a thing and its colour."""
        parts = _AND.split(clause.about) if clause.verb == "change" and not clause.becomes else []
        ends = [self.namer.color_at_end(part) for part in parts]
        if len(parts) < _PAIR or not all(color and self.namer.is_thing(about) for about, color in ends):
            return []
        return [replace(clause, text=part, about=part) for part in parts]

    def _replacement(self, clause: Clause) -> bool:
        subject, reference = self.namer.first(clause.becomes, Kind.SUBJECT), reference_in(clause.becomes)
        if reference is None and (subject is None or self.namer.colors(clause.becomes)):
            return False
        thing = self.namer.named(clause.about)
        if thing is None or self.namer.is_whole(clause.about):
            return False
        if self.namer.first(clause.becomes, Kind.STYLE) and reference is None:
            return False
        self.local.append(Insert(clause.becomes, reference, thing))
        return True

    def _insert(self, clause: Clause) -> bool:
        if clause.verb != "add":
            return False
        reference = reference_in(clause.text)
        subject = self.namer.first(clause.about, Kind.SUBJECT)
        if reference is not None and reference.kind is ReferenceKind.VIDEO:
            reference = None
        if subject is None and reference is None:
            return False
        whole = self.words.verbs["add"].sub(" ", clause.text).strip()  # "next to" is no change to something
        who, beside = self.namer.company(whole if self.words.says("beside", whole) else clause.about)
        self.local.append(Insert(who, reference, side=self.namer.side(clause.text), beside=beside))
        return True

    def _blurred(self, clause: Clause) -> bool:
        """Read "blur the face", "\u7ed9\u8f66\u6253\u7801"."""
        bare = self.words.marks["blur"].sub(" ", clause.text).strip()
        if self.words.says("background", bare) or self.words.says("everything_else", bare):
            return False
        thing = None if self.namer.is_whole(bare) else self.namer.named(bare)
        if thing is not None:
            self.local.append(Blur(thing))
        return thing is not None

    def _whole(self, clause: Clause) -> bool:
        """Weather, light, season, mood, style and view: wherever in the clause they stand."""
        corrects = any(found.search(clause.text) for found in self.words.touches.values())
        if isinstance(self.local[-1] if self.local else None, Backdrop) and not (clause.verb or corrects):
            return False
        read = self.overall.read(clause)
        if self.words.says("blur", clause.text) and self._blurred(clause):
            return True
        if self.overall.softens_behind(clause):
            self.local.append(Backdrop(Ground.BLUR))
            return True
        return read


def _bracketed(match: re.Match[str]) -> str:
    return f"<<<{match[1]}_{match[2]}>>>"
