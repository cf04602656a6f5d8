"""Reads close shots of hands, feet and eyes: whose they are, and that the picture is of them.

Who is said to have none but hands is somebody: "hands playing the piano" are "a person's hands playing the
piano", which the rest of reading knows.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kirin_video.engines.previs.plan import Beat, Detail, Framing, ShotSize
from kirin_video.engines.previs.reading.beats import Story

_CLOSE = (
    r"(?:(?:extreme|super|tight|very|big) )*(?:close[- ]?ups?|closeup|macro|detail|insert|tight)"
    r"(?: shots?| views?)?"
    r"|(?:crash |snap |slow )?zoom(?:s|ing)?(?: in)?|push(?:es|ing)? in"
    r"|(?:low[- ]angle|ground[- ]level|tracking|slow[- ]motion)(?: tracking)?"
)
_BARE = (
    r"(?:a|an|the|one|two|both|pair|of|human|single|beautiful|blue|green|brown|hazel|gr[ae]y|amber|dark|big|wide"
    r"|bright|crying|tearful|old|elderly|aged|wrinkled|weathered|young|skilled|delicate|gentle|strong|rough|dirty"
    r"|muddy|bare|male|female|small|tiny|working|calloused|slender|nimble|wet|graceful|expert|flour-covered)"
)
_HANDS, _EYES = r"(?:hands?|fingers?|fingertips|palms?)", r"(?:eyes?|eyeballs?|pupils?|iris)"
_FEET, _SHOD = r"(?:feet|foot|toes|footsteps)", r"(?:boots|shoes|sneakers|high heels|heels|sandals)"
_GOING = r"(?:walk|runn|stepp|danc|tapp|splash|jump|march|cross|kick|climb|pedal|tread|strid)ing"
_OWNED = (
    r"(?:(?:his|her|their|its|my|the|a|an|two|old|young|\w+ [a-z-]+(?:'s|s')|[a-z-]+(?:'s|s'))\s+)"
    r"(?:[a-z-]+ ){0,3}?"
)
_PARTS = rf"(?:{_HANDS}|{_EYES}|{_FEET}|{_SHOD})"
_OF = r"(?: shots?)? (?:of|on|onto|to|into|at) "
_UNOWNED = re.compile(
    rf"(?P<lead>(?:{_CLOSE}){_OF}|(?:^|[.,;:]\s*))(?P<bare>(?:{_BARE} )*)"
    rf"(?P<part>{_HANDS}|{_EYES}|{_FEET}|{_SHOD}(?= {_GOING}))\b"
    r"(?! of (?:a|an|the|two|his|her)\b)(?P<next>[^.,;:]*)",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    rf"(?:{_CLOSE}){_OF}(?P<whose>(?:(?!\b(?:with|in|on|holding|and|at|as|\w+ing)\b)[\w'-]+ ){{0,5}}?)"
    rf"(?P<part>{_PARTS})\b",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:'s|s')\s|\b(?:his|her|their|its|my)\b", re.IGNORECASE)
_TELLING = (
    (re.compile(r"\b(?:old|elderly|aged|wrinkled|weathered)\b", re.IGNORECASE), "an old man's"),
    (re.compile(r"\b(?:female|slender|delicate|graceful)\b", re.IGNORECASE), "a woman's"),
    (re.compile(r"\b(?:small|tiny)\b", re.IGNORECASE), "a child's"),
    (re.compile(r"\b(?:male|strong|rough|calloused)\b", re.IGNORECASE), "a man's"),
)
_SINGLE_EYE = re.compile(r"^(?:eye|eyeball|pupil|iris)$", re.IGNORECASE)

_CLOSE_ZH = r"(?:大|超|极|超级)?(?:特写|近景|微距)(?:镜头|拍摄)?"
_HANDS_ZH, _EYES_ZH = r"(?:双手|手指|手部|手掌|指尖|一双手|手)", r"(?:眼睛|眼部|双眼|眼眸|瞳孔|双眸|眼球)"
_FEET_ZH = r"(?:双脚|脚步|脚部|脚底|脚尖|赤脚|光脚)"
_PARTS_ZH = rf"(?:{_HANDS_ZH}|{_EYES_ZH}|{_FEET_ZH})(?!的(?!大|超|极|特写|近景|微距))"
"""Not in "a cat with blue eyes"."""
_BARE_ZH = (
    r"(?:一|两|这|双|只|对|的|苍老|布满皱纹|满是皱纹|粗糙|白皙|纤细|修长|灵巧|蓝色|绿色|棕色|黑色|美丽|漂亮|人类|巨大"
    r"|含泪|湿润|沾满面粉|蓝)*"
)
_SHOWN_ZH = re.compile(
    rf"(?P<whose>[^,.;:]{{0,10}}?)(?P<part>{_PARTS_ZH})(?:的)?{_CLOSE_ZH}"
    rf"|{_CLOSE_ZH}[:,]?(?P<whose2>[^,.;:]{{0,10}}?)(?P<part2>{_PARTS_ZH})"
    rf"|(?:^|[,.;:])(?P<whose3>[^,.;:]{{0,8}}?)(?P<part3>{_PARTS_ZH})[^,.;]{{0,14}}?的?[,]?{_CLOSE_ZH}"
)
_BARE_PART_ZH = re.compile(rf"(?P<lead>^|[,.;:写景头])(?P<bare>{_BARE_ZH})(?P<part>{_PARTS_ZH})")
_TELLING_ZH = (
    (re.compile(r"苍老|皱纹"), "一位老人的"),
    (re.compile(r"白皙|纤细|修长"), "一个女人的"),
)
_NEAR = frozenset({ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP, ShotSize.MEDIUM_CLOSE_UP, None})
_OF_EYES = frozenset({Detail.EYES, Detail.EYE})


def with_owners(text: str) -> str:
    """A prompt in which hands, feet and eyes that nobody is said to have are somebody's.

    Args:
        text: the prompt.
    """
    owned = _UNOWNED.sub(_given, text)
    return _BARE_PART_ZH.sub(_given_zh, owned) if detail_of(owned) and re.search(_CLOSE_ZH, owned) else owned


def _given(found: re.Match[str]) -> str:
    bare, part, after = found["bare"], found["part"], found["next"]
    led = bool(re.search(r"[a-z]", found["lead"], re.IGNORECASE))
    if not led and not re.match(r" \w+ing\b", after):
        return found[0]
    owner = next((owner for words, owner in _TELLING if words.search(bare)), "a person's")
    kept = re.findall(r"\b(?:blue|green|brown|hazel|gr[ae]y|amber|crying|muddy|bare)\b", bare, re.IGNORECASE)
    part = "feet" if re.fullmatch(_SHOD, part, re.IGNORECASE) else part
    part = "hands" if part.lower() == "hand" and after.lower().startswith(" holding") else part
    return f"{found['lead']}{' '.join([owner, *kept, part])}{after}"


def _given_zh(found: re.Match[str]) -> str:
    owner = next((owner for words, owner in _TELLING_ZH if words.search(found["bare"])), "一个人的")
    kept = "".join(re.findall(r"一只|一双|蓝色的|绿色的|棕色的|黑色的", found["bare"]))
    return f"{found['lead']}{owner}{kept}{found['part']}"


def detail_of(text: str) -> Detail | None:
    """What of somebody a close shot is of that some words ask for; None where it is not such a thing.

    Args:
        text: the words of a shot, hands owned as by `with_owners`.
    """
    said = _SHOWN.search(text)
    if said is not None:
        shoes = re.fullmatch(_SHOD, said["part"], re.IGNORECASE)
        return None if shoes and not _OWNER.search(said["whose"]) else _detail(said["part"])
    begun = re.search(rf"(?:^|[.,;:]\s*){_OWNED}(?P<part>{_HANDS}|{_FEET}) \w+ing\b", text, re.IGNORECASE)
    if begun is not None:
        return _detail(begun["part"])
    chinese = _SHOWN_ZH.search(text)
    if chinese is None:
        return None
    part = chinese["part"] or chinese["part2"] or chinese["part3"]
    whose = chinese["whose"] or chinese["whose2"] or chinese["whose3"] or ""
    return _detail_zh(part, one="一只" in whose + part)


def _detail(part: str) -> Detail:
    if re.fullmatch(_HANDS, part, re.IGNORECASE):
        return Detail.HANDS
    if re.fullmatch(_EYES, part, re.IGNORECASE):
        return Detail.EYE if _SINGLE_EYE.match(part) else Detail.EYES
    return Detail.FEET


def _detail_zh(part: str, *, one: bool) -> Detail:
    if re.fullmatch(_EYES_ZH, part):
        return Detail.EYE if one or part in {"瞳孔", "眼球"} else Detail.EYES
    return Detail.HANDS if re.fullmatch(_HANDS_ZH, part) else Detail.FEET


def with_details(framing: Framing, story: Story, text: str) -> tuple[Framing, Story]:
    """The framing of a shot and of its beats with what they are of.

    Args:
        framing: of the shot's beginning.
        story: its beats.
        text: the prompt.
    """
    first = text
    if story.beats and story.beats[0].words:
        first = text[: max(text.find(story.beats[0].words), 0)] or text
    return _closer(framing, detail_of(first)), replace(story, beats=tuple(map(_of_detail, story.beats)))


def _of_detail(beat: Beat) -> Beat:
    detail = detail_of(beat.words)
    if detail is None:
        return beat
    return replace(
        beat, framing=_closer(beat.framing or Framing(), detail), cut=beat.cut or beat.move is None
    )


def _closer(framing: Framing, detail: Detail | None) -> Framing:
    if detail is None or framing.size not in _NEAR:
        return framing
    size = ShotSize.EXTREME_CLOSE_UP if detail in _OF_EYES else framing.size or ShotSize.CLOSE_UP
    return replace(framing, size=size, detail=detail)
