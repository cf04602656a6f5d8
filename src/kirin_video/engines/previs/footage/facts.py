"""What an edit plan asks for, as a task's metadata tells it."""

from __future__ import annotations

from collections.abc import Mapping

from kirin_video.engines.previs.footage.edits import (
    Backdrop,
    Blur,
    EditPlan,
    Insert,
    Local,
    Recolor,
    Reference,
    Remove,
    Resky,
    Resurface,
    Retouch,
)


def facts_of(plan: EditPlan) -> Mapping[str, object]:
    """The plan, JSON-compatible; what is not asked for is left out."""
    air, view = plan.air, plan.view
    whole: dict[str, object] = {
        "weather": list(air.weathers),
        "touches": list(air.touches),
        "time": air.time,
        "season": air.season,
        "mood": air.mood,
        "tint": air.tint and air.tint.name,
        "phenomena": list(air.phenomena),
        "style": plan.style and plan.style.style,
        "size": view.size,
        "move": view.move,
        "mirror": view.mirror,
        "aim": view.aim and view.aim.words,
        "kept": [thing.words for thing in plan.kept],
        "edits": [_edit_of(edit) for edit in plan.local],
    }
    return {name: value for name, value in whole.items() if value}


def _edit_of(edit: Local) -> dict[str, object]:
    match edit:
        case Backdrop():
            shown = edit.color.name if edit.color else edit.words
            said = {"edit": "background", "ground": edit.ground, "as": shown or _name(edit.reference)}
        case Recolor():
            said = {"edit": "recolor", "thing": edit.thing.words, "as": edit.color.name}
        case Resurface():
            said = {"edit": "resurface", "thing": edit.thing.words, "as": edit.kind}
        case Resky():
            said = {"edit": "sky", "as": _name(edit.reference) or edit.words}
        case Blur():
            said = {"edit": "blur", "thing": edit.thing.words}
        case Retouch():
            touched = edit.thing.words if edit.thing else "background"
            said = {"edit": "retouch", "thing": touched, "as": list(edit.touches)}
        case Remove():
            said = {"edit": "remove", "thing": edit.thing.words}
        case Insert():
            instead = edit.instead.words if edit.instead else ""
            said = {"edit": "insert", "thing": _name(edit.reference) or edit.words, "instead": instead}
    return {name: value for name, value in said.items() if value}


def _name(reference: Reference | None) -> str:
    return f"{reference.kind}_{reference.number}" if reference else ""
