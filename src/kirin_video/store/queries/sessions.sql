-- insert_session --
-- Signs somebody in, in the account that is theirs.
INSERT INTO session (hash, id, person_id, account_id, agent, expires_at)
SELECT %(hash)s, %(id)s, p.id, p.account_id, %(agent)s, now() + make_interval(secs => %(lifetime_s)s)
  FROM person p
 WHERE p.id = %(person_id)s AND p.disabled_at IS NULL
RETURNING id;

-- find_session --
-- Reads the session of a token, if it is good now: who it is, the account they work in, and what holds for that.
SELECT s.id, s.hash, p.id AS person_id, p.login, p.name, p.role, p.account_id AS own_account_id, p.created_at,
       p.last_seen_at, a.id AS account_id, a.creates_per_minute, a.reads_per_minute, a.unfinished_tasks,
       coalesce(d.percent, 0) AS discount_percent,
       s.last_seen_at < now() - interval '1 minute' OR p.last_seen_at IS NULL AS unnoted
  FROM session s
  JOIN person p ON p.id = s.person_id AND p.disabled_at IS NULL
  JOIN account a ON a.id = CASE WHEN p.role = 'admin' THEN s.account_id ELSE p.account_id END
  LEFT JOIN LATERAL (
      SELECT percent FROM account_discount
       WHERE account_id = a.id AND valid_from <= now()
       ORDER BY valid_from DESC, version DESC LIMIT 1
  ) d ON true
 WHERE s.hash = ANY(%(hashes)s) AND s.expires_at > now()
   AND s.last_seen_at > now() - make_interval(secs => %(idle_s)s);

-- note_session --
-- Notes that somebody is here, at most once a minute.
WITH seen AS (
    UPDATE session SET last_seen_at = now() WHERE hash = %(hash)s RETURNING person_id
)
UPDATE person SET last_seen_at = now() WHERE id IN (SELECT person_id FROM seen);

-- list_sessions --
-- Reads where somebody is signed in.
SELECT id, agent, created_at, last_seen_at
  FROM session
 WHERE person_id = %(person_id)s AND expires_at > now()
   AND last_seen_at > now() - make_interval(secs => %(idle_s)s)
 ORDER BY last_seen_at DESC, id;

-- end_session --
-- Signs somebody out in one place.
DELETE FROM session WHERE person_id = %(person_id)s AND id = %(id)s RETURNING id;

-- end_sessions --
-- Signs somebody out everywhere, or everywhere but in one place.
DELETE FROM session WHERE person_id = %(person_id)s AND id IS DISTINCT FROM %(but)s;

-- forget_sessions --
-- Lets go of sessions that have ended.
DELETE FROM session WHERE expires_at <= now();

-- work_in_account --
-- Has a session's person work in another account.
UPDATE session SET account_id = %(account_id)s WHERE id = %(id)s;

-- count_sign_in --
-- Counts a try to sign in for each of its subjects, in windows as long as each has; tells what was counted.
INSERT INTO sign_in_window AS w (subject, started_at, tries)
SELECT subject, now(), 1 FROM unnest(%(subjects)s::text[]) AS subject ORDER BY subject
ON CONFLICT (subject) DO UPDATE
   SET tries = CASE WHEN w.started_at > now() - make_interval(secs => %(window_s)s) AND w.started_at <= now()
                    THEN w.tries ELSE 0 END + 1,
       started_at = CASE WHEN w.started_at > now() - make_interval(secs => %(window_s)s) AND w.started_at <= now()
                         THEN w.started_at ELSE now() END
RETURNING subject, tries,
          greatest(0, extract(epoch FROM started_at - now()) + %(window_s)s)::double precision AS left_s;

-- forget_sign_in --
-- Forgets a try that got somebody in, all those of the subject before it, and those of windows that are over.
WITH uncounted AS (
    UPDATE sign_in_window SET tries = tries - 1
     WHERE subject = ANY(%(subjects)s::text[]) AND subject <> %(forgiven)s AND tries > 0
)
DELETE FROM sign_in_window
 WHERE subject = %(forgiven)s
    OR (started_at < now() - make_interval(secs => %(window_s)s) AND NOT subject = ANY(%(subjects)s::text[]));
