-- What the server's processes on all machines had to say that an operator should see: warnings, errors, and who came and
-- went. Short: whoever writes removes what is old. The processes' own logs have more, such as tracebacks.

CREATE TABLE log_line (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    said_at timestamptz NOT NULL,
    level text NOT NULL CHECK (level IN ('info', 'warning', 'error')),
    -- The process, by its host and number.
    source text NOT NULL,
    -- The part of it that spoke.
    logger text NOT NULL,
    message text NOT NULL
);

CREATE INDEX log_line_level ON log_line (level, id);
