"""The words for where and when: place, time, weather, season, and the look of it all."""

from __future__ import annotations

from enum import StrEnum


class Setting(StrEnum):
    """The worlds this engine can build."""

    MEADOW = "meadow"
    DESERT = "desert"
    SEA = "sea"
    BEACH = "beach"
    MOUNTAINS = "mountains"
    CITY = "city"
    NIGHT_SKY = "night_sky"
    FOREST = "forest"
    SAVANNA = "savanna"
    SNOWFIELD = "snowfield"
    LAKE = "lake"
    RIVER = "river"
    VILLAGE = "village"
    ROOM = "room"
    KITCHEN = "kitchen"
    STAGE = "stage"
    STUDIO = "studio"
    SPACE = "space"
    UNDERWATER = "underwater"


class Place(StrEnum):
    """The places a prompt can ask for; ``reading/words/places.toml`` says which world stands in for each."""

    MEADOW = "meadow"
    HILLS = "hills"
    FARM = "farm"
    GARDEN = "garden"
    FOREST = "forest"
    JUNGLE = "jungle"
    SAVANNA = "savanna"
    SWAMP = "swamp"
    RIVER = "river"
    POND = "pond"
    VILLAGE = "village"
    DESERT = "desert"
    CANYON = "canyon"
    PLANET = "planet"
    SEA = "sea"
    HARBOR = "harbor"
    UNDERWATER = "underwater"
    POOL = "pool"
    BEACH = "beach"
    ISLAND = "island"
    MOUNTAINS = "mountains"
    LAKE = "lake"
    SNOWFIELD = "snowfield"
    VOLCANO = "volcano"
    CAVE = "cave"
    CITY = "city"
    ALLEY = "alley"
    ROAD = "road"
    ROOFTOP = "rooftop"
    STATION = "station"
    AIRPORT = "airport"
    STADIUM = "stadium"
    ROOM = "room"
    KITCHEN = "kitchen"
    OFFICE = "office"
    CAFE = "cafe"
    HALL = "hall"
    STAGE = "stage"
    STUDIO = "studio"
    CASTLE = "castle"
    NIGHT_SKY = "night_sky"
    SPACE = "space"
    SKY = "sky"


class TimeOfDay(StrEnum):
    """Where the light comes from."""

    DAWN = "dawn"
    DAY = "day"
    DUSK = "dusk"
    NIGHT = "night"


class Weather(StrEnum):
    """What is in the air."""

    CLEAR = "clear"
    CLOUDY = "cloudy"
    RAIN = "rain"
    SNOW = "snow"
    FOG = "fog"


class Season(StrEnum):
    """What grows and what lies on the ground."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


class Phenomenon(StrEnum):
    """What happens in the picture beside subjects and weather."""

    WIND = "wind"
    WAVES = "waves"
    SPLASH = "splash"
    FIRE = "fire"
    SMOKE = "smoke"
    STEAM = "steam"
    SPARKS = "sparks"
    DUST = "dust"
    EXPLOSION = "explosion"
    FIREWORKS = "fireworks"
    LIGHTNING = "lightning"
    RAINBOW = "rainbow"
    AURORA = "aurora"
    METEORS = "meteors"
    STARS = "stars"
    MOON = "moon"
    SUN = "sun"
    CLOUDS = "clouds"
    SUNRAYS = "sunrays"
    NEON = "neon"
    FALLING_LEAVES = "falling_leaves"
    PETALS = "petals"
    SEEDS = "seeds"
    """Of dandelions."""
    BUBBLES = "bubbles"
    CONFETTI = "confetti"
    FIREFLIES = "fireflies"
    MAGIC = "magic"
    TORNADO = "tornado"
    SANDSTORM = "sandstorm"


class Mood(StrEnum):
    """What the picture should feel like; a colour grade and a tempo, not a thing in it."""

    NEUTRAL = "neutral"
    CALM = "calm"
    JOYFUL = "joyful"
    COZY = "cozy"
    ROMANTIC = "romantic"
    DREAMY = "dreamy"
    EPIC = "epic"
    ENERGETIC = "energetic"
    MELANCHOLIC = "melancholic"
    LONELY = "lonely"
    MYSTERIOUS = "mysterious"
    TENSE = "tense"
    DARK = "dark"


class Style(StrEnum):
    """Whose hand seems to have made the picture."""

    NATURAL = "natural"
    """The engine's own look."""
    CINEMATIC = "cinematic"
    REALISTIC = "realistic"
    CARTOON = "cartoon"
    ANIME = "anime"
    COMIC = "comic"
    OIL = "oil"
    WATERCOLOR = "watercolor"
    INK = "ink"
    SKETCH = "sketch"
    CLAY = "clay"
    PAPER = "paper"
    LOW_POLY = "low_poly"
    PIXEL = "pixel"
    NOIR = "noir"
    MONOCHROME = "monochrome"
    VINTAGE = "vintage"
    CYBERPUNK = "cyberpunk"
    STEAMPUNK = "steampunk"
    FANTASY = "fantasy"
