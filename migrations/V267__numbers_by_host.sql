-- Numbers of users mean something only at the host that gave them: behind one registration there may be several, and the
-- same number there is somebody else here.
CREATE TABLE platform_user (
    tenant_id       bigint         NOT NULL,
    registration_id bigint         NOT NULL,
    host            varchar(255)   NOT NULL COMMENT 'of the services of the course in which it was told, in lower case; empty: it was told in none',
    person_id       bigint         NOT NULL,
    user_hash       varbinary(32)  NOT NULL COMMENT 'keyed hash; empty: to be told anew',
    user_sealed     varbinary(400) NOT NULL,
    told_at         datetime(6)    NOT NULL,
    PRIMARY KEY (tenant_id, registration_id, host, person_id),
    KEY platform_user_hash (tenant_id, registration_id, host, user_hash),
    KEY platform_user_person (tenant_id, person_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Where it was told is not known any more, but in which courses its owner is.
INSERT INTO platform_user (tenant_id, registration_id, host, person_id, user_hash, user_sealed, told_at)
SELECT a.tenant_id, a.registration_id,
    LOWER(SUBSTRING_INDEX(SUBSTRING_INDEX(SUBSTRING_INDEX(SUBSTRING_INDEX(
        COALESCE(c.lineitems_url, c.memberships_url), '://', -1), '/', 1), '?', 1), ':', 1)),
    a.person_id, a.platform_user_hash, a.platform_user_sealed, a.created_at
FROM account a
JOIN membership m ON m.tenant_id = a.tenant_id AND m.person_id = a.person_id
JOIN context c ON c.tenant_id = m.tenant_id AND c.id = m.context_id AND c.registration_id = a.registration_id
WHERE a.platform_user_hash IS NOT NULL AND a.platform_user_sealed IS NOT NULL
    AND COALESCE(c.lineitems_url, c.memberships_url) IS NOT NULL
ON DUPLICATE KEY UPDATE told_at = platform_user.told_at;

-- Whom the platform was taken to call one account although they are at different hosts: once the numbers are told anew,
-- with the next roster or launch, they are taken apart.
UPDATE platform_user wrong
JOIN (SELECT DISTINCT mine.tenant_id, mine.registration_id, mine.host, mine.person_id
      FROM platform_user mine
      JOIN person_link one ON one.tenant_id = mine.tenant_id AND one.person_id = mine.person_id
          AND one.ended_at IS NULL AND one.how = 'PLATFORM'
      JOIN person_link other ON other.tenant_id = one.tenant_id AND other.human_id = one.human_id
          AND other.ended_at IS NULL AND other.person_id <> one.person_id
      JOIN platform_user theirs ON theirs.tenant_id = mine.tenant_id AND theirs.person_id = other.person_id
          AND theirs.registration_id = mine.registration_id AND theirs.host <> mine.host) apart
    ON apart.tenant_id = wrong.tenant_id AND apart.registration_id = wrong.registration_id
        AND apart.host = wrong.host AND apart.person_id = wrong.person_id
SET wrong.user_hash = '';

ALTER TABLE account
    DROP KEY account_platform_user,
    DROP COLUMN platform_user_hash,
    DROP COLUMN platform_user_sealed;
