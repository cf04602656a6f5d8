from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.photo import colors, layers, patchfill, plate


def _noise(shape: tuple[int, ...], seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)


def test_primaries_become_their_bt709_codes() -> None:
    primaries = np.array([[[255, 255, 255], [0, 0, 0], [255, 0, 0], [0, 0, 255]]], np.uint8)
    codes = np.rint(colors.ycbcr(primaries)[0]).astype(int)
    assert codes.tolist() == [[235, 128, 128], [16, 128, 128], [63, 102, 240], [32, 240, 118]]


def test_even_texels_are_the_picture() -> None:
    rgb = _noise((24, 32, 3))
    whole = np.ones((24, 32), np.float32)
    textures = layers.build([lambda: layers.Layer(rgb, whole, whole)], (32, 24), 4)
    luma = textures.luma[0, 8:-8:2, 8:-8:2]
    assert np.array_equal(luma & 255, np.rint(colors.ycbcr(rgb)[..., 0]).astype(np.uint16))
    assert ((textures.chroma[0] >> 16) & 255 == 255).all()
    assert (textures.kinds == 2).all()


def test_an_empty_layer_is_known_to_be_empty() -> None:
    rgb = _noise((64, 64, 3))
    alpha = np.zeros((64, 64), np.float32)
    alpha[:8, :8] = 1
    textures = layers.build([lambda: layers.Layer(rgb, alpha, alpha)], (64, 64), 4)
    assert textures.kinds[0, -1, -1] == 0
    # with its mirrored margin of four pixels, twelve are covered: three tiles, and nothing beside them
    assert (textures.tiles[0, :3, :3] == 2).all()
    assert (textures.tiles[0, 3:, :] == 0).all()
    assert (textures.tiles[0, :, 3:] == 0).all()
    assert textures.boxes[0, 2] < 16


def test_a_texture_is_continued_into_a_hole() -> None:
    stripes = np.repeat(np.where(np.arange(96) // 6 % 2, 220, 40).astype(np.uint8)[None, :], 72, axis=0)
    rgb = np.repeat(stripes[..., None], 3, axis=2)
    hole = np.zeros((72, 96), np.bool_)
    hole[24:44, 36:60] = True
    damaged = rgb.copy()
    damaged[hole] = (255, 0, 255)
    painted = patchfill.filled(damaged, hole, ~hole, 40.0, seed=3)
    assert np.abs(painted[hole].astype(int) - rgb[hole].astype(int)).mean() < 20
    assert np.array_equal(painted[~hole], rgb[~hole])


def test_a_fill_is_the_same_every_time() -> None:
    rgb = _noise((60, 60, 3), seed=5)
    hole = np.zeros((60, 60), np.bool_)
    hole[20:40, 20:40] = True
    first, second = (patchfill.filled(rgb, hole, ~hole, 30.0, seed=8) for _ in range(2))
    assert np.array_equal(first, second)


def test_a_hole_with_nothing_to_take_from_is_still_filled() -> None:
    rgb = np.full((40, 40, 3), 90, np.uint8)
    hole = np.ones((40, 40), np.bool_)
    hole[:2] = False
    assert patchfill.filled(rgb, hole, ~hole, 30.0, seed=1).shape == rgb.shape


def test_what_is_peeled_gives_the_picture_back_inside_the_mask() -> None:
    rgb = np.full((120, 160, 3), (40, 90, 160), np.uint8)
    mask = np.zeros((120, 160), np.bool_)
    mask[30:90, 50:110] = True
    rgb[mask] = (210, 120, 40)
    rgb = np.clip(rgb + np.random.default_rng(1).normal(0, 4, rgb.shape), 0, 255).astype(np.uint8)
    peeled = plate.peel(rgb, mask, (np.ones_like(mask),), seed=2)
    alpha = peeled.alpha[..., None]
    together = peeled.front * alpha + peeled.plate * (1 - alpha)
    assert np.abs(together[mask] - rgb[mask]).mean() == pytest.approx(0, abs=1.0)
    assert np.abs(peeled.plate[60, 52:60].astype(int) - (40, 90, 160)).mean() < 25
