"""Words that tell of an errand, and where it is run: dough in a kitchen, a shaker in a bar."""

from __future__ import annotations

import re
from dataclasses import replace

from kirin_video.engines.previs.plan import Place, Setting
from kirin_video.engines.previs.reading.lexicon import Lexicon
from kirin_video.engines.previs.reading.world import NAMED, PlaceWish, WorldWish

KNEADED = re.compile(r"\bknead\w*\b|揉面|和面", re.IGNORECASE)
ROLLED = re.compile(r"\bdough\b|擀面|擀\S{0,3}皮", re.IGNORECASE)
WRAPPED = re.compile(r"包(?:饺子|包子|馄饨|粽子|汤圆)")
SHAKEN = re.compile(
    r"\b(?:shak|mix)\w*\b[^.,;]{0,24}\b(?:cocktails?|drinks?|martinis?|shaker)\b|摇\w{0,4}(?:鸡尾酒|调酒|酒)"
    r"|调(?:制)?\w{0,4}(?:鸡尾酒|酒)",
    re.IGNORECASE,
)
NETS = re.compile(
    r"\b(?:cast|throw|haul|pull|drag|mend)\w*\b[^.,;]{0,16}\bnets?\b|撒网|收网|拉网|渔网", re.IGNORECASE
)
SWUNG = re.compile(
    r"荡(?:着|起)?秋千|\bswing\w*\b[^.,;]{0,12}\b(?:in|at) (?:the|a) (?:park|playground)\b", re.IGNORECASE
)
DOUSED = re.compile(
    r"\b(?:put|puts|putting)\b[^.,;]{0,12}\bout\b[^.,;]{0,16}\b(?:fire|flames?|blaze)\b"
    r"|\b(?:extinguish|fight|douse|battl)\w*\b[^.,;]{0,20}\b(?:fires?|flames?|blaze)\b"
    r"|\bspray\w*\b[^.,;]{0,12}\bwater\b[^.,;]{0,24}\b(?:fire|flames?|blaze|burning)\b|\bfire ?hose\b"
    r"|灭火|扑灭|救火|扑火|浇灭|消防水(?:枪|带|管)",
    re.IGNORECASE,
)
LEAVING = re.compile(
    r"\b(?:departing|leaving|moving)\s+train\b|\btrain\b[^.,;]{0,20}\b(?:leav|depart|pull)\w*"
    r"|\bcatch\w*\b[^.,;]{0,16}\btrain\b|[赶追]\w{0,6}(?:火车|列车|高铁|地铁)",
    re.IGNORECASE,
)
SAVED = re.compile(
    r"\b(?:from|out of)\b (?:a |the )?(?:smoky|smoking|smoke-?filled|burning|flaming)"
    r" (?:building|house|home|apartment)\b"
    r"|浓烟\w{0,4}(?:楼|房|建筑)",
    re.IGNORECASE,
)
SAWN = re.compile(r"\bsaw(?:s|ing)\b|锯(?!齿)", re.IGNORECASE)
WHEELED = re.compile("推\\w{0,2}坐\\w{0,2}轮椅")
HUGGED = re.compile("抱着")
TRAFFIC = re.compile(r"\btraffic\b|车流", re.IGNORECASE)
BRIDGED = re.compile(
    r"\b(?:under|beneath|below)\b (?:a |the )?(?:\w+ )?bridge\b|桥(?:下|底下|洞里)", re.IGNORECASE
)
BOARDED = re.compile(
    r"\b(?:to|towards?|board\w*)\b (?:an? |the |his |her |their )?(?:\w+ )?(?:air)?planes?\b"
    r"|登机|走向\w{0,4}飞机|登?上\w{0,4}飞机",
    re.IGNORECASE,
)
LIT = re.compile(
    r"\bbackstage\b|\b(?:in|into|under|to)\b (?:the|a) spotlight\b|后台|聚光灯(?:下|里|中)", re.IGNORECASE
)
TAUGHT = re.compile(r"\bin (?:a |the )?class\b|\bduring (?:a |the )?(?:class|lesson)\b", re.IGNORECASE)
PLACES: tuple[tuple[re.Pattern[str], Place], ...] = (
    (KNEADED, Place.KITCHEN),
    (ROLLED, Place.KITCHEN),
    (WRAPPED, Place.KITCHEN),
    (SHAKEN, Place.BAR),
    (SAWN, Place.WORKSHOP),
    (SWUNG, Place.PARK),
    (LEAVING, Place.STATION),
    (BOARDED, Place.AIRPORT),
    (TAUGHT, Place.CLASSROOM),
    (LIT, Place.STAGE),
    (SAVED, Place.VILLAGE),
)
"""Where what is done is done, when no place is named."""
FIREFIGHTERS = re.compile(r"\bfire ?(?:fighter|man|men|crew)s?\b|消防员|消防队|消防战士", re.IGNORECASE)


def where_errands_are(world: WorldWish, text: str, lexicon: Lexicon) -> WorldWish:
    """The world, at the place where a deed is done; a place that the prompt names stays."""
    balcony = next((wish for wish in world.places if wish.place is Place.BALCONY), None)
    if balcony is not None:
        # A roof terrace: from up there one sees the town; in the street nobody is on a balcony.
        roof = PlaceWish(Place.ROOFTOP, Setting(lexicon.worlds[Place.ROOFTOP]), "exact", balcony.text)
        return replace(world, places=(roof,), setting=roof.world)
    place = next((place for said, place in PLACES if said.search(text)), None)
    if place is None or any(wish.grade in NAMED for wish in world.places):
        return world
    wish = PlaceWish(place, Setting(lexicon.worlds[place]), "hint", "")
    return replace(world, places=(wish,), setting=wish.world)
