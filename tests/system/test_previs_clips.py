"""The main job, whole: a request over HTTP to a server of its own processes, and the clip that comes back."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
import skimage.data
from PIL import Image
from served import served

from kirin_video.client import Client
from kirin_video.media.probe import probe_clip

RENDER_S = 240


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KIRIN_")}
    with served(environment) as server, Client(base_url=server.address, api_key=server.key) as made:
        yield made


def test_a_prompt_becomes_a_clip_with_a_watermarked_copy(client: Client, tmp_path: Path) -> None:
    seen: list[float] = []
    task = client.create(
        prompt="Waves roll onto a beach at dusk, the camera pans right",
        aspect_ratio="9:16",
        mode="std",
        watermark_info={"enabled": True},
        seed=11,
    )
    done = client.wait(task, timeout_s=RENDER_S, on_progress=lambda t: seen.append(t.progress or 0.0))
    clean, marked = tmp_path / "clean.mp4", tmp_path / "marked.mp4"
    client.download(done, clean)
    client.download(done, marked, watermarked=True)
    for path in (clean, marked):
        facts = probe_clip(path)
        assert (facts.width, facts.height, facts.num_frames, facts.fps) == (720, 1280, 120, 24)
        assert facts.constant_rate
    assert done.usage is not None
    assert done.usage.cost == "0.42"
    assert done.metadata is not None
    assert done.metadata["plan"]["setting"] == "beach"
    assert done.metadata["seed"] == 11
    running = [fraction for fraction in seen if fraction]
    assert running == sorted(running)
    first, last = frame(clean, 0), frame(clean, 119)
    assert first.std() > 20, "an empty picture"
    assert np.abs(first - last).mean() > 5, "a pan moves the picture"
    difference = np.abs(frame(marked, 60) - frame(clean, 60)).mean(axis=2)
    assert difference[-160:, -360:].max() > 60, "the mark is in its corner"
    assert difference[:1000].mean() < 2, "and nowhere else"


def test_a_photograph_opens_the_clip_unaltered_and_then_moves(client: Client, tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    Image.fromarray(skimage.data.coffee()).save(photo)
    done = client.generate(
        prompt="The camera slowly pushes in on <<<image_1>>>",
        image_list=[{"image": base64.b64encode(photo.read_bytes()).decode(), "type": "first_frame"}],
        mode="std",
        timeout_s=RENDER_S,
    )
    path = tmp_path / "photo.mp4"
    client.download(done, path)
    facts = probe_clip(path)
    assert (facts.width, facts.height, facts.num_frames) == (1176, 784, 120)
    given = Image.open(photo).convert("RGB").resize((1176, 784), Image.Resampling.LANCZOS)
    error = (frame(path, 0) - np.asarray(given, np.float64)) ** 2
    assert 10 * np.log10(255**2 / error.mean()) > 34
    assert np.abs(frame(path, 119) - frame(path, 0)).mean() > 4


def test_references_and_elements_act_in_the_place_of_a_picture(client: Client, tmp_path: Path) -> None:
    pictures: list[dict[str, str]] = []
    for name, rgb in (("place", skimage.data.coffee()), ("cat", skimage.data.chelsea())):
        Image.fromarray(rgb).save(tmp_path / f"{name}.png")
        pictures.append({"image": base64.b64encode((tmp_path / f"{name}.png").read_bytes()).decode()})
    done = client.generate(
        prompt="<<<element_1>>> rolls past the cat <<<image_2>>> in the place of <<<image_1>>>",
        image_list=pictures,
        element_list=[{"element_id": 1}],
        aspect_ratio="16:9",
        mode="std",
        duration=3,
        timeout_s=RENDER_S,
    )
    assert done.metadata is not None
    told = {fact["reference"]: fact for fact in done.metadata["references"]}
    assert {name: fact["taken_as"] for name, fact in told.items()} == {
        "image_1": "scene",
        "image_2": "subject",
        "element_1": "subject",
    }
    assert (told["element_1"]["kind"], told["image_2"]["kind"]) == ("ball", "cat")
    assert any("image_1 is the place" in note for note in done.metadata["notes"])
    path = tmp_path / "references.mp4"
    client.download(done, path)
    facts = probe_clip(path)
    assert (facts.width, facts.height, facts.num_frames) == (1280, 720, 72)
    assert np.abs(frame(path, 71) - frame(path, 0)).mean() > 1


def frame(path: Path, index: int) -> np.ndarray:
    with av.open(str(path)) as container:
        for number, picture in enumerate(container.decode(video=0)):
            if number == index:
                return picture.to_ndarray(format="rgb24", src_colorspace="ITU709").astype(np.float64)
    raise AssertionError(f"{path.name} has no frame {index}")
