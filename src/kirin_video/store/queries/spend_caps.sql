-- File format as in tasks.sql.

-- lock_spend_caps --
-- Reads the caps of keys, those that have one, and keeps them as they are until the transaction ends.
SELECT k.id AS key_id, c.id AS cap_id, c.amount_micro, c.period
  FROM api_key k JOIN spend_cap c ON c.id = k.spend_cap_id
 WHERE k.id = ANY(%(key_ids)s::text[])
 ORDER BY c.id
   FOR NO KEY UPDATE OF c;

-- read_cap_spend --
-- Reads what is held and was charged under caps in the period that counts now. Caps under which nothing was are not
-- there.
SELECT s.cap_id, s.held_micro, s.spent_micro
  FROM spend_cap c JOIN cap_spend s ON s.cap_id = c.id AND s.since = cap_since(c.period, now())
 WHERE c.id = ANY(%(cap_ids)s::bigint[]);

-- find_spend_cap --
-- Reads a key's cap, if it has one, and what counts towards it now.
SELECT c.amount_micro, c.period, coalesce(s.held_micro, 0) AS held_micro, coalesce(s.spent_micro, 0) AS spent_micro
  FROM api_key k
  JOIN spend_cap c ON c.id = k.spend_cap_id
  LEFT JOIN cap_spend s ON s.cap_id = c.id AND s.since = cap_since(c.period, now())
 WHERE k.id = %(key_id)s;

-- insert_spend_cap --
-- Gives a key its first cap; what the key has spent is counted by the statement after.
WITH cap AS (
    INSERT INTO spend_cap (amount_micro, period) VALUES (%(amount_micro)s, %(period)s) RETURNING id
)
UPDATE api_key SET spend_cap_id = cap.id FROM cap WHERE api_key.id = %(key_id)s RETURNING cap.id;

-- count_cap_spend --
-- Adds up what a key's tasks hold and were charged, month by month and in all. Its account must be locked.
INSERT INTO cap_spend (cap_id, since, held_micro, spent_micro)
SELECT %(cap_id)s, coalesce(month, cap_since('total', now())), coalesce(held_micro, 0), coalesce(spent_micro, 0)
  FROM (SELECT cap_since('month', created_at) AS month,
               sum(cost_micro) FILTER (WHERE status IN ('queued', 'in_progress')) AS held_micro,
               sum(cost_micro) FILTER (WHERE status = 'completed') AS spent_micro
          FROM task WHERE account_id = %(account_id)s AND key_id = %(key_id)s
         GROUP BY ROLLUP (1)) AS counted;

-- change_spend_cap --
-- Makes a key's cap, and so that of the keys it shares it with, another.
UPDATE spend_cap c SET amount_micro = %(amount_micro)s, period = %(period)s
  FROM api_key k
 WHERE k.id = %(key_id)s AND c.id = k.spend_cap_id
RETURNING c.id;

-- lift_spend_cap --
-- Takes a key's cap away, and from the keys it shares it with.
DELETE FROM spend_cap USING api_key k WHERE k.id = %(key_id)s AND spend_cap.id = k.spend_cap_id;

-- share_spend_cap --
-- Puts a new key under the cap of an old one, if that has one.
UPDATE api_key new SET spend_cap_id = old.spend_cap_id
  FROM api_key old
 WHERE new.id = %(key_id)s AND old.id = %(old_key_id)s AND old.spend_cap_id IS NOT NULL;
