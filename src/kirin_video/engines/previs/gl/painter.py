"""Painting a whole scene, frame by frame."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import moderngl
import numpy as np
from numpy.typing import NDArray

from kirin_video.engines.previs.coarsening import fitted
from kirin_video.engines.previs.gl.actors import ActorPainter
from kirin_video.engines.previs.gl.backdrops import BackdropPainter
from kirin_video.engines.previs.gl.effects import EffectPainter
from kirin_video.engines.previs.gl.falls import FallPainter
from kirin_video.engines.previs.gl.focus import FocusPuller
from kirin_video.engines.previs.gl.heavens import SkyPainter
from kirin_video.engines.previs.gl.land import LandPainter
from kirin_video.engines.previs.gl.lens import Lens
from kirin_video.engines.previs.gl.matrices import horizon_share, mirrored, view_projection
from kirin_video.engines.previs.gl.moment import Moment
from kirin_video.engines.previs.gl.neighbours import parted
from kirin_video.engines.previs.gl.parts import PartPainter
from kirin_video.engines.previs.gl.prints import PrintPainter
from kirin_video.engines.previs.gl.shadows import Shadows
from kirin_video.engines.previs.gl.sight import Lookout, Seen, Standing
from kirin_video.engines.previs.gl.speeds import SpeedPainter
from kirin_video.engines.previs.gl.waters import WaterPainter
from kirin_video.engines.previs.light import Light
from kirin_video.engines.previs.plate import Plate
from kirin_video.engines.previs.prospect import Prospect
from kirin_video.engines.previs.shutter import REACH, smear_of

_MIRROR_SHARE = 2
_MIRROR_SEEN_HALF = 640
"""In narrower pictures, pixels, a far shore is too few lines high for a mirror of half the size."""
_RIPPLE_SHARE = 0.10
"""How far ripples look above the horizon in the mirror, as a share of the picture's height."""
_CLIP_DISTANCE_0 = 0x3000
_HOUR_FRAMES = 4
"""So often shadows are drawn anew where a day goes by."""


class Painter:
    """Draws the frames of one clip at one size.

    Args:
        context: where it draws.
        prospect: what it draws.
        width: pixels.
        height: pixels.
    """

    def __init__(self, context: moderngl.Context, prospect: Prospect, width: int, height: int) -> None:
        scene, floor = prospect.scene, prospect.mist_floor_m
        scene = replace(scene, actors=fitted(scene.actors, prospect.views, height))
        self._context, self._scene, self._size = context, scene, (width, height)
        self._target = context.framebuffer(
            [context.texture((width, height), 4)], context.depth_renderbuffer((width, height))
        )
        near = (prospect.shadow_middle, scene.shadow_radius_m)
        far = float(scene.ground.radii[-1]) if scene.ground is not None else 400.0
        self._shadows = Shadows(context, scene.light.sun, near, far)
        self._views, self._cuts, self._clock = prospect.views, prospect.cuts, prospect.clock
        self._actors = ActorPainter(context, scene, self._shadows, floor) if scene.actors else None
        self._moving = self._actors.shadows if self._actors is not None else None
        lens = Lens(prospect.views, height)
        self._backdrop = (
            BackdropPainter(context, scene.backdrop, scene.light, floor, self._moving)
            if scene.backdrop is not None
            else None
        )
        self._prints = (
            PrintPainter(context, scene, scene.sheet, self._actors, self._shadows, floor)
            if self._actors is not None and scene.sheet is not None
            else None
        )
        self._land = (
            LandPainter(context, scene, scene.ground, floor, lens, self._moving)
            if scene.ground is not None
            else None
        )
        casters = [
            (part.mesh.positions, part.mesh.faces)
            for part in scene.parts
            if part.casts and len(part.mesh.faces)
        ]
        if self._land is not None:
            casters.append(self._land.caster())
        self._shadows.draw(casters)
        if self._land is not None:
            self._land.bake(self._shadows, scene.stage.eye)
        # Where a day goes by, shadows are drawn anew all along.
        self._casters, self._step = (casters if scene.hours else []), -1
        self._parts = PartPainter(context, scene, self._shadows, floor, lens, self._moving)
        self._sky = SkyPainter(context, scene, floor, prospect.sky)
        self._water = WaterPainter(context, scene, scene.water, floor) if scene.water is not None else None
        self._effects = EffectPainter(context, scene, floor) if scene.swarms else None
        self._falls = FallPainter(context, scene, floor, prospect.splashes)
        self._mirror = self._mirror_target()
        self._focus = self._focus_puller(prospect)
        self._drawn = 0
        self._speeds = (
            SpeedPainter(context, prospect.views, prospect.cuts, self._actors, self._size, REACH)
            if prospect.shutter
            else None
        )

    def _focus_puller(self, prospect: Prospect) -> FocusPuller | None:
        if prospect.glass is None:
            return None
        bounds = self._actors.bounds(lead_only=prospect.glass.lead_only) if self._actors else None
        return FocusPuller(prospect.glass, prospect.views, bounds, self._size[1])

    def _mirror_target(self) -> tuple[moderngl.Texture, moderngl.Framebuffer] | None:
        if self._scene.mirror_level_m is None:
            return None
        size = (self._size[0] // _MIRROR_SHARE, self._size[1] // _MIRROR_SHARE)
        texture = self._context.texture(size, 4)
        texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
        texture.repeat_x = texture.repeat_y = False
        return texture, self._context.framebuffer([texture], self._context.depth_renderbuffer(size))

    def look(self, frames: Iterable[int]) -> Seen:
        """See what shows in some frames of what stands still: in the picture, then in the mirror."""
        shown, reflected = self._standing()
        width, height = self._size
        lookout = Lookout(self._context, self._size, shown, self._scene.light.wind)
        level, small = self._scene.mirror_level_m, (width // _MIRROR_SHARE, height // _MIRROR_SHARE)
        # What is smaller there than a pixel at half the size is not missed among ripples.
        coarse = small if width < _MIRROR_SEEN_HALF else (small[0] // 2, small[1] // 2)
        below = Lookout(self._context, coarse, reflected, self._scene.light.wind)
        for number in frames:
            moment = self._moment(number)
            lookout.look(moment, self._water)
            if level is not None:
                below.look(_seen_in_mirror(moment, level))
        seen = np.concatenate([lookout.report(), below.report()])
        lookout.close()
        below.close()
        return seen

    def keep(self, seen: Seen, frames: Iterable[int]) -> None:
        """Draw only what has been seen, as ``look`` tells it, and what is near it, from now on."""
        shown, reflected = self._standing()
        looks = [self._moment(number) for number in frames]
        split = sum(one.triangles for one in shown)
        in_picture, in_mirror = parted(seen[:split], shown, looks), list[Seen]()
        if (level := self._scene.mirror_level_m) is not None:
            in_mirror = parted(seen[split:], reflected, [_seen_in_mirror(look, level) for look in looks])
        eyes = np.array([look.view.eye for look in looks])
        if self._land is not None:
            self._land.keep(in_picture.pop(), in_mirror.pop() if reflected else None)
        self._parts.keep(in_picture, in_mirror if reflected else None, eyes)

    def _standing(self) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
        """What stands still, the land last: in the picture and, where there is a mirror, in that."""
        land = () if self._land is None else (self._land.standing,)
        mirrored = () if self._mirror is None else (*self._parts.standing_mirrored, *land)
        return (*self._parts.standing, *land), mirrored

    def _moment(self, number: int) -> Moment:
        width, height = self._size
        view, clock = self._views[number], self._clock
        projection = view_projection(view, width / height)
        return Moment(view, projection, number, clock.air_s[number], clock.sky_s[number], height)

    def _turn_to(self, number: int) -> None:
        """Let it be as late as it is in a frame; shadows, clouds and the land follow in steps."""
        hours = self._scene.hours
        step = number - number % _HOUR_FRAMES
        if step != self._step:
            self._step = step
            self._relight(hours[step].light)
            self._parts.kindle(hours[step].darkness)
            self._shadows.turn(hours[step].light.sun)
            self._shadows.draw(self._casters)
            self._sky.bake()
            if self._land is not None:
                self._land.bake(self._shadows, self._scene.stage.eye)
        if number != step:
            self._relight(hours[number].light)

    def _relight(self, light: Light) -> None:
        painters = (self._actors, self._land, self._parts, self._sky, self._water, self._effects)
        for painter in painters:
            if painter is not None:
                painter.relight(light)

    def draw(self, number: int) -> None:
        """Draw one frame of the clip, counted from 0; read it with ``read_into``."""
        moment = self._moment(number)
        self._drawn = number
        if self._scene.hours:
            self._turn_to(number)
        if self._actors is not None:
            self._actors.cast(number)
        if self._mirror is not None and self._scene.mirror_level_m is not None:
            self._draw_mirror(moment, self._mirror[1], self._scene.mirror_level_m)
        context = self._context
        self._target.use()
        self._target.clear(depth=1.0)
        context.enable_only(moderngl.DEPTH_TEST)
        self._draw_solid(moment)
        if self._backdrop is not None:
            self._backdrop.draw(moment)
        self._sky.draw(moment)
        if self._water is not None:
            self._water.draw_shore(moment)
        if self._prints is not None:
            self._prints.draw(moment)
        if self._effects is not None:
            self._effects.draw(moment)
        self._falls.draw(moment)

    def _draw_solid(self, moment: Moment) -> None:
        """Draw what nothing shines through, what lies in front before what it hides."""
        mirror = self._mirror[0] if self._mirror else None
        if self._scene.wet_street and mirror is not None:
            self._parts.reflect(mirror, self._size)
        if self._actors is not None:
            self._actors.draw(moment)
        self._parts.draw(moment)
        if self._water is not None:
            self._water.prepare(moment, mirror, self._size)
            self._water.draw_deep(moment)
        if self._land is not None:
            self._land.draw(moment, self._shadows)

    def _draw_mirror(self, moment: Moment, target: moderngl.Framebuffer, level_m: float) -> None:
        """Draw the scene upside down, without what lies under the mirror."""
        context = self._context
        target.scissor = (0, 0, *target.size)
        target.use()
        target.clear(depth=1.0)
        # Water and wet ground lie below the horizon, and so do the places where they look.
        width, height = target.size
        share = min(max(horizon_share(moment.view, width / height) + _RIPPLE_SHARE, 0.0), 1.0)
        target.scissor = (0, 0, width, max(math.ceil(height * share), 1))
        context.enable_only(moderngl.DEPTH_TEST)
        context.enable_direct(_CLIP_DISTANCE_0)
        below = _seen_in_mirror(moment, level_m)
        if self._actors is not None:
            self._actors.draw_mirrored(below)
        self._parts.draw_mirrored(below)
        if self._land is not None:
            self._land.draw_mirrored(below)
        self._sky.draw(below)
        if self._prints is not None:
            self._prints.draw(below)
        if self._effects is not None:
            self._effects.draw(below)
        context.disable_direct(_CLIP_DISTANCE_0)

    def read_into(self, pixels: NDArray[np.uint8]) -> None:
        """Copy the frame's pixels out: uint8, (H, W, 4), the bottom row first."""
        self._target.read_into(pixels, components=4)

    def expose(self, plate: Plate) -> None:
        """Put the frame that was drawn on a plate, with all that its format has room for."""
        self.read_into(plate.pixels)
        plate.focus[:] = 0.0 if self._focus is None else self._focus.focus(self._drawn)
        smear = smear_of(self._views, self._cuts, self._drawn, self._size[0] / self._size[1])
        plate.lens[:] = self._views[self._drawn].bend, *smear
        if plate.depth.size:
            self._target.read_into(plate.depth, attachment=-1, components=1, dtype="u2")
        if self._speeds is not None:
            moment = self._moment(self._drawn)
            back = np.linalg.inv(moment.projection)
            opening, closing = self._speeds.exposure(self._drawn)
            plate.opening[:], plate.closing[:] = opening @ back, closing @ back
            self._speeds.draw(moment)
            self._speeds.read_into(plate.speeds)


def _seen_in_mirror(moment: Moment, level_m: float) -> Moment:
    return replace(moment, projection=mirrored(moment.projection, level_m), mirror_level_m=level_m)
