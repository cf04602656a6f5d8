-- The key under which a create call came, so that sending it again makes no second task. It is kept for a day.

ALTER TABLE task ADD COLUMN idempotency_key text;

CREATE UNIQUE INDEX task_idempotency_key ON task (account_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
-- Finds the keys that are old enough to be forgotten.
CREATE INDEX task_idempotency_age ON task (created_at) WHERE idempotency_key IS NOT NULL;
