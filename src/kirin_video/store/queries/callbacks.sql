-- insert_receivers --
-- Names where callbacks go, if nobody has before. They come sorted, so that two batches cannot deadlock.
INSERT INTO callback_receiver (id, account_id, origin)
SELECT DISTINCT ON (id) id, account_id, origin
  FROM unnest(%(ids)s::text[], %(account_ids)s::text[], %(origins)s::text[]) AS named (id, account_id, origin)
 ORDER BY id
ON CONFLICT DO NOTHING;

-- insert_callbacks --
-- Registers the callbacks of tasks that are created in this transaction.
INSERT INTO callback (task_id, receiver_id, url, base_url)
SELECT * FROM unnest(%(task_ids)s::text[], %(receiver_ids)s::text[], %(urls)s::text[], %(base_urls)s::text[]);

-- list_receivers --
-- Reads the receivers of an account, those first that were named first.
SELECT r.id, r.origin, r.created_at, r.failing_since, r.disabled_at,
       (SELECT count(*) FROM callback_delivery d WHERE d.receiver_id = r.id AND d.state = 'pending') AS pending
  FROM callback_receiver r
 WHERE r.account_id = %(account_id)s AND (r.created_at, r.id) > (%(after_time)s, %(after_id)s)
 ORDER BY r.created_at, r.id
 LIMIT %(limit)s;

-- find_receiver --
-- Reads one receiver of an account.
SELECT r.id, r.origin, r.created_at, r.failing_since, r.disabled_at,
       (SELECT count(*) FROM callback_delivery d WHERE d.receiver_id = r.id AND d.state = 'pending') AS pending
  FROM callback_receiver r
 WHERE r.account_id = %(account_id)s AND r.id = %(id)s;

-- enable_receiver --
-- Lets a receiver have its deliveries again; its failures are forgotten.
UPDATE callback_receiver
   SET disabled_at = NULL, failing_since = NULL, failed_at = NULL
 WHERE account_id = %(account_id)s AND id = %(id)s
RETURNING id;

-- lock_callback_secrets --
-- Keeps others from making secrets for an account until the transaction ends, and nobody from creating tasks.
SELECT id FROM account WHERE id = %(account_id)s FOR NO KEY UPDATE;

-- callback_secrets --
-- Reads what the good secrets of accounts are derived from, the newest first.
SELECT account_id, generation, salt, server_key, created_at, retires_at
  FROM callback_secret
 WHERE account_id = ANY(%(account_ids)s)
   AND (retires_at IS NULL OR retires_at > now() + %(ahead)s::interval)
 ORDER BY account_id, generation DESC;

-- insert_callback_secret --
-- Makes an account's next secret.
INSERT INTO callback_secret (account_id, generation, salt, server_key, created_at)
SELECT %(account_id)s, coalesce(max(generation), 0) + 1, %(salt)s, %(server_key)s, now() + %(ahead)s::interval
  FROM callback_secret WHERE account_id = %(account_id)s
RETURNING account_id, generation, salt, server_key, created_at, retires_at;

-- retire_callback_secrets --
-- Lets an account's secrets be used only a while longer; one that ends sooner anyway does.
UPDATE callback_secret
   SET retires_at = least(retires_at, now() + %(ahead)s::interval + %(overlap)s::interval)
 WHERE account_id = %(account_id)s
   AND (retires_at IS NULL OR retires_at > now() + %(ahead)s::interval);
