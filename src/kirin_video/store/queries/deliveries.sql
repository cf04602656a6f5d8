-- Everything here goes by the database's clock, which all workers share; "ahead" is how far tests let it run ahead.

-- claim_deliveries --
-- Lends deliveries that are due to a worker, until the lease lapses.
-- Receivers that have something waiting are found by hopping along the index, so that a hundred thousand deliveries
-- for one receiver cost no more than one. Each receiver gets only so many at a time, and of those that fail only
-- one is tried at a time, in a share of its own; and no account gets more than its part of a share: whoever hangs
-- keeps nobody waiting.
-- A task's later change waits until an earlier one has been tried once.
WITH RECURSIVE waiting (receiver_id) AS (
    (SELECT receiver_id FROM callback_delivery WHERE state = 'pending' ORDER BY receiver_id LIMIT 1)
    UNION ALL
    SELECT (SELECT d.receiver_id FROM callback_delivery d
             WHERE d.state = 'pending' AND d.receiver_id > w.receiver_id
             ORDER BY d.receiver_id LIMIT 1)
      FROM waiting w WHERE w.receiver_id IS NOT NULL
), ready AS (
    SELECT r.id, r.account_id, r.failing_since IS NOT NULL AS failing,
           greatest(0, CASE WHEN r.failing_since IS NULL THEN %(per_receiver)s ELSE 1 END
                       - coalesce(busy.running, 0)) AS room
      FROM waiting w
      JOIN callback_receiver r ON r.id = w.receiver_id AND r.disabled_at IS NULL
      LEFT JOIN unnest(%(busy)s::text[], %(running)s::integer[]) AS busy (receiver_id, running)
             ON busy.receiver_id = r.id
), locked AS (
    SELECT due.id, due.task_id, due.due_at, due.number, ready.account_id, ready.failing
      FROM ready CROSS JOIN LATERAL (
          SELECT d.id, d.task_id, d.due_at, d.number FROM callback_delivery d
           WHERE d.receiver_id = ready.id AND d.state = 'pending' AND d.due_at <= now() + %(ahead)s::interval
             AND NOT EXISTS (
                 SELECT FROM callback_delivery earlier
                  WHERE earlier.task_id = d.task_id AND earlier.revision < d.revision
                    -- Pending; said like this, the planner does not go through everything that is.
                    AND earlier.ended_at IS NULL AND earlier.tries = 0
             )
           ORDER BY d.due_at, d.number
           LIMIT ready.room
             FOR UPDATE OF d SKIP LOCKED
      ) AS due
), kept AS (
    -- A delivery that is written twice in a transaction has its task's callback looked up again, which whoever deletes
    -- the task has locked, and waits there for the delivery. So it is locked now, or the delivery is passed over.
    SELECT locked.* FROM locked CROSS JOIN LATERAL (
        SELECT FROM callback c WHERE c.task_id = locked.task_id FOR KEY SHARE SKIP LOCKED
    ) AS called
    UNION ALL
    SELECT * FROM locked WHERE task_id IS NULL
), fair AS (
    SELECT id, due_at, number, failing
      FROM (
          SELECT *, row_number() OVER (PARTITION BY account_id, failing ORDER BY due_at, number) AS place FROM kept
      ) AS counted
      LEFT JOIN unnest(%(accounts)s::text[], %(accounts_failing)s::boolean[], %(accounts_running)s::integer[])
             AS busy (account_id, failing, running) USING (account_id, failing)
     WHERE counted.place + coalesce(busy.running, 0) <= %(per_account)s
), ranked AS (
    SELECT id, failing, row_number() OVER (PARTITION BY failing ORDER BY due_at, number) AS place FROM fair
), claimed AS (
    UPDATE callback_delivery d
       SET claim = claim + 1, in_flight = true,
           due_at = now() + %(ahead)s::interval + %(lease)s::interval
      FROM ranked
     WHERE d.id = ranked.id
       AND ranked.place <= CASE WHEN ranked.failing THEN %(room_for_failing)s ELSE %(room)s END
    RETURNING d.id, d.account_id, d.receiver_id, d.task_id, d.event, d.progress, d.url, d.body, d.tries, d.claim,
              d.number, ranked.failing
)
SELECT claimed.*, callback.base_url, now() + %(ahead)s::interval AS claimed_at
  FROM claimed LEFT JOIN callback USING (task_id)
 ORDER BY claimed.number;

-- fix_bodies --
-- Writes down what claimed deliveries send, for good.
UPDATE callback_delivery d
   SET body = made.body
  FROM unnest(%(ids)s::text[], %(bodies)s::text[]) AS made (id, body)
 WHERE d.id = made.id AND d.body IS NULL;

-- let_go_deliveries --
-- Gives claimed deliveries back at once, as a worker does that is told to stop.
UPDATE callback_delivery d
   SET in_flight = false, due_at = now() + %(ahead)s::interval
  FROM unnest(%(ids)s::text[], %(claims)s::integer[]) AS held (id, claim)
 WHERE d.id = held.id AND d.claim = held.claim AND d.in_flight;

-- end_attempt --
-- Ends an attempt, if the claim is still the newest: notes it, and what becomes of the delivery. Without a delay
-- there is no other attempt.
WITH ended AS (
    UPDATE callback_delivery
       SET state = %(state)s, tries = tries + 1, attempts = attempts + 1, last_status = %(status)s,
           in_flight = false,
           due_at = now() + %(ahead)s::interval + coalesce(%(delay)s::interval, '0'),
           ended_at = CASE WHEN %(state)s = 'pending' THEN NULL ELSE now() + %(ahead)s::interval END
     WHERE id = %(id)s AND claim = %(claim)s AND in_flight
    RETURNING id, attempts
), noted AS (
    INSERT INTO callback_attempt (delivery_id, number, started_at, duration_ms, status, problem, answer)
    SELECT id, attempts, %(started_at)s, %(duration_ms)s, %(status)s, %(problem)s, %(answer)s FROM ended
)
SELECT attempts FROM ended;

-- receiver_succeeded --
-- Forgets a receiver's failures.
UPDATE callback_receiver
   SET failing_since = NULL, failed_at = NULL
 WHERE id = %(receiver_id)s AND failing_since IS NOT NULL;

-- receiver_failed --
-- Notes a receiver's failure. Failures too far apart do not add up.
UPDATE callback_receiver
   SET failing_since = CASE
           WHEN failed_at >= now() + %(ahead)s::interval - %(forgotten_after)s::interval THEN failing_since
           ELSE now() + %(ahead)s::interval
       END,
       failed_at = now() + %(ahead)s::interval
 WHERE id = %(receiver_id)s;

-- disable_receiver --
-- Disables a receiver that has done nothing but fail for long enough.
UPDATE callback_receiver
   SET disabled_at = now() + %(ahead)s::interval
 WHERE id = %(receiver_id)s AND disabled_at IS NULL AND failing_since <= failed_at - %(disabled_after)s::interval
RETURNING account_id, origin, failing_since;

-- stop_callback --
-- Ends a task's callback, as its receiver wishes: what is on its way and waits is not sent, nothing more is put.
WITH stopped AS (
    UPDATE callback SET stopped_at = now() + %(ahead)s::interval
     WHERE task_id = %(task_id)s
    RETURNING task_id
)
UPDATE callback_delivery d
   SET state = 'failed', ended_at = now() + %(ahead)s::interval
  FROM stopped
 WHERE d.task_id = stopped.task_id AND d.state = 'pending' AND NOT d.in_flight;

-- insert_test --
-- Puts a test into the outbox.
INSERT INTO callback_delivery (id, account_id, receiver_id, event, progress, url, body, due_at, created_at)
VALUES (%(id)s, %(account_id)s, %(receiver_id)s, 'test', 0, %(url)s, %(body)s,
        now() + %(ahead)s::interval, now() + %(ahead)s::interval);

-- list_deliveries_newest_first --
-- Reads a page of an account's deliveries; a filter that is null lets everything through.
SELECT d.number, d.id, d.receiver_id, d.task_id, d.event, d.url, d.state, d.created_at, d.attempts, d.last_status,
       CASE WHEN d.state = 'pending' AND NOT d.in_flight AND r.disabled_at IS NULL THEN d.due_at END
           AS next_attempt_at
  FROM callback_delivery d JOIN callback_receiver r ON r.id = d.receiver_id
 WHERE d.account_id = %(account_id)s AND d.number < %(position)s
   AND (%(task_id)s::text IS NULL OR d.task_id = %(task_id)s)
   AND (%(receiver_id)s::text IS NULL OR d.receiver_id = %(receiver_id)s)
   AND (%(state)s::text IS NULL OR d.state = %(state)s)
   AND (%(event)s::text IS NULL OR d.event = %(event)s)
 ORDER BY d.number DESC
 LIMIT %(limit)s;

-- list_deliveries_oldest_first --
-- The same in the other order.
SELECT d.number, d.id, d.receiver_id, d.task_id, d.event, d.url, d.state, d.created_at, d.attempts, d.last_status,
       CASE WHEN d.state = 'pending' AND NOT d.in_flight AND r.disabled_at IS NULL THEN d.due_at END
           AS next_attempt_at
  FROM callback_delivery d JOIN callback_receiver r ON r.id = d.receiver_id
 WHERE d.account_id = %(account_id)s AND d.number > %(position)s
   AND (%(task_id)s::text IS NULL OR d.task_id = %(task_id)s)
   AND (%(receiver_id)s::text IS NULL OR d.receiver_id = %(receiver_id)s)
   AND (%(state)s::text IS NULL OR d.state = %(state)s)
   AND (%(event)s::text IS NULL OR d.event = %(event)s)
 ORDER BY d.number
 LIMIT %(limit)s;

-- find_delivery --
-- Reads one delivery of an account.
SELECT d.number, d.id, d.receiver_id, d.task_id, d.event, d.url, d.state, d.created_at, d.attempts, d.last_status,
       CASE WHEN d.state = 'pending' AND NOT d.in_flight AND r.disabled_at IS NULL THEN d.due_at END
           AS next_attempt_at,
       r.disabled_at IS NOT NULL AS disabled, d.body
  FROM callback_delivery d JOIN callback_receiver r ON r.id = d.receiver_id
 WHERE d.account_id = %(account_id)s AND d.id = %(id)s;

-- list_attempts --
-- Reads the attempts of a delivery, the first first.
SELECT number, started_at, duration_ms, status, problem, answer
  FROM callback_attempt WHERE delivery_id = %(id)s ORDER BY number;

-- resend_delivery --
-- Sends a delivery again from the beginning of the schedule, under the same id. One that is being tried goes on.
WITH resent AS (
    UPDATE callback_delivery
       SET state = 'pending', tries = 0, ended_at = NULL, due_at = now() + %(ahead)s::interval
     WHERE account_id = %(account_id)s AND id = %(id)s AND NOT in_flight
    RETURNING task_id
)
UPDATE callback SET stopped_at = NULL
  FROM resent WHERE callback.task_id = resent.task_id AND callback.stopped_at IS NOT NULL;

-- forget_deliveries --
-- Forgets deliveries that ended long ago, and those that have waited for a disabled receiver for as long.
DELETE FROM callback_delivery
 WHERE id IN (
    (SELECT id FROM callback_delivery
      WHERE state <> 'pending' AND ended_at < now() + %(ahead)s::interval - %(kept)s::interval
      ORDER BY ended_at LIMIT %(limit)s)
    UNION ALL
    (SELECT d.id FROM callback_receiver r JOIN callback_delivery d ON d.receiver_id = r.id AND d.state = 'pending'
      WHERE r.disabled_at < now() + %(ahead)s::interval - %(kept)s::interval
        AND d.created_at < now() + %(ahead)s::interval - %(kept)s::interval
      LIMIT %(limit)s)
 )
RETURNING id;
