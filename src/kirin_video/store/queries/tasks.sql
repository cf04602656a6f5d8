-- File format:
--     -- query_name --
--     -- what it does
--     the statement, with %(name)s parameters

-- insert_tasks --
-- Creates tasks and their holds. A task whose external id is taken is left out of the answer.
-- Requests travel in the binary format: as text, each of their many quotes would have to be escaped.
-- The rows come sorted by external id, so that two batches with the same ids cannot deadlock.
WITH created AS (
    INSERT INTO task (id, account_id, external_id, fingerprint, request, seed, cost_micro, discount_micro)
    SELECT * FROM unnest(
        %(ids)s::text[], %(account_ids)s::text[], %(external_ids)s::text[], %(fingerprints)s::text[],
        %(requests)b::text[]::jsonb[], %(seeds)s::bigint[], %(costs)s::bigint[], %(discounts)s::bigint[]
    )
    ON CONFLICT (account_id, external_id) WHERE external_id IS NOT NULL DO NOTHING
    RETURNING id, account_id, cost_micro, created_at
), held AS (
    INSERT INTO ledger_entry (task_id, account_id, kind, amount_micro, run)
    SELECT id, account_id, 'hold', cost_micro, 0 FROM created
)
SELECT id, created_at FROM created;

-- find_task --
-- Reads one task of an account, by its id or by the caller's own; the id wins.
SELECT id, account_id, external_id, fingerprint, status, run, progress, stage, request::text AS request, seed,
       cost_micro, discount_micro, output, fault, message, metadata, created_at, started_at, finished_at
  FROM task
 WHERE account_id = %(account_id)s AND (id = %(key)s OR external_id = %(key)s)
 ORDER BY (id = %(key)s) DESC
 LIMIT 1;

-- find_by_external_id --
-- Reads the task that a caller's own id names, to tell a repeated request from a conflicting one.
SELECT id, account_id, external_id, fingerprint, status, run, progress, stage, request::text AS request, seed,
       cost_micro, discount_micro, output, fault, message, metadata, created_at, started_at, finished_at
  FROM task
 WHERE account_id = %(account_id)s AND external_id = %(external_id)s;

-- task_status --
-- Reads how a task stands, whoever owns it.
SELECT status FROM task WHERE id = %(task_id)s;
