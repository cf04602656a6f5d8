"""What can go wrong with media.

KirinError
├── MediaRejected       what a caller sent breaks a rule or cannot be read
├── SandboxUnavailable  hostile files cannot be judged safely on this machine
└── UnreadableClip      a clip of our own is not a whole MP4
"""

from __future__ import annotations

from kirin_video.domain.errors import KirinError


class MediaRejected(KirinError):
    """A picture or video that cannot be accepted.

    Attributes:
        problems: one sentence for the caller for each broken rule, with the limit and what was found.
        message: all of them.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems
        self.message = " ".join(problems)


class SandboxUnavailable(KirinError):
    """This machine cannot lock the judging process down, or cannot keep it running."""


class UnreadableClip(KirinError):
    """A clip that should be a whole MP4 is not."""
