-- A column that no rule names, and that was one of a group which the rule counts, is missed where it leaves the group.
ALTER TABLE rule_set_column
    ADD COLUMN group_name varchar(255) NULL;
