"""Reads who goes through water on foot: "horses gallop through a river", "角马群过河"."""

from __future__ import annotations

import re
from dataclasses import replace

from kirin_video.engines.previs.bodies.catalogue import Family, catalogue
from kirin_video.engines.previs.plan import Action, RelationKind, Setting, SubjectPlan

_ENGLISH = re.compile(
    r"\b(?:wad|ford)(?:e|es|ed|ing|s)\b"
    r"|\b(?:cross|splash)\w*\b[^.;,]{0,24}?\b(?:river|stream|creek|brook|ford|water|shallows)\b"
    r"|\b(?:through|across)\b[^.;,]{0,24}?\b(?:river|stream|creek|brook|ford|shallows|shallow water)\b"
    r"|\b(?:stand|play|walk|run|paddl|wait)\w*\b(?: \w+){0,3}? in (?:a |an |the )?(?:\w+ ){0,2}?"
    r"(?:river|stream|creek|brook|shallows|shallow water)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    "过河|渡河|涉水|涉过|[蹚趟淌](?:水|过|着|河)"
    "|[穿越跨走跑奔冲踏驰]过[^\uff0c\u3002\uff1b]{0,8}?(?:河|溪|江|浅滩|浅水)"
    "|(?:河|溪|溪水|河水|浅水|浅滩)(?:里|中)[^\uff0c\u3002\uff1b]{0,4}?[跑走奔行玩嬉戏踩站]"
)
_DRY = re.compile(
    r"\b(?:bridge|boat|canoe|raft|ferry|kayak|ship|train|stepping stones?|log|frozen|ice|bank|beside|along)\b"
    "|桥|船|舟|筏|列车|火车|踏石|独木|冰|岸|河边|溪边",
    re.IGNORECASE,
)
"""Whoever crosses with one of these, or beside the water, keeps dry feet."""
_ON_FOOT = {
    Action.IDLE: 1.0,
    Action.STAND: 1.0,
    Action.PLAY: 1.0,
    Action.WALK: 0.85,
    Action.SNEAK: 0.85,
    Action.TROT: 0.8,
    Action.RUN: 0.7,
    Action.GALLOP: 0.62,
}
"""What is done in water on one's feet, and how much slower than on land."""
_AT_HOME = frozenset({"crocodile"})
"""Who swims there."""
_ON_LEGS = frozenset({Family.PERSON, Family.QUADRUPED})
_BORNE = frozenset({RelationKind.ON, RelationKind.IN, RelationKind.RIDING, RelationKind.HELD_BY})


def wading(subjects: tuple[SubjectPlan, ...], text: str, setting: Setting) -> tuple[SubjectPlan, ...]:
    """The subjects with whoever goes through a river on foot wading, and slower.

    Args:
        subjects: everybody.
        text: the prompt.
        setting: where.
    """
    said = _ENGLISH.search(text) or _CHINESE.search(text)
    if setting is not Setting.RIVER or not said or _DRY.search(text):
        return subjects
    return tuple(_waded(one) if _is_on_foot(one) else one for one in subjects)


def _is_on_foot(one: SubjectPlan) -> bool:
    kind = catalogue().get(one.kind)
    borne = any(relation.kind in _BORNE for relation in one.relations)
    return kind is not None and kind.family in _ON_LEGS and one.action in _ON_FOOT and not borne


def _waded(one: SubjectPlan) -> SubjectPlan:
    if one.kind in _AT_HOME:
        return replace(one, action=Action.SWIM)
    doing = Action.WALK if one.action is Action.IDLE else one.action
    return replace(one, action=doing, also=(*one.also, Action.WADE), tempo=one.tempo * _ON_FOOT[doing])
