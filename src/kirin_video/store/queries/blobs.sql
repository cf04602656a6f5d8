-- insert_blobs --
-- Names files that are in place already.
INSERT INTO blob (key, account_id, task_id, kind, media_type, size_bytes, sha256)
SELECT * FROM unnest(
    %(keys)s::text[], %(account_ids)s::text[], %(task_ids)s::text[], %(kinds)s::text[],
    %(media_types)s::text[], %(sizes)s::bigint[], %(hashes)s::bytea[]
);

-- find_blob --
-- Reads what is known of a file.
SELECT key, account_id, task_id, kind, media_type, size_bytes, sha256 FROM blob WHERE key = %(key)s;

-- find_still --
-- Reads what is known of a task's preview or poster.
SELECT key, account_id, task_id, kind, media_type, size_bytes, sha256
  FROM blob WHERE task_id = %(task_id)s AND kind = %(kind)s;

-- drop_preview --
-- Takes the preview of a task away; its bytes are doomed.
WITH dropped AS (
    DELETE FROM blob WHERE task_id = %(task_id)s AND kind = 'preview' RETURNING key
)
INSERT INTO doomed_blob (key) SELECT key FROM dropped RETURNING key;

-- insert_poster --
-- Names the poster of a finished clip, unless it has one, or was deleted meanwhile.
INSERT INTO blob (key, account_id, task_id, kind, media_type, size_bytes, sha256)
SELECT %(key)s, t.account_id, t.id, 'poster', %(media_type)s, %(size_bytes)s, %(sha256)s
  FROM task t
 WHERE t.id = %(task_id)s AND t.deleted_at IS NULL AND t.output ? 'video_key'
   FOR SHARE
ON CONFLICT (task_id, kind) WHERE kind IN ('preview', 'poster') DO NOTHING
RETURNING key;

-- doomed_blobs --
-- Names files whose bytes are to go, the oldest first; of those that are given, if any are. None at all while a
-- backup runs: it copies the files that its image of the database names, and what was doomed after that stays.
WITH hold AS MATERIALIZED (
    SELECT pg_try_advisory_xact_lock_shared(%(removals_lock)s) AS is_free
)
SELECT d.key
  FROM doomed_blob d, hold
 WHERE hold.is_free AND d.removed_at IS NULL AND (%(keys)s::text[] IS NULL OR d.key = ANY(%(keys)s))
 ORDER BY d.created_at
 LIMIT %(limit)s;

-- strike_out_blobs --
-- Notes that the bytes of files are gone.
WITH struck_out AS (
    DELETE FROM doomed_blob WHERE key = ANY(%(keys)s::text[]) AND NOT orphan
)
UPDATE doomed_blob SET removed_at = now() WHERE key = ANY(%(keys)s::text[]) AND orphan;

-- unnamed_blobs --
-- Tells which files nothing names.
SELECT given.key
  FROM unnest(%(keys)s::text[]) AS given (key)
 WHERE NOT EXISTS (SELECT FROM blob b WHERE b.key = given.key)
   AND NOT EXISTS (SELECT FROM upload u WHERE u.blob_key = given.key)
   AND NOT EXISTS (SELECT FROM element_picture p WHERE p.key = given.key)
   AND NOT EXISTS (SELECT FROM doomed_blob d WHERE d.key = given.key AND d.removed_at IS NULL);

-- lock_names --
-- Waits until nobody is about to name a file, and keeps it so until the transaction ends.
SELECT pg_advisory_xact_lock(%(names_lock)s);

-- doom_orphans --
-- Dooms those of some files that nothing names, under the lock of names. A key may come back: a removal that the
-- disk forgot when the machine lost its power.
INSERT INTO doomed_blob (key, orphan)
SELECT given.key, true
  FROM unnest(%(keys)s::text[]) AS given (key)
 WHERE NOT EXISTS (SELECT FROM blob b WHERE b.key = given.key)
   AND NOT EXISTS (SELECT FROM upload u WHERE u.blob_key = given.key)
   AND NOT EXISTS (SELECT FROM element_picture p WHERE p.key = given.key)
ON CONFLICT (key) DO UPDATE SET removed_at = NULL, orphan = true
RETURNING key;

-- forget_orphans --
-- Forgets orphans that were removed so long ago that whoever wrote them must be gone.
DELETE FROM doomed_blob WHERE removed_at < now() - %(days)s * interval '1 day';

-- forget_old_files --
-- Ends the keeping of files whose tasks ended long enough ago for their accounts: their rows go, their bytes are
-- doomed, and what a clip's task says of its output is when that was.
WITH keeping AS (
    SELECT id, now() - coalesce(retention_days, %(days)s) * interval '1 day' AS since
      FROM account
     WHERE coalesce(retention_days, %(days)s) > 0
), due AS MATERIALIZED (
    SELECT t.id
      FROM keeping k
     CROSS JOIN LATERAL (
           SELECT DISTINCT old.task_id
             FROM (SELECT b.task_id
                     FROM blob b
                     JOIN task ended ON ended.id = b.task_id AND ended.finished_at < k.since
                    WHERE b.account_id = k.id AND b.created_at < k.since
                    ORDER BY b.created_at
                    LIMIT %(limit)s) old
           ) AS candidate
      JOIN task t ON t.id = candidate.task_id
     LIMIT %(limit)s
       FOR UPDATE OF t SKIP LOCKED
), emptied AS (
    UPDATE task t
       SET output = jsonb_build_object(
               'job_id', t.output -> 'job_id', 'duration_s', t.output -> 'duration_s',
               'removed_at', extract(epoch FROM now()))
      FROM due
     WHERE t.id = due.id AND t.output ? 'video_key'
), files AS (
    DELETE FROM blob b USING due WHERE b.task_id = due.id RETURNING b.key
)
INSERT INTO doomed_blob (key) SELECT key FROM files RETURNING key;

-- named_files --
-- Reads a page of all files that something names, in the order of their keys, with who names them.
SELECT key, size_bytes, encode(sha256, 'hex') AS sha256, kind || ' of task ' || task_id AS owner
  FROM blob WHERE key > %(after)s
UNION ALL
SELECT blob_key, size_bytes, encode(sha256, 'hex'), 'upload ' || id
  FROM upload WHERE blob_key > %(after)s
UNION ALL
SELECT key, size_bytes, sha256, 'picture ' || place || ' of element ' || element_id
  FROM element_picture WHERE key > %(after)s
 ORDER BY key
 LIMIT %(limit)s;

-- still_named --
-- Tells which files something names.
SELECT key FROM blob WHERE key = ANY(%(keys)s::text[])
UNION ALL
SELECT blob_key FROM upload WHERE blob_key = ANY(%(keys)s::text[])
UNION ALL
SELECT key FROM element_picture WHERE key = ANY(%(keys)s::text[]);

-- set_retention --
-- Says for how many days an account's files are kept; null leaves it to the server's setting.
UPDATE account SET retention_days = %(days)s WHERE id = %(account_id)s RETURNING id;

-- find_retention --
-- Tells for how many days an account's files are kept, by its own rule.
SELECT retention_days FROM account WHERE id = %(account_id)s;
