"""A request as programs would send it: for curl, Python and JavaScript."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import JsonValue

_STEP: Final = "    "
_SHORT: Final = 60


def as_json(body: Mapping[str, JsonValue]) -> str:
    """The body of the create call."""
    return json.dumps(body, indent=2, ensure_ascii=False)


def as_curl(body: Mapping[str, JsonValue], base_url: str) -> str:
    """A command for a shell; the key is taken from its environment.

    The body goes in as a here-document, which no quote in a prompt can end.
    """
    return (
        f"curl {base_url}/model/v1/generation \\\n"
        '  -H "Authorization: Bearer $KIRIN_API_KEY" \\\n'
        "  -H 'Content-Type: application/json' \\\n"
        f"  --data-binary @- <<'END'\n{as_json(body)}\nEND"
    )


def as_python(body: Mapping[str, JsonValue], base_url: str) -> str:
    """A program with our client; the key is taken from the environment."""
    given = {name: value for name, value in body.items() if name != "model"}
    arguments = "".join(f"{_STEP * 2}{name}={_python(value, 2)},\n" for name, value in given.items())
    return (
        "from kirin_video.client import Client\n\n"
        f"with Client({base_url!r}) as client:  # the key is KIRIN_API_KEY\n"
        f"{_STEP}task = client.generate(\n{arguments}{_STEP})\n"
        f'{_STEP}client.download(task, "clip.mp4")'
    )


def as_javascript(body: Mapping[str, JsonValue], base_url: str) -> str:
    """A module for Node.js; the key is taken from the environment. It needs nothing but ``fetch``."""
    return (
        f"const url = {json.dumps(base_url + '/model/v1/generation')};\n"
        "const headers = {\n"
        "  Authorization: `Bearer ${process.env.KIRIN_API_KEY}`,\n"
        '  "Content-Type": "application/json",\n'
        "};\n\n"
        "async function call(address, options) {\n"
        "  const response = await fetch(address, { headers, ...options });\n"
        "  const answer = await response.json();\n"
        "  if (!response.ok) throw new Error(answer.error.error_message);\n"
        "  return answer;\n"
        "}\n\n"
        f"const body = {as_json(body)};\n\n"
        'let task = await call(url, { method: "POST", body: JSON.stringify(body) });\n'
        'while (task.status === "queued" || task.status === "in_progress") {\n'
        "  await new Promise((resolve) => setTimeout(resolve, 1000));\n"
        "  task = await call(`${url}/task/${task.id}`);\n"
        "}\n"
        'if (task.status === "failed") throw new Error(task.error.error_message);\n'
        "console.log(task.output[0].content[0].url);"
    )


def _python(value: JsonValue, depth: int) -> str:
    """A value as Python writes it, over several lines where one would be long."""
    flat = repr(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False) if value.isprintable() else flat
    if len(flat) <= _SHORT or not isinstance(value, (list, dict)):
        return _one_line(value)
    inner, outer = _STEP * (depth + 1), _STEP * depth
    entries = "".join(f"{inner}{entry},\n" for entry in _entries(value, depth + 1))
    start, end = ("[", "]") if isinstance(value, list) else ("{", "}")
    return f"{start}\n{entries}{outer}{end}"


def _one_line(value: JsonValue) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_entries(value, 0))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(_entries(value, 0))}}}"
    return _python(value, 0) if isinstance(value, str) else repr(value)


def _entries(value: list[JsonValue] | dict[str, JsonValue], depth: int) -> Iterator[str]:
    if isinstance(value, dict):
        return (f"{json.dumps(name)}: {_python(each, depth)}" for name, each in value.items())
    return (_python(each, depth) for each in value)
