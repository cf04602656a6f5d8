"""What an instruction says of the whole picture: weather, light, season, mood, style and view."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from kirin_video.domain.prompt import ReferenceKind
from kirin_video.engines.previs.footage.clauses import Clause
from kirin_video.engines.previs.footage.edits import Air, Region, Restyle, Thing, Touch, View
from kirin_video.engines.previs.footage.naming import Namer, reference_in
from kirin_video.engines.previs.plan import (
    Angle,
    Mood,
    Move,
    Pace,
    Phenomenon,
    Season,
    Style,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.reading.camera import read_camera
from kirin_video.engines.previs.reading.framing import read_framing
from kirin_video.engines.previs.reading.lexicon import Kind
from kirin_video.engines.previs.reading.phrases import Phrase, Sentence, take_apart

AIR: Final = (Kind.WEATHER, Kind.TIME, Kind.SEASON, Kind.MOOD, Kind.PHENOMENON)
"""The words that lie over the whole picture."""

_IN_THE_AIR: Final = frozenset({Phenomenon.CLOUDS, Phenomenon.WIND, Phenomenon.STORM, Phenomenon.SUN})
_OPPOSITES: Final = {
    one: other
    for a, b in (
        (Touch.WARMER, Touch.COOLER),
        (Touch.BRIGHTER, Touch.DARKER),
        (Touch.VIVID, Touch.MUTED),
        (Touch.CONTRAST, Touch.SOFT),
    )
    for one, other in ((a, b), (b, a))
}
_NEARER: Final = frozenset({Move.PUSH_IN, Move.TRACK_FORWARD, Move.PULL_OUT})
_AIMED_AT: Final = frozenset({None, Region.HAIR, Region.FACE})
_AT: Final = re.compile(
    r"^.*\b(?:to|on|onto|into|of|at|towards?|from)\s+(?=\w)"
    r"|^.*?(?:[\u5230\u81f3\u5411\u7ed9\u7740]|\u63a8\u8fd1|\u62c9\u8fd1|\u653e\u5927)(?=.)"
    r"|\u7684?(?:\u4e00\u4e2a)?\u7279\u5199.*$"
)
_OTHER_SIDES: Final = frozenset(Angle) - {Angle.EYE_LEVEL}


@dataclass
class Overall:
    """What has been read so far.

    Attributes:
        namer: tells what texts name.
        seed: turns a pan that has no direction.
        style: whose hand the picture is by.
        air: weather, light, season and mood.
        view: the framing.
        undone: what was understood and cannot be done, as names of notes with the words meant.
    """

    namer: Namer
    seed: int
    style: Restyle | None = None
    air: Air = field(default_factory=Air)
    view: View = field(default_factory=View)
    undone: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def read(self, clause: Clause) -> bool:
        """Read a clause, wherever in it these things stand; whether there was any."""
        sentence = take_apart(clause.text, self.namer.lexicon)
        return any(
            [self._air(sentence, clause), self._manner(sentence, clause), self._view(sentence, clause)]
        )

    def softens_behind(self, clause: Clause) -> bool:
        """Whether a clause asks for a background out of focus."""
        sentence = take_apart(clause.text, self.namer.lexicon)
        framing = read_framing(sentence.phrases, read_camera(sentence, self.seed).claimed)
        return framing.framing.shallow_focus or self.namer.words.says("blur", clause.text)

    def _air(self, sentence: Sentence, clause: Clause) -> bool:
        words, before = self.namer.words, self.air
        becoming = take_apart(clause.becomes, self.namer.lexicon).phrases if clause.becomes else ()
        said = {kind for phrase in becoming for kind in AIR if phrase.meaning(kind)}
        for phrase in becoming:
            if not phrase.unwanted:
                self._breathe(phrase)
        for phrase in sentence.phrases:
            # "turn day into night": of what it was before, only what does not change counts
            if not phrase.unwanted and not any(phrase.meaning(kind) for kind in said):
                self._breathe(phrase)
        touches = [Touch(name) for name, found in words.touches.items() if found.search(clause.text)]
        if words.says("refused", clause.text):
            touches = [_OPPOSITES[touch] for touch in touches]
        if touches:
            self.air = replace(self.air, touches=tuple(dict.fromkeys((*self.air.touches, *touches))))
        if self.namer.is_whole(clause.about) and clause.verb and self.air == before:
            colors = self.namer.colors(clause.becomes or clause.about)
            if colors:
                self.air = replace(self.air, tint=colors[-1])
        if self.air != before and words.says("heavy", clause.text):
            self.air = replace(self.air, heavy=True)
        return self.air != before

    def _breathe(self, phrase: Phrase) -> None:
        air = self.air
        shown = phrase.meaning(Kind.PHENOMENON)
        implied = shown is not None and Phenomenon(shown.value) not in _IN_THE_AIR
        if (weather := phrase.meaning(Kind.WEATHER)) and not phrase.meaning(Kind.SUBJECT):
            air = replace(air, weathers=tuple(dict.fromkeys((*air.weathers, Weather(weather.value)))))
        time = phrase.meaning(Kind.TIME)
        if time and (time.grade == "said" or (air.time is None and not implied)):
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
        reference = reference_in(clause.text)
        in_a_style = "style" in clause.text or "\u98ce\u683c" in clause.text
        if found is not None:
            self.style = Restyle(Style(found.value))
        elif reference is not None and reference.kind is not ReferenceKind.VIDEO and in_a_style:
            self.style = Restyle(Style.NATURAL, reference)
        elif self.namer.words.says("grey", clause.text):
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
        if camera.move in _NEARER or framing.framing.size is not None:
            self.view = replace(self.view, aim=self._aim(clause) or self.view.aim)
        if framing.framing.angle in _OTHER_SIDES:
            self.undone.extend(("angle", word) for word in framing.angle_words)
        if framing.pace is not Pace.REAL:
            self.undone.extend(("pace", word) for word in framing.paces)
        if self.namer.words.says("mirror", clause.text):
            self.view = replace(self.view, mirror=True)
        return self.view != before or len(self.undone) > undone

    def _aim(self, clause: Clause) -> Thing | None:
        """What a view is to close in on: "zoom to her face", "a close-up of the rabbit"."""
        said = _AT.sub("", _AT.sub("", clause.text)).strip()
        thing = self.namer.named(said)
        if self.namer.words.says("head", said):
            return Thing(said, region=Region.HEAD, side=self.namer.side(said))
        side = self.namer.side(said)
        if thing is None and side:
            return Thing(said, side=side)
        return thing if thing is not None and thing.region in _AIMED_AT else None
