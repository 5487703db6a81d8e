ALTER TABLE achievement_version
    ADD COLUMN alignments text NULL COMMENT 'JSON list: what the badge stands for in named frameworks';
