-- What keys may spend, in a calendar month in UTC or in all. A cap is shared by a key and those it was rotated into.

CREATE TABLE spend_cap (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    amount_micro bigint NOT NULL CHECK (amount_micro >= 0),
    period text NOT NULL CHECK (period IN ('month', 'total'))
);

-- A cap that is lifted leaves its keys as they were before it.
ALTER TABLE api_key ADD COLUMN spend_cap_id bigint REFERENCES spend_cap ON DELETE SET NULL;

-- Whether a key has one is asked whenever a task is created.
CREATE INDEX api_key_capped ON api_key (id) WHERE spend_cap_id IS NOT NULL;

-- What the tasks of a cap's keys hold and were charged: a row for each month in which they were created, and one, from
-- the beginning of time, for all. Kept by the statements that create and end tasks; nothing need be summed.
CREATE TABLE cap_spend (
    cap_id bigint NOT NULL REFERENCES spend_cap ON DELETE CASCADE,
    since date NOT NULL,
    held_micro bigint NOT NULL CHECK (held_micro >= 0),
    spent_micro bigint NOT NULL CHECK (spent_micro >= 0),
    PRIMARY KEY (cap_id, since)
);

-- The row of cap_spend in which a task of this moment counts for a cap of this period.
CREATE FUNCTION cap_since(period text, at timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE period WHEN 'month' THEN date_trunc('month', at AT TIME ZONE 'UTC')::date ELSE '-infinity'::date END;

-- As in 0006_ledger.sql, and the caps of their keys are drawn on. The entry in the ledger comes first: it waits for
-- whoever gives a key its first cap and adds up what the key has spent; what follows sees that cap.
CREATE OR REPLACE FUNCTION hold_prices() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    exceeded bigint;
BEGIN
    INSERT INTO ledger_entry (account_id, task_id, kind, funds_micro, held_micro)
    SELECT account_id, id, 'hold', -cost_micro, cost_micro FROM created;

    PERFORM FROM created t JOIN api_key k ON k.id = t.key_id WHERE k.spend_cap_id IS NOT NULL AND t.cost_micro > 0;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;

    WITH made AS (
        SELECT key_id, created_at, sum(cost_micro) AS cost_micro
          FROM created WHERE cost_micro > 0 GROUP BY key_id, created_at
    ), drawn AS (
        -- In this order everywhere, so that two batches and those who end tasks cannot block each other.
        INSERT INTO cap_spend AS s (cap_id, since, held_micro, spent_micro)
        SELECT k.spend_cap_id, cap_since(p.period, m.created_at), sum(m.cost_micro), 0
          FROM made m
          JOIN api_key k ON k.id = m.key_id AND k.spend_cap_id IS NOT NULL
         CROSS JOIN (VALUES ('total'), ('month')) AS p (period)
         GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (cap_id, since) DO UPDATE SET held_micro = s.held_micro + excluded.held_micro
        RETURNING s.cap_id, s.since, s.held_micro + s.spent_micro AS used_micro
    )
    SELECT c.id INTO exceeded
      FROM drawn d JOIN spend_cap c ON c.id = d.cap_id
     WHERE d.since = cap_since(c.period, now()) AND d.used_micro > c.amount_micro
     LIMIT 1;
    IF exceeded IS NOT NULL THEN
        RAISE check_violation USING
            MESSAGE = format('spend cap %s does not cover the tasks', exceeded), CONSTRAINT = 'spend_cap_covers';
    END IF;
    RETURN NULL;
END;
$$;

-- As in 0006_ledger.sql, and the cap of its key gets back what is not charged.
CREATE OR REPLACE FUNCTION settle_task() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held bigint;
    charged bigint := CASE NEW.status WHEN 'completed' THEN NEW.cost_micro ELSE 0 END;
    cap bigint;
BEGIN
    SELECT held_micro INTO STRICT held FROM ledger_entry WHERE task_id = NEW.id AND (kind <> 'hold') = false;
    INSERT INTO ledger_entry (account_id, task_id, kind, run, funds_micro, held_micro, revenue_micro)
    VALUES (NEW.account_id, NEW.id, CASE NEW.status WHEN 'completed' THEN 'capture' ELSE 'release' END, NEW.run,
            held - charged, -held, charged);

    SELECT spend_cap_id INTO cap FROM api_key WHERE id = NEW.key_id;
    IF cap IS NOT NULL AND held > 0 THEN
        UPDATE cap_spend SET held_micro = held_micro - held, spent_micro = spent_micro + charged
         WHERE cap_id = cap AND since = cap_since('total', NEW.created_at);
        UPDATE cap_spend SET held_micro = held_micro - held, spent_micro = spent_micro + charged
         WHERE cap_id = cap AND since = cap_since('month', NEW.created_at);
    END IF;
    RETURN NULL;
END;
$$;
