-- Stills of tasks, for people to see; links by which clips are shared; and what a task is asked to work from.

-- A preview is a frame of a clip that is being made; the next one takes its place. A poster stands for a finished
-- clip, and goes with its task's other files.
ALTER TABLE blob
    DROP CONSTRAINT blob_kind_check,
    ADD CONSTRAINT blob_kind_check CHECK (kind IN ('input', 'video', 'watermark', 'preview', 'poster'));

-- One of each at most, whoever makes them at the same time.
CREATE UNIQUE INDEX blob_still ON blob (task_id, kind) WHERE kind IN ('preview', 'poster');

-- Whatever ends a task ends its preview in the same commit: there is a clip to see now, or nothing to wait for.
CREATE FUNCTION end_preview() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH dropped AS (
        DELETE FROM blob WHERE task_id = NEW.id AND kind = 'preview' RETURNING key
    )
    INSERT INTO doomed_blob (key) SELECT key FROM dropped;
    RETURN NULL;
END;
$$;

CREATE TRIGGER task_preview_ends AFTER UPDATE OF status ON task FOR EACH ROW
    WHEN (NEW.status IN ('completed', 'failed') AND OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION end_preview();

-- What the clip of a request is made from; domain/gallery.py says the same of requests that it has read.
CREATE FUNCTION task_kind(request jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN request->>'model' = 'kirin_custom_elements' THEN 'element'
        WHEN request->'video_list' @> '[{"refer_type": "base"}]' THEN 'edit'
        WHEN request->'video_list' @> '[{"refer_type": "feature"}]' THEN 'feature'
        WHEN request->'image_list' @> '[{"type": "first_frame"}]'
          OR request->'image_list' @> '[{"type": "end_frame"}]' THEN 'frames'
        WHEN jsonb_array_length(request->'image_list') > 0
          OR jsonb_array_length(request->'element_list') > 0 THEN 'references'
        ELSE 'words'
    END
$$;

-- Links that show one clip to whoever has them. What a link carries is an HMAC of its id under the server's secret
-- key, so that it can be shown again to whoever may share, and nobody who reads this table has one.
CREATE TABLE task_share (
    id text PRIMARY KEY,
    task_id text NOT NULL REFERENCES task,
    account_id text NOT NULL REFERENCES account,
    -- The person who made it.
    made_by text NOT NULL,
    -- Whether the copy with the watermark is shown, and whether the words it was made from are.
    watermarked boolean NOT NULL,
    tells_prompt boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);

CREATE INDEX task_share_task ON task_share (task_id);
CREATE INDEX task_share_expires ON task_share (expires_at);
