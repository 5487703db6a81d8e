-- Messages that a platform may send only where they were switched on for it: which of them.
ALTER TABLE registration
    ADD COLUMN messages varchar(300) NULL COMMENT 'message types, separated by blanks; NULL: the usual ones';

-- Whether observers may see the progress of the students they observe: the institution's choice, with who made it.
CREATE TABLE observer_policy (
    tenant_id  bigint      NOT NULL,
    allowed    boolean     NOT NULL,
    changed_by bigint      NOT NULL,
    changed_at datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
