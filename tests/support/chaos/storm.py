"""One storm, from a first start to the verdict."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from faulty_proxy import faulty_proxy
from pydantic import SecretStr

from chaos.blows import Blows
from chaos.customers import Customer, Order, connect
from chaos.inbox import Inbox, inbox
from chaos.installation import Installation, installed
from chaos.verdict import Verdict, files_report, judge
from kirin_video.domain.access import LimitOverrides
from kirin_video.domain.errors import KirinError
from kirin_video.services.accounts import CreateAccount
from kirin_video.services.budgets import AddToBudget, SetBudget
from kirin_video.settings import Settings
from kirin_video.store.account_rows import AccountRows
from kirin_video.store.budget_rows import BudgetRows
from kirin_video.wiring import Services, build

_USD = 1_000_000


@dataclass(frozen=True)
class Plan:
    """How much of everything.

    Attributes:
        seed: of all chance; the timing of processes is theirs.
        blows: SIGKILLs and SIGSTOPs to come to, at least.
        pause_s: between two of them, at most.
        accounts: customers; the first has a budget that is too small.
        at_a_time: orders that each follows at a time.
        workers_beside: workers besides two.
        false_starts: times that the server is killed before it has ever been ready.
        settle_s: seconds for everything to come to rest.
        tell: told how it goes.
    """

    seed: int
    blows: int
    pause_s: float
    accounts: int
    at_a_time: int
    workers_beside: int
    false_starts: int
    settle_s: float = 180.0
    tell: Callable[[str], object] = print


@dataclass
class Outcome:
    """What came of a storm.

    Attributes:
        plan: how it was to be.
        verdict: whether every promise was kept.
        blows: what befell the installation.
        orders: how many were given.
        took_s: seconds from the first start.
    """

    plan: Plan
    verdict: Verdict
    blows: Blows
    orders: list[Order]
    took_s: float
    restarts: int = 0

    @property
    def line(self) -> str:
        """All counts, in one line."""
        verdict, ends = self.verdict, self.verdict.ends
        kills = ", ".join(f"{kind} {count}" for kind, count in sorted(self.blows.struck.items()))
        ended = ", ".join(f"{count} {end}" for end, count in sorted(ends.items()))
        return (
            f"chaos: {len(self.orders)} orders, {ends.total()} tasks ({ended}); "
            f"{self.blows.total} blows ({kills}); "
            f"{self.blows.other.total()} cuts and stops; {verdict.double_runs} double runs; "
            f"{verdict.deliveries} deliveries in {verdict.attempts} attempts; "
            f"{len(verdict.violations)} violations; seed {self.plan.seed}, {self.took_s:.0f} s"
        )


@dataclass
class Storm:
    """Everything that takes part.

    Attributes:
        plan: how much of everything.
        installation: the server.
        inbox: where callbacks go.
        blows: what befalls it.
        customers: the load.
    """

    plan: Plan
    installation: Installation
    inbox: Inbox
    blows: Blows
    customers: list[Customer] = field(default_factory=list[Customer])
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    async def run(self) -> Outcome:
        """Start, strike, settle and judge."""
        began = time.monotonic()
        async with self._tending():
            for _ in range(self.plan.false_starts):
                await self.blows.strike_start()
            await self.installation.until_ready()
            self.installation.add_workers()
            async with build(self._settings()) as services:
                await self._open_accounts(services)
                self.plan.tell(f"ready after {time.monotonic() - began:.0f} s")
                async with asyncio.TaskGroup() as group:
                    shopping = [group.create_task(customer.shop()) for customer in self.customers]
                    await self._strike(services)
                    await self._calm()
                    self.plan.tell("calm; the last orders are seen to their end")
                    async with asyncio.timeout(self.plan.settle_s):
                        await asyncio.gather(*shopping)
                        await self._settle(services)
                usage = {each.account: await self._usage(each) for each in self.customers}
        verdict = await self._judge(usage)
        for customer in self.customers:
            await customer.http.aclose()
        orders = [order for customer in self.customers for order in customer.orders]
        took_s = time.monotonic() - began
        return Outcome(self.plan, verdict, self.blows, orders, took_s, self.installation.restarts)

    @asynccontextmanager
    async def _tending(self) -> AsyncIterator[None]:
        """Whatever dies is started again, until the block ends."""

        async def tend() -> None:
            while True:
                self.installation.tend()
                self.blows.notice()
                await asyncio.sleep(0.1)

        tending = asyncio.create_task(tend())
        try:
            yield
        finally:
            tending.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await tending

    async def _open_accounts(self, services: Services) -> None:
        database = services.database
        open_account = CreateAccount(database, AccountRows(database))
        ways = [self.inbox.receiver.url(""), f"http://127.0.0.1:{self.blows.inbox_proxy.port}"]
        for number in range(self.plan.accounts):
            account = f"account-{number}"
            await open_account(account, LimitOverrides())
            if number % 2 == 0:
                await SetBudget(database, BudgetRows(database))(
                    account, 2 * _USD if number == 0 else 500 * _USD
                )
            key = await services.create_key("chaos", account)
            self.inbox.secrets[account] = (await services.callbacks.secrets.show(account))[0].text
            http = connect(self.installation.base_url, key.text)
            dice = random.Random(f"{self.plan.seed} {account}")
            customer = Customer(account, http, dice, ways, self.plan.at_a_time, self._numbers.__next__)
            self.customers.append(customer)

    async def _strike(self, services: Services) -> None:
        """Blow upon blow; meanwhile files are swept more often than workers would, and a budget is raised."""
        told = 0
        while self.blows.total < self.plan.blows:
            await asyncio.sleep(self.blows.dice.uniform(0.1, self.plan.pause_s))
            await self.blows.strike()
            with contextlib.suppress(KirinError):
                await services.tend_files()
                if self.blows.dice.random() < 0.2:
                    await AddToBudget(services.database, BudgetRows(services.database))("account-0", _USD)
            if self.blows.total >= told + 10:
                told = self.blows.total
                orders = sum(len(customer.orders) for customer in self.customers)
                self.plan.tell(f"{told} blows, {orders} orders")

    async def _calm(self) -> None:
        await self.blows.relent()
        self.inbox.is_calm = True
        self.inbox.receiver.hangs = False
        for customer in self.customers:
            customer.closing.set()

    async def _settle(self, services: Services) -> None:
        """Wait until nothing is left to do, letting the time until the next attempts fly."""
        waiting = """SELECT (SELECT count(*) FROM task WHERE status IN ('queued', 'in_progress'))
                          + (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing'))
                          + (SELECT count(*) FROM callback_delivery WHERE state = 'pending') AS left"""
        hasten = "UPDATE callback_delivery SET due_at = now() WHERE state = 'pending'"
        while True:
            with contextlib.suppress(KirinError):
                async with services.database.connection() as connection:
                    row = await (await connection.execute(waiting)).fetchone()
                    if row is not None and not row["left"]:
                        return
                    await connection.execute(hasten)
            await asyncio.sleep(2.0)

    async def _usage(self, customer: Customer) -> int:
        """Micro-dollars that an account is told it was charged."""
        answer = await customer.http.get("/model/v1/usage")
        answer.raise_for_status()
        return int(Decimal(answer.json()["total"]["cost"]) * _USD)

    async def _judge(self, usage: dict[str, int]) -> Verdict:
        """Stop everything, start it once more for the workers to clear up, stop it again, and look."""
        installation = self.installation
        problems = await installation.stop()
        self.plan.tell("stopped; what was left lying about is cleared up")
        for path in self._left_in_scratch():
            os.utime(path, (0, 0))  # workers leave alone what is young
        installation.begin()
        await installation.until_ready()
        complaints = await self._until_cleared_up()
        verdict = await asyncio.to_thread(
            judge,
            installation.database_url,
            [order for customer in self.customers for order in customer.orders],
            self.inbox,
            usage,
        )
        problems += await installation.stop()
        left = [f"{each.role} is left: {each.line}" for each in installation.processes()]
        told = [what for customer in self.customers for what in customer.complaints]
        verdict.violations += [*problems, *complaints, *left, *told]
        return verdict

    async def _until_cleared_up(self) -> list[str]:
        """Give the worker's own sweep some time; what is wrong with the files then."""
        command = [sys.executable, "-m", "kirin_video.cli", "check", "--orphan-after", "0", "--json"]
        command += ["--data-dir", str(self.installation.data_dir)]
        deadline = time.monotonic() + self.plan.settle_s / 2
        while True:
            checked = await asyncio.to_thread(
                subprocess.run, command, capture_output=True, check=False, env=self.installation.environment
            )
            complaints = (
                files_report(checked.stdout.decode()) if checked.stdout else [checked.stderr.decode()]
            )
            complaints += [f"left in scratch: {path.name}" for path in self._left_in_scratch()]
            if not complaints or time.monotonic() > deadline:
                return complaints
            await asyncio.sleep(1.0)

    def _left_in_scratch(self) -> list[Path]:
        return list((self.installation.data_dir / "scratch").glob("*-*"))

    def _settings(self) -> Settings:
        return Settings(
            database_url=self.installation.database_url,
            data_dir=self.installation.data_dir,
            secret_key=SecretStr(self.installation.secret),
            engines=("chaos.reel_engine:ReelEngine",),
            orphan_after_s=float(self.installation.settings["KIRIN_ORPHAN_AFTER_S"]),
        )


async def storm(plan: Plan, folder: Path) -> Outcome:
    """Let a storm pass over a new installation in this folder, which others must be able to enter."""
    dice = random.Random(plan.seed)
    settings = {"KIRIN_ORPHAN_AFTER_S": "4", "KIRIN_MAX_RUNS": "6"}
    installation = Installation(folder, free_port(), plan.workers_beside, settings)
    async with inbox(random.Random(plan.seed + 1)) as letters:
        with faulty_proxy("127.0.0.1", letters.receiver.port) as proxy, installed(installation):
            return await Storm(plan, installation, letters, Blows(installation, proxy, dice)).run()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
