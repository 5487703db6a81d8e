-- The grace of a fall counts from when its holder was told: by a page of hers, or by an e-mail.
ALTER TABLE award_fall
    ADD COLUMN grace_seconds bigint NOT NULL DEFAULT 0 COMMENT 'as the policy said when it fell',
    ADD COLUMN told_at datetime(6) NULL COMMENT 'NULL: she was not told yet';

UPDATE award_fall SET grace_seconds = GREATEST(TIMESTAMPDIFF(SECOND, fell_at, act_at), 0);

-- Of what stood before: told is who said that she had read it, and the day that her page named holds.
UPDATE award_fall f JOIN award_message m ON m.tenant_id = f.tenant_id AND m.award_id = f.award_id AND m.kind = 'FELL'
SET f.told_at = m.read_at, f.act_at = GREATEST(f.act_at, TIMESTAMPADD(SECOND, f.grace_seconds, m.read_at))
WHERE f.live = TRUE AND f.state = 'OPEN' AND m.read_at >= f.fell_at;

UPDATE award_fall f JOIN award a ON a.tenant_id = f.tenant_id AND a.id = f.award_id
SET f.act_at = GREATEST(
    f.act_at,
    TIMESTAMPADD(
        SECOND, GREATEST(f.grace_seconds, 30 * 24 * 60 * 60), GREATEST(f.fell_at, COALESCE(a.released_at, f.fell_at))))
WHERE f.live = TRUE AND f.state = 'OPEN' AND f.follows <> 'KEEP' AND f.told_at IS NULL;
