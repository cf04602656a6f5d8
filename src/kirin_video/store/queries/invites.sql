-- insert_invite --
-- Makes a link.
INSERT INTO invite (hash, id, person_id, note, role, account_id, made_by, expires_at)
VALUES (%(hash)s, %(id)s, %(person_id)s, %(note)s, %(role)s, %(account_id)s, %(made_by)s,
        now() + make_interval(secs => %(lifetime_s)s));

-- find_invite --
-- Reads the link of a token, whether or not it is good, and keeps it as it is until the transaction ends.
SELECT i.id, i.person_id, i.note, i.role, i.account_id, i.created_at, i.expires_at, p.login,
       i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now() AS is_open
  FROM invite i
  LEFT JOIN person p ON p.id = i.person_id
 WHERE i.hash = ANY(%(hashes)s)
   FOR UPDATE OF i;

-- use_invite --
-- Notes that a link was used; it is good for nothing more.
UPDATE invite SET used_at = now() WHERE id = %(id)s;

-- list_invites --
-- Reads the links that are open, the newest first.
SELECT i.id, i.person_id, i.note, i.role, i.account_id, i.created_at, i.expires_at, p.login, true AS is_open
  FROM invite i
  LEFT JOIN person p ON p.id = i.person_id
 WHERE i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
 ORDER BY i.created_at DESC, i.id;

-- revoke_invite --
-- Makes a link useless, if it is not yet.
UPDATE invite SET revoked_at = now() WHERE id = %(id)s AND used_at IS NULL AND revoked_at IS NULL RETURNING id;

-- revoke_resets --
-- Makes useless what links there are for somebody's new password.
UPDATE invite SET revoked_at = now() WHERE person_id = %(person_id)s AND used_at IS NULL AND revoked_at IS NULL;
