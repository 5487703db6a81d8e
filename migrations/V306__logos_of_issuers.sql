-- Every logo that an issuer ever had. Signed badges name it by an address of its own, which shows the same picture for ever.
CREATE TABLE issuer_logo (
    tenant_id bigint NOT NULL,
    issuer_id bigint NOT NULL,
    image_id  bigint NOT NULL COMMENT 'in badge_image',
    PRIMARY KEY (tenant_id, issuer_id, image_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO issuer_logo (tenant_id, issuer_id, image_id)
SELECT tenant_id, id, image_id FROM issuer WHERE image_id IS NOT NULL;
