-- start_run --
-- Claims a task: its run number goes up, so that whoever held it before can change nothing any more.
UPDATE task
   SET run = run + 1, status = %(after)s, started_at = coalesce(started_at, now())
 WHERE id = %(task_id)s AND status = ANY(%(before)s::text[])
RETURNING id, account_id, external_id, fingerprint, status, run, returned, progress, stage,
          request::text AS request, seed, cost_micro, discount_micro, output, fault, message, metadata,
          created_at, started_at, finished_at;

-- report_progress --
-- Notes how far a run is. A later run starts over, but what callers see never goes back.
UPDATE task
   SET progress = greatest(progress, %(fraction)s), stage = %(stage)s
 WHERE id = %(task_id)s AND run = %(run)s AND status = ANY(%(before)s::text[])
RETURNING id;

-- finish_run --
-- Completes a task; a trigger captures its price, which is never more than was held, and releases the rest. Nothing
-- happens if the run is not the newest.
UPDATE task
   SET status = %(after)s, progress = 1, stage = '', output = %(output)s, metadata = %(metadata)s,
       cost_micro = least(cost_micro, %(cost_micro)s), discount_micro = %(discount_micro)s, finished_at = now(),
       made_s = (%(output)s::jsonb->>'duration_s')::double precision
 WHERE id = %(task_id)s AND run = %(run)s AND status = ANY(%(before)s::text[])
RETURNING id;

-- fail_run --
-- Fails a task; a trigger releases all that was held. Nothing happens if the run is not the newest.
UPDATE task
   SET status = %(after)s, stage = '', fault = %(fault)s, message = %(message)s, finished_at = now()
 WHERE id = %(task_id)s AND run = %(run)s AND status = ANY(%(before)s::text[])
RETURNING id;

-- return_run --
-- Gives a claim back in good order; the next one does not count it as lost.
UPDATE task
   SET returned = returned + 1
 WHERE id = %(task_id)s AND run = %(run)s AND status = ANY(%(before)s::text[])
RETURNING id;

-- holds_run --
-- Tells whether a run still has its task: none has one that was cancelled.
SELECT id FROM task WHERE id = %(task_id)s AND run = %(run)s AND status = ANY(%(before)s::text[]);

-- hold_run --
-- The same, and keeps it so until the transaction ends.
SELECT id FROM task WHERE id = %(task_id)s AND run = %(run)s AND status = ANY(%(before)s::text[]) FOR SHARE;

-- current_runs --
-- Tells which runs tasks are in.
SELECT id, run FROM task WHERE id = ANY(%(task_ids)s::text[]) AND status = 'in_progress';
