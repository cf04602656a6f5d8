-- insert_key --
-- Stores a key's hash; the key itself is stored nowhere. Without a lifetime it never expires.
INSERT INTO api_key (id, account_id, name, prefix, hash, scopes, expires_at)
VALUES (%(id)s, %(account_id)s, %(name)s, %(prefix)s, %(hash)s, %(scopes)s,
        now() + make_interval(secs => %(lifetime_s)s))
RETURNING id, account_id, name, prefix, scopes, created_at, expires_at, revoked_at, last_used_at;

-- find_key --
-- Reads the key of a hash, if it is good now.
SELECT k.id, k.account_id, k.scopes, coalesce(d.percent, 0) AS discount_percent,
       a.creates_per_minute, a.reads_per_minute, a.unfinished_tasks,
       k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute' AS use_unnoted
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
-- Reads the keys of one account or, without one, of all; good ones and others.
SELECT id, account_id, name, prefix, scopes, created_at, expires_at, revoked_at, last_used_at
  FROM api_key
 WHERE %(account_id)s::text IS NULL OR account_id = %(account_id)s
 ORDER BY account_id, created_at, id;

-- lock_key --
-- Reads a key and keeps others from changing it until the transaction ends.
SELECT id, account_id, name, prefix, scopes, created_at, expires_at, revoked_at, last_used_at, now() AS now
  FROM api_key
 WHERE id = %(id)s
   FOR UPDATE;

-- expire_key --
-- Lets a key expire after a while, or when it would have anyway, whichever is sooner.
UPDATE api_key
   SET expires_at = least(expires_at, now() + make_interval(secs => %(after_s)s))
 WHERE id = %(id)s;

-- revoke_key --
-- Revokes a key; one that was revoked before stays revoked since then.
UPDATE api_key
   SET revoked_at = coalesce(revoked_at, now())
 WHERE id = %(id)s
RETURNING id, account_id, name, prefix, scopes, created_at, expires_at, revoked_at, last_used_at;
