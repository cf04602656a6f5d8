-- gallery_page --
-- Reads a page of an account's tasks for people to look at, the newest first, with the key of each one's poster,
-- or of its preview while it is made. The words are patterns, each of which the prompt, the name or an id must hold; a
-- filter that is null lets everything through. The walk goes along the index of the list and ends with the page; only
-- what is rare makes it go far.
SELECT t.id, t.account_id, t.external_id, t.status, t.run, t.progress, t.stage, t.request::text AS request, t.seed,
       t.cost_micro, t.discount_micro, t.output, t.fault, t.message, t.metadata, t.created_at, t.started_at,
       t.finished_at,
       (SELECT b.key FROM blob b WHERE b.task_id = t.id AND b.kind IN ('poster', 'preview')
         LIMIT 1) AS still
  FROM task t
 WHERE t.account_id = %(account_id)s AND t.deleted_at IS NULL
   AND (%(status)s::text IS NULL OR t.status = %(status)s)
   AND (%(mode)s::text IS NULL OR t.mode = %(mode)s)
   AND (%(kind)s::text IS NULL OR task_kind(t.request) = %(kind)s)
   AND (%(key_id)s::text IS NULL OR t.key_id = %(key_id)s)
   AND t.created_at >= %(since)s AND t.created_at < %(until)s
   AND (%(words)s::text[] IS NULL
        OR concat_ws(' ', t.request->>'prompt', t.request->>'name', t.external_id, t.id) ILIKE ALL(%(words)s))
   AND (t.created_at, t.id) < (%(position_time)s, %(position_id)s)
 ORDER BY t.created_at DESC, t.id DESC
 LIMIT %(limit)s;

-- task_history --
-- Reads when a task became what.
SELECT revision, status, progress, created_at FROM task_event WHERE task_id = %(task_id)s ORDER BY revision;

-- task_key --
-- Tells by whose key a task was made, and what that key or person is called.
SELECT t.key_id, coalesce(k.name, p.name) AS name, p.id IS NOT NULL AS is_person
  FROM task t
  LEFT JOIN api_key k ON k.id = t.key_id
  LEFT JOIN person p ON p.id = t.key_id
 WHERE t.id = %(task_id)s;
