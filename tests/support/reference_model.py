"""What a server promises about tasks and money, in plain Python that a child could check.

No database, no clock, no concurrency: one thing happens after the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SECONDS = 5
MAX_RUNS = 3


@dataclass(frozen=True)
class Wish:
    """A create call.

    Attributes:
        account: whose.
        variant: two of one number mean the same.
        external: its `external_task_id`, if any; part of what it means.
        key: its `Idempotency-Key`, if any.
        called: whether it wants callbacks; part of what it means.
    """

    account: str
    variant: int
    external: str | None
    key: str | None
    called: bool

    @property
    def meaning(self) -> tuple[object, ...]:
        return (self.variant, self.external, self.called)


@dataclass
class Task:
    """A task as it ought to be."""

    wish: Wish
    price: int
    discount: int
    status: str = "queued"
    run: int = 0
    returned: int = 0
    progress: float = 0.0
    stage: str = ""
    revision: int = 1
    fault: str | None = None
    deleted: bool = False
    files: list[str] = field(default_factory=list[str])
    events: list[tuple[str, int, float]] = field(default_factory=list[tuple[str, int, float]])
    entries: list[tuple[str, int, int]] = field(default_factory=list[tuple[str, int, int]])

    @property
    def ended(self) -> bool:
        return self.status in ("completed", "failed")

    @property
    def outbox(self) -> list[tuple[str, int, float]]:
        """A delivery for every event, if somebody wants them."""
        return self.events if self.wish.called else []


class Refused(Exception):
    """The answer is a refusal; its name says which."""


@dataclass
class Model:
    """Accounts, their tasks, their money and the jobs of their tasks.

    Attributes:
        left: what accounts with a budget may still spend.
        caps: what the keys of accounts may spend in all, where they have a cap.
        spent: what tasks took from each account's funds and have not given back.
        discounts: the percentages.
        per_second: the price in force.
        tasks: all there ever were, by number.
        waiting: those that nobody has taken yet, oldest first.
        given_back: those that go first.
    """

    discounts: dict[str, float]
    per_second: int
    left: dict[str, int] = field(default_factory=dict[str, int])
    caps: dict[str, int] = field(default_factory=dict[str, int])
    tasks: dict[str, Task] = field(default_factory=dict[str, Task])
    waiting: list[str] = field(default_factory=list[str])
    given_back: set[str] = field(default_factory=set[str])
    held: dict[str, int] = field(default_factory=dict[str, int])

    def named(self, wish: Wish) -> str | None:
        """The task that a create call's names stand for already; its key's, before its external id's."""
        for task_id, task in self.tasks.items():
            if wish.key is not None and (task.wish.account, task.wish.key) == (wish.account, wish.key):
                return task_id
        for task_id, task in self.tasks.items():
            named = (task.wish.account, task.wish.external) == (wish.account, wish.external)
            if wish.external is not None and named and not task.deleted:
                return task_id
        return None

    def create(self, wish: Wish, task_id: str) -> str:
        """Make a task under this id, or give the one that there is."""
        found = self.named(wish)
        if found is not None:
            task = self.tasks[found]
            if task.wish.meaning != wish.meaning:
                raise Refused("Conflict")
            if task.deleted:
                raise Refused("NotFound")
            return found
        listed = SECONDS * self.per_second
        discount = -int(-listed * self.discounts[wish.account] // 100)
        price = listed - discount
        if price > self.left.get(wish.account, price):
            raise Refused("InsufficientFunds")
        if price and self.used(wish.account) + price > self.caps.get(wish.account, 10**9):
            raise Refused("InsufficientFunds")
        self._pay(wish.account, -price)
        self.tasks[task_id] = Task(wish, price, discount, entries=[("hold", price, 0)])
        self.waiting.append(task_id)
        return task_id

    def claim(self, task_id: str, job: str) -> bool:
        """A worker takes a job and starts a run; whether there is something to do."""
        self.given_back.discard(task_id)
        if task_id in self.waiting:
            self.waiting.remove(task_id)
        self.held[task_id] = job
        task = self.tasks[task_id]
        if task.ended:
            return False
        task.run += 1
        if task.status == "queued":
            self._become(task, "in_progress")
        if task.run - 1 - task.returned >= MAX_RUNS:
            self._end(task, "failed", 0, "worker_lost")
            return False
        return True

    def progress(self, task_id: str, run: int, stage: str, fraction: float) -> bool:
        task = self.tasks[task_id]
        if not self._is_run(task, run):
            return False
        if (stage, max(task.progress, fraction)) != (task.stage, task.progress):
            task.revision += 1
        task.stage, task.progress = stage, max(task.progress, fraction)
        return True

    def finish(self, task_id: str, run: int, price: int, discount: int, files: list[str]) -> bool:
        """Complete a task; True also if this run has done it before."""
        task = self.tasks[task_id]
        if not self._is_run(task, run):
            return bool(set(files) & set(task.files))
        task.files, task.discount = files, discount
        self._end(task, "completed", min(price, task.price))
        return True

    def fail(self, task_id: str, run: int) -> bool:
        task = self.tasks[task_id]
        if not self._is_run(task, run):
            return False
        self._end(task, "failed", 0, "generation_failed")
        return True

    def give_back(self, task_id: str, run: int, job: str) -> bool:
        """A worker that stops gives its task back, and its job if it is still its own."""
        task = self.tasks[task_id]
        if not self._is_run(task, run):
            return False
        task.returned += 1
        if self.held.get(task_id) == job:
            del self.held[task_id]
            self.given_back.add(task_id)
        return True

    def remove(self, task_id: str) -> None:
        """Whoever finds that a task has ended takes its job out of the queue, wherever that is by then."""
        self.held.pop(task_id, None)
        self.given_back.discard(task_id)

    def lose(self, worker: str) -> None:
        """A worker is gone; what it held is anybody's."""
        for task_id in [task_id for task_id, job in self.held.items() if job.startswith(worker)]:
            del self.held[task_id]
            self.given_back.add(task_id)

    def cancel(self, task_id: str) -> str:
        """Cancel a task; gives how it is then."""
        task = self.tasks[task_id]
        if task.deleted:
            raise Refused("NotFound")
        if not task.ended:
            self._end(task, "failed", 0, "cancelled")
            self.given_back.discard(task_id)
            if task_id in self.waiting:
                self.waiting.remove(task_id)
        return task.status

    def delete(self, task_id: str) -> None:
        task = self.tasks[task_id]
        if task.deleted:
            raise Refused("NotFound")
        if not task.ended:
            raise Refused("Conflict")
        task.deleted, task.files, task.events = True, [], []

    def set_budget(self, account: str, left: int) -> None:
        self.left[account] = left

    def add_to_budget(self, account: str, amount: int) -> int:
        if self.left.get(account, -1) + amount < 0 or account not in self.left:
            raise Refused("Conflict")
        self.left[account] += amount
        return self.left[account]

    def drop_budget(self, account: str) -> None:
        self.left.pop(account, None)

    def used(self, account: str) -> int:
        """What the tasks of an account's one key hold and were charged."""
        own = [task for task in self.tasks.values() if task.wish.account == account]
        return sum(task.price for task in own if task.status != "failed")

    def _end(self, task: Task, status: str, charged: int, fault: str | None = None) -> None:
        held, task.fault, task.stage = task.price, fault, ""
        if status == "completed":
            task.price, task.progress = charged, 1.0
        self._become(task, status)
        task.entries.append(("capture" if status == "completed" else "release", charged or 0, task.run))
        self._pay(task.wish.account, held - charged)

    def _become(self, task: Task, status: str) -> None:
        task.revision += 1
        task.status = status
        task.events.append((status, task.revision, task.progress))

    def _pay(self, account: str, amount: int) -> None:
        if account in self.left:
            self.left[account] += amount

    @staticmethod
    def _is_run(task: Task, run: int) -> bool:
        return task.status == "in_progress" and task.run == run
