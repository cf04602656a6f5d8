-- How long files are kept, and how files that nothing names are found and removed.

-- Days that the files of an account's tasks are kept after a task has ended. Null stands for the server's own
-- setting, 0 for as long as the task itself.
ALTER TABLE account ADD COLUMN retention_days integer CHECK (retention_days >= 0);

-- An account's files, the oldest first.
CREATE INDEX blob_kept ON blob (account_id, created_at);

ALTER TABLE doomed_blob
    -- Found by the sweep: no row named it. Its entry stays for a while when the bytes are gone, so that whoever
    -- wrote it and was held up since cannot name it any more.
    ADD COLUMN orphan boolean NOT NULL DEFAULT false,
    ADD COLUMN removed_at timestamptz;

CREATE INDEX doomed_blob_waiting ON doomed_blob (created_at) WHERE removed_at IS NULL;
CREATE INDEX doomed_blob_removed ON doomed_blob (removed_at) WHERE removed_at IS NOT NULL;

-- Whoever names files, by whatever statement: never one that is doomed. The lock is shared by all who name files;
-- the sweep takes it alone while it dooms what nobody has named, so neither can miss the other. The argument is
-- the column that names them. 0x6B6972696E01 is known to the store as the lock of names.
CREATE FUNCTION refuse_doomed_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(118100635250177);
    IF EXISTS (SELECT FROM named JOIN doomed_blob d ON d.key = to_jsonb(named) ->> TG_ARGV[0]) THEN
        RAISE EXCEPTION 'a file to be named in % has been swept away', TG_TABLE_NAME USING ERRCODE = 'KV001';
    END IF;
    RETURN NULL;
END;
$$;

CREATE TRIGGER blob_not_doomed AFTER INSERT ON blob REFERENCING NEW TABLE AS named
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_doomed_file('key');
CREATE TRIGGER upload_not_doomed AFTER INSERT ON upload REFERENCING NEW TABLE AS named
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_doomed_file('blob_key');
CREATE TRIGGER element_picture_not_doomed AFTER INSERT ON element_picture REFERENCING NEW TABLE AS named
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_doomed_file('key');
