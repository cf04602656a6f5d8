-- As in 0014_spend_caps.sql, and a cap that is lifted in the same moment is waited for: once it is gone, the tasks are
-- made and draw on nothing. Before, such a create failed for want of the row that its draw refers to.
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
    ), kept AS (
        SELECT k.id AS key_id, c.id AS cap_id
          FROM api_key k JOIN spend_cap c ON c.id = k.spend_cap_id
         WHERE k.id = ANY(ARRAY(SELECT key_id FROM made))
         ORDER BY c.id
           FOR KEY SHARE OF c
    ), drawn AS (
        -- In this order everywhere, so that two batches and those who end tasks cannot block each other.
        INSERT INTO cap_spend AS s (cap_id, since, held_micro, spent_micro)
        SELECT k.cap_id, cap_since(p.period, m.created_at), sum(m.cost_micro), 0
          FROM made m
          JOIN kept k ON k.key_id = m.key_id
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
