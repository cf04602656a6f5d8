"""Everything an operator can set, read from the environment."""

from __future__ import annotations

import re
from decimal import Decimal
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_DAY_S = 24 * 60 * 60
_MIB = 1024 * 1024
_PROXY = re.compile(r"http://([^/@\s]+@)?([^/@:\s\[\]]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?/?")

NameList = Annotated[tuple[str, ...], NoDecode]
"""Names separated by commas in the environment."""


class Settings(BaseSettings):
    """What an operator can set.

    Each field is read from the environment variable of its name, prefixed with ``KIRIN_``; ``DATABASE_URL``
    is also read without the prefix. Fields of several names are separated by commas.
    """

    model_config = SettingsConfigDict(
        env_prefix="KIRIN_", frozen=True, validate_by_name=True, validate_by_alias=True, extra="ignore"
    )

    database_url: str = Field(
        validation_alias=AliasChoices("KIRIN_DATABASE_URL", "DATABASE_URL"),
        description="The PostgreSQL database, as a libpq URL.",
    )
    data_dir: Path = Field(description="The folder of files: results, inputs and scratch space.")
    secret_key: SecretStr = Field(
        min_length=32,
        description="Signs result links and keys the hashes of API keys; 32 characters or more.",
    )
    previous_secret_key: SecretStr | None = Field(
        default=None, description="The secret key before the last change; links it signed stay good."
    )
    public_url: str | None = Field(
        default=None, description="Where callers reach this server, if not where their request arrived."
    )
    result_ttl_s: int = Field(default=_DAY_S, ge=60, description="Seconds a link to a result stays good.")
    upload_ttl_s: int = Field(
        default=_DAY_S, ge=60, description="Seconds after which an uploaded file that no task takes is gone."
    )
    retention_days: int = Field(
        default=0,
        ge=0,
        description="Days that a task's files are kept after it has ended; 0 for as long as the task.",
    )
    orphan_after_s: float = Field(
        default=3600.0, ge=0, description="Seconds after which a stored file that nothing names is removed."
    )
    min_free_bytes: int = Field(
        default=256 * _MIB,
        ge=0,
        description="Room on the data folder's disk below which no new tasks and files are taken in.",
    )
    max_connections: int = Field(
        default=1000, ge=1, description="Connections of callers that are open at a time; more are refused."
    )
    max_body_bytes: int = Field(default=96 * _MIB, ge=1024, description="The largest request body accepted.")
    allowed_networks: NameList = Field(
        default=(),
        description="Private networks, in CIDR form, that media may come from and callbacks go to.",
    )
    egress_proxy: SecretStr | None = Field(
        default=None,
        description="A proxy that media are fetched and callbacks sent through: http://[user:password@]host:port.",
    )
    callback_log_days: int = Field(
        default=30, ge=1, description="Days for which deliveries of callbacks are listed after their end."
    )
    engines: NameList = Field(
        default=("previs",),
        min_length=1,
        description="Engines in order of preference: names of installed ones, or module:attribute.",
    )

    creates_per_minute: int = Field(
        default=0,
        ge=0,
        description="Tasks, elements and uploads an account may create in a minute; 0 for any number.",
    )
    reads_per_minute: int = Field(
        default=0,
        ge=0,
        description="Other requests an account may make in a minute, of each API process; 0 for any number.",
    )
    unfinished_tasks: int = Field(
        default=0,
        ge=0,
        description="Tasks of an account that may be queued or in progress at a time; 0 for any number.",
    )
    running_tasks: int = Field(
        default=0, ge=0, description="Tasks of an account that may run at a time; 0 for any number."
    )

    price_std_usd: Decimal = Field(default=Decimal("0.084"), ge=0, description="A second in std mode.")
    price_pro_usd: Decimal = Field(default=Decimal("0.112"), ge=0, description="A second in pro mode.")
    price_std_video_usd: Decimal = Field(
        default=Decimal("0.126"), ge=0, description="A second in std mode with a video input."
    )
    price_pro_video_usd: Decimal = Field(
        default=Decimal("0.168"), ge=0, description="A second in pro mode with a video input."
    )

    queues: NameList = Field(
        default=(),
        description="Classes of task a worker takes, such as cpu,gpu-a100; by default what its engines need.",
    )
    worker_concurrency: int = Field(default=1, ge=1, le=64, description="Tasks a worker renders at a time.")
    spare_child: bool = Field(
        default=True,
        description="Whether an idle worker keeps a process ready, so that the next clip begins sooner.",
    )
    heartbeat_s: float = Field(default=1.0, gt=0, description="Seconds between a worker's signs of life.")
    stalled_after_s: float = Field(
        default=3.0, gt=0, description="Silence, in seconds, after which a worker's tasks run elsewhere."
    )
    max_runs: int = Field(
        default=3, ge=1, description="Workers that may be lost over one task before it is given up."
    )
    run_timeout_s: float = Field(
        default=1800.0, gt=0, description="Seconds that fetching, rendering and checking one clip may take."
    )
    task_deadline_s: float = Field(
        default=0.0,
        ge=0,
        description="Seconds a task may wait for its first worker, or else it fails; 0 for any time.",
    )
    database_pool_size: int = Field(default=8, ge=2, description="Database connections of one process.")

    @field_validator("allowed_networks", "engines", "queues", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("egress_proxy")
    @classmethod
    def _check_proxy(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _PROXY.fullmatch(value.get_secret_value()):
            raise ValueError("give http://[user:password@]host[:port]")
        return value

    @field_validator("allowed_networks")
    @classmethod
    def _check_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for network in value:
            ip_network(network)
        return value


def from_environment() -> Settings:
    """The settings of this process.

    Raises:
        pydantic.ValidationError: a variable is missing or not allowed; it names each.
    """
    return Settings()  # pyright: ignore[reportCallIssue] - the environment gives the required fields
