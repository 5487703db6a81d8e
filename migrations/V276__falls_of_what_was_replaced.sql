-- What another award took the place of cannot fall any more.
UPDATE award_fall f JOIN award a ON a.tenant_id = f.tenant_id AND a.id = f.award_id
SET f.state = 'SUPERSEDED', f.live = NULL, f.decided_at = a.revoked_at
WHERE f.live = TRUE AND a.revoked_at IS NOT NULL;
