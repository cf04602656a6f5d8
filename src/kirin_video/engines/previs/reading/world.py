"""Reads where and when a shot is and how it should look: place, time, weather, season, mood, style.

What the prompt leaves open gets a default. No place is a meadow. No time is day, or night where only night
has what is asked for. No weather is clear.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from kirin_video.engines.previs.plan import (
    DayPart,
    Downfall,
    Mood,
    Phenomenon,
    Place,
    Season,
    Setting,
    Style,
    TimeOfDay,
    Weather,
)
from kirin_video.engines.previs.reading.lexicon import Kind, Lexicon, Meaning
from kirin_video.engines.previs.reading.phrases import Phrase

_SKIES = frozenset({Place.SKY, Place.HEIGHTS})
"""What is over every place."""
_GRADES = ("exact", "like", "hint", "faint")
NAMED = frozenset({"exact", "like"})
"""How a place is told that is named; all else only hints at one."""
_INDOORS = frozenset({Setting.ROOM, Setting.KITCHEN})
_OUTDOORS = frozenset({Weather.RAIN, Weather.SNOW})
"""Who tells of what falls is outside, whatever stands there."""
_BEFORE_DOORS = frozenset({"in front of", "outside", "past", "opposite"})
_BEHIND_THEM = frozenset(
    {"\u95e8\u53e3", "\u95e8\u524d", "\u95e8\u5916", "\u5916", "\u5916\u9762", "\u524d", "\u524d\u9762"}
)
"""What stands before a house, in Chinese behind its name, is in the street."""
_OVER = frozenset({"over", "above"})
_UNDER = frozenset({"under", "beneath", "below", "\u4e0b", "\u4e4b\u4e0b", "\u4e0b\u9762"})
_STREETS = frozenset({Setting.CITY, Setting.VILLAGE})
"""Their roads are streets."""
_ROADS = {
    Setting.DESERT: Place.DESERT_ROAD,
    Setting.SEA: Place.COAST_ROAD,
    Setting.BEACH: Place.COAST_ROAD,
    Setting.MOUNTAINS: Place.MOUNTAIN_ROAD,
    Setting.FOREST: Place.FOREST_ROAD,
}
"""What a road is that leads through a place."""
_LYING = frozenset({"snowy", "snow covered", "snow field", "snowfield", "\u96ea\u5730", "\u96ea\u539f"})
"""Weather words that may only tell of snow on the ground."""
_OPEN_SKY = frozenset({Phenomenon.MOON, Phenomenon.STARS, Phenomenon.AURORA, Phenomenon.SUN})
_CLOUDLESS = frozenset({"cloudless", "cloudless sky", "\u4e07\u91cc\u65e0\u4e91"})
_HEAVINESS = {Weather.RAIN: 0, Weather.SNOW: 0, Weather.FOG: 1, Weather.CLOUDY: 2, Weather.CLEAR: 2}

_OF_THINGS = frozenset({Style.VINTAGE, Style.CYBERPUNK, Style.STAINED_GLASS, Style.MOSAIC, Style.CHALK})
"""Styles whose words, right before a thing, say what that is like: a vintage car, a mosaic table."""


_WINDOWS = re.compile("window|\u7a97")
"""Rain and snow are watched from behind these."""
_DONE_THERE = frozenset({"ski", "snowboard", "sled", "snowball", "skate", "lift", "brush_teeth"})
"""Deeds that tell where they are done, by the hints of places."""
_IN_SNOW = _DONE_THERE - {"skate", "lift", "brush_teeth"}


@dataclass(frozen=True, slots=True)
class PlaceWish:
    """A place that a prompt names or hints at.

    Attributes:
        place: the place.
        world: the world that is drawn for it.
        grade: ``exact`` where that world is the place itself, ``like`` where it is the nearest; ``hint`` and
            ``faint`` where something only belongs there.
        text: the prompt's words.
    """

    place: Place
    world: Setting
    grade: str
    text: str


@dataclass(frozen=True, slots=True)
class WorldWish:
    """What a prompt asks for, in its own words, the chosen one first.

    Attributes:
        places: every place wanted.
        times: every time of day wanted.
        weathers: every weather wanted.
        setting: the world chosen.
        time: the time of day chosen.
        day_part: the part of the day, where it says one.
        weather: the weather chosen.
        downfall: how much of it falls.
        season: the season, where it says one.
        happenings: what else happens, with its words.
        mood: what it should feel like.
        style: whose hand it should be by.
        styles: every style wanted, with its words; "cinematic" goes with all of them.
        barred: what of the sky it does not want to see.
    """

    places: tuple[PlaceWish, ...]
    times: tuple[tuple[str, TimeOfDay], ...]
    weathers: tuple[tuple[str, Weather], ...]
    setting: Setting
    time: TimeOfDay
    day_part: DayPart | None
    weather: Weather
    downfall: Downfall
    season: Season | None
    happenings: tuple[tuple[str, Phenomenon], ...]
    mood: Mood
    style: Style
    styles: tuple[tuple[str, Style], ...]
    barred: tuple[str, ...]

    @property
    def phenomena(self) -> tuple[Phenomenon, ...]:
        """What happens beside subjects and weather, each once."""
        return tuple(dict.fromkeys(phenomenon for _, phenomenon in self.happenings))

    @property
    def place(self) -> Place | None:
        """The place that was asked for or hinted at."""
        return self.places[0].place if self.places else None


def read_world(phrases: Sequence[Phrase], lexicon: Lexicon, verbs: Collection[int] = ()) -> WorldWish:
    """Read the world's part of a prompt.

    Args:
        phrases: the prompt's phrases.
        lexicon: the words.
        verbs: indices of those that are verbs of subjects: he who waves makes no waves.
    """
    phrases = [
        phrase
        for at, phrase in enumerate(phrases)
        if at not in verbs or _is_place(phrase) or _tells_where(phrase)
    ]
    places, times, weathers = _places(phrases, lexicon), _times(phrases), _weathers(phrases)
    if weathers and weathers[0][1] in _OUTDOORS:
        places = tuple(
            place
            for place in places
            if place.grade != "faint" or place.world not in _INDOORS or _WINDOWS.search(place.text)
        )
    setting = places[0].world if places else _default_setting(phrases, lexicon)
    day_parts = _wanted(phrases, Kind.DAY_PART)
    seasons, styles = _wanted(phrases, Kind.SEASON), _styles(phrases)
    moods, happenings = _wanted(phrases, Kind.MOOD), _wanted(phrases, Kind.PHENOMENON)
    season = Season(seasons[0][1].value) if seasons else None
    if any(_is_snowy(phrase) for phrase in phrases if not phrase.unwanted):
        season = season or Season.WINTER
    if _only_lies(weathers) and any(meaning.value in _OPEN_SKY for _, meaning in happenings):
        weathers, season = (), season or Season.WINTER
    return WorldWish(
        places=places,
        times=times,
        weathers=weathers,
        setting=setting,
        time=_time(setting, times, _style([Style(meaning.value) for _, meaning in styles])),
        day_part=DayPart(day_parts[0][1].value) if day_parts else None,
        weather=weathers[0][1] if weathers else _default_weather(phrases),
        downfall=_downfall(phrases),
        season=season,
        happenings=tuple((text, Phenomenon(m.value)) for text, m in happenings),
        mood=Mood(moods[0][1].value) if moods else Mood.NEUTRAL,
        style=_style([Style(meaning.value) for _, meaning in styles]),
        styles=tuple(
            (text, Style(meaning.value)) for text, meaning in styles if meaning.value != Style.CINEMATIC
        ),
        barred=_barred(phrases),
    )


def _wanted(phrases: Sequence[Phrase], kind: Kind) -> list[tuple[str, Meaning]]:
    """The wanted phrases of a kind with their meaning, in order."""
    return [(p.text, m) for p in phrases if not p.unwanted and (m := p.meaning(kind)) is not None]


def _is_place(phrase: Phrase) -> bool:
    """Whether it names a place whatever else it is."""
    return any(m.kind is Kind.PLACE and m.grade in NAMED for m in phrase.meanings)


def _tells_where(phrase: Phrase) -> bool:
    """Whether it is a deed that is done in one sort of place only: there is snow where people ski."""
    action = phrase.meaning(Kind.ACTION)
    return action is not None and action.value in _DONE_THERE


def _is_snowy(phrase: Phrase) -> bool:
    """Whether it is a deed that takes snow."""
    action = phrase.meaning(Kind.ACTION)
    return action is not None and action.value in _IN_SNOW


def _places(phrases: Sequence[Phrase], lexicon: Lexicon) -> tuple[PlaceWish, ...]:
    """Places, the chosen one first: what a world is, before what is like it, before what belongs there."""
    places = [
        PlaceWish(Place.CITY, Setting.CITY, "exact", phrase.text)
        if m.grade in NAMED and lexicon.worlds[m.value] in _INDOORS and _is_before_it(phrases, at)
        else PlaceWish(Place(m.value), Setting(lexicon.worlds[m.value]), m.grade, phrase.text)
        for at, phrase in enumerate(phrases)
        if not phrase.unwanted and (m := phrase.meaning(Kind.PLACE)) is not None
    ]
    named = {place.world for place in places if place.grade in NAMED}
    overhead = _overhead(phrases, places)
    roofs = any(place.place is Place.ROOFTOP for place in places)

    special = {p.world for p in places if p.grade in NAMED and p.place.value != p.world.value}

    def rank(place: PlaceWish) -> tuple[bool, int, bool, bool, bool]:
        # Every beach has its sea and everything may have its stars: the other word says more.
        starry = place.world is Setting.NIGHT_SKY
        vague = (place.world is Setting.SEA and Setting.BEACH in named) or (place.grade == "hint" and starry)
        above = starry and place.text in overhead
        # Who sits at a desk is in a room, wherever its kind is at home.
        at_home = place.grade == "hint" and place.world not in _INDOORS
        named_later = above or place.grade not in NAMED
        # A city is below every roof: the roof says more. So does an oasis than the desert round it.
        below = place.world is Setting.CITY and place.place is not Place.ROOFTOP
        general = place.place.value == place.world.value and place.world in special
        return (
            named_later,
            _GRADES.index(place.grade),
            place.place in _SKIES,
            vague or general or (below and roofs),
            at_home,
        )

    return _by_water(_by_road(tuple(sorted(places, key=rank))))


def _by_water(places: tuple[PlaceWish, ...]) -> tuple[PlaceWish, ...]:
    """A lake and the mountains behind it are one place, whichever is named first."""
    named = [place for place in places if place.grade in NAMED]
    peaks = next((place for place in named if place.place is Place.MOUNTAINS), None)
    if peaks is None or not named or {named[0].place, peaks.place} != {Place.LAKE, Place.MOUNTAINS}:
        return places
    return (peaks, *(place for place in places if place is not peaks and place.place is not Place.LAKE))


def _by_road(places: tuple[PlaceWish, ...]) -> tuple[PlaceWish, ...]:
    """A road through a place that is named beside it: the two are one."""
    named = [place for place in places if place.grade in NAMED]
    own = next((p for p in named if any(_ROADS.get(other.world) is p.place for other in named)), None)
    if own is not None:
        # A mountain road leads through the mountains: it says more.
        return (own, *(p for p in places if p is not own and _ROADS.get(p.world) is not own.place))
    road = next((place for place in named if place.place in {Place.ROAD, Place.HIGHWAY}), None)
    if road is None or any(place.world in _STREETS for place in named):
        return tuple(sorted(places, key=lambda place: place is road)) if road else places
    through = next((_ROADS[place.world] for place in named if place.world in _ROADS), None)
    led = road if through is None or road.place is Place.HIGHWAY else replace(road, place=through)
    return (led, *(place for place in places if place is not road and place.world not in _ROADS))


def _overhead(phrases: Sequence[Phrase], places: Sequence[PlaceWish]) -> frozenset[str]:
    """Night skies that are only over some other place: named behind it, or said to be above."""
    named = [place for place in places if place.grade in NAMED]
    skies = {place.text for place in named if place.world is Setting.NIGHT_SKY}
    if len(skies) == len(named):
        return frozenset()
    under = {
        phrase.text
        for at, phrase in enumerate(phrases)
        if phrase.text in skies
        and (_word_before(phrases, at) in _UNDER or _text(phrases, at + 1).lower() in _UNDER | _OVER)
    }
    return frozenset(under | (skies - {named[0].text}))


def _word_before(phrases: Sequence[Phrase], at: int) -> str:
    """The phrase before another, articles left out."""
    return next((p.text.lower() for p in reversed(phrases[:at]) if p.meaning(Kind.DETERMINER) is None), "")


def _text(phrases: Sequence[Phrase], at: int) -> str:
    return phrases[at].text if at < len(phrases) else ""


def _is_before_it(phrases: Sequence[Phrase], at: int) -> bool:
    """Whether what is told of is in front of a place: "outside the school"."""
    return _word_before(phrases, at) in _BEFORE_DOORS or _text(phrases, at + 1) in _BEHIND_THEM


def _times(phrases: Sequence[Phrase]) -> tuple[tuple[str, TimeOfDay], ...]:
    """Times that are said; where none is, those that something implies."""
    times = _wanted(phrases, Kind.TIME)
    said = [time for time in times if time[1].grade == "said"] or times[:1]
    return tuple((text, TimeOfDay(meaning.value)) for text, meaning in said)


def _time(setting: Setting, times: Sequence[tuple[str, TimeOfDay]], style: Style) -> TimeOfDay:
    """The first time that is said; film noir plays at night."""
    unsaid = TimeOfDay.NIGHT if style is Style.NOIR else TimeOfDay.DAY
    time = times[0][1] if times else unsaid
    return TimeOfDay.NIGHT if setting is Setting.NIGHT_SKY and time is TimeOfDay.DAY else time


def _weathers(phrases: Sequence[Phrase]) -> tuple[tuple[str, Weather], ...]:
    """Weathers, the chosen one first: what falls, before fog, before the sky."""
    weathers = [(text, Weather(meaning.value)) for text, meaning in _wanted(phrases, Kind.WEATHER)]
    return tuple(sorted(weathers, key=lambda weather: _HEAVINESS[weather[1]]))


def _downfall(phrases: Sequence[Phrase]) -> Downfall:
    """How much falls, by the first words that say so."""
    said = _wanted(phrases, Kind.DOWNFALL)
    return Downfall(said[0][1].value) if said else Downfall.USUAL


def _only_lies(weathers: Sequence[tuple[str, Weather]]) -> bool:
    """Whether snow is told of that need not fall: "a snowy hill"."""
    return bool(weathers) and all(text.lower() in _LYING for text, _ in weathers)


def _styles(phrases: Sequence[Phrase]) -> list[tuple[str, Meaning]]:
    """The styles that are said of the picture: a vintage car does not make a vintage film."""
    found: list[tuple[str, Meaning]] = []
    for at, phrase in enumerate(phrases):
        meaning = phrase.meaning(Kind.STYLE)
        if meaning is None or phrase.unwanted:
            continue
        after = phrases[at + 1] if at + 1 < len(phrases) else None
        of_thing = after is not None and after.first == phrase.last and after.meaning(Kind.SUBJECT)
        if not (of_thing and meaning.value in _OF_THINGS) or _is_said_of_style(phrase):
            found.append((phrase.text, meaning))
    return found


def _is_said_of_style(phrase: Phrase) -> bool:
    """Whether its words name a style themselves, whatever follows."""
    return "style" in phrase.text.lower() or "风" in phrase.text


def _style(styles: Sequence[Style]) -> Style:
    """The first style that is more than "cinematic" or "realistic", which people add to everything."""
    telling = [style for style in styles if style not in {Style.CINEMATIC, Style.REALISTIC}]
    return (*telling, *styles, Style.NATURAL)[0]


def _refused(phrases: Sequence[Phrase], kind: Kind) -> set[str]:
    return {m.value for p in phrases if p.unwanted and (m := p.meaning(kind)) is not None}


def _barred(phrases: Sequence[Phrase]) -> tuple[str, ...]:
    """What of the sky is not wanted, or is said to be missing: a cloudless sky."""
    refused = _refused(phrases, Kind.PHENOMENON) | _refused(phrases, Kind.WEATHER)
    clear = any(phrase.text in _CLOUDLESS and not phrase.unwanted for phrase in phrases)
    return ("cloud",) if clear or refused & {Phenomenon.CLOUDS, Weather.CLOUDY} else ()


def _default_setting(phrases: Sequence[Phrase], lexicon: Lexicon) -> Setting:
    """A meadow, or the next world if the prompt refuses it."""
    refused = {lexicon.worlds[place] for place in _refused(phrases, Kind.PLACE)}
    return next((setting for setting in Setting if setting not in refused), Setting.MEADOW)


def _default_weather(phrases: Sequence[Phrase]) -> Weather:
    """Clear, or clouds if the prompt refuses the sun."""
    return Weather.CLOUDY if Weather.CLEAR in _refused(phrases, Kind.WEATHER) else Weather.CLEAR
