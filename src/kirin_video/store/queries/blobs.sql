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
