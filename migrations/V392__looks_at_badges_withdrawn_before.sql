-- Badges of other organisations that were withdrawn before it was known that a suspension ends.
UPDATE brought_badge SET look_until = checked_at + INTERVAL 90 DAY WHERE state = 'ENDED' AND look_until IS NULL;
