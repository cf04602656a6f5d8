"""Reads what things do that nobody handles: a screen lights up, a burger is put together, a candle burns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from kirin_video.engines.previs.bodies.catalogue import Family, catalogue
from kirin_video.engines.previs.plan import Action, Color, Contrivance, PartColor, RelationKind, SubjectPlan

Subjects = list[SubjectPlan]

_ALIVE = frozenset({Family.PERSON, Family.QUADRUPED, Family.BIRD, Family.CREATURE})
_LIGHTS_UP = re.compile(
    r"\b(?:lights? up|lighting up|(?:turn|switch|flicker|com|power)\w* on|wakes? up|starts? to glow)\b"
    r"|亮起|点亮|亮了|亮屏|打开|开灯|渐亮",
    re.IGNORECASE,
)
_GOES_OUT = re.compile(
    r"\b(?:goes?|going|went) (?:out|dark)\b|\b(?:turn|switch)\w* off\b|\blights? off\b"
    r"|熄灭|关掉|关灯|灭了|变暗",
    re.IGNORECASE,
)
_LIT = frozenset({"phone", "lying_phone", "lamp"})
_TRIPOD = re.compile(r"\btripod\b|三脚架", re.IGNORECASE)
_ASSEMBLED = re.compile(
    r"\bassembl|\blayer by layer\b|\bstack(?:s|ed|ing)?\b|\bput together\b|\bbuilds? itself"
    r"|一层(?:一|又一)?层|层层|组装|拼装|叠(?:加|起|成)",
    re.IGNORECASE,
)
_SLIDES_OUT = re.compile(
    r"\bbook\b[^.;]{0,30}\b(?:slid|fall|pop|com|mov|pull|float|fl)\w*\b[^.;]{0,20}\b(?:out|off|itself|from)\b"
    r"|书[^。\uff1b]{0,12}(?:滑出|抽出|掉出|掉下|移出|弹出|飞出|滑落)",
    re.IGNORECASE,
)
_BURNS_DOWN = re.compile(
    r"\bburn(?:s|ing|ed|t)? (?:down|low|out|away)\b|\bmelt\w*\b|\bgets? shorter\b|\btime.?lapse\b"
    r"|燃尽|烧(?:短|完|尽|到底)|越烧越短|变短|融化|延时",
    re.IGNORECASE,
)
_TYPES = re.compile(r"\btyp(?:es|ing)\b|\bby itself\b|打字|自动|自己", re.IGNORECASE)
_ICE = re.compile(r"\bice cubes?\b|\biced\b|冰块|加冰", re.IGNORECASE)
_ICED = frozenset({"bubble_tea", "glass"})
_WHISKEY, _IS_WHISKEY = Color("amber", (206, 128, 40)), re.compile(r"\bwhiske?y\b|威士忌", re.IGNORECASE)
_LIFTED = re.compile(
    r"\bchopsticks?\b[^.;]{0,20}\b(?:lift|pick|rais|pull)|\b(?:lift|pick|rais|pull)\w*\b[^.;]{0,24}\bnoodle"
    r"|筷子[^。\uff1b]{0,6}(?:夹|挑|捞|拉)"
    r"|(?:夹|挑|捞)起[^。\uff1b]{0,6}面",
    re.IGNORECASE,
)
_INTO = re.compile(
    r"\b(?:fall|fell|drop|splash|plung|tumbl)\w*\b[^.;]{0,20}\binto\b[^.;]{0,24}\b(?P<drink>water|milk|juice)\b"
    r"|(?:落|掉|跌|沉|坠)(?:入|进|到)[^。\uff1b]{0,8}(?P<zh>水|牛奶|果汁)",
    re.IGNORECASE,
)
_FRUIT = frozenset(
    {"apple", "orange_fruit", "lemon", "strawberry", "cherry", "watermelon", "grapes", "banana"}
)
_MILK, _JUICE = Color("milk white", (246, 244, 238)), Color("juice orange", (245, 160, 50))
_POOLS = re.compile(r"\b(?:lake|river|sea|ocean|pool|pond)\b|湖|河|海|池", re.IGNORECASE)
_SCREENS = frozenset({"phone", "lying_phone", "laptop", "computer"})
_ITS_SCREEN = re.compile(r"\bscreen\b|\bdisplay\b|屏幕|屏", re.IGNORECASE)
_PARKED = re.compile(r"\bparked\b|停着|停在|停放", re.IGNORECASE)
_VEHICLES = frozenset({Family.MACHINE})
_SLID = re.compile(r"^(?:an?|the|one) \w+ slides$", re.IGNORECASE)
_IN_AIR = re.compile(
    r"\b(?:float|hover|levitat|suspend)\w*\b|悬浮|漂浮|飘浮|悬空|浮在(?:半)?空中", re.IGNORECASE
)
_AFLOAT = frozenset({Action.FLOAT, Action.HOVER, Action.FLY, Action.SPIN})


def going_by_itself(text: str, subjects: Sequence[SubjectPlan], *, indoors: bool) -> tuple[SubjectPlan, ...]:
    """The subjects with what things among them do by the clock.

    Args:
        text: the prompt's words.
        subjects: as they were cast. What only told of such a doing, as the book of "a book slides out", is
            left to the one that does it, as a part of the world.
        indoors: whether they are in a studio, where what floats hangs in the air.
    """
    found = list(subjects)
    steps: tuple[Callable[[str, Subjects], None], ...] = (
        _screens,
        _lights,
        _tripods,
        _layers,
        _books,
        _candles,
        _typewriters,
        _ice,
        _noodles,
        _fruit,
        _toy_trains,
        _parked,
    )
    for step in steps:
        step(text, found)
    if indoors and _IN_AIR.search(text):
        found = [_hanging(one) for one in found]
    return tuple(found)


def gone(subject: SubjectPlan) -> SubjectPlan:
    """A subject that another one shows: it is left to the world, and there is nothing more to say of it."""
    return replace(
        subject,
        scenery=True,
        asked=None,
        action=Action.IDLE,
        also=(),
        relations=(),
        traits=(),
        spot=None,
        size=1.0,
    )


def is_of_things(subjects: Sequence[SubjectPlan]) -> bool:
    """Whether nobody alive is in the picture, to handle what is told of."""
    kinds = catalogue()
    return not any(s.kind in kinds and kinds[s.kind].family in _ALIVE for s in subjects)


def _with(subject: SubjectPlan, doing: Contrivance) -> SubjectPlan:
    return replace(subject, action=Action.IDLE, also=(), traits=(*subject.traits, doing))


def _give(found: Subjects, kinds: frozenset[str], doing: Contrivance) -> int | None:
    """Let the first of some kinds do it."""
    at = next((k for k, s in enumerate(found) if s.kind in kinds and not s.scenery), None)
    if at is not None:
        found[at] = _with(found[at], doing)
    return at


def _leave(found: Subjects, *kinds: str) -> None:
    """Leave what only told of a doing to the one that does it."""
    found[:] = [gone(s) if s.kind in kinds else s for s in found]


def _screens(text: str, found: Subjects) -> None:
    """The screen of a phone or of a computer is no television; a phone that lies shows it to the ceiling."""
    found[:] = [
        replace(s, kind="lying_phone", action=Action.IDLE)
        if s.kind == "phone" and s.action is Action.LIE
        else s
        for s in found
    ]
    if _ITS_SCREEN.search(text) and any(s.kind in _SCREENS for s in found):
        found[:] = [gone(s) if s.kind == "television" and _ITS_SCREEN.search(s.words) else s for s in found]


def _lights(text: str, found: Subjects) -> None:
    if _LIGHTS_UP.search(text):
        _give(found, _LIT, Contrivance.LIGHTS_UP)
    elif _GOES_OUT.search(text):
        _give(found, frozenset({"lamp"}), Contrivance.GOES_OUT)


def _tripods(text: str, found: Subjects) -> None:
    """A camera that is looked at on its tripod."""
    if _TRIPOD.search(text):
        found[:] = [
            replace(s, kind="tripod_camera", relations=()) if s.kind == "camera_thing" else s for s in found
        ]


def _layers(text: str, found: Subjects) -> None:
    if _ASSEMBLED.search(text) and is_of_things(found):
        _give(found, frozenset({"burger"}), Contrivance.ASSEMBLED)


def _books(text: str, found: Subjects) -> None:
    found[:] = [gone(s) if s.kind == "slide" and _SLID.search(s.words) else s for s in found]
    if _SLIDES_OUT.search(text) and is_of_things(found):
        if _give(found, frozenset({"bookshelf"}), Contrivance.SLIDES_OUT) is None:
            return
        _leave(found, "book", "slide")
        found[:] = [replace(s, relations=()) if s.kind == "bookshelf" else s for s in found]


def _candles(text: str, found: Subjects) -> None:
    melts = any(s.kind == "candle" and s.action is Action.MELT for s in found)
    if _BURNS_DOWN.search(text) and not melts:
        _give(found, frozenset({"candle"}), Contrivance.BURNS_DOWN)


def _typewriters(text: str, found: Subjects) -> None:
    if _TYPES.search(text) and is_of_things(found):
        _give(found, frozenset({"typewriter"}), Contrivance.TYPES)


def _ice(text: str, found: Subjects) -> None:
    if not _ICE.search(text) or not is_of_things(found):
        return
    falls = any(s.action is Action.FALL and _ICE.search(s.words) for s in found)
    if falls or not any(s.kind in _ICED and not s.scenery for s in found):
        # Ice is in a tumbler.
        found[:] = [_as_tumbler(s, text) if s.kind in {"wine_glass", "cup"} else s for s in found]
    if _give(found, _ICED, Contrivance.ICE_FALLS if falls else Contrivance.WITH_ICE) is not None:
        found[:] = [gone(s) if s.kind in {"rock", "ice_block"} and _ICE.search(s.words) else s for s in found]


def _as_tumbler(subject: SubjectPlan, text: str) -> SubjectPlan:
    """A glass in place of what else one drinks from, with whiskey where that is named."""
    drink = (PartColor("drink", _WHISKEY),) if _IS_WHISKEY.search(text) else ()
    placed = tuple(r for r in subject.relations if r.kind is RelationKind.ON)
    return replace(subject, kind="glass", relations=placed, colors=(*subject.colors, *drink))


def _noodles(text: str, found: Subjects) -> None:
    at = next((k for k, s in enumerate(found) if s.kind == "noodles"), None)
    if at is None or not is_of_things(found):
        return
    if _LIFTED.search(text):
        found[at] = replace(found[at], kind="lifted_noodles", action=Action.IDLE, also=())
    _leave(found, "chopsticks")


def _fruit(text: str, found: Subjects) -> None:
    """Fruit that falls into a drink does so in a bowl of its own."""
    said = _INTO.search(text)
    at = next((k for k, s in enumerate(found) if s.kind in _FRUIT), None)
    if said is None or at is None or _POOLS.search(text) or not is_of_things(found):
        return
    named = (said["drink"] or said["zh"]).lower()
    drink = {"milk": _MILK, "牛奶": _MILK, "juice": _JUICE, "果汁": _JUICE}.get(named)
    of = ("fruit",) if re.search(r"\bfruits?\b|水果", found[at].words, re.IGNORECASE) else (found[at].kind,)
    painted = () if drink is None else (PartColor("drink", drink),)
    _leave(found, "glass", "cup", "bowl", "bottle")
    found[at] = replace(
        found[at],
        kind="fruit_splash",
        count=1,
        counted=True,
        action=Action.IDLE,
        also=(),
        relations=(),
        colors=painted,
        traits=of,
    )


def _toy_trains(text: str, found: Subjects) -> None:
    """A toy train goes round the foot of a Christmas tree."""
    del text
    trains = [k for k, s in enumerate(found) if s.kind in {"train", "steam_train"}]
    if trains and _give(found, frozenset({"christmas_tree"}), Contrivance.WITH_A_TRAIN) is not None:
        for at in trains:
            found[at] = gone(found[at])


def _parked(text: str, found: Subjects) -> None:
    """What is parked stands, and nobody is at its wheel."""
    kinds = catalogue()
    going = [
        k
        for k, s in enumerate(found)
        if s.kind in kinds and kinds[s.kind].family in _VEHICLES and s.action is Action.DRIVE
    ]
    if _PARKED.search(text) and len(going) == 1 and is_of_things(found):
        found[going[0]] = replace(found[going[0]], action=Action.STAND)


def _hanging(subject: SubjectPlan) -> SubjectPlan:
    """What floats before a backdrop hangs in the air and turns slowly."""
    kind = catalogue().get(subject.kind)
    if subject.action not in _AFLOAT or kind is None or kind.family is not Family.THING:
        return subject
    kept = tuple(r for r in subject.relations if r.kind not in {RelationKind.ON, RelationKind.IN})
    return replace(subject, action=Action.HOVER, also=(), spot=None, relations=kept)
