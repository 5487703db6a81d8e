-- Why a credential is not in force. What was suspended when this was added is told apart from what was taken back for good.
ALTER TABLE status_entry ADD COLUMN reason varchar(20) NULL COMMENT 'REVOKED, SUSPENDED; NULL: in force';

UPDATE status_entry SET reason = 'REVOKED' WHERE since IS NOT NULL;

UPDATE status_entry e JOIN award a ON a.tenant_id = e.tenant_id AND a.id = e.award_id
SET e.reason = 'SUSPENDED'
WHERE e.since IS NOT NULL AND a.suspended_at IS NOT NULL AND a.revoked_at IS NULL;

-- Beside each list a second one says which of its places are suspended only. Every list is signed again with its own.
ALTER TABLE status_list ADD COLUMN signed_suspensions mediumblob NULL COMMENT 'the same places with the purpose suspension';

UPDATE status_list SET revision = revision + 1;
