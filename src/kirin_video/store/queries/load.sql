-- class_loads --
-- Tells for each class of worker what waits, what runs, and who is there to work.
WITH waits AS (
    SELECT worker_class, count(*) FILTER (WHERE not_before IS NULL) AS ready,
           count(*) FILTER (WHERE not_before IS NOT NULL) AS delayed,
           greatest(0, extract(epoch FROM now() - min(since) FILTER (WHERE not_before IS NULL))) AS oldest_s
      FROM waiting GROUP BY 1
), jobs AS (
    SELECT queue_name::text AS worker_class, count(*) FILTER (WHERE status = 'todo') AS ready,
           count(*) FILTER (WHERE status = 'doing') AS running
      FROM procrastinate_jobs WHERE status IN ('todo', 'doing') GROUP BY 1
), workers AS (
    SELECT served.worker_class, count(*) AS workers, sum(w.slots) AS slots
      FROM worker w
      JOIN procrastinate_workers p ON p.id = w.id
       AND p.last_heartbeat > now() - make_interval(secs => %(stalled_after_s)s)
     CROSS JOIN unnest(w.classes) AS served (worker_class)
     GROUP BY 1
)
SELECT worker_class, (coalesce(waits.ready, 0) + coalesce(jobs.ready, 0))::bigint AS ready,
       coalesce(waits.delayed, 0) AS delayed, coalesce(waits.oldest_s, 0)::double precision AS oldest_s,
       coalesce(jobs.running, 0) AS running, coalesce(workers.workers, 0) AS workers,
       coalesce(workers.slots, 0)::bigint AS slots
  FROM waits FULL JOIN jobs USING (worker_class) FULL JOIN workers USING (worker_class)
 ORDER BY worker_class;

-- delivery_load --
-- Tells how many deliveries wait for their first or next attempt, and for how long the earliest could have been made.
SELECT count(*) FILTER (WHERE due_at <= now()) AS due, count(*) FILTER (WHERE due_at > now()) AS later,
       greatest(0, coalesce(extract(epoch FROM now() - min(due_at)), 0))::double precision AS overdue_s
  FROM callback_delivery
 WHERE state = 'pending';

-- task_ends --
-- Tells how many tasks have ended in which way.
SELECT result, fault, sum(tasks)::bigint AS tasks FROM task_end GROUP BY result, fault ORDER BY result, fault;

-- fold_task_ends --
-- Adds up what is noted of ends, so that there is little to read.
WITH noted AS (
    DELETE FROM task_end RETURNING result, fault, tasks
)
INSERT INTO task_end (result, fault, tasks)
SELECT result, fault, sum(tasks) FROM noted GROUP BY result, fault
RETURNING result;
