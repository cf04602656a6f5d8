-- Accounts, keys, tasks, the ledger and the files that tasks own.
-- Money is in micro-dollars, whole numbers.

CREATE TABLE account (
    id text PRIMARY KEY,
    discount_percent numeric(5, 2) NOT NULL DEFAULT 0 CHECK (discount_percent BETWEEN 0 AND 100),
    created_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO account (id) VALUES ('default');

CREATE TABLE api_key (
    id text PRIMARY KEY,
    account_id text NOT NULL REFERENCES account,
    name text NOT NULL,
    -- The first characters, for people to tell keys apart; the key itself is nowhere.
    prefix text NOT NULL,
    -- HMAC-SHA256 under the server's secret key.
    hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz
);

CREATE TABLE task (
    id text PRIMARY KEY,
    account_id text NOT NULL REFERENCES account,
    -- The caller's own id, if any, and what tells a repeated request from another.
    external_id text,
    fingerprint text NOT NULL,
    status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'in_progress', 'completed', 'failed')),
    -- Counts the claims: only the newest may change the task.
    run integer NOT NULL DEFAULT 0,
    -- Claims that a worker gave back in good order; they do not count against the bound on lost ones.
    returned integer NOT NULL DEFAULT 0,
    progress double precision NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
    stage text NOT NULL DEFAULT '',
    request jsonb NOT NULL,
    seed bigint NOT NULL,
    cost_micro bigint NOT NULL CHECK (cost_micro >= 0),
    discount_micro bigint NOT NULL CHECK (discount_micro >= 0),
    output jsonb,
    fault text,
    message text,
    -- json, not jsonb: callers see it in the order it was written.
    metadata json NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz,
    CHECK ((status = 'completed') = (output IS NOT NULL)),
    CHECK ((status = 'failed') = (fault IS NOT NULL AND message IS NOT NULL)),
    CHECK ((status IN ('completed', 'failed')) = (finished_at IS NOT NULL))
);

CREATE UNIQUE INDEX task_external_id ON task (account_id, external_id) WHERE external_id IS NOT NULL;

-- A hold when a task is created; then exactly one capture or release when it ends.
CREATE TABLE ledger_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task_id text NOT NULL REFERENCES task,
    account_id text NOT NULL REFERENCES account,
    kind text NOT NULL CHECK (kind IN ('hold', 'capture', 'release')),
    amount_micro bigint NOT NULL CHECK (amount_micro >= 0),
    -- The claim that caused the entry.
    run integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (task_id, kind)
);

CREATE UNIQUE INDEX ledger_entry_settled ON ledger_entry (task_id) WHERE kind <> 'hold';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME;
END;
$$;

CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Files. The bytes are written before the row that names them.
CREATE TABLE blob (
    key text PRIMARY KEY,
    account_id text NOT NULL REFERENCES account,
    task_id text NOT NULL REFERENCES task,
    kind text NOT NULL CHECK (kind IN ('input', 'video', 'watermark')),
    media_type text NOT NULL,
    size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX blob_task ON blob (task_id);
