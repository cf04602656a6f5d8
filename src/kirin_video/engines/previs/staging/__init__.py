"""Staging: putting a plan's subjects into a world and composing the camera on them.

`footing` knows the ground, `casting` turns subjects into bodies and bodies into actors, `blocking` says where
everybody is at any time, `framing` where the camera stands; `direct` does it all.
"""

from kirin_video.engines.previs.staging.bustle import bustling
from kirin_video.engines.previs.staging.direct import Staged, direct, distance_of_lead, face_of_lead, roam_of
from kirin_video.engines.previs.staging.oneself import with_a_beholder
from kirin_video.engines.previs.staging.rides import riding
from kirin_video.engines.previs.staging.trains import arriving, at_platform
from kirin_video.engines.previs.staging.troupe import NOBODY, Troupe, troupe_of
from kirin_video.engines.previs.staging.wildlife import enlivened

__all__ = [
    "NOBODY",
    "Staged",
    "Troupe",
    "arriving",
    "at_platform",
    "bustling",
    "direct",
    "distance_of_lead",
    "enlivened",
    "face_of_lead",
    "riding",
    "roam_of",
    "troupe_of",
    "with_a_beholder",
]
