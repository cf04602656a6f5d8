from __future__ import annotations

import numpy as np
import pytest

from kirin_video.engines.previs.camera import View
from kirin_video.engines.previs.gl.matrices import horizon_share, light_projection, view_projection


@pytest.mark.parametrize("target", [(0.0, 2.0, -10.0), (3.0, 0.0, -10.0), (-4.0, 5.0, 8.0)])
def test_the_horizon_lies_where_the_projection_puts_what_is_level_and_far(
    target: tuple[float, float, float],
) -> None:
    view = View((0.0, 2.0, 0.0), target, 50.0)
    far = np.array([target[0] * 1e6, 2.0, target[2] * 1e6, 1.0])
    clip = view_projection(view, 16 / 9) @ far
    assert horizon_share(view) == pytest.approx(0.5 + 0.5 * clip[1] / clip[3], abs=1e-4)


def test_the_coarse_shadow_map_is_a_share_of_the_fine_one() -> None:
    sun, middle = (0.48, 0.6, 0.64), (3.0, 1.0, -40.0)
    fine, coarse = light_projection(sun, middle, 60.0, 240.0), light_projection(sun, middle, 900.0, 1800.0)
    place = np.array([12.0, 5.0, -70.0, 1.0])
    share = np.array([60.0 / 900.0, 60.0 / 900.0, 240.0 / 1800.0])
    assert (coarse @ place)[:3] == pytest.approx((fine @ place)[:3] * share)
