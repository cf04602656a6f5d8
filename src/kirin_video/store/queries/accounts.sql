-- insert_account --
-- Makes an account, unless there is one of that name.
INSERT INTO account (id, creates_per_minute, reads_per_minute, unfinished_tasks, running_tasks, priority)
VALUES (%(account_id)s, %(creates_per_minute)s, %(reads_per_minute)s, %(unfinished_tasks)s, %(running_tasks)s,
        coalesce(%(priority)s, 0))
ON CONFLICT DO NOTHING
RETURNING id;

-- find_account --
-- Tells whether there is an account of this name; it stays until the transaction ends.
SELECT id FROM account WHERE id = %(account_id)s FOR KEY SHARE;

-- set_account_limits --
-- Replaces those of an account's own limits that are named.
UPDATE account
   SET creates_per_minute = CASE WHEN 'creates_per_minute' = ANY(%(named)s)
                                 THEN %(creates_per_minute)s ELSE creates_per_minute END,
       reads_per_minute = CASE WHEN 'reads_per_minute' = ANY(%(named)s)
                               THEN %(reads_per_minute)s ELSE reads_per_minute END,
       unfinished_tasks = CASE WHEN 'unfinished_tasks' = ANY(%(named)s)
                               THEN %(unfinished_tasks)s ELSE unfinished_tasks END,
       running_tasks = CASE WHEN 'running_tasks' = ANY(%(named)s) THEN %(running_tasks)s ELSE running_tasks END,
       priority = CASE WHEN 'priority' = ANY(%(named)s) THEN coalesce(%(priority)s, 0) ELSE priority END
 WHERE id = %(account_id)s
RETURNING id;

-- list_accounts --
-- Reads every account, with how many good keys and unfinished tasks it has, and its budget and discount.
SELECT a.id, a.created_at, a.creates_per_minute, a.reads_per_minute, a.unfinished_tasks,
       a.running_tasks, a.priority, b.left_micro,
       coalesce((SELECT d.percent FROM account_discount d
                  WHERE d.account_id = a.id AND d.valid_from <= now()
                  ORDER BY d.valid_from DESC, d.version DESC LIMIT 1), 0) AS discount_percent,
       (SELECT count(*)
          FROM api_key k
         WHERE k.account_id = a.id AND k.revoked_at IS NULL
           AND (k.expires_at IS NULL OR k.expires_at > now())) AS keys,
       (SELECT count(*)
          FROM task t
         WHERE t.account_id = a.id AND t.status IN ('queued', 'in_progress')
       ) AS unfinished
  FROM account a
  LEFT JOIN budget b ON b.account_id = a.id
 ORDER BY a.id;
