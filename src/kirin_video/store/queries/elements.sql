-- insert_element --
-- Adds an element, unless its number is taken.
INSERT INTO element (id, account_id, task_id, name, description, tags)
VALUES (%(id)s, %(account_id)s, %(task_id)s, %(name)s, %(description)s, %(tags)s)
ON CONFLICT (id) DO NOTHING
RETURNING id;

-- insert_element_pictures --
-- Names pictures that are in place already.
INSERT INTO element_picture (element_id, place, key, media_type, width, height, size_bytes, sha256)
SELECT %(element_id)s, * FROM unnest(
    %(places)s::integer[], %(keys)s::text[], %(media_types)s::text[], %(widths)s::integer[],
    %(heights)s::integer[], %(sizes)s::bigint[], %(hashes)s::text[]
);

-- hold_element --
-- Keeps an element from being deleted until the transaction ends.
SELECT id FROM element WHERE id = %(element_id)s FOR KEY SHARE;

-- find_elements --
-- Reads those elements of an account that are named.
SELECT e.id, e.name, e.description, e.tags, e.task_id, t.status, t.created_at, t.fault, t.message,
       coalesce(p.pictures, '[]') AS pictures
  FROM element e
  JOIN task t ON t.id = e.task_id
  LEFT JOIN LATERAL (
       SELECT json_agg(json_build_object(
                  'key', key, 'media_type', media_type, 'width', width, 'height', height,
                  'size_bytes', size_bytes, 'sha256', sha256) ORDER BY place) AS pictures
         FROM element_picture WHERE element_id = e.id) p ON true
 WHERE e.account_id = %(account_id)s AND e.id = ANY(%(ids)s::bigint[]);

-- page_elements --
-- Reads a page of an account's elements, the newest first: their numbers sort by time.
SELECT e.id, e.name, e.description, e.tags, e.task_id, t.status, t.created_at, t.fault, t.message,
       coalesce(p.pictures, '[]') AS pictures
  FROM element e
  JOIN task t ON t.id = e.task_id
  LEFT JOIN LATERAL (
       SELECT json_agg(json_build_object(
                  'key', key, 'media_type', media_type, 'width', width, 'height', height,
                  'size_bytes', size_bytes, 'sha256', sha256) ORDER BY place) AS pictures
         FROM element_picture WHERE element_id = e.id) p ON true
 WHERE e.account_id = %(account_id)s AND e.id < %(before)s
 ORDER BY e.id DESC
 LIMIT %(limit)s;

-- find_element_picture --
-- Reads what is known of a picture of an element.
SELECT media_type, sha256 FROM element_picture WHERE key = %(key)s;

-- delete_element --
-- Deletes an element of an account, and the rows of its pictures with it; their bytes are doomed.
WITH deleted AS (
    DELETE FROM element WHERE id = %(element_id)s AND account_id = %(account_id)s RETURNING id
), doomed AS (
    INSERT INTO doomed_blob (key)
    SELECT p.key FROM element_picture p JOIN deleted d ON d.id = p.element_id
    RETURNING key
)
SELECT d.id, doomed.key FROM deleted d LEFT JOIN doomed ON true;
