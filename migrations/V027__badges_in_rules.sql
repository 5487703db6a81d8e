-- Which rule sets ask for which badges, of their version in force: for cascades, and so that no badge asks for itself.
CREATE TABLE rule_set_badge (
    tenant_id      bigint NOT NULL,
    achievement_id bigint NOT NULL COMMENT 'that is asked for',
    rule_set_id    bigint NOT NULL COMMENT 'that asks',
    PRIMARY KEY (tenant_id, achievement_id, rule_set_id),
    KEY rule_set_badge_rule_set (tenant_id, rule_set_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
