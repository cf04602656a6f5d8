-- Where tasks wait, and how a worker gets the next one.
--
-- A task enters this table in the commit that creates it. A worker with a hand free admits one: the task moves into
-- the queue of procrastinate, as a job, and is claimed, in one short transaction. So the queue holds what runs, and
-- what was given back and goes first; however many tasks wait, it stays short. Which task is next is decided as late
-- as can be.

ALTER TABLE account
    -- Tasks of accounts with a higher number go first, whatever else waits.
    ADD COLUMN priority integer NOT NULL DEFAULT 0 CHECK (priority BETWEEN -100 AND 100),
    -- Tasks that may run at a time. Null stands for the server's own setting, 0 for no limit.
    ADD COLUMN running_tasks integer CHECK (running_tasks >= 0);

CREATE TABLE waiting (
    task_id text PRIMARY KEY,
    account_id text NOT NULL,
    -- The class of worker that the task needs; the name of its queue.
    worker_class text NOT NULL,
    -- Within an account, first come, first served.
    place bigint GENERATED ALWAYS AS IDENTITY,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Not to be started earlier; null for at once.
    not_before timestamptz
);

CREATE INDEX waiting_next ON waiting (worker_class, account_id, place) WHERE not_before IS NULL;
CREATE INDEX waiting_delayed ON waiting (not_before) WHERE not_before IS NOT NULL;
CREATE INDEX waiting_delayed_since ON waiting (since) WHERE not_before IS NOT NULL;

-- Which job was an account's last. Empty after a crash, which costs nothing but a turn.
CREATE UNLOGGED TABLE account_turn (
    account_id text PRIMARY KEY,
    job_id bigint NOT NULL
);

-- Workers that are signed in, and what they work on; whether one is alive, its heartbeat tells.
CREATE TABLE worker (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    classes text[] NOT NULL,
    slots integer NOT NULL
);

-- Lets delayed tasks wait like others once their time has come. One that was delayed in what is now the future has
-- seen the clock set back: nobody knows its time any more, so it has come.
CREATE FUNCTION end_delays() RETURNS void LANGUAGE sql
-- Plans are kept, and the table grows from nothing to very much; so below.
SET enable_seqscan TO off AS $$
    UPDATE waiting SET not_before = NULL
     WHERE not_before <= now() OR (not_before IS NOT NULL AND since > now() + interval '5 seconds');
$$;

-- The accounts that have tasks waiting for these classes and may run one more, each with its oldest such task, in
-- the order in which they are to be served: by priority; then those with the fewest tasks running; then those that
-- were served longest ago. The walk takes one look into the index for each account, not for each task.
CREATE FUNCTION accounts_in_turn(classes text[], default_running_tasks integer)
RETURNS TABLE (worker_class text, account_id text, place bigint) LANGUAGE plpgsql
SET enable_seqscan TO off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH RECURSIVE lane AS (
        SELECT head.*
          FROM unnest(classes) AS asked (worker_class)
         CROSS JOIN LATERAL (
               SELECT w.worker_class, w.account_id, w.place FROM waiting w
                WHERE w.worker_class = asked.worker_class AND w.not_before IS NULL
                ORDER BY w.account_id, w.place LIMIT 1) AS head
        UNION ALL
        SELECT head.*
          FROM lane
         CROSS JOIN LATERAL (
               SELECT w.worker_class, w.account_id, w.place FROM waiting w
                WHERE w.worker_class = lane.worker_class AND w.not_before IS NULL
                  AND w.account_id > lane.account_id
                ORDER BY w.account_id, w.place LIMIT 1) AS head
    ), busy AS MATERIALIZED (
        SELECT j.args->>'account_id' AS account_id, count(*) AS jobs,
               count(*) FILTER (WHERE j.queue_name = ANY(classes)) AS here
          FROM procrastinate_jobs j
         WHERE j.status IN ('todo', 'doing')
         GROUP BY 1
    )
    SELECT lane.worker_class, lane.account_id, lane.place
      FROM lane
      JOIN account a ON a.id = lane.account_id
      LEFT JOIN busy ON busy.account_id = lane.account_id
      LEFT JOIN account_turn t ON t.account_id = lane.account_id
     WHERE coalesce(a.running_tasks, default_running_tasks) = 0
        OR coalesce(busy.jobs, 0) < coalesce(a.running_tasks, default_running_tasks)
     ORDER BY a.priority DESC, coalesce(busy.here, 0), coalesce(t.job_id, 0), lane.place;
END;
$$;

-- Moves the task that is next into the queue, if there is one. Only for who has the lock of claim_task.
CREATE FUNCTION admit_task(classes text[], default_running_tasks integer) RETURNS void LANGUAGE plpgsql
SET enable_seqscan TO off AS $$
DECLARE
    lane record;
    admitted waiting;
    job bigint;
BEGIN
    FOR lane IN SELECT * FROM accounts_in_turn(classes, default_running_tasks) LOOP
        -- Passing over those that are being cancelled at this moment.
        DELETE FROM waiting
         WHERE waiting.task_id = (
               SELECT w.task_id FROM waiting w
                WHERE w.worker_class = lane.worker_class AND w.account_id = lane.account_id AND w.not_before IS NULL
                ORDER BY w.place LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING * INTO admitted;
        IF FOUND THEN
            SELECT made[1] INTO job
              FROM procrastinate_defer_jobs_v1(ARRAY[ROW(
                       admitted.worker_class, 'render', 0, NULL, admitted.task_id,
                       jsonb_build_object('task_id', admitted.task_id, 'account_id', admitted.account_id), NULL
                   )::procrastinate_job_to_defer_v1]) AS made;
            INSERT INTO account_turn (account_id, job_id) VALUES (admitted.account_id, job)
            ON CONFLICT (account_id) DO UPDATE SET job_id = excluded.job_id;
            RETURN;
        END IF;
    END LOOP;
END;
$$;

-- Gives a worker its next job, if there is one: what was given back first, then what is next of those that wait.
-- One claim at a time, so that no account runs more than it may and each has its turn; since it is one statement,
-- a worker that freezes holds up nobody.
CREATE FUNCTION claim_task(classes text[], worker_id bigint, default_running_tasks integer)
RETURNS TABLE (job_id bigint, task_id text, worker_class text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(418296719732);  -- "admit"
    PERFORM end_delays();
    IF NOT EXISTS (SELECT FROM procrastinate_jobs WHERE status = 'todo' AND queue_name = ANY(classes)) THEN
        PERFORM admit_task(classes, default_running_tasks);
    END IF;
    RETURN QUERY
    SELECT job.id, job.args->>'task_id', job.queue_name::text
      FROM procrastinate_fetch_job_v2(classes, worker_id) AS job
     WHERE job.id IS NOT NULL;
END;
$$;

-- Takes a job out of the queue for good; tells whether it was there. Where its account may run
-- one more only now, workers of other classes are told.
CREATE FUNCTION remove_job(job_id bigint, default_running_tasks integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    removed record;
BEGIN
    DELETE FROM procrastinate_jobs j WHERE j.id = job_id AND j.status IN ('todo', 'doing')
    RETURNING j.args->>'account_id' AS account_id INTO removed;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM pg_notify('kirin_waiting', served.worker_class)
       FROM (SELECT DISTINCT unnest(classes) AS worker_class FROM worker) AS served
      WHERE EXISTS (SELECT FROM account a WHERE a.id = removed.account_id
                       AND coalesce(a.running_tasks, default_running_tasks) > 0)
        AND EXISTS (SELECT FROM waiting w WHERE w.worker_class = served.worker_class
                       AND w.account_id = removed.account_id AND w.not_before IS NULL);
    RETURN true;
END;
$$;

-- How tasks ended, for the metrics: a row for each, and those that a sweep has added up. After a crash the count
-- begins anew, as counters may.
CREATE UNLOGGED TABLE task_end (
    result text NOT NULL CHECK (result IN ('completed', 'failed')),
    -- Empty for a completed task.
    fault text NOT NULL,
    tasks bigint NOT NULL DEFAULT 1
);

CREATE FUNCTION note_task_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO task_end (result, fault) VALUES (NEW.status, coalesce(NEW.fault, ''));
    RETURN NULL;
END;
$$;

CREATE TRIGGER task_ends AFTER UPDATE OF status ON task FOR EACH ROW
    WHEN (NEW.status IN ('completed', 'failed') AND OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION note_task_end();
