-- What a badge says of itself for catalogues and other schools, and what an institution says of those who speak for it.
ALTER TABLE achievement_version
    ADD COLUMN details text NULL COMMENT 'JSON: kind, tags, field of study, language, partner and so on';

ALTER TABLE issuer
    ADD COLUMN details text NULL COMMENT 'JSON: web site, address, parent organisation and so on',
    ADD COLUMN image_id bigint NULL COMMENT 'its logo';
