-- Money: the books, prices, discounts and budgets. Triggers keep the books, so that no statement, now or later,
-- can make, change or end a task without them. Amounts are whole micro-dollars.

-- What a task was priced at, and by which key it was made.
ALTER TABLE task
    -- Null for tasks made before this was noted. Keys are never deleted.
    ADD COLUMN key_id text,
    -- Null for the prices in the server's settings; else a version of price_list.
    ADD COLUMN price_version bigint,
    -- What its account is billed for is told apart by these; they outlive the request of a deleted task.
    ADD COLUMN model text,
    ADD COLUMN mode text,
    -- Length of the clip made, in seconds; null for elements.
    ADD COLUMN made_s double precision;

UPDATE task SET model = request->>'model', mode = request->>'mode',
                made_s = (output->>'duration_s')::double precision;

-- The ledger ------------------------------------------------------------------------------------------------------

CREATE TEMPORARY TABLE carried ON COMMIT DROP AS SELECT * FROM ledger_entry;
DROP TABLE ledger_entry;

-- An entry is a whole transaction of an account: a row, with a column for each book it may post to. What it adds to
-- some books it takes from others. For each task a hold when it is created, then exactly one capture or release.
CREATE TABLE ledger_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id text NOT NULL REFERENCES account,
    task_id text REFERENCES task,
    kind text NOT NULL,
    -- The claim that caused it; 0 where none did.
    run integer NOT NULL DEFAULT 0,
    -- What the account may spend. Without a budget that may be less than nothing.
    funds_micro bigint NOT NULL DEFAULT 0,
    -- What is set aside for its tasks that have not ended.
    held_micro bigint NOT NULL DEFAULT 0,
    -- What it has been charged.
    revenue_micro bigint NOT NULL DEFAULT 0,
    -- Where its funds come from: the operator, who owes what is granted.
    granted_micro bigint NOT NULL DEFAULT 0,
    -- For people: what is held, charged, released or granted.
    amount_micro bigint NOT NULL GENERATED ALWAYS AS (
        CASE kind WHEN 'hold' THEN held_micro WHEN 'capture' THEN revenue_micro ELSE funds_micro END
    ) STORED,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT ledger_entry_balances CHECK (funds_micro + held_micro + revenue_micro + granted_micro = 0),
    CONSTRAINT ledger_entry_kind CHECK (
        CASE kind
            WHEN 'hold' THEN task_id IS NOT NULL AND held_micro >= 0 AND revenue_micro = 0 AND granted_micro = 0
            -- The part of the hold that is not charged goes back: a capture is never more than the hold.
            WHEN 'capture' THEN task_id IS NOT NULL AND revenue_micro >= 0 AND funds_micro >= 0 AND granted_micro = 0
            WHEN 'release' THEN task_id IS NOT NULL AND revenue_micro = 0 AND funds_micro >= 0 AND granted_micro = 0
            WHEN 'grant' THEN task_id IS NULL AND held_micro = 0 AND revenue_micro = 0
            ELSE false
        END
    )
);

INSERT INTO ledger_entry (id, account_id, task_id, kind, run, funds_micro, held_micro, revenue_micro, created_at)
OVERRIDING SYSTEM VALUE
SELECT e.id, e.account_id, e.task_id, e.kind, e.run,
       CASE e.kind WHEN 'hold' THEN -e.amount_micro WHEN 'release' THEN h.amount_micro
                   ELSE h.amount_micro - e.amount_micro END,
       CASE e.kind WHEN 'hold' THEN e.amount_micro ELSE -h.amount_micro END,
       CASE e.kind WHEN 'capture' THEN e.amount_micro ELSE 0 END,
       e.created_at
  FROM carried e JOIN carried h ON h.task_id = e.task_id AND h.kind = 'hold'
 ORDER BY e.id;

SELECT setval(pg_get_serial_sequence('ledger_entry', 'id'), greatest(1, (SELECT max(id) FROM ledger_entry)));

-- One hold and one settlement for each task.
CREATE UNIQUE INDEX ledger_entry_task ON ledger_entry (task_id, (kind <> 'hold'));

-- What an account was charged when.
CREATE INDEX ledger_entry_settled ON ledger_entry (account_id, created_at) WHERE kind IN ('capture', 'release');

-- Revoking rights would add nothing: the owner could grant them to itself again. A trigger binds it too.
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A settlement settles exactly what was held.
CREATE FUNCTION match_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ledger_entry
      WHERE task_id = NEW.task_id AND (kind <> 'hold') = false
        AND account_id = NEW.account_id AND held_micro = -NEW.held_micro;
    IF NOT FOUND THEN
        RAISE check_violation USING
            MESSAGE = format('no hold of %s micro-dollars to settle for task %s', -NEW.held_micro, NEW.task_id),
            CONSTRAINT = 'ledger_entry_settles_its_hold';
    END IF;
    RETURN NEW;
END;
$$;

CREATE TRIGGER ledger_entry_settles_its_hold BEFORE INSERT ON ledger_entry FOR EACH ROW
    WHEN (NEW.kind IN ('capture', 'release')) EXECUTE FUNCTION match_hold();

-- Views for people: each posting a row; the balances of each account's books.
CREATE VIEW ledger_posting AS
SELECT e.id AS entry_id, e.account_id, e.task_id, e.kind, p.book, p.amount_micro, e.created_at
  FROM ledger_entry e
 CROSS JOIN LATERAL (VALUES ('funds', e.funds_micro), ('held', e.held_micro), ('revenue', e.revenue_micro),
                            ('granted', e.granted_micro)) AS p (book, amount_micro)
 WHERE p.amount_micro <> 0;

CREATE VIEW ledger_balance AS
SELECT account_id, book, sum(amount_micro) AS balance_micro FROM ledger_posting GROUP BY account_id, book;

-- Budgets -----------------------------------------------------------------------------------------------------------

-- What accounts with a budget may still spend: the balance of their funds, kept here so that it need not be summed.
CREATE TABLE budget (
    account_id text PRIMARY KEY REFERENCES account,
    left_micro bigint NOT NULL CONSTRAINT budget_covers CHECK (left_micro >= 0)
);

CREATE FUNCTION draw_on_budgets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE budget b
       SET left_micro = b.left_micro + e.funds_micro
      FROM (SELECT account_id, sum(funds_micro) AS funds_micro FROM entered GROUP BY account_id) e
     WHERE b.account_id = e.account_id AND e.funds_micro <> 0;
    RETURN NULL;
END;
$$;

CREATE TRIGGER ledger_entry_budget AFTER INSERT ON ledger_entry REFERENCING NEW TABLE AS entered
    FOR EACH STATEMENT EXECUTE FUNCTION draw_on_budgets();

-- The life of a task ------------------------------------------------------------------------------------------------

-- A new task waits, and nobody has claimed it yet.
CREATE FUNCTION refuse_new_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE check_violation USING
        MESSAGE = format('a new task is queued, not %s in run %s', NEW.status, NEW.run), CONSTRAINT = 'task_begins';
END;
$$;

CREATE TRIGGER task_begins BEFORE INSERT ON task FOR EACH ROW
    WHEN (NEW.status <> 'queued' OR NEW.run <> 0) EXECUTE FUNCTION refuse_new_task();

-- Its price is held in the statement that creates it, many of them by one insert.
CREATE FUNCTION hold_prices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_entry (account_id, task_id, kind, funds_micro, held_micro)
    SELECT account_id, id, 'hold', -cost_micro, cost_micro FROM created;
    RETURN NULL;
END;
$$;

CREATE TRIGGER task_hold AFTER INSERT ON task REFERENCING NEW TABLE AS created
    FOR EACH STATEMENT EXECUTE FUNCTION hold_prices();

-- The table of domain/transitions.py once more, for every statement there may ever be. A claim counts up by one; an
-- end is for good; the price of a task that has not ended stands, and falls at most when it is captured.
CREATE FUNCTION guard_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.status, NEW.status) NOT IN (
           ('queued', 'queued'), ('queued', 'in_progress'), ('queued', 'failed'),
           ('in_progress', 'in_progress'), ('in_progress', 'completed'), ('in_progress', 'failed'),
           ('completed', 'completed'), ('failed', 'failed'))
    THEN
        RAISE check_violation USING
            MESSAGE = format('a task that is %s cannot become %s', OLD.status, NEW.status),
            CONSTRAINT = 'task_transition';
    END IF;
    IF NEW.run <> OLD.run + (OLD.status = 'queued' AND NEW.status = 'in_progress')::integer
       AND NOT (OLD.status = 'in_progress' AND NEW.status = 'in_progress' AND NEW.run = OLD.run + 1)
    THEN
        RAISE check_violation USING
            MESSAGE = format('run %s of a task that becomes %s cannot follow run %s', NEW.run, NEW.status, OLD.run),
            CONSTRAINT = 'task_run';
    END IF;
    IF (NEW.id, NEW.account_id) <> (OLD.id, OLD.account_id)
       OR NEW.cost_micro <> OLD.cost_micro
          AND (OLD.status = 'completed' OR NEW.status <> 'completed' OR NEW.cost_micro > OLD.cost_micro)
       OR OLD.status IN ('completed', 'failed')
          AND (NEW.discount_micro, NEW.fault, NEW.finished_at)
              IS DISTINCT FROM (OLD.discount_micro, OLD.fault, OLD.finished_at)
    THEN
        RAISE check_violation USING
            MESSAGE = format('what task %s is, costs or ended as is settled', OLD.id), CONSTRAINT = 'task_settled';
    END IF;
    RETURN NEW;
END;
$$;

-- Named to fire before the trigger that notes the change.
CREATE TRIGGER task_allowed
    BEFORE UPDATE OF id, account_id, status, run, cost_micro, discount_micro, fault, finished_at ON task FOR EACH ROW
    EXECUTE FUNCTION guard_task();

-- What was held is settled in the statement that ends the task: its price is captured and the rest released, or all
-- of it is released.
CREATE FUNCTION settle_task() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held bigint;
    charged bigint := CASE NEW.status WHEN 'completed' THEN NEW.cost_micro ELSE 0 END;
BEGIN
    SELECT held_micro INTO STRICT held FROM ledger_entry WHERE task_id = NEW.id AND (kind <> 'hold') = false;
    INSERT INTO ledger_entry (account_id, task_id, kind, run, funds_micro, held_micro, revenue_micro)
    VALUES (NEW.account_id, NEW.id, CASE NEW.status WHEN 'completed' THEN 'capture' ELSE 'release' END, NEW.run,
            held - charged, -held, charged);
    RETURN NULL;
END;
$$;

CREATE TRIGGER task_settle AFTER UPDATE OF status ON task FOR EACH ROW
    WHEN (OLD.status IN ('queued', 'in_progress') AND NEW.status IN ('completed', 'failed'))
    EXECUTE FUNCTION settle_task();

-- Prices ------------------------------------------------------------------------------------------------------------

-- Price lists, each in force from its moment until that of the next; of two of the same moment, the later version.
-- Before the first, and with none, the server's settings hold. Micro-dollars for a second.
CREATE TABLE price_list (
    version bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    valid_from timestamptz NOT NULL,
    std_micro bigint NOT NULL CHECK (std_micro >= 0),
    pro_micro bigint NOT NULL CHECK (pro_micro >= 0),
    std_with_video_micro bigint NOT NULL CHECK (std_with_video_micro >= 0),
    pro_with_video_micro bigint NOT NULL CHECK (pro_with_video_micro >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT price_list_not_backdated CHECK (valid_from >= created_at)
);

-- Discounts of accounts, likewise.
CREATE TABLE account_discount (
    version bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id text NOT NULL REFERENCES account,
    valid_from timestamptz NOT NULL,
    percent numeric(5, 2) NOT NULL CHECK (percent BETWEEN 0 AND 100),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT account_discount_not_backdated CHECK (valid_from >= created_at)
);

CREATE INDEX account_discount_in_force ON account_discount (account_id, valid_from DESC, version DESC);

INSERT INTO account_discount (account_id, valid_from, percent)
SELECT id, now(), discount_percent FROM account WHERE discount_percent > 0;

ALTER TABLE account DROP COLUMN discount_percent;

CREATE TRIGGER price_list_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON price_list
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER account_discount_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON account_discount
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
