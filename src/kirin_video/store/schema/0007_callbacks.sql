-- Callbacks: changes of a task's status, posted to its caller. The outbox is filled by a trigger, in the commit of
-- the change itself; workers empty it.

-- Where an account's callbacks go, an origin each: they fail and recover together.
CREATE TABLE callback_receiver (
    -- Made of the account and the origin, so that writing needs no look-up.
    id text PRIMARY KEY,
    account_id text NOT NULL REFERENCES account,
    origin text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- Since when, and when last, attempts have failed without one that succeeded.
    failing_since timestamptz,
    failed_at timestamptz,
    -- Nothing is sent to it any more until somebody enables it again.
    disabled_at timestamptz,
    UNIQUE (account_id, origin)
);

-- A task's callback_url. Tasks without one have no row here, and cost nothing.
CREATE TABLE callback (
    task_id text PRIMARY KEY REFERENCES task,
    receiver_id text NOT NULL REFERENCES callback_receiver,
    url text NOT NULL,
    -- Where the caller reaches this server, for the links in what is sent.
    base_url text NOT NULL,
    -- The receiver answered 410: it wants no more of this task.
    stopped_at timestamptz
);

-- The outbox, and afterwards the log.
CREATE TABLE callback_delivery (
    -- The order in which they were made.
    number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    id text PRIMARY KEY,
    account_id text NOT NULL REFERENCES account,
    receiver_id text NOT NULL REFERENCES callback_receiver,
    -- None for a test. Whoever deletes a task deletes its deliveries.
    task_id text REFERENCES callback ON DELETE CASCADE,
    revision integer,
    event text NOT NULL CHECK (event IN ('in_progress', 'completed', 'failed', 'test')),
    -- How far the task was when its status changed.
    progress double precision NOT NULL,
    url text NOT NULL,
    -- What is sent, written down before the first attempt: every attempt sends the same bytes.
    body text,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
    -- Attempts that have ended since it was made or last resent, and altogether.
    tries integer NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    last_status integer,
    -- Counts the claims: only the newest may end an attempt.
    claim integer NOT NULL DEFAULT 0,
    -- While it is claimed, due_at is when the claim lapses.
    in_flight boolean NOT NULL DEFAULT false,
    due_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    CHECK ((event = 'test') = (task_id IS NULL)),
    CHECK ((task_id IS NULL) = (revision IS NULL)),
    CHECK ((state = 'pending') = (ended_at IS NULL))
);

CREATE INDEX callback_delivery_due ON callback_delivery (receiver_id, due_at, number) WHERE state = 'pending';
CREATE INDEX callback_delivery_ended ON callback_delivery (ended_at) WHERE state <> 'pending';
CREATE INDEX callback_delivery_listed ON callback_delivery (account_id, number);
CREATE INDEX callback_delivery_task ON callback_delivery (task_id, revision);

CREATE TABLE callback_attempt (
    delivery_id text NOT NULL REFERENCES callback_delivery ON DELETE CASCADE,
    number integer NOT NULL,
    started_at timestamptz NOT NULL,
    duration_ms integer NOT NULL,
    status integer,
    problem text,
    answer text NOT NULL,
    PRIMARY KEY (delivery_id, number)
);

-- What the secrets of accounts are derived from, together with the server's secret key, which is not here.
CREATE TABLE callback_secret (
    account_id text NOT NULL REFERENCES account,
    generation integer NOT NULL,
    salt bytea NOT NULL,
    -- Tells which of the server's secret keys it was made under.
    server_key bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- Until when it is used beside its successor.
    retires_at timestamptz,
    PRIMARY KEY (account_id, generation)
);

-- Whoever changes a task's status, by whatever statement, puts its delivery into the outbox by that.
-- Creating a task is no change: its answer has told the caller already.
CREATE FUNCTION put_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO callback_delivery (id, account_id, receiver_id, task_id, revision, event, progress, url)
    SELECT 'msg_' || NEW.id || '_' || NEW.revision, NEW.account_id, c.receiver_id, NEW.id, NEW.revision,
           NEW.status, NEW.progress, c.url
      FROM callback c
     WHERE c.task_id = NEW.id AND c.stopped_at IS NULL;
    RETURN NULL;
END;
$$;

-- After the trigger that counts changes, so that it sees the change's number.
CREATE TRIGGER task_callback AFTER UPDATE OF status ON task FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION put_delivery();
