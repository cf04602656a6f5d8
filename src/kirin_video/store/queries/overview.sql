-- account_overview --
-- Tells how an account stands: its unfinished tasks, how those of the last day ended, and its failing receivers.
SELECT (SELECT count(*) FROM task t
         WHERE t.account_id = a.id AND t.status IN ('queued', 'in_progress') AND t.status = 'queued') AS queued,
       (SELECT count(*) FROM task t
         WHERE t.account_id = a.id AND t.status IN ('queued', 'in_progress') AND t.status = 'in_progress') AS running,
       day.completed, day.failed,
       EXISTS (SELECT FROM task t WHERE t.account_id = a.id AND t.deleted_at IS NULL) AS has_tasks,
       (SELECT count(*) FROM callback_receiver r
         WHERE r.account_id = a.id AND r.failing_since IS NOT NULL) AS failing_receivers
  FROM account a
 CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE t.status = 'completed') AS completed,
              count(*) FILTER (WHERE t.status = 'failed') AS failed
         FROM task t
        WHERE t.account_id = a.id AND t.created_at > now() - interval '1 day' AND t.deleted_at IS NULL) AS day
 WHERE a.id = %(account_id)s;

-- ledger_page --
-- Reads some of an account's entries, the newest first.
SELECT id AS number, kind, task_id, amount_micro AS amount, created_at
  FROM ledger_entry
 WHERE account_id = %(account_id)s AND (%(before)s::bigint IS NULL OR id < %(before)s)
 ORDER BY id DESC
 LIMIT %(limit)s;

-- list_workers --
-- Reads the workers that are signed in, what they run, and for how long they have been silent.
SELECT w.id, w.name, w.classes, w.slots,
       extract(epoch FROM now() - p.last_heartbeat)::double precision AS silent_s,
       (SELECT count(*) FROM procrastinate_jobs j WHERE j.worker_id = w.id AND j.status = 'doing') AS running
  FROM worker w
  JOIN procrastinate_workers p ON p.id = w.id
 ORDER BY w.name, w.id;

-- engine_day --
-- Tells what became of the tasks created within the last day: those that engines made, and why others failed. Those
-- that their callers cancelled are nobody's fault.
SELECT t.metadata->>'engine' AS engine, t.fault, count(*) AS tasks,
       avg((t.metadata->>'render_s')::double precision) AS render_s, max(t.finished_at) AS last_at
  FROM account a
 CROSS JOIN LATERAL (
       SELECT metadata, fault, finished_at FROM task
        WHERE account_id = a.id AND created_at > now() - interval '1 day' AND deleted_at IS NULL
          AND status IN ('completed', 'failed') AND fault IS DISTINCT FROM 'cancelled' AND mode IS NOT NULL) AS t
 GROUP BY 1, 2
 ORDER BY 3 DESC;

-- stored_files --
-- Adds up the files that something names, by what they are.
SELECT kind, count(*) AS files, coalesce(sum(size_bytes), 0)::bigint AS size_bytes FROM blob GROUP BY kind
 UNION ALL
SELECT 'upload', count(*), coalesce(sum(size_bytes), 0)::bigint FROM upload
 UNION ALL
SELECT 'element', count(*), coalesce(sum(size_bytes), 0)::bigint FROM element_picture
 ORDER BY 1;
