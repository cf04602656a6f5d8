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

-- doomed_blobs --
-- Names files whose bytes are to go, the oldest first.
SELECT key FROM doomed_blob ORDER BY created_at LIMIT %(limit)s;

-- strike_out_blobs --
-- Notes that the bytes of files are gone.
DELETE FROM doomed_blob WHERE key = ANY(%(keys)s::text[]);
