-- Watching, listing, cancelling and deleting tasks.

ALTER TABLE task
    -- Counts the changes that callers see; it is the id of the newest of the task's events.
    ADD COLUMN revision integer NOT NULL DEFAULT 1,
    -- The row of a deleted task stays for the ledger's sake, emptied of what its caller sent.
    ADD COLUMN deleted_at timestamptz;

CREATE INDEX task_listed ON task (account_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX task_listed_by_status ON task (account_id, status, created_at, id) WHERE deleted_at IS NULL;

-- What a task became, when. That it was queued, at revision 1, its own row tells: creating writes nothing here.
CREATE TABLE task_event (
    task_id text NOT NULL REFERENCES task,
    revision integer NOT NULL,
    status text NOT NULL CHECK (status IN ('in_progress', 'completed', 'failed')),
    progress double precision NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (task_id, revision)
);

INSERT INTO task_event (task_id, revision, status, progress, created_at)
SELECT id, 2, 'in_progress', 0, started_at FROM task WHERE started_at IS NOT NULL
UNION ALL
SELECT id, 3, status, progress, finished_at FROM task WHERE finished_at IS NOT NULL;

UPDATE task SET revision = CASE WHEN finished_at IS NOT NULL THEN 3 ELSE 2 END
 WHERE started_at IS NOT NULL OR finished_at IS NOT NULL;

-- Whoever changes a task, by whatever statement: the change is counted, kept if it is one of status, and told
-- to all who watch, in the same commit.
CREATE FUNCTION note_task_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := OLD.revision + 1;
    IF NEW.status <> OLD.status THEN
        INSERT INTO task_event (task_id, revision, status, progress)
        VALUES (NEW.id, NEW.revision, NEW.status, NEW.progress);
    END IF;
    PERFORM pg_notify(
        'kirin_task',
        json_build_object(
            'task_id', NEW.id, 'revision', NEW.revision, 'status', NEW.status, 'progress', NEW.progress,
            -- A notification holds 8,000 bytes.
            'stage', left(NEW.stage, 100)
        )::text
    );
    RETURN NEW;
END;
$$;

CREATE TRIGGER task_change BEFORE UPDATE OF status, progress, stage ON task FOR EACH ROW
    WHEN ((OLD.status, OLD.progress, OLD.stage) IS DISTINCT FROM (NEW.status, NEW.progress, NEW.stage))
    EXECUTE FUNCTION note_task_change();

-- Files whose task is deleted: named here in the commit that deletes it, and struck out when the bytes are gone.
CREATE TABLE doomed_blob (
    key text PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now()
);
