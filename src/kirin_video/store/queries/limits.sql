-- count_creates --
-- Counts creates in their accounts' windows. A window begins with the first create after the last one ended;
-- one that seems to lie in the future, because the clock was set back, is over too.
INSERT INTO create_window AS w (account_id, started_at, used)
SELECT c.account_id, now(), c.creates
  FROM unnest(%(account_ids)s::text[], %(counts)s::bigint[]) AS c (account_id, creates)
ON CONFLICT (account_id) DO UPDATE
   SET (started_at, used) = (
       SELECT CASE WHEN runs THEN w.started_at ELSE excluded.started_at END,
              CASE WHEN runs THEN w.used ELSE 0 END + excluded.used
         FROM (SELECT w.started_at > now() - make_interval(secs => %(window_s)s)
                  AND w.started_at < now() + interval '5 seconds' AS runs) AS window_
   )
RETURNING account_id, used,
          least(%(window_s)s, greatest(0, extract(epoch FROM started_at - now()) + %(window_s)s))::double precision AS left_s;

-- lock_accounts --
-- Keeps other creators of these accounts waiting; leaves alone those who only refer to the accounts.
SELECT id FROM account WHERE id = ANY(%(account_ids)s::text[]) ORDER BY id FOR NO KEY UPDATE;

-- count_unfinished --
-- Counts the tasks of accounts that have not ended.
SELECT given.account_id,
       (SELECT count(*)
          FROM task t
         WHERE t.account_id = given.account_id AND t.status IN ('queued', 'in_progress')) AS unfinished
  FROM unnest(%(account_ids)s::text[]) AS given (account_id);
