"""The frame rate of every clip, apart from all else: processes that only paint need no more of the domain."""

from __future__ import annotations

FPS = 24
"""Frames a second of every clip we make."""
