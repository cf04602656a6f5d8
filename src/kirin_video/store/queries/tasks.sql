-- File format:
--     -- query_name --
--     -- what it does
--     the statement, with %(name)s parameters

-- insert_tasks --
-- Creates tasks; a trigger holds their prices. A task one of whose names is taken is left out of the answer.
-- Requests travel in the binary format: as text, each of their many quotes would have to be escaped.
-- The rows come sorted by external id, so that two batches with the same ids cannot deadlock.
INSERT INTO task (id, account_id, key_id, external_id, idempotency_key, fingerprint, request, seed, cost_micro,
                  discount_micro, price_version, model, mode)
SELECT t.*, t.request->>'model', t.request->>'mode'
  FROM unnest(
      %(ids)s::text[], %(account_ids)s::text[], %(key_ids)s::text[], %(external_ids)s::text[], %(keys)s::text[],
      %(fingerprints)s::text[], %(requests)b::text[]::jsonb[], %(seeds)s::bigint[], %(costs)s::bigint[],
      %(discounts)s::bigint[], %(price_versions)s::bigint[]
  ) AS t (id, account_id, key_id, external_id, idempotency_key, fingerprint, request, seed, cost_micro,
          discount_micro, price_version)
ON CONFLICT DO NOTHING
RETURNING id, created_at;

-- find_task --
-- Reads one task of an account, by its id or by the caller's own; the id wins.
SELECT id, account_id, external_id, fingerprint, status, run, progress, stage, request::text AS request, seed,
       cost_micro, discount_micro, output, fault, message, metadata, created_at, started_at, finished_at,
       revision
  FROM task
 WHERE deleted_at IS NULL AND id = coalesce(
           (SELECT id FROM task WHERE account_id = %(account_id)s AND id = %(key)s),
           (SELECT id FROM task WHERE account_id = %(account_id)s AND external_id = %(key)s)
       );

-- find_tasks --
-- Reads many tasks at once, each of an account, by its id or by the caller's own; the id wins. Callers who poll at
-- the same time share it. Plans are kept, and this is good for any size of table: look-ups by an index each, and a
-- limit that keeps them from becoming a join over the whole table.
SELECT asked.place, found.*
  FROM unnest(%(account_ids)s::text[], %(keys)s::text[]) WITH ORDINALITY AS asked (account_id, key, place)
 CROSS JOIN LATERAL (
     SELECT id, account_id, external_id, fingerprint, status, run, progress, stage, request::text AS request, seed,
            cost_micro, discount_micro, output, fault, message, metadata, created_at, started_at, finished_at,
            revision
       FROM task
      WHERE deleted_at IS NULL AND id = coalesce(
                (SELECT id FROM task WHERE account_id = asked.account_id AND id = asked.key),
                (SELECT id FROM task WHERE account_id = asked.account_id AND external_id = asked.key)
            )
      LIMIT 1
 ) AS found;

-- task_status --
-- Reads how a task stands, whoever owns it.
SELECT status FROM task WHERE id = %(task_id)s;

-- list_tasks_newest_first --
-- Reads a page of an account's tasks. The position is a task's place in the order, whether or not it is still
-- there; a filter that is null lets everything through.
SELECT id, account_id, external_id, fingerprint, status, run, progress, stage, request::text AS request, seed,
       cost_micro, discount_micro, output, fault, message, metadata, created_at, started_at, finished_at
  FROM task
 WHERE account_id = %(account_id)s AND deleted_at IS NULL
   AND (%(status)s::text IS NULL OR status = %(status)s)
   AND (%(model)s::text IS NULL OR request->>'model' = %(model)s)
   AND created_at >= %(since)s AND created_at < %(until)s
   AND (created_at, id) < (%(position_time)s, %(position_id)s)
 ORDER BY created_at DESC, id DESC
 LIMIT %(limit)s;

-- list_tasks_oldest_first --
-- The same in the other order.
SELECT id, account_id, external_id, fingerprint, status, run, progress, stage, request::text AS request, seed,
       cost_micro, discount_micro, output, fault, message, metadata, created_at, started_at, finished_at
  FROM task
 WHERE account_id = %(account_id)s AND deleted_at IS NULL
   AND (%(status)s::text IS NULL OR status = %(status)s)
   AND (%(model)s::text IS NULL OR request->>'model' = %(model)s)
   AND created_at >= %(since)s AND created_at < %(until)s
   AND (created_at, id) > (%(position_time)s, %(position_id)s)
 ORDER BY created_at, id
 LIMIT %(limit)s;

-- cancel_task --
-- Fails a task, whoever runs it; a trigger releases what was held. A run of it is lost from here on.
UPDATE task
   SET status = %(after)s, stage = '', fault = %(fault)s, message = %(message)s, finished_at = now()
 WHERE id = %(task_id)s AND status = ANY(%(before)s::text[])
RETURNING id;

-- overdue_tasks --
-- Names some of the tasks that have waited too long for their first worker.
SELECT id
  FROM task
 WHERE status = ANY(%(before)s::text[]) AND created_at < now() - make_interval(secs => %(age_s)s)
 ORDER BY created_at
 LIMIT %(limit)s;

-- delete_task --
-- Empties a task that has ended; what is left is for the ledger. Its external id is free again. Its files are
-- doomed, their rows, the task's events, the links to it and its callback with all deliveries are gone.
WITH deleted AS (
    UPDATE task
       SET deleted_at = now(), external_id = NULL, request = '{}', metadata = '{}',
           output = CASE WHEN output IS NOT NULL THEN '{}'::jsonb END,
           message = CASE WHEN message IS NOT NULL THEN '' END
     WHERE id = %(task_id)s AND status IN ('completed', 'failed') AND deleted_at IS NULL
    RETURNING id
), forgotten AS (
    DELETE FROM task_event WHERE task_id IN (SELECT id FROM deleted)
), uncalled AS (
    DELETE FROM callback WHERE task_id IN (SELECT id FROM deleted)
), unshared AS (
    DELETE FROM task_share WHERE task_id IN (SELECT id FROM deleted)
), files AS (
    DELETE FROM blob WHERE task_id IN (SELECT id FROM deleted) RETURNING key
), doomed AS (
    INSERT INTO doomed_blob (key) SELECT key FROM files RETURNING key
)
SELECT d.id, doomed.key FROM deleted d LEFT JOIN doomed ON true;

-- task_changes --
-- Reads what a task became after one revision and up to another.
SELECT revision, status, progress FROM task_event
 WHERE task_id = %(task_id)s AND revision > %(after)s AND revision <= %(upto)s
 ORDER BY revision;
