"""The two shapes of a create call's body: flat, or wrapped as clients of the original platform do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from kirin_video.domain.quoting import quoted, shown_name
from kirin_video.domain.reading import Report


def unwrap(body: object, report: Report) -> Mapping[str, object] | None:
    """Find the parameters of a body.

    Wrapped is ``{"model": ..., "input": [{"params": {...}}]}``; ``model`` may also, or only, be among the
    params. Paths of the parameters are the same in both shapes.

    Args:
        body: decoded JSON.
        report: where what is wrong with the wrapping goes.

    Returns:
        The parameters, ``model`` among them; None if there is no telling what they are.
    """
    if not isinstance(body, Mapping):
        report.add("body", f"The body must be a JSON object with the parameters; found {quoted(body)}.")
        return None
    outer = cast("Mapping[str, object]", body)
    if outer.get("input") is None:
        return (
            {name: value for name, value in outer.items() if name != "input"} if "input" in outer else outer
        )
    _refuse_beside(outer, {"model", "input"}, "", report)
    params = _params(outer["input"], report)
    return None if params is None else _with_model(params, outer.get("model"), report)


def _params(entries: object, report: Report) -> Mapping[str, object] | None:
    """The params of the one entry of ``input``."""
    if isinstance(entries, str) or not isinstance(entries, Sequence):
        report.add(
            "input", f'input must be a list of one entry, {{"params": {{...}}}}; found {quoted(entries)}.'
        )
        return None
    listed = cast("Sequence[object]", entries)
    if len(listed) != 1:
        report.add("input", f"input must hold exactly one entry; found {len(listed)}.")
        return None
    if not isinstance(listed[0], Mapping):
        report.add("input[0]", f"input[0] must be an object with params; found {quoted(listed[0])}.")
        return None
    entry = cast("Mapping[str, object]", listed[0])
    _refuse_beside(entry, {"params"}, "input[0].", report)
    params = entry.get("params")
    if not isinstance(params, Mapping):
        report.add("input[0].params", f"input[0].params must be an object; found {quoted(params)}.")
        return None
    return cast("Mapping[str, object]", params)


def _with_model(params: Mapping[str, object], model: object, report: Report) -> Mapping[str, object]:
    """The params with the wrapping's ``model``; one that differs from the params' own is a violation."""
    inner = params.get("model")
    if model is None:
        return params
    if inner is not None and not (isinstance(inner, str) and inner == model):
        report.add(
            "model",
            f"model is {quoted(model)} beside input and {quoted(inner)} in its params; they must not differ.",
        )
    return {**params, "model": model}


def _refuse_beside(given: Mapping[str, object], allowed: set[str], prefix: str, report: Report) -> None:
    beside = " and ".join(sorted(allowed))
    for name in report.tellable([name for name in given if name not in allowed]):
        path = prefix + shown_name(name)
        report.add_unknown(path, f"{path} is not known beside {beside}; put it in input[0].params.")
