ALTER TABLE membership ADD COLUMN told_roles varchar(200) NULL
    COMMENT 'roles that the platform tells over its own interface, beside LTI; NULL: it does not' AFTER roster_roles;
