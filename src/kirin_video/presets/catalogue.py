"""The presets in words. Importing this draws nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from kirin_video.domain.element_request import MAX_REFER_IMAGES

DRAWING: Final = 1
"""Counts the changes to how presets look, so that a server draws them anew."""

SIDE_PX: Final = 512
"""Width and height of every picture."""

NUM_VIEWS: Final = 1 + MAX_REFER_IMAGES
"""Pictures of each preset: the front, a three-quarter view, the side and the back."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A subject that comes with the server.

    Attributes:
        id: its element number, the same on every server.
        name: what it is called.
        description: what should be known of it beyond its pictures.
        tags: words to find it by.
    """

    id: int
    name: str
    description: str
    tags: tuple[str, ...]

    def picture_key(self, view: int) -> str:
        """The blob of a picture, 0 for the frontal one; the same on every server."""
        digest = hashlib.sha256(f"kirin preset {self.id} view {view} drawing {DRAWING}".encode())
        return f"{digest.hexdigest()[:32]}.png"


PRESETS: Final = (
    Preset(1, "Red ball", "A glossy red ball with a white stripe around it.", ("toy",)),
    Preset(2, "Clay robot", "A small friendly robot of grey and orange clay.", ("character", "toy")),
    Preset(3, "Paper boat", "A boat folded from a sheet of light blue paper.", ("vehicle", "toy")),
    Preset(4, "Yellow teapot", "A round yellow teapot with a curved spout.", ("object",)),
    Preset(5, "Blue bird", "A plump blue bird with a cream breast and an orange beak.", ("animal",)),
    Preset(6, "Small house", "A little cream house with a red roof and a chimney.", ("building",)),
    Preset(7, "Pine tree", "A young pine tree of three tiers on a short trunk.", ("plant",)),
    Preset(8, "Wooden chair", "A plain wooden chair with a slatted back.", ("object", "furniture")),
)
"""Every preset, by its number."""


def is_preset_key(key: str) -> bool:
    """Whether a blob is a picture of a preset."""
    return any(key == preset.picture_key(view) for preset in PRESETS for view in range(NUM_VIEWS))
