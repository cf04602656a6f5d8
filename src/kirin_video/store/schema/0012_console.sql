-- People who use the console, how they sign in, and where they are signed in.

CREATE TABLE person (
    id text PRIMARY KEY,
    -- What they sign in with, as they wrote it.
    login text NOT NULL CHECK (length(login) BETWEEN 1 AND 254),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    role text NOT NULL CHECK (role IN ('admin', 'member', 'viewer')),
    account_id text NOT NULL REFERENCES account,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz,
    disabled_at timestamptz
);

CREATE UNIQUE INDEX person_login ON person (lower(login));

-- How a person proves who they are. A password is one way; a passkey will be another kind of row, with its public
-- key as the verifier, and nothing else need change.
CREATE TABLE credential (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id text NOT NULL REFERENCES person,
    kind text NOT NULL CHECK (kind IN ('password')),
    -- Of a password: argon2id in its own notation, salt and costs included.
    verifier text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX credential_password ON credential (person_id) WHERE kind = 'password';

-- Where people are signed in. The token itself is nowhere but in their browser.
CREATE TABLE session (
    -- HMAC-SHA256 under the server's secret key.
    hash bytea PRIMARY KEY CHECK (length(hash) = 32),
    -- For people, to tell their sessions apart and end one.
    id text NOT NULL UNIQUE,
    person_id text NOT NULL REFERENCES person,
    -- The account that an administrator works in; others always work in their own.
    account_id text NOT NULL REFERENCES account,
    -- Which browser it is, in its own words.
    agent text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);

CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_expires ON session (expires_at);

-- Links that let somebody join, or choose a new password. The token itself is in the link alone.
CREATE TABLE invite (
    hash bytea PRIMARY KEY CHECK (length(hash) = 32),
    id text NOT NULL UNIQUE,
    -- Who chooses a new password; null for somebody who is to join.
    person_id text REFERENCES person,
    -- Whom it is for, in the words of who made it.
    note text NOT NULL,
    role text NOT NULL CHECK (role IN ('admin', 'member', 'viewer')),
    account_id text NOT NULL REFERENCES account,
    -- Who made it; null for the operator at the command line.
    made_by text REFERENCES person,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz
);

-- That the console has its first administrator. There is one row at most: of two who claim it, one inserts it.
CREATE TABLE console_claim (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    -- Named before they are there, so that whoever comes too late is told so at once.
    person_id text NOT NULL REFERENCES person DEFERRABLE INITIALLY DEFERRED,
    claimed_at timestamptz NOT NULL DEFAULT now()
);

-- Failed sign-ins, by whom and from where they were tried. Empty after a crash, which costs nothing but a window.
CREATE UNLOGGED TABLE sign_in_window (
    subject text PRIMARY KEY,
    started_at timestamptz NOT NULL,
    tries integer NOT NULL
);

-- An account's books, for people to leaf through.
CREATE INDEX ledger_entry_listed ON ledger_entry (account_id, id);
