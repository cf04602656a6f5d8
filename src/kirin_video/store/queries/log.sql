-- insert_log_lines --
-- Keeps what processes said.
INSERT INTO log_line (said_at, level, source, logger, message)
SELECT to_timestamp(l.said_at), l.level, l.source, l.logger, l.message
  FROM unnest(%(said_at)s::double precision[], %(levels)s::text[], %(sources)s::text[], %(loggers)s::text[],
              %(messages)s::text[]) AS l (said_at, level, source, logger, message);

-- prune_log --
-- Forgets all but the newest lines of each level, so that a flood of one does not wash away the others.
DELETE FROM log_line l
 USING (VALUES ('info'), ('warning'), ('error')) AS each (level)
 WHERE l.level = each.level
   AND l.id <= (SELECT id FROM log_line WHERE level = each.level ORDER BY id DESC OFFSET %(kept)s LIMIT 1);

-- log_page --
-- Reads some lines of these levels, the newest first.
SELECT id AS number, said_at, level, source, logger, message
  FROM log_line
 WHERE level = ANY(%(levels)s::text[]) AND (%(before)s::bigint IS NULL OR id < %(before)s)
 ORDER BY id DESC
 LIMIT %(limit)s;
