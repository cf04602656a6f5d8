-- Files that callers uploaded, to be named in requests by their URLs.
-- A task that takes one gets a file of its own, so that an upload's end never touches a task.

CREATE TABLE upload (
    id text PRIMARY KEY,
    account_id text NOT NULL REFERENCES account,
    -- The bytes; no row of table blob has this key.
    blob_key text NOT NULL UNIQUE,
    kind text NOT NULL CHECK (kind IN ('image', 'video')),
    media_type text NOT NULL,
    size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    -- What the judge found, after rotation; the last three for videos only.
    width integer NOT NULL,
    height integer NOT NULL,
    duration_s double precision,
    fps double precision,
    has_sound boolean,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- Moves on whenever a task takes the file.
    expires_at timestamptz NOT NULL,
    CHECK ((kind = 'video') = (duration_s IS NOT NULL AND fps IS NOT NULL AND has_sound IS NOT NULL))
);

CREATE INDEX upload_expires ON upload (expires_at);
