"""Tasks, money, callbacks and jobs, whatever is done in whatever order, against a model in plain Python.

Everything is done by the services that the server and its workers use, on a real PostgreSQL. What answers do
not tell is compared too: the rows of tasks, books, budgets, events, outbox and queue.
``KIRIN_TEST_EXAMPLES=1000`` looks longer.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import secrets
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

import pytest
from hypothesis import Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine
from reference_model import MAX_RUNS, Model, Refused, Task, Wish

from kirin_video.domain.access import LimitOverrides
from kirin_video.domain.errors import Fault, Rejected
from kirin_video.domain.pricing import Price
from kirin_video.domain.spend_cap import CapPeriod, SpendCap
from kirin_video.domain.task import Failure, VideoOutput
from kirin_video.queue.errors import ClaimLost
from kirin_video.queue.jobs import Claim
from kirin_video.services.accounts import CreateAccount
from kirin_video.services.authenticate import Caller
from kirin_video.services.budgets import AddToBudget, DropBudget, SetBudget
from kirin_video.services.keys import CapKey
from kirin_video.services.prices import GiveDiscount, SetPrices
from kirin_video.services.runs import Run, RunResult
from kirin_video.settings import Settings
from kirin_video.store.account_rows import AccountRows
from kirin_video.store.blob_rows import BlobKind, BlobRow
from kirin_video.store.budget_rows import BudgetRows
from kirin_video.store.cap_rows import CapRows
from kirin_video.store.key_rows import KeyRows
from kirin_video.store.price_rows import PriceRows
from kirin_video.wiring import Services, build

EXAMPLES = int(os.environ.get("KIRIN_TEST_EXAMPLES", "40"))
PROFILE = hypothesis_settings(
    max_examples=EXAMPLES,
    stateful_step_count=40,
    deadline=None,
    # A failure's steps are told as they were: to shorten them on a database takes minutes.
    phases=[Phase.generate],
)
CLASSES = ("cpu",)
WORKERS = ("first", "second")
DISCOUNTS = {"plain": 0.0, "friend": 12.5}
_NUMBERS = itertools.count()

Answer = TypeVar("Answer")

_FOUND = """
SELECT t.id, t.status, t.run, t.returned, t.progress, t.stage, t.revision, t.cost_micro, t.discount_micro,
       t.fault, t.deleted_at IS NOT NULL AS deleted,
       ARRAY(SELECT key FROM blob WHERE task_id = t.id ORDER BY key) AS files,
       ARRAY(SELECT jsonb_build_array(status, revision, progress)
               FROM task_event WHERE task_id = t.id ORDER BY revision) AS events,
       ARRAY(SELECT jsonb_build_array(event, revision, progress)
               FROM callback_delivery WHERE task_id = t.id ORDER BY number) AS outbox,
       ARRAY(SELECT jsonb_build_array(kind, CASE kind WHEN 'hold' THEN held_micro ELSE revenue_micro END, run)
               FROM ledger_entry WHERE task_id = t.id ORDER BY id) AS entries
  FROM task t WHERE t.account_id = ANY(%(accounts)s)
"""
_WAITING = "SELECT task_id FROM waiting WHERE account_id = ANY(%(accounts)s) ORDER BY place"
_JOBS = """
SELECT args->>'task_id' AS task_id, status::text, worker_id FROM procrastinate_jobs
 WHERE args->>'account_id' = ANY(%(accounts)s) AND status IN ('todo', 'doing')
"""
_BUDGETS = """
SELECT b.account_id, b.left_micro, (SELECT coalesce(sum(funds_micro), 0)::bigint FROM ledger_entry e
                                     WHERE e.account_id = b.account_id) AS funds_micro
  FROM budget b WHERE b.account_id = ANY(%(accounts)s)
"""
_CAPS = """
SELECT k.account_id, s.held_micro + s.spent_micro AS used
  FROM api_key k JOIN cap_spend s ON s.cap_id = k.spend_cap_id AND s.since = cap_since('total', now())
 WHERE k.account_id = ANY(%(accounts)s)
"""


@dataclass
class House:
    """A server's services, driven from outside its event loop, one thing after the other."""

    services: Services
    run: asyncio.Runner

    def do(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return self.run.run(work)

    def rows(self, query: str, accounts: list[str]) -> list[dict[str, Any]]:
        async def read() -> list[dict[str, Any]]:
            async with self.services.database.connection() as connection:
                return await (await connection.execute(query.encode(), {"accounts": accounts})).fetchall()

        return self.do(read())


@contextmanager
def opened(settings: Settings) -> Iterator[House]:
    with asyncio.Runner() as runner:
        building = build(settings)
        services = runner.run(building.__aenter__())
        try:
            yield House(services, runner)
        finally:
            runner.run(building.__aexit__(None, None, None))


@dataclass
class Held:
    """A job that a worker took, and the run that it began."""

    task_id: str
    claim: Claim
    job: str
    run: Run
    files: list[str] = field(default_factory=lambda: [f"{secrets.token_hex(16)}.mp4"])


class Machine(RuleBasedStateMachine):
    """Does things to the house and to the model, and compares."""

    house: House

    @initialize(called=st.lists(st.booleans(), min_size=2, max_size=4), claimed=st.integers(0, 2))
    def begin(self, called: list[bool], claimed: int) -> None:
        """Accounts of its own: what earlier examples left in theirs is in nobody's way."""
        number, services = next(_NUMBERS), self.house.services
        database = services.database
        self.accounts = {name: f"{name}-{number}" for name in DISCOUNTS}
        self.model = Model({self.accounts[name]: percent for name, percent in DISCOUNTS.items()}, 100)
        self.callers: dict[str, Caller] = {}
        self.keys: dict[str, str] = {}
        for name, account in self.accounts.items():
            self.house.do(CreateAccount(database, AccountRows(database))(account, LimitOverrides()))
            give = GiveDiscount(database, PriceRows(database), AccountRows(database))
            self.house.do(give(account, Decimal(str(DISCOUNTS[name]))))
            self.keys[account] = self.house.do(services.create_key("machine", account)).text
            self.callers[account] = self.house.do(services.authenticate(self.keys[account]))
        self.workers = {name: self._sign_in(name) for name in WORKERS}
        self.generation = dict.fromkeys(WORKERS, 0)
        self.runs: list[Held] = []
        self.idle: list[Held] = []
        self.wishes: list[Wish] = []
        self.change_prices(100)
        for number, each in enumerate(called):
            self._create(Wish(self.accounts[[*DISCOUNTS][number % 2]], 0, None, None, each))
        for worker in WORKERS[:claimed]:
            self._claim(worker)

    def teardown(self) -> None:
        """Leave no job and no worker to the next example."""
        if not hasattr(self, "workers"):
            return
        for worker in self.workers.values():
            self.house.do(self.house.services.liveness.sign_out(worker))
        self.house.rows(
            "DELETE FROM procrastinate_jobs WHERE args->>'account_id' = ANY(%(accounts)s) RETURNING 1",
            [*self.accounts.values()],
        )
        self.house.rows(
            "DELETE FROM waiting WHERE account_id = ANY(%(accounts)s) RETURNING 1", [*self.accounts.values()]
        )

    @rule(
        name=st.sampled_from([*DISCOUNTS]),
        variant=st.integers(0, 1),
        external=st.sampled_from([None, None, None, "e0", "e1"]),
        key=st.sampled_from([None, None, None, "k0", "k1"]),
        called=st.booleans(),
    )
    def create(self, name: str, variant: int, external: str | None, key: str | None, called: bool) -> None:
        self._create(Wish(self.accounts[name], variant, external, key, called))

    @precondition(lambda self: self.wishes)
    @rule(data=st.data())
    def create_again(self, data: st.DataObject) -> None:
        """The same call once more, as after a lost answer."""
        self._create(data.draw(st.sampled_from(self.wishes)))

    @precondition(lambda self: not self.model.tasks or self.model.waiting or self.model.given_back)
    @rule(worker=st.sampled_from(WORKERS))
    def claim(self, worker: str) -> None:
        self._claim(worker)

    @precondition(lambda self: self.model.waiting)
    @rule(worker=st.sampled_from(WORKERS), data=st.data(), ends_well=st.booleans())
    def work(self, worker: str, data: st.DataObject, ends_well: bool) -> None:
        """A run from its beginning to its end, as most are."""
        self._claim(worker)
        self.progress(data, 0.5, "a")
        if ends_well:
            self.finish(data, 5)
        else:
            self.fail(data)

    def _claim(self, worker: str) -> None:
        """A worker takes what is next: what was given back, then the oldest of some account."""
        services = self.house.services
        claim = self.house.do(services.queue.claim(self.workers[worker], CLASSES))
        assert (claim is None) == (not self.model.waiting and not self.model.given_back)
        if claim is None:
            return
        task_id = claim.task_id
        if self.model.given_back:
            assert task_id in self.model.given_back
        else:
            account = self.model.tasks[task_id].wish.account
            own = [each for each in self.model.waiting if self.model.tasks[each].wish.account == account]
            assert task_id == own[0]
        job = f"{worker}-{self.generation[worker]}"
        run = self.house.do(services.start_run(task_id, worker))
        assert (run is not None) == self.model.claim(task_id, job)
        if run is None:
            self._remove(claim)
            return
        held = Held(task_id, claim, job, run)
        assert run.task.run == self.model.tasks[task_id].run
        self.runs.append(held)

    @precondition(lambda self: self.runs)
    @rule(data=st.data(), fraction=st.sampled_from([0.0, 0.25, 0.5, 1.0]), stage=st.sampled_from(["a", "b"]))
    def progress(self, data: st.DataObject, fraction: float, stage: str) -> None:
        held = self._some_run(data)
        found = self.house.do(self.house.services.report_progress(held.run, stage, fraction))
        assert found == self.model.progress(held.task_id, held.run.task.run, stage, fraction)

    @precondition(lambda self: self.runs)
    @rule(data=st.data(), part=st.sampled_from([0, 3, 5, 8]))
    def finish(self, data: st.DataObject, part: int) -> None:
        """A run ends well, for a part of the price or, if it could, for more; perhaps it says so twice."""
        held = self._some_run(data)
        price = Price(held.run.task.price.cost * part // 5, held.run.task.price.discount * part // 5)
        output = VideoOutput(held.files[0], None, 5.0, f"{held.task_id}-{held.run.task.run}")
        files = tuple(
            BlobRow(key, held.run.task.account_id, held.task_id, BlobKind.VIDEO, "video/mp4", 1, bytes(32))
            for key in held.files
        )
        found = self.house.do(self.house.services.finish_run(held.run, RunResult(output, files, {}, price)))
        expected = self.model.finish(held.task_id, held.run.task.run, price.cost, price.discount, held.files)
        assert found == expected
        self._remove_if_ended(held)

    @precondition(lambda self: self.runs)
    @rule(data=st.data())
    def fail(self, data: st.DataObject) -> None:
        held = self._some_run(data)
        failure = Failure(Fault.GENERATION_FAILED, "It rained.")
        found = self.house.do(self.house.services.fail_run(held.run, failure))
        assert found == self.model.fail(held.task_id, held.run.task.run)
        self._remove_if_ended(held)

    @precondition(lambda self: self.runs)
    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        """A worker stops in good order."""
        held, services = self._some_run(data), self.house.services
        given = self.house.do(services.return_run(held.run))
        if given:
            self._or_lost(services.queue.give_back(held.claim))
        assert given == self.model.give_back(held.task_id, held.run.task.run, held.job)

    @precondition(lambda self: self.model.held)
    @rule(worker=st.sampled_from(WORKERS))
    def lose(self, worker: str) -> None:
        """A worker is gone and forgotten; another finds its jobs."""
        liveness = self.house.services.liveness
        self.house.do(liveness.sign_out(self.workers[worker]))
        self.house.do(liveness.sweep(0))
        self.model.lose(f"{worker}-{self.generation[worker]}")
        self.generation[worker] += 1
        self.workers[worker] = self._sign_in(worker)

    @precondition(lambda self: self.model.tasks)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        task_id = data.draw(st.sampled_from([*self.model.tasks]))
        caller = self.callers[self.model.tasks[task_id].wish.account]
        found = self._answer(lambda: self.house.do(self.house.services.cancel_task(caller, task_id)).status)
        assert found == self._answer(lambda: self.model.cancel(task_id))

    @precondition(lambda self: self.model.tasks)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        task_id = data.draw(st.sampled_from([*self.model.tasks]))
        caller = self.callers[self.model.tasks[task_id].wish.account]
        found = self._answer(lambda: self.house.do(self.house.services.delete_task(caller, task_id)) and None)
        assert found == self._answer(lambda: self.model.delete(task_id))

    @rule(
        name=st.sampled_from([*DISCOUNTS]),
        deed=st.sampled_from(
            [("set", 0), ("set", 1000), ("set", 5000), ("add", -700), ("add", 900), ("drop", 0)]
        ),
    )
    def budget(self, name: str, deed: tuple[str, int]) -> None:
        database, account, (what, amount) = self.house.services.database, self.accounts[name], deed
        rows = BudgetRows(database)
        if what == "set":
            self.house.do(SetBudget(database, rows)(account, amount))
            self.model.set_budget(account, amount)
        elif what == "add":
            found = self._answer(lambda: self.house.do(AddToBudget(database, rows)(account, amount)))
            assert found == self._answer(lambda: self.model.add_to_budget(account, amount))
        else:
            self.house.do(DropBudget(database, rows)(account))
            self.model.drop_budget(account)

    @rule(
        name=st.sampled_from([*DISCOUNTS]),
        amount=st.sampled_from([None, 0, 500, 1500, 4000]),
        is_known=st.booleans(),
    )
    def cap(self, name: str, amount: int | None, is_known: bool) -> None:
        """The account's key gets a cap, another or none; processes that looked it up before may not know."""
        services, account = self.house.services, self.accounts[name]
        cap_key = CapKey(services.database, KeyRows(services.database), CapRows(services.database))
        cap = None if amount is None else SpendCap(amount, CapPeriod.TOTAL)
        changed = self.house.do(cap_key(self.callers[account].key_id, cap))
        if amount is None:
            self.model.caps.pop(account, None)
        else:
            self.model.caps[account] = amount
            assert changed.cap is not None
            assert amount - changed.cap.left == self.model.used(account)
        if is_known:
            found = services.authenticate(self.keys[account], max_age_s=0)
            self.callers[account] = self.house.do(found)

    @rule(per_second=st.sampled_from([0, 33, 100, 250]))
    def change_prices(self, per_second: int) -> None:
        services = self.house.services
        fields = ("std", "pro", "std_with_video", "pro_with_video")
        set_prices = SetPrices(services.database, PriceRows(services.database))
        self.house.do(set_prices(dict.fromkeys(fields, per_second)))
        services.create_task.prices._known = None  # as after a second
        self.model.per_second = per_second

    @invariant()
    def agree(self) -> None:
        """Every row is as the model has it."""
        if not hasattr(self, "workers"):
            return
        accounts = [*self.accounts.values()]
        found = {row.pop("id"): row for row in self.house.rows(_FOUND, accounts)}
        assert found == {task_id: _row(task) for task_id, task in self.model.tasks.items()}
        assert [row["task_id"] for row in self.house.rows(_WAITING, accounts)] == self.model.waiting
        jobs = self.house.rows(_JOBS, accounts)
        assert {job["task_id"] for job in jobs if job["status"] == "todo"} == self.model.given_back
        assert {job["task_id"] for job in jobs if job["status"] == "doing"} == set(self.model.held)
        assert len(jobs) == len(self.model.given_back) + len(self.model.held)
        caps = {row["account_id"]: row["used"] for row in self.house.rows(_CAPS, accounts)}
        assert caps == {account: self.model.used(account) for account in self.model.caps}
        budgets = self.house.rows(_BUDGETS, accounts)
        assert {row["account_id"]: row["left_micro"] for row in budgets} == self.model.left
        assert all(row["left_micro"] == row["funds_micro"] for row in budgets)

    def _create(self, wish: Wish) -> None:
        body: dict[str, object] = {
            "model": "kirin_video_o1",
            "prompt": f"ramp {wish.variant}",
            "aspect_ratio": "1:1",
        }
        if wish.external is not None:
            body["external_task_id"] = wish.external
        if wish.called:
            body["callback_url"] = "https://example.com/hook"
        made: list[str] = []

        def create() -> str:
            create_task = self.house.services.create_task
            created = self.house.do(create_task(self.callers[wish.account], body, key=wish.key))
            assert created.replayed == (created.task.id in self.model.tasks)
            made.append(created.task.id)
            return created.task.id

        found = self._answer(create)
        assert found == self._answer(lambda: self.model.create(wish, made[0] if made else "none"))
        self.wishes.append(wish)

    def _some_run(self, data: st.DataObject) -> Held:
        """Some run that there ever was, mostly a newer one."""
        return self.runs[-1 - data.draw(st.integers(0, len(self.runs) - 1))]

    def _remove_if_ended(self, held: Held) -> None:
        """As a worker does at a run's end."""
        if self.house.do(self.house.services.has_ended(held.task_id)):
            self._remove(held.claim)

    def _remove(self, claim: Claim) -> None:
        self._or_lost(self.house.services.queue.remove(claim))
        self.model.remove(claim.task_id)

    def _or_lost(self, work: Coroutine[Any, Any, None]) -> None:
        with suppress(ClaimLost):
            self.house.do(work)

    def _sign_in(self, name: str) -> int:
        return self.house.do(self.house.services.liveness.sign_in(name, CLASSES, 1))

    @staticmethod
    def _answer(ask: Callable[[], object]) -> object:
        """What was answered, or the name of the refusal."""
        try:
            return ask()
        except Refused as refusal:
            return str(refusal)
        except Rejected as refusal:
            return type(refusal).__name__


def _row(task: Task) -> dict[str, object]:
    """A task of the model as the database ought to have it."""
    return {
        "status": task.status,
        "run": task.run,
        "returned": task.returned,
        "progress": task.progress,
        "stage": task.stage,
        "revision": task.revision,
        "cost_micro": task.price,
        "discount_micro": task.discount,
        "fault": task.fault,
        "deleted": task.deleted,
        "files": sorted(task.files),
        "events": [list(event) for event in task.events],
        "outbox": [] if task.deleted else [list(event) for event in task.outbox],
        "entries": [list(entry) for entry in task.entries],
    }


@pytest.mark.slow
def test_whatever_is_done_everything_is_as_in_the_model(settings: Settings) -> None:
    assert settings.max_runs == MAX_RUNS
    with opened(settings) as house:
        machine = type("HouseMachine", (Machine,), {"house": house})
        run_machine(machine, settings=PROFILE)
