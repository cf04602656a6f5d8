-- insert_share --
-- Makes a link to a finished clip of an account, unless it has as many as it may; forgets those that ended long ago.
WITH forgotten AS (
    DELETE FROM task_share WHERE expires_at < now() - interval '1 day'
)
INSERT INTO task_share (id, task_id, account_id, made_by, watermarked, tells_prompt, expires_at)
SELECT %(id)s, t.id, t.account_id, %(made_by)s, %(watermarked)s, %(tells_prompt)s, now() + %(life)s::interval
  FROM task t
 WHERE t.id = %(task_id)s AND t.status = 'completed' AND t.deleted_at IS NULL
   AND (SELECT count(*) FROM task_share s WHERE s.task_id = t.id AND s.expires_at > now()) < %(most)s
RETURNING id, task_id, account_id, watermarked, tells_prompt, created_at, expires_at;

-- list_shares --
-- Reads the links to a task's clip that are good now, those that end first first.
SELECT id, task_id, account_id, watermarked, tells_prompt, created_at, expires_at
  FROM task_share
 WHERE task_id = %(task_id)s AND expires_at > now()
 ORDER BY expires_at, id;

-- find_share --
-- Reads a link that is good now.
SELECT id, task_id, account_id, watermarked, tells_prompt, created_at, expires_at
  FROM task_share
 WHERE id = %(id)s AND expires_at > now();

-- withdraw_share --
-- Ends a link of a task before its time.
DELETE FROM task_share WHERE id = %(id)s AND task_id = %(task_id)s RETURNING id;
