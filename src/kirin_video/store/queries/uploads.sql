-- insert_upload --
-- Names an uploaded file that is in place already.
INSERT INTO upload (id, account_id, blob_key, kind, media_type, size_bytes, sha256, width, height,
                    duration_s, fps, has_sound, expires_at)
VALUES (%(id)s, %(account_id)s, %(blob_key)s, %(kind)s, %(media_type)s, %(size_bytes)s, %(sha256)s, %(width)s,
        %(height)s, %(duration_s)s, %(fps)s, %(has_sound)s, now() + %(ttl_s)s * interval '1 second')
RETURNING id, account_id, blob_key, kind, media_type, size_bytes, sha256, width, height, duration_s, fps, has_sound,
          created_at, expires_at;

-- find_upload --
-- Reads an account's upload that has not expired.
SELECT id, account_id, blob_key, kind, media_type, size_bytes, sha256, width, height, duration_s, fps, has_sound,
       created_at, expires_at
  FROM upload
 WHERE account_id = %(account_id)s AND id = %(id)s AND expires_at > now();

-- use_upload --
-- Reads an account's upload that has not expired, and keeps it for as long again.
UPDATE upload SET expires_at = greatest(expires_at, now() + %(ttl_s)s * interval '1 second')
 WHERE account_id = %(account_id)s AND id = %(id)s AND expires_at > now()
RETURNING id, account_id, blob_key, kind, media_type, size_bytes, sha256, width, height, duration_s, fps, has_sound,
          created_at, expires_at;

-- delete_upload --
-- Forgets an account's upload; its bytes are doomed.
WITH deleted AS (
    DELETE FROM upload WHERE account_id = %(account_id)s AND id = %(id)s RETURNING blob_key
)
INSERT INTO doomed_blob (key) SELECT blob_key FROM deleted RETURNING key;

-- delete_expired_uploads --
-- Forgets uploads that have expired, not those that somebody works on this moment; their bytes are doomed.
WITH deleted AS (
    DELETE FROM upload
     WHERE id IN (
         SELECT id FROM upload WHERE expires_at <= now() ORDER BY expires_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
     )
    RETURNING blob_key
)
INSERT INTO doomed_blob (key) SELECT blob_key FROM deleted RETURNING key;
