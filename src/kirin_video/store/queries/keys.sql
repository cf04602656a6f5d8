-- insert_account --
-- Makes an account, unless there is one of that name.
INSERT INTO account (id) VALUES (%(account_id)s) ON CONFLICT DO NOTHING;

-- insert_key --
-- Stores a key's hash; the key itself is stored nowhere.
INSERT INTO api_key (id, account_id, name, prefix, hash)
VALUES (%(id)s, %(account_id)s, %(name)s, %(prefix)s, %(hash)s);

-- find_key --
-- Reads the key of a hash, if it is good now.
SELECT k.id, k.account_id, k.scopes, a.discount_percent,
       a.creates_per_minute, a.reads_per_minute, a.unfinished_tasks,
       k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute' AS use_unnoted
  FROM api_key k JOIN account a ON a.id = k.account_id
 WHERE k.hash = ANY(%(hashes)s) AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now());

-- note_key_use --
-- Notes that a key was used, at most once a minute.
UPDATE api_key SET last_used_at = now()
 WHERE id = %(id)s AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute');
