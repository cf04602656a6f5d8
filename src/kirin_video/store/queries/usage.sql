-- usage --
-- Adds up what an account was charged for tasks that ended in a time, by what is asked for. The ledger says what was
-- charged and when; the task, what for.
SELECT CASE WHEN %(by_day)s THEN (e.created_at AT TIME ZONE 'UTC')::date END AS day,
       CASE WHEN %(by_key)s THEN t.key_id END AS key_id,
       CASE WHEN %(by_key)s THEN coalesce(k.name, p.name) END AS key_name,
       CASE WHEN %(by_model)s THEN t.model END AS model,
       CASE WHEN %(by_mode)s THEN t.mode END AS mode,
       count(*) FILTER (WHERE e.kind = 'capture') AS completed,
       count(*) FILTER (WHERE e.kind = 'release') AS failed,
       coalesce(sum(t.made_s) FILTER (WHERE e.kind = 'capture'), 0) AS seconds,
       coalesce(sum(e.revenue_micro), 0)::bigint AS cost,
       coalesce(sum(t.discount_micro) FILTER (WHERE e.kind = 'capture'), 0)::bigint AS discount
  FROM ledger_entry e
  JOIN task t ON t.id = e.task_id
  LEFT JOIN api_key k ON k.id = t.key_id
  -- What somebody made in the console carries their id in a key's place.
  LEFT JOIN person p ON p.id = t.key_id
 WHERE e.account_id = %(account_id)s AND e.kind IN ('capture', 'release')
   AND e.created_at >= %(since)s AND e.created_at < %(until)s
 GROUP BY 1, 2, 3, 4, 5
 ORDER BY 1, 2, 4, 5
 LIMIT %(limit)s;
