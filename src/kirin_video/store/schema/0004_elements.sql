-- The library of subjects. An element that is deleted is gone; a task that took it has copies of its own.

CREATE TABLE element (
    -- Below 2^53: callers written in JavaScript count no further.
    id bigint PRIMARY KEY CHECK (id BETWEEN 1 AND 9007199254740991),
    account_id text NOT NULL REFERENCES account,
    -- The task that makes it: the element is as far as that task is.
    task_id text NOT NULL UNIQUE REFERENCES task,
    name text NOT NULL,
    description text NOT NULL,
    tags text[] NOT NULL
);

CREATE INDEX element_account ON element (account_id, id);

-- Its pictures. The bytes are written before the row that names them.
CREATE TABLE element_picture (
    element_id bigint NOT NULL REFERENCES element ON DELETE CASCADE,
    -- 0 is the frontal picture.
    place integer NOT NULL CHECK (place BETWEEN 0 AND 3),
    key text NOT NULL UNIQUE,
    media_type text NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    size_bytes bigint NOT NULL,
    -- Hexadecimal.
    sha256 text NOT NULL CHECK (length(sha256) = 64),
    PRIMARY KEY (element_id, place)
);
