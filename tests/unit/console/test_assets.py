import gzip

import pytest

from kirin_video.console.assets import read_assets, takes_gzip


def test_what_is_packed_is_what_is_not() -> None:
    assets = read_assets()
    assert all(gzip.decompress(asset.packed) == asset.content for asset in assets.files.values())
    assert read_assets() == assets, "the same from every process, so that browsers keep it"


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("gzip; q=0.1", True),
        ("br", False),
        ("", False),
    ],
)
def test_gzip_is_for_those_who_take_it(header: str, takes: bool) -> None:
    assert takes_gzip(header) is takes
