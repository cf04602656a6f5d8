-- prices_in_force --
-- Reads the price list of a moment, or of now: the newest that had begun.
SELECT version, valid_from, created_at, std_micro AS std, pro_micro AS pro,
       std_with_video_micro AS std_with_video, pro_with_video_micro AS pro_with_video
  FROM price_list
 WHERE valid_from <= coalesce(%(moment)s, now())
 ORDER BY valid_from DESC, version DESC
 LIMIT 1;

-- list_prices --
-- Reads every price list in the order in which they come into force; the last in force is told.
SELECT version, valid_from, created_at, std_micro AS std, pro_micro AS pro,
       std_with_video_micro AS std_with_video, pro_with_video_micro AS pro_with_video,
       version = (SELECT version FROM price_list WHERE valid_from <= now()
                   ORDER BY valid_from DESC, version DESC LIMIT 1) AS in_force
  FROM price_list
 ORDER BY valid_from, version;

-- insert_prices --
-- Adds a price list; none of the past.
INSERT INTO price_list (valid_from, std_micro, pro_micro, std_with_video_micro, pro_with_video_micro)
SELECT moment, %(std)s, %(pro)s, %(std_with_video)s, %(pro_with_video)s
  FROM (SELECT coalesce(%(moment)s, now()) AS moment) AS given
 WHERE moment >= now()
RETURNING version, valid_from, created_at;

-- insert_discount --
-- Gives an account a discount from a moment on, which is not past.
INSERT INTO account_discount (account_id, valid_from, percent)
SELECT %(account_id)s, moment, %(percent)s
  FROM (SELECT coalesce(%(moment)s, now()) AS moment) AS given
 WHERE moment >= now()
RETURNING version;

-- list_discounts --
-- Reads every discount of an account in the order in which they come into force.
SELECT version, valid_from, created_at, percent
  FROM account_discount
 WHERE account_id = %(account_id)s
 ORDER BY valid_from, version;
