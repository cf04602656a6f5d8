import pytest
from pydantic import ValidationError

from kirin_video.domain.errors import Fault
from kirin_video.worker.protocol import DoneLine, FailedLine, Line, ProgressLine, TakenLine, line_reader
from kirin_video.worker.render_process import _without_secrets

LINES = [
    TakenLine(),
    ProgressLine(stage="rendering", fraction=0.5),
    FailedLine(fault=Fault.GENERATION_FAILED, message="It failed."),
    DoneLine(
        engine="ramp",
        watermarked=True,
        duration_s=5.0,
        notes=("n",),
        facts={"steps": [1, None, "x"]},
        job_id=None,
        render_s=1.5,
    ),
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.type)
def test_lines_are_read_back_as_what_they_are(line: Line) -> None:
    assert line_reader().validate_json(line.model_dump_json()) == line


@pytest.mark.parametrize("text", ["", "{}", "null", '{"type":"progress","stage":"x","fraction":2}', "[1"])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        line_reader().validate_json(text)


def test_a_child_gets_no_secrets() -> None:
    environment = {
        "PATH": "/bin",
        "DATABASE_URL": "x",
        "KIRIN_DATABASE_URL": "x",
        "KIRIN_SECRET_KEY": "x",
        "KIRIN_PREVIOUS_SECRET_KEY": "x",
        "PGPASSWORD": "x",
        "HF_TOKEN": "x",
        "EGL_PLATFORM": "surfaceless",
    }
    assert set(_without_secrets(environment)) == {"PATH", "EGL_PLATFORM"}
