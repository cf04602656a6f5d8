"""Whole bodies and groups in the picture: how far away, how high, followed or left to move."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.bodies.catalogue import Family
from kirin_video.engines.previs.bodies.track import Floats
from kirin_video.engines.previs.plan import Angle, Lens, Setting, ShotSize, Technique
from kirin_video.engines.previs.staging.composing import (
    NEAREST_GROUND_M,
    SIDES,
    Composed,
    Floor,
    Stand,
    ahead_of,
    facing_of,
    level_views,
    right_of,
    roll_of,
    side_of,
)
from kirin_video.engines.previs.staging.easing import calmed
from kirin_video.engines.previs.staging.framing import fov_for, going_along, is_close_on_thing, shares_for
from kirin_video.engines.previs.staging.hulls import Presence, boxes
from kirin_video.engines.previs.staging.passages import Passage
from kirin_video.engines.previs.staging.spans import BRIDGES

_ROUNDS = 8
"""How often a distance is measured and bettered."""
_NEAREST_M, _FURTHEST_M = 0.6, 240.0
_WIDEST_DEG = 100.0
_TINY_M, _LENS_M = 0.16, 0.26
"""What is smaller than this, as a ring or a lipstick, is filmed from so near."""
_CLOSE_LENS_M, _LONGEST = 0.2, 0.12
"""So near is the lens in a close-up of a thing, and so much narrower its picture at most."""
_LOOKED_INTO, _LOOKED_AT, _FLAT = 0.62, 0.30, 0.62
"""How high the eye is over the middle of a thing in close-up, as a share of its distance: of one that is
lower than this share of its width, and looked into, and of others."""
_SMALL_M = 0.6
"""What is taller, as a motorcycle, is looked at as in any other shot."""
_BLOSSOM = 0.36
"""A close-up of a flower is of so much of it."""
_MARGIN = 0.03
"""Share of the picture that stays free around whoever is in it."""
_DEPTH_SHARE = 0.95
"""How far a subject may come nearer to a camera that stays, in distances."""
_SIDED = 0.85
"""How much a camera that is asked to a side of somebody goes along with it."""
_WIDEST_SHARE = 0.84
"""Share of the picture's width of what may fill more of it."""
_GIANT, _WITH_GIANTS = 2.2, 0.82
"""Who is so many times as tall as the leading one may fill so much of the picture with it."""
_BEFORE, _TRIES = 1.2, 20
"""From nearer than so many of his heights nobody is looked at with a giant behind him; of so many places from
there on the nearest is taken that has both in its picture."""
_BESIDE = 0.3
"""So far beside the line of sight to the giant the leading one is at most, in widths of the picture."""
_TINY = 0.42
"""As a share of its wished size."""
_OFF = 2.1
"""Whose distance grows to more than so many times is followed."""
_FROM_BELOW = 1.3
"""From below somebody is seen from nearer, by a wider lens: what is high towers."""
_LOWEST_EYE_M, _HIGHEST_EYE_M = 0.34, 1.85
_ALOFT_M, _ALOFT_EYE = 1.0, 0.15
_JOURNEY = 2.5
"""Who goes further on a road than so many of his lengths is followed."""
_LOOKS_AFTER = 0.5
"""So much of the way of somebody who leaves the camera goes."""
_OVER_WINGS = 0.26
"""Above the clouds from a little above its wings, in lengths: the clouds lie below it."""
_OVER_SPANS = 1.35
"""A bridge with somebody on it is looked at from so many of its heights."""
_HERD = 3
"""More than so many are a herd: it is looked at from above its backs."""
_THIRD, _LEAD_ROOM = 0.165, 0.09
_ASIDE = 0.35
"""Who turns to a side by more than this, of 1, gets room before the face."""
_BELOW, _FAR_BELOW = 0.055, 0.15
"""How far below the picture's middle the middle of somebody is, and of somebody small in it."""
_SMALL = 0.30
_ELEVATIONS = {
    Angle.HIGH: math.radians(31.0),
    Angle.OVERHEAD: math.radians(81.0),
    Angle.AERIAL: math.radians(27.0),
}
_BEHIND = frozenset({"window", "fireplace"})
"""What of the world a prompt names is to be seen behind its subject."""
_OVER_A_GLOBE = math.radians(15.0)
"""Through a fisheye the horizon is bent only where it does not go through the middle."""
_FROM_THE_AIR_M = 9.0
"""A drone is never nearer."""
_ENDLESS = 6.0
"""What is longer than so many of its heights is looked at from its front."""
_ALL_OF_IT = frozenset({ShotSize.FULL, ShotSize.WIDE, ShotSize.EXTREME_WIDE})
_DEEP = 0.8
"""Somebody whose distance changes by more than this share of it is sized where it is nearest."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Composes a passage about one or several whole bodies.

    Attributes:
        floor: the shot.
        passage: what the camera does.
        stand: where it tries to stand.
        who: who has to be in the picture, the leading one first.
        zoom: how wide the picture is against that of the usual lens.
    """

    floor: Floor
    passage: Passage
    stand: Stand
    who: tuple[Presence, ...]
    zoom: float = 1.0

    def composed(self) -> Composed:
        """The camera at all frames of the shot."""
        must = np.concatenate([one.hull if k else self._front(one) for k, one in enumerate(self.who)], 1)
        leaver = min(self.who, key=lambda one: one.part.let_go_s)
        leaves = self.floor.times > leaver.part.let_go_s
        if 0 < leaves[self.passage.first : self.passage.end].sum() < len(self.passage.frames):
            return self._looking_after(leaver, must, leaves)
        follows = self._asked_to_follow() or self._is_on_its_way()
        best = self._settled(must, followed=follows)
        if not follows and (
            self._worst(best, must) > 0.0 or self._dwindles(best) or self._is_tiny(best, must)
        ):
            best = self._settled(must, followed=True)
        return self._nearer_by_lens(best, must)

    def _nearer_by_lens(self, camera: Composed, must: Floats) -> Composed:
        """A close-up of a thing so small that no lens gets near enough: a longer one."""
        if not self._is_close or self.zoom < 1.0:
            return camera
        filled = self._filled(camera, must, *self._shares())
        if filled >= 1.0:
            return camera
        longer = replace(self, zoom=max(filled, _LONGEST))
        return longer.composed()

    @property
    def _is_close(self) -> bool:
        return is_close_on_thing(self.passage.framing, self.who[0].part.body)

    def _filled(self, camera: Composed, must: Floats, high: float, wide: float) -> float:
        """How much of its share of the picture it fills, on the whole."""
        box = self._boxes(camera, must)
        span = box[:, 2:] - box[:, :2]
        return float(np.median(np.maximum(span[:, 1] / high, span[:, 0] / wide)))

    def _looking_after(self, one: Presence, must: Floats, leaves: NDArray[np.bool_]) -> Composed:
        """The camera stays where everybody is, and turns after one who leaves at some of the frames.

        It goes a part of the way itself, so that he is large enough to be seen to the end.
        """
        last = int(np.where(leaves, -np.inf, self.floor.times).argmax())
        waiting = np.where(leaves, last, np.arange(len(must)))
        camera = self._settled(must[waiting], followed=False)
        way = one.middle - one.middle[waiting]
        alone = np.tile(one.hull, (1, must.shape[1] // one.hull.shape[1], 1))
        return replace(
            camera,
            eyes=camera.eyes + _LOOKS_AFTER * calmed(way),
            targets=camera.targets + calmed(way),
            focus=calmed(camera.focus + way),
            must=np.where(leaves[:, None, None], alone, must),
        )

    def _is_on_its_way(self) -> bool:
        """Whether it goes far along a road or rails: from one place it would be small at both ends."""
        here = slice(self.passage.first, self.passage.end)
        lead = self.who[0]
        places, _ = lead.part.track.at(self.floor.times[here])
        gone = float(np.hypot(*(places[-1] - places[0])[[0, 2]]))
        return bool(self.floor.ground.ways) and gone > _JOURNEY * lead.part.body.length_m

    def _front(self, one: Presence) -> Floats:
        """What has to be seen of somebody: of a train the engine and the first coaches."""
        body = one.part.body
        if self._is_close and one.part.role.kind.shape.get("form") == "flower":
            top = one.hull[..., 1].max(1, keepdims=True)
            low = top - _BLOSSOM * one.tall_m
            return np.stack([one.hull[..., 0], np.maximum(one.hull[..., 1], low), one.hull[..., 2]], -1)
        # A pizza is flat, and no train.
        whole = one.part.role.kind.family is Family.THING or self.passage.framing.size in _ALL_OF_IT
        if whole or body.length_m < _ENDLESS * body.height_m:
            return one.hull
        _, turns = one.part.track.at(self.floor.times)
        ahead = np.stack([np.cos(turns), np.zeros(len(turns)), -np.sin(turns)], 1)
        along = np.einsum("fmk,fk->fm", one.hull, ahead)
        behind = along.max(1, keepdims=True) - 0.7 * _ENDLESS * body.height_m - along
        return one.hull + np.maximum(behind, 0.0)[..., None] * ahead[:, None]

    def _asked_to_follow(self) -> bool:
        # A dolly zoom spreads what is beside the middle: who walks must stay there.
        return bool({Technique.FOLLOW, Technique.DOLLY_ZOOM} & set(self.passage.techniques))

    @property
    def _yaw(self) -> float:
        return side_of(self.floor, self.passage, self.who[0]) + self.stand.turn_rad

    @property
    def _fov(self) -> float:
        fov = fov_for(self.floor.stage.fov_deg, self.passage.framing.lens, framed=True)
        fov *= _FROM_BELOW if self.passage.framing.height is Angle.LOW else 1.0
        fov = math.degrees(2.0 * math.atan(math.tan(math.radians(fov) / 2.0) * self.zoom))
        return min(self.stand.opened(fov), _WIDEST_DEG)

    def _settled(self, must: Floats, *, followed: bool) -> Composed:
        """The camera at a distance from which the measured box has its share, and fits."""
        high, wide = self._shares()
        if len({one.part.role.number for one in self.who}) > 1:
            high = min(1.35 * high, max(high, 0.66))
        if self._has_giants():
            return self._before_giants(must, followed=followed)
        away = self._first_guess(must, high, wide)
        half = (0.0, 0.0)
        here = slice(self.passage.first, self.passage.end)
        for _ in range(_ROUNDS):
            camera = self._at(must, away, half, followed=followed)
            box = self._boxes(camera, must)
            span = box[:, 2:] - box[:, :2]
            half = float(np.median(span[:, 0])) / 2.0, float(np.median(span[:, 1])) / 2.0
            filled = np.maximum(span[:, 1] / high, span[:, 0] / wide)
            deep = np.ptp((camera.focus[here] - camera.eyes[here]) @ ahead_of(self._yaw)) > _DEEP * away
            size = float(np.quantile(filled, 0.95 if deep else 0.6))
            away = float(np.clip(away * min(max(size, 0.4), 2.5), self._nearest(must), _FURTHEST_M))
        camera = self._at(must, away, half, followed=followed)
        for _ in range(_ROUNDS):
            if self._worst(camera, must) <= 0.0 or not followed:
                break
            away = min(1.12 * away, _FURTHEST_M)
            camera = self._at(must, away, half, followed=followed)
        return camera

    def _has_giants(self) -> bool:
        """Whether somebody far larger stands behind: it fills more, or the leading one would be tiny."""
        least = _GIANT * self.who[0].tall_m
        return self.passage.framing.size is None and any(one.tall_m > least for one in self.who[1:])

    def _shares(self) -> tuple[float, float]:
        """The most of the picture's height and width: it may be of its own."""
        high, wide = shares_for(self.passage.framing)
        role = self.who[0].part.role
        own = float(role.kind.shape.get("share" if len(role.bodies) == 1 else "share_of_many", 0.0))
        if self.passage.framing.size is not None or not own:
            return high, wide
        if own < high:
            # What is low and goes about a floor shows the room that it is in.
            return own, own * wide / high
        return max(high, own), max(wide, _WIDEST_SHARE)

    def _first_guess(self, must: Floats, high: float, wide: float) -> float:
        size = np.median(np.ptp(must[self.passage.first : self.passage.end], axis=1), axis=0)
        tall = 2.0 * math.tan(math.radians(self._fov) / 2.0)
        across = math.hypot(float(size[0]), float(size[2]))
        return max(float(size[1]) / high, across / wide / self.floor.aspect, 0.3) / tall

    def _nearest(self, must: Floats) -> float:
        """Outside of the body, whatever the picture wants."""
        size = np.median(np.ptp(must, axis=1), axis=0)
        reach = math.hypot(float(size[0]), float(size[2]))
        if self._is_close:
            return 0.55 * reach + _CLOSE_LENS_M
        if max(reach, float(size[1])) < _TINY_M:
            return max(
                0.55 * reach + _LENS_M, _FROM_THE_AIR_M * (self.passage.framing.height is Angle.AERIAL)
            )
        own = 0.55 * reach + 0.35
        return max(own, _NEAREST_M, _FROM_THE_AIR_M if self.passage.framing.height is Angle.AERIAL else 0.0)

    def _dwindles(self, camera: Composed) -> bool:
        """Whether somebody goes so far off, or comes from so far, that little is seen of it meanwhile."""
        here = slice(self.passage.first, self.passage.end)
        far = np.linalg.norm(camera.focus[here] - camera.eyes[here], axis=1)
        return float(far.max() / far.min()) > _OFF

    def _is_tiny(self, camera: Composed, must: Floats) -> bool:
        """Whether somebody is far smaller than wished, as no nearer place has all the way in its picture."""
        return self._filled(camera, must, *shares_for(self.passage.framing)) < _TINY

    def _boxes(self, camera: Composed, must: Floats) -> Floats:
        here = slice(self.passage.first, self.passage.end)
        views = level_views(camera.eyes[here], camera.targets[here], camera.fov_deg)
        return boxes(views, must[here], self.floor.aspect)

    def _worst(self, camera: Composed, must: Floats) -> float:
        """How far the box leaves the picture's margins at the worst moment; at most 0 where it stays."""
        box = self._boxes(camera, must)
        return float(max((_MARGIN - box[:, :2]).max(), (box[:, 2:] - 1.0 + _MARGIN).max()))

    def _at(self, must: Floats, away: float, half: tuple[float, float], *, followed: bool) -> Composed:
        """The camera at a distance.

        Args:
            must: what has to be in the picture.
            away: metres from the camera.
            half: half the box's width and height as last seen, as shares of the picture.
            followed: whether the camera looks after it, or is left where it has room for all its way.
        """
        here = slice(self.passage.first, self.passage.end)
        middle = (must.min(1) + must.max(1)) / 2.0
        feet = must[..., 1].min(1)
        if followed:
            interest = calmed(middle)
            base = calmed(feet[:, None])[:, 0]
        else:
            whole = must[here].reshape(-1, 3)
            interest = np.repeat(((whole.min(0) + whole.max(0)) / 2.0)[None], len(must), 0)
            base = np.full(len(must), float(np.median(feet[here])))
        eyes = self._eyes(interest, base, away, followed=followed)
        targets = interest + self._aim(middle, eyes, interest, away, half, followed=followed)
        camera = Composed(eyes, targets, self._fov, roll_of(self.floor, self.passage), calmed(middle), must)
        if not self._has_giants():
            return camera
        # From so far aside that the leading one is beside the giant, and no further.
        right, lead = right_of(self._yaw), self.who[0].middle[here] - eyes[here]
        off, near = (float(np.median(lead @ way)) for way in (right, ahead_of(self._yaw)))
        wide = 2.0 * math.tan(math.radians(self._fov) / 2.0) * self.floor.aspect * max(near, 0.0)
        excess = math.copysign(max(abs(off) - _BESIDE * wide, 0.0), off)
        camera = replace(camera, eyes=eyes + excess * right)
        return self._centred(self._centred(camera, must), must)

    def _before_giants(self, must: Floats, *, followed: bool) -> Composed:
        """From as near the leading one as has all of him in the picture, and the giant behind him."""
        depth, own = must @ ahead_of(self._yaw), self.who[0].hull @ ahead_of(self._yaw)
        behind = float(np.median(0.5 * (depth.min(1) + depth.max(1)) - own.min(1)))
        tall, camera = self.who[0].tall_m, None
        for gap in np.geomspace(_BEFORE * tall, 0.8 * _FURTHEST_M, _TRIES).tolist():
            camera = self._at(must, max(behind, 0.0) + gap, (0.0, 0.0), followed=followed)
            if self._worst(camera, must) <= 0.0 and self._filled(camera, must, _WITH_GIANTS, 1.0) <= 1.0:
                break
        assert camera is not None
        return camera

    def _centred(self, camera: Composed, must: Floats) -> Composed:
        """The camera turned so that all of them are in the middle, one before and another far behind."""
        left, low, right, high = np.median(self._boxes(camera, must), axis=0).tolist()
        span = 2.0 * math.tan(math.radians(camera.fov_deg) / 2.0)
        away = np.linalg.norm(camera.targets - camera.eyes, axis=1, keepdims=True)
        aside = (0.5 * (left + right) - 0.5) * self.floor.aspect * right_of(self._yaw)
        up = np.array([0.0, 0.5 * (low + high) - 0.5, 0.0])
        return replace(camera, targets=camera.targets + span * away * (aside + up))

    def _eyes(self, interest: Floats, base: Floats, away: float, *, followed: bool) -> Floats:
        """Where the camera stands at every frame."""
        here = slice(self.passage.first, self.passage.end)
        ahead, right = ahead_of(self._yaw), right_of(self._yaw)
        framing = self.passage.framing
        steep = _ELEVATIONS.get(framing.height, 0.0) if framing.height else 0.0
        if framing.lens is Lens.FISHEYE and framing.height is None:
            steep = _OVER_A_GLOBE
        steep *= self.stand.steep
        away *= self.stand.reach
        depth, gone = interest @ ahead, interest @ right
        middle = interest[here].min(0) / 2.0 + interest[here].max(0) / 2.0
        # Measured from where it is nearest; in between the camera goes along as far as it has to.
        eye = middle + ahead * (depth[here].min() - middle @ ahead) - away * math.cos(steep) * ahead
        eyes = np.repeat(eye[None], len(interest), 0)
        if followed:
            least = _SIDED if self.passage.framing.side in SIDES else 0.0
            least = 1.0 if self._asked_to_follow() else least
            along = max(going_along(away, float(np.ptp(gone[here]))), least)
            eyes = eyes + (along * (gone - middle @ right))[:, None] * right
            span = float(np.ptp(depth[here]))
            with_it = max(1.0 - _DEPTH_SHARE * away / max(span, 1e-6), least)
            eyes = eyes + (with_it * (depth - depth[here].min()))[:, None] * ahead
        eyes[:, 1] = self._heights(eyes, interest, base, away * math.sin(steep))
        return eyes

    def _heights(self, eyes: Floats, interest: Floats, base: Floats, rise: float) -> Floats:
        """How high the camera is: a little below the eyes of somebody, above a herd's backs, or as asked."""
        ground = self.floor.lowest(eyes)
        free = ground + NEAREST_GROUND_M
        if rise > 0.0:
            return np.maximum(interest[:, 1] + rise, free)
        small = self.who[0].tall_m < _SMALL_M
        if self._is_close and small and self.passage.framing.height is None:
            away = np.hypot(*(eyes - interest)[:, [0, 2]].T)
            return np.maximum(interest[:, 1] + self._over_thing() * away, free)
        tall = self.who[0].tall_m
        aloft = float((base - self.floor.lowest(interest)).mean()) > _ALOFT_M
        if self.passage.framing.height is Angle.LOW:
            low = calmed(ground[:, None])[:, 0] + min(max(0.10 * tall, 0.16), 0.5)
            return np.maximum(low, free) if not aloft else np.maximum(base - 0.9 * tall, low)
        if self.floor.plan.setting is Setting.UNDERWATER:
            # A diver swims where the fish is, and looks at its side.
            return np.maximum(interest[:, 1], free)
        above = min(max(0.58 * tall + 0.22, _LOWEST_EYE_M), _HIGHEST_EYE_M)
        if any(s.scenery and s.kind in _BEHIND for s in self.floor.plan.subjects):
            # From steeply above, what stands behind it is out of the picture.
            above = min(above, 1.25 * tall + 0.05)
        spans = [one.tall_m for one in self.who[1:] if one.part.role.kind.name in BRIDGES]
        if spans:
            # From above its walls, so that who is on it shows, and the water under it.
            above = max(above, _OVER_SPANS * max(spans))
        if sum(one.part.role is self.who[0].part.role for one in self.who) > _HERD:
            above = max(above, 1.25 * tall)
        if aloft:
            # From a little below its wings, so that it is seen against what is far away.
            over_clouds = self.floor.plan.setting is Setting.CLOUDS
            above = (
                max(1.1 * tall, _OVER_WINGS * self.who[0].part.body.length_m)
                if over_clouds
                else above * _ALOFT_EYE
            )
        # The higher of the subject's ground and one's own: hills must not come between.
        own = calmed(ground[:, None])[:, 0] + min(above, 0.5 * above + 0.35)
        return np.maximum(np.maximum(own, base + above), free)

    def _over_thing(self) -> float:
        """How steeply a thing is looked down on in a close-up."""
        body = self.who[0].part.body
        return _LOOKED_INTO if body.height_m < _FLAT * max(body.length_m, body.width_m) else _LOOKED_AT

    def _aim(  # noqa: PLR0913 -- what a composition depends on
        self,
        middle: Floats,
        eyes: Floats,
        interest: Floats,
        away: float,
        half: tuple[float, float],
        *,
        followed: bool,
    ) -> Floats:
        """How far beside the subject's middle the camera looks, metres (f, 3): room to look, head-room."""
        high = (
            2.0
            * math.tan(math.radians(self._fov) / 2.0)
            * float(np.linalg.norm(interest - eyes, axis=1).mean())
        )
        if self.passage.framing.height is Angle.OVERHEAD:
            return np.zeros_like(eyes)
        aside = self._aside(middle, away, half[0], followed=followed)
        small = 1.0 - min(2.0 * half[1] / _SMALL, 1.0)
        below = _BELOW + (_FAR_BELOW - _BELOW) * small
        below = min(below, max(0.5 - half[1] - _MARGIN, 0.0))
        if self.passage.framing.height is Angle.HIGH:
            below = 0.0
        up = below * high
        offset = -aside * high * self.floor.aspect * right_of(self._yaw) + np.array([0.0, up, 0.0])
        return np.repeat(offset[None], len(eyes), 0)

    def _aside(self, middle: Floats, away: float, half: float, *, followed: bool) -> float:
        """Where its middle is beside the picture's, as a share of the width: it looks the other way."""
        here = slice(self.passage.first, self.passage.end)
        right = right_of(self._yaw)
        gone = float((middle[here][-1] - middle[here][0]) @ right)
        room = max(0.5 - half - 2.0 * _MARGIN, 0.0)
        if abs(gone) > 0.25 * away:
            return -math.copysign(min(_LEAD_ROOM, room), gone) if followed else 0.0
        lead = self.who[0]
        if len(self.who) > 1 or self.passage.framing.lens is Lens.FISHEYE or self._is_close:
            return 0.0
        turn = facing_of(self.floor, self.passage, lead)
        aside = float(np.array([math.cos(turn), 0.0, -math.sin(turn)]) @ right)
        if abs(aside) < _ASIDE:
            return 0.0
        return -math.copysign(min(_THIRD, room), aside)
