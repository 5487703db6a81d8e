-- Whose badges run out at one moment, and who holds a badge.
ALTER TABLE held_achievement ADD KEY held_achievement_until (tenant_id, achievement_id, until);
