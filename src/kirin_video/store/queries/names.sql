-- lock_keys --
-- Keeps others who create under these keys waiting until the transaction ends. Locked in one order everywhere, and
-- before any external id is: two batches with the same names in different pairs cannot deadlock.
SELECT pg_advisory_xact_lock(lock.id)
  FROM (
      SELECT DISTINCT hashtextextended(given.account_id || '/' || given.key, 0) AS id
        FROM unnest(%(account_ids)s::text[], %(keys)s::text[]) AS given (account_id, key)
       ORDER BY id
  ) AS lock;

-- find_named --
-- Reads the tasks that callers' names stand for already. The key wins: it tells that the very same call came before.
-- As in find_tasks, the limit keeps this from becoming a join over the whole table.
SELECT asked.place, found.*
  FROM unnest(%(account_ids)s::text[], %(external_ids)s::text[], %(keys)s::text[])
       WITH ORDINALITY AS asked (account_id, external_id, key, place)
 CROSS JOIN LATERAL (
     SELECT id, account_id, external_id, fingerprint, status, run, progress, stage, request::text AS request, seed,
            cost_micro, discount_micro, output, fault, message, metadata, created_at, started_at, finished_at,
            deleted_at, coalesce(idempotency_key = asked.key, false) AS by_key
       FROM task
      WHERE id = coalesce(
                (SELECT id FROM task WHERE account_id = asked.account_id AND idempotency_key = asked.key),
                (SELECT id FROM task WHERE account_id = asked.account_id AND external_id = asked.external_id)
            )
      LIMIT 1
 ) AS found;

-- forget_keys --
-- Forgets the keys of some tasks that are old enough; leaves out those that somebody is changing.
WITH old AS (
    SELECT id FROM task
     WHERE idempotency_key IS NOT NULL AND created_at < now() - make_interval(secs => %(age_s)s)
     ORDER BY created_at
     LIMIT %(limit)s
       FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE task SET idempotency_key = NULL FROM old WHERE task.id = old.id RETURNING task.id;
