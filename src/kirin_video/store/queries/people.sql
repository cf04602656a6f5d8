-- insert_person --
-- Adds somebody, unless another has the login.
INSERT INTO person (id, login, name, role, account_id)
VALUES (%(id)s, %(login)s, %(name)s, %(role)s, %(account_id)s)
ON CONFLICT (lower(login)) DO NOTHING
RETURNING id;

-- claim_console --
-- Makes somebody the first administrator. Of two at a time the second waits here, and is told that it is too late.
INSERT INTO console_claim (person_id) VALUES (%(person_id)s) ON CONFLICT DO NOTHING RETURNING person_id;

-- is_console_claimed --
-- Tells whether there is a first administrator.
SELECT EXISTS (SELECT FROM console_claim) AS claimed;

-- list_people --
-- Reads everybody, by name.
SELECT id, login, name, role, account_id, created_at, last_seen_at, disabled_at
  FROM person
 ORDER BY disabled_at IS NOT NULL, lower(name), id;

-- find_person --
-- Reads one person.
SELECT id, login, name, role, account_id, created_at, last_seen_at, disabled_at FROM person WHERE id = %(id)s;

-- lock_person --
-- Reads one person, and keeps others from changing them until the transaction ends.
SELECT id, login, name, role, account_id, created_at, last_seen_at, disabled_at
  FROM person
 WHERE id = %(id)s
   FOR UPDATE;

-- lock_administrators --
-- Reads who is an administrator and may sign in, and keeps it so until the transaction ends.
SELECT id FROM person WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id FOR UPDATE;

-- change_person --
-- Gives somebody another role, account or name.
UPDATE person SET role = %(role)s, account_id = %(account_id)s, name = %(name)s WHERE id = %(id)s;

-- disable_person --
-- Lets somebody sign in no more, or again.
UPDATE person SET disabled_at = CASE WHEN %(disabled)s THEN coalesce(disabled_at, now()) END WHERE id = %(id)s;

-- find_password --
-- Reads what the password of a login is verified by.
SELECT p.id, c.verifier
  FROM person p
  JOIN credential c ON c.person_id = p.id AND c.kind = 'password'
 WHERE lower(p.login) = lower(%(login)s) AND p.disabled_at IS NULL;

-- set_password --
-- Gives somebody a password in place of the one they had.
INSERT INTO credential (person_id, kind, verifier) VALUES (%(person_id)s, 'password', %(verifier)s)
ON CONFLICT (person_id) WHERE kind = 'password' DO UPDATE SET verifier = excluded.verifier, created_at = now();
