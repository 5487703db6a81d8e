-- Badges of other organisations that were taken back or suspended: a suspension ends, and then they count again.
ALTER TABLE brought_badge
    ADD COLUMN look_until datetime(6) NULL COMMENT 'until when one that its issuer withdrew is looked at again; NULL: it is not'
        AFTER checked_at,
    ADD KEY brought_badge_looks (look_until);
