-- lock_budgets --
-- Reads what accounts may still spend, those that have a budget, and keeps it so until the transaction ends.
SELECT account_id, left_micro
  FROM budget
 WHERE account_id = ANY(%(account_ids)s::text[])
 ORDER BY account_id
   FOR NO KEY UPDATE;

-- find_budget --
-- Reads what an account may still spend, if it has a budget.
SELECT left_micro FROM budget WHERE account_id = %(account_id)s;

-- lock_funds --
-- Keeps everybody from changing the books of an account until the transaction ends: every entry refers to the
-- account's row.
SELECT id FROM account WHERE id = %(account_id)s FOR UPDATE;

-- sum_funds --
-- Adds up the funds of an account: less than nothing, by what it spent while it had no budget.
SELECT coalesce(sum(funds_micro), 0)::bigint AS funds_micro FROM ledger_entry WHERE account_id = %(account_id)s;

-- grant_funds --
-- Gives an account funds, or takes some of what is left.
INSERT INTO ledger_entry (account_id, kind, funds_micro, granted_micro)
VALUES (%(account_id)s, 'grant', %(amount_micro)s, -%(amount_micro)s);

-- open_budget --
-- Holds an account to its funds from now on.
INSERT INTO budget (account_id, left_micro) VALUES (%(account_id)s, %(left_micro)s);

-- close_budget --
-- Lets an account spend as much as it likes.
DELETE FROM budget WHERE account_id = %(account_id)s RETURNING account_id;
