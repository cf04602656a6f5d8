-- What keys may do, and how much accounts may do.

ALTER TABLE api_key
    ADD COLUMN scopes text[] NOT NULL DEFAULT '{generate,read}'
        CHECK (scopes <@ '{admin,generate,read}' AND cardinality(scopes) > 0);

CREATE INDEX api_key_account ON api_key (account_id);

-- Null stands for the server's own setting, 0 for no limit.
ALTER TABLE account
    ADD COLUMN creates_per_minute integer CHECK (creates_per_minute >= 0),
    ADD COLUMN reads_per_minute integer CHECK (reads_per_minute >= 0),
    ADD COLUMN unfinished_tasks integer CHECK (unfinished_tasks >= 0);

-- How many unfinished tasks an account has, for those with a limit on them; however many have ended, only these
-- are looked at.
CREATE INDEX task_unfinished ON task (account_id) WHERE status IN ('queued', 'in_progress');

-- Creates counted in an account's window. Empty after a crash, which costs nothing but a new window.
CREATE UNLOGGED TABLE create_window (
    account_id text PRIMARY KEY,
    started_at timestamptz NOT NULL,
    used bigint NOT NULL
);
