-- insert_key --
-- Stores a key's hash; the key itself is stored nowhere. Without a lifetime it never expires.
INSERT INTO api_key (id, account_id, name, prefix, hash, scopes, expires_at)
VALUES (%(id)s, %(account_id)s, %(name)s, %(prefix)s, %(hash)s, %(scopes)s,
        now() + make_interval(secs => %(lifetime_s)s));

-- find_key --
-- Reads the key of a hash, if it is good now.
SELECT k.id, k.account_id, k.scopes, coalesce(d.percent, 0) AS discount_percent,
       a.creates_per_minute, a.reads_per_minute, a.unfinished_tasks,
       k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute' AS use_unnoted,
       k.spend_cap_id IS NOT NULL AS is_capped
  FROM api_key k
  JOIN account a ON a.id = k.account_id
  LEFT JOIN LATERAL (
      SELECT percent FROM account_discount
       WHERE account_id = a.id AND valid_from <= now()
       ORDER BY valid_from DESC, version DESC LIMIT 1
  ) d ON true
 WHERE k.hash = ANY(%(hashes)s) AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now());

-- note_key_use --
-- Notes that a key was used, at most once a minute.
UPDATE api_key SET last_used_at = now()
 WHERE id = %(id)s AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute');

-- list_keys --
-- Reads one key, the keys of one account or all of them; good ones and others, with what counts towards their caps.
SELECT k.id, k.account_id, k.name, k.prefix, k.scopes, k.created_at, k.expires_at, k.revoked_at, k.last_used_at,
       c.amount_micro, c.period, coalesce(s.held_micro, 0) AS held_micro, coalesce(s.spent_micro, 0) AS spent_micro
  FROM api_key k
  LEFT JOIN spend_cap c ON c.id = k.spend_cap_id
  LEFT JOIN cap_spend s ON s.cap_id = c.id AND s.since = cap_since(c.period, now())
 WHERE (%(account_id)s::text IS NULL OR k.account_id = %(account_id)s)
   AND (%(key_id)s::text IS NULL OR k.id = %(key_id)s)
 ORDER BY k.account_id, k.created_at, k.id;

-- lock_key --
-- Keeps others from changing a key until the transaction ends; tells the time.
SELECT now() AS now FROM api_key WHERE id = %(id)s FOR UPDATE;

-- expire_key --
-- Lets a key expire after a while, or when it would have anyway, whichever is sooner.
UPDATE api_key
   SET expires_at = least(expires_at, now() + make_interval(secs => %(after_s)s))
 WHERE id = %(id)s;

-- revoke_key --
-- Revokes a key; one that was revoked before stays revoked since then.
UPDATE api_key
   SET revoked_at = coalesce(revoked_at, now())
 WHERE id = %(id)s;
