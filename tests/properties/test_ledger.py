"""The books in the database against a model of them that a child could check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import Connection
from psycopg.errors import CheckViolation
from psycopg.rows import DictRow, dict_row

from kirin_video.domain.transitions import Deed
from kirin_video.store.sql_files import read_queries
from kirin_video.store.task_rows import states

ACCOUNTS = ("default", "other")
KEYS = {"k0": "default", "k1": "default", "k2": "other"}
PERIODS = ("month", "total")
FAILURE = {"fault": "generation_failed", "message": "no"}

accounts = st.sampled_from(ACCOUNTS)
amounts = st.integers(0, 1000)
tasks = st.integers(0, 3)
stale = st.sampled_from([0, 0, 0, 1])
keys = st.sampled_from([*KEYS])
creates = st.tuples(st.just("create"), keys, amounts)
steps = st.one_of(
    creates,
    *[st.tuples(st.just("claim"), tasks)] * 3,
    *[st.tuples(st.just("finish"), tasks, stale, st.integers(0, 1200))] * 3,
    st.tuples(st.just("fail"), tasks, stale),
    st.tuples(st.just("cancel"), tasks),
    st.tuples(st.just("set_budget"), accounts, amounts),
    st.tuples(st.just("add_to_budget"), accounts, st.integers(-500, 500)),
    st.tuples(st.just("drop_budget"), accounts),
    *[st.tuples(st.just("set_cap"), keys, st.integers(0, 2000), st.sampled_from(PERIODS))] * 2,
    st.tuples(st.just("lift_cap"), keys),
    st.tuples(st.just("age"), tasks),
)


@dataclass
class ModelTask:
    """A task as the model knows it."""

    account: str
    key: str
    price: int
    run: int = 0
    ended: bool = False
    charged: int = 0
    old: bool = False

    @property
    def counts(self) -> int:
        return self.charged if self.ended else self.price


@dataclass
class Model:
    """Two accounts with three jars of money each, and a line under the first jar for those with a budget.

    Their keys may have caps: no more than that of what the tasks of a key cost, of all or of this month's.
    """

    funds: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ACCOUNTS, 0))
    held: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ACCOUNTS, 0))
    paid: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ACCOUNTS, 0))
    bound: set[str] = field(default_factory=set[str])
    caps: dict[str, tuple[int, str]] = field(default_factory=dict[str, tuple[int, str]])
    tasks: list[ModelTask] = field(default_factory=list[ModelTask])

    def create(self, key: str, price: int) -> bool:
        account = KEYS[key]
        if account in self.bound and price > self.funds[account]:
            return False
        if price and key in self.caps and self.used(key, self.caps[key][1]) + price > self.caps[key][0]:
            return False
        self.tasks.append(ModelTask(account, key, price))
        self.funds[account] -= price
        self.held[account] += price
        return True

    def claim(self, number: int) -> bool:
        task = self._task(number)
        if task is None or task.ended:
            return False
        task.run += 1
        return True

    def finish(self, number: int, behind: int, price: int) -> bool:
        return self._end(number, behind, price)

    def fail(self, number: int, behind: int) -> bool:
        return self._end(number, behind, 0)

    def cancel(self, number: int) -> bool:
        return self._end(number, None, 0)

    def set_budget(self, account: str, left: int) -> bool:
        self.funds[account] = left
        self.bound.add(account)
        return True

    def add_to_budget(self, account: str, amount: int) -> bool:
        if account not in self.bound or self.funds[account] + amount < 0:
            return False
        self.funds[account] += amount
        return True

    def drop_budget(self, account: str) -> bool:
        self.bound.discard(account)
        return True

    def set_cap(self, key: str, amount: int, period: str) -> bool:
        self.caps[key] = (amount, period)
        return True

    def lift_cap(self, key: str) -> bool:
        self.caps.pop(key, None)
        return True

    def age(self, number: int) -> bool:
        """It turns out that the task was created in another month; while no cap counts it."""
        task = self._task(number)
        if task is None or task.key in self.caps:
            return False
        task.old = True
        return True

    def used(self, key: str, period: str) -> int:
        """What the tasks of a key cost or hold: all of them, or this month's."""
        return sum(t.counts for t in self.tasks if t.key == key and not (t.old and period == "month"))

    def _end(self, number: int, behind: int | None, price: int) -> bool:
        """End a task; by its run that is this far behind the newest, or by its caller."""
        task = self._task(number)
        if task is None or task.ended or (behind is not None and (behind or not task.run)):
            return False
        task.ended = True
        charged = task.charged = min(price, task.price)
        self.held[task.account] -= task.price
        self.paid[task.account] += charged
        self.funds[task.account] += task.price - charged
        return True

    def _task(self, number: int) -> ModelTask | None:
        return self.tasks[number] if number < len(self.tasks) else None


class Books:
    """The same by the statements that the services use."""

    def __init__(self, connection: Connection[DictRow]) -> None:
        self._connection = connection
        self._statements = read_queries()
        self._runs: list[int] = []

    def create(self, key: str, price: int) -> bool:
        task_id = f"t{len(self._runs)}"
        values: dict[str, object] = {
            "ids": task_id,
            "account_ids": KEYS[key],
            "key_ids": key,
            "fingerprints": "f",
            "requests": '{"model": "kirin_video_o1"}',
            "seeds": 1,
            "costs": price,
            "discounts": 0,
        }
        values |= dict.fromkeys(("external_ids", "keys", "price_versions"))
        made = self._do("insert_tasks", {name: [value] for name, value in values.items()})
        self._runs += [0] * len(made)
        return bool(made)

    def claim(self, number: int) -> bool:
        started = self._do("start_run", {"task_id": f"t{number}", **states(Deed.CLAIM)})
        for row in started:
            self._runs[number] = row["run"]
        return bool(started)

    def finish(self, number: int, behind: int, price: int) -> bool:
        made = {"output": "{}", "metadata": "{}", "cost_micro": price, "discount_micro": 0}
        return bool(self._do("finish_run", {**self._run(number, behind), **made, **states(Deed.FINISH)}))

    def fail(self, number: int, behind: int) -> bool:
        return bool(self._do("fail_run", {**self._run(number, behind), **FAILURE, **states(Deed.FAIL)}))

    def cancel(self, number: int) -> bool:
        return bool(self._do("cancel_task", {"task_id": f"t{number}", **FAILURE, **states(Deed.CANCEL)}))

    def set_budget(self, account: str, left: int) -> bool:
        had = self._left(account)
        if had is None:
            [row] = self._do("sum_funds", {"account_id": account})
            self._grant(account, left - row["funds_micro"])
            self._do("open_budget", {"account_id": account, "left_micro": left})
        else:
            self._grant(account, left - had)
        return True

    def add_to_budget(self, account: str, amount: int) -> bool:
        return self._left(account) is not None and self._grant(account, amount)

    def drop_budget(self, account: str) -> bool:
        self._do("close_budget", {"account_id": account})
        return True

    def set_cap(self, key: str, amount: int, period: str) -> bool:
        wanted: dict[str, object] = {"key_id": key, "amount_micro": amount, "period": period}
        if not self._do("change_spend_cap", wanted):
            [row] = self._do("insert_spend_cap", wanted)
            counted = {"cap_id": row["id"], "key_id": key, "account_id": KEYS[key]}
            self._do("count_cap_spend", counted)
        return True

    def lift_cap(self, key: str) -> bool:
        self._do("lift_spend_cap", {"key_id": key})
        return True

    def age(self, number: int) -> bool:
        query = (
            "UPDATE task SET created_at = now() - interval '70 days' FROM api_key k"
            " WHERE task.id = %s AND k.id = key_id AND k.spend_cap_id IS NULL"
        )
        return self._connection.execute(query, (f"t{number}",)).rowcount > 0

    def used(self) -> dict[str, int]:
        """What counts towards each cap now."""
        found = {key: self._do("find_spend_cap", {"key_id": key}) for key in KEYS}
        return {key: row["held_micro"] + row["spent_micro"] for key, rows in found.items() for row in rows}

    def balances(self) -> dict[tuple[str, str], int]:
        query = "SELECT account_id, book, balance_micro FROM ledger_balance WHERE book <> 'granted'"
        found = self._connection.execute(query).fetchall()
        return {(row["account_id"], row["book"]): int(row["balance_micro"]) for row in found}

    def budgets(self) -> dict[str, int]:
        found = self._connection.execute("SELECT account_id, left_micro FROM budget").fetchall()
        return {row["account_id"]: row["left_micro"] for row in found}

    def entries(self) -> list[str]:
        """What there is of each task: its kinds of entries, in order."""
        query = "SELECT string_agg(kind, ' ' ORDER BY id) AS kinds FROM ledger_entry WHERE task_id = %s"
        found = [self._connection.execute(query, (f"t{n}",)).fetchone() for n in range(len(self._runs))]
        return [row["kinds"] for row in found if row is not None]

    def _run(self, number: int, behind: int) -> dict[str, object]:
        newest = self._runs[number] if number < len(self._runs) else 0
        return {"task_id": f"t{number}", "run": newest - behind}

    def _left(self, account: str) -> int | None:
        found = self._do("find_budget", {"account_id": account})
        return found[0]["left_micro"] if found else None

    def _grant(self, account: str, amount: int) -> bool:
        try:
            with self._connection.transaction():
                self._connection.execute(
                    self._statements["grant_funds"], {"account_id": account, "amount_micro": amount}
                )
        except CheckViolation as error:
            assert error.diag.constraint_name == "budget_covers"  # noqa: PT017
            return False
        return True

    def _do(self, name: str, parameters: dict[str, Any]) -> list[DictRow]:
        try:
            with self._connection.transaction():
                cursor = self._connection.execute(self._statements[name], parameters)
                return cursor.fetchall() if cursor.description else []
        except CheckViolation as error:
            named = error.diag.constraint_name
            assert name == "insert_tasks"
            assert named in ("budget_covers", "spend_cap_covers")
            return []


def test_whatever_is_done_the_books_are_those_of_the_model(database_url: str) -> None:
    with psycopg.connect(database_url, row_factory=dict_row) as connection:
        connection.execute("INSERT INTO account (id) VALUES ('other')")
        for key, account in KEYS.items():
            connection.execute(
                "INSERT INTO api_key (id, account_id, name, prefix, hash) VALUES (%s, %s, '', '', %s)",
                (key, account, key.encode()),
            )
        connection.commit()

        @settings(max_examples=60)
        @given(st.lists(creates, min_size=2, max_size=4), st.lists(steps, min_size=10, max_size=30))
        def follow(first: list[tuple[Any, ...]], then: list[tuple[Any, ...]]) -> None:
            with connection.transaction(force_rollback=True):
                agree(Model(), Books(connection), [*first, *then])

        follow()


def agree(model: Model, books: Books, done: list[tuple[Any, ...]]) -> None:
    for name, *arguments in done:
        expected: Callable[..., bool] = getattr(model, name)
        found: Callable[..., bool] = getattr(books, name)
        assert found(*arguments) == expected(*arguments), (name, arguments)
        assert books.budgets() == {account: model.funds[account] for account in model.bound}
        assert books.used() == {key: model.used(key, period) for key, (_, period) in model.caps.items()}
    jars = {"funds": model.funds, "held": model.held, "revenue": model.paid}
    expected_balances = {(account, book): jar[account] for book, jar in jars.items() for account in ACCOUNTS}
    found_balances = books.balances()
    assert {place: found_balances.get(place, 0) for place in expected_balances} == expected_balances
    for task, kinds in zip(model.tasks, books.entries(), strict=True):
        assert kinds in ({"hold capture", "hold release"} if task.ended else {"hold"})
