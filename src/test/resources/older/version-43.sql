-- What an installation of version 43 held: a course with a badge that is awarded, one that rests and a draft, and people to whom
-- everything happened that could. Person 1 teaches.
INSERT INTO tenant (id, name, name_hash, created_at)
VALUES (1, 'Northfield College', UNHEX(SHA2('Northfield College', 256)), '2026-01-10 09:00:00');

INSERT INTO context (tenant_id, id, registration_id, deployment_pk, context_hash, context_id, title, time_zone, last_launch_at, created_at)
VALUES (1, 1, 1, 1, UNHEX(SHA2('biology', 256)), 'biology', 'Biology 101', 'Europe/Berlin', '2026-01-10 09:00:00', '2026-01-10 09:00:00');
INSERT INTO gradebook (tenant_id, context_id, last_seq, failures, unmatched) VALUES (1, 1, 9, 0, 0);
INSERT INTO criteria_cursor (tenant_id, context_id, seq, evaluated_at) VALUES (1, 1, 9, '2026-01-20 09:00:00');
INSERT INTO line_item (tenant_id, id, context_id, source, external_hash, external_id, label, score_maximum, is_output, created_here, readable, created_at)
VALUES
    (1, 1, 1, 'ags', UNHEX(SHA2('essay', 256)), 'https://lms.example/essay', 'Essay', 100, FALSE, FALSE, TRUE, '2026-01-10 09:00:00'),
    (1, 2, 1, 'ags', UNHEX(SHA2('quiz', 256)), 'https://lms.example/quiz', 'Quiz', 20, FALSE, FALSE, TRUE, '2026-01-10 09:00:00');

INSERT INTO membership (tenant_id, context_id, person_id, roles, staff_by_launch, active, earns, seen_at, reference)
VALUES
    (1, 1, 1, 'INSTRUCTOR', TRUE, TRUE, FALSE, '2026-01-10 09:00:00', ''),
    (1, 1, 10, 'LEARNER', FALSE, TRUE, TRUE, '2026-01-10 09:00:00', ''),
    (1, 1, 11, 'LEARNER', FALSE, TRUE, TRUE, '2026-01-10 09:00:00', ''),
    (1, 1, 12, 'LEARNER', FALSE, TRUE, TRUE, '2026-01-10 09:00:00', ''),
    (1, 1, 13, 'LEARNER', FALSE, TRUE, TRUE, '2026-01-10 09:00:00', ''),
    (1, 1, 14, 'LEARNER', FALSE, TRUE, TRUE, '2026-01-10 09:00:00', ''),
    (1, 1, 15, 'LEARNER', FALSE, TRUE, TRUE, '2026-01-10 09:00:00', ''),
    (1, 1, 16, 'LEARNER', FALSE, TRUE, TRUE, '2026-01-10 09:00:00', '');

INSERT INTO observation (tenant_id, context_id, seq, recorded_at, person_id, line_item_id, source, status, score, score_maximum, visibility, came_about, reference)
VALUES
    (1, 1, 1, '2026-01-12 09:00:00', 10, 1, 'ags', 'GRADED', 92, 100, 'UNKNOWN', 'poll', 'OLDER01'),
    (1, 1, 2, '2026-01-12 09:00:00', 11, 1, 'ags', 'GRADED', 85, 100, 'UNKNOWN', 'poll', 'OLDER02'),
    (1, 1, 3, '2026-01-12 09:00:00', 12, 1, 'ags', 'GRADED', 85, 100, 'UNKNOWN', 'poll', 'OLDER03'),
    (1, 1, 4, '2026-01-12 09:00:00', 13, 1, 'ags', 'GRADED', 95, 100, 'UNKNOWN', 'poll', 'OLDER04'),
    (1, 1, 5, '2026-01-12 09:00:00', 14, 1, 'ags', 'GRADED', 40, 100, 'UNKNOWN', 'poll', 'OLDER05'),
    (1, 1, 6, '2026-01-12 09:00:00', 15, 1, 'ags', 'GRADED', 88, 100, 'UNKNOWN', 'poll', 'OLDER06'),
    (1, 1, 7, '2026-01-12 09:00:00', 16, 1, 'ags', 'GRADED', 20, 100, 'UNKNOWN', 'poll', 'OLDER07'),
    (1, 1, 8, '2026-01-12 09:00:00', 10, 2, 'ags', 'GRADED', 18, 20, 'UNKNOWN', 'poll', 'OLDER08'),
    (1, 1, 9, '2026-01-20 09:00:00', 12, 1, 'ags', 'GRADED', 50, 100, 'UNKNOWN', 'poll', 'OLDER09');

INSERT INTO latest_observation (tenant_id, context_id, seq, recorded_at, person_id, line_item_id, source, status, score, score_maximum, visibility, came_about, reference)
VALUES
    (1, 1, 1, '2026-01-12 09:00:00', 10, 1, 'ags', 'GRADED', 92, 100, 'UNKNOWN', 'poll', 'OLDER01'),
    (1, 1, 2, '2026-01-12 09:00:00', 11, 1, 'ags', 'GRADED', 85, 100, 'UNKNOWN', 'poll', 'OLDER02'),
    (1, 1, 4, '2026-01-12 09:00:00', 13, 1, 'ags', 'GRADED', 95, 100, 'UNKNOWN', 'poll', 'OLDER04'),
    (1, 1, 5, '2026-01-12 09:00:00', 14, 1, 'ags', 'GRADED', 40, 100, 'UNKNOWN', 'poll', 'OLDER05'),
    (1, 1, 6, '2026-01-12 09:00:00', 15, 1, 'ags', 'GRADED', 88, 100, 'UNKNOWN', 'poll', 'OLDER06'),
    (1, 1, 7, '2026-01-12 09:00:00', 16, 1, 'ags', 'GRADED', 20, 100, 'UNKNOWN', 'poll', 'OLDER07'),
    (1, 1, 8, '2026-01-12 09:00:00', 10, 2, 'ags', 'GRADED', 18, 20, 'UNKNOWN', 'poll', 'OLDER08'),
    (1, 1, 9, '2026-01-20 09:00:00', 12, 1, 'ags', 'GRADED', 50, 100, 'UNKNOWN', 'poll', 'OLDER09');

INSERT INTO issuer (tenant_id, id, public_id, kind, context_id, name, created_at)
VALUES (1, 1, '00000000-0000-4000-8000-000000000001', 'COURSE', 1, 'Biology 101', '2026-01-10 09:00:00');
INSERT INTO badge_image (tenant_id, id, png, alt_text, created_at) VALUES (1, 1, X'89504E47', 'A pen', '2026-01-10 09:00:00');

INSERT INTO achievement (tenant_id, id, public_id, issuer_id, latest_version, created_by, created_at)
VALUES
    (1, 1, '00000000-0000-4000-8000-000000000101', 1, 1, 1, '2026-01-10 09:00:00'),
    (1, 2, '00000000-0000-4000-8000-000000000102', 1, 1, 1, '2026-01-10 09:00:00'),
    (1, 3, '00000000-0000-4000-8000-000000000103', 1, 1, 1, '2026-01-10 09:00:00');

INSERT INTO achievement_version (tenant_id, achievement_id, version, name, description, criteria, achievement_type, image_id, colour, created_at, activated_at, activated_by)
VALUES
    (1, 1, 1, 'Essayist', 'Does it.', 'As the rule says.', 'Badge', 1, '#1f4e79', '2026-01-10 09:00:00', '2026-01-11 09:00:00', 1),
    (1, 2, 1, 'Either way', 'Does it.', 'As the rule says.', 'Badge', 1, '#1f4e79', '2026-01-10 09:00:00', '2026-01-11 09:00:00', 1),
    (1, 3, 1, 'All-rounder', 'Does it.', 'As the rule says.', 'Badge', 1, '#1f4e79', '2026-01-10 09:00:00', NULL, NULL);

INSERT INTO rule_set (tenant_id, id, context_id, achievement_id, status, version, created_by, created_at, activated_at)
VALUES
    (1, 1, 1, 1, 'ACTIVE', 2, 1, '2026-01-10 09:00:00', '2026-01-11 09:00:00'),
    (1, 2, 1, 2, 'PAUSED', 1, 1, '2026-01-10 09:00:00', '2026-01-11 09:00:00'),
    (1, 3, 1, 3, 'DRAFT', 1, 1, '2026-01-10 09:00:00', NULL);

INSERT INTO rule_set_version (tenant_id, rule_set_id, version, achievement_version, rule, created_by, created_at)
VALUES
    (1, 1, 1, 1, '{"v":1,"rule":{"type":"score","lineItem":1,"atLeast":90,"unit":"percent"}}', 1, '2026-01-10 09:00:00'),
    (1, 1, 2, 1, '{"v":1,"rule":{"type":"score","lineItem":1,"atLeast":80,"unit":"percent"}}', 1, '2026-01-10 09:00:00'),
    (1, 2, 1, 1, '{"v":2,"rule":{"type":"anyOf","of":[{"type":"score","lineItem":1,"atLeast":99,"unit":"points","take":"best"},{"type":"badge","badge":1}]}}', 1, '2026-01-10 09:00:00'),
    (1, 3, 1, 1, '{"v":2,"rule":{"type":"average","items":[{"lineItem":1,"weight":2},{"lineItem":2}],"atLeast":70,"unit":"percent","dropLowest":1}}', 1, '2026-01-10 09:00:00');
INSERT INTO rule_set_badge (tenant_id, achievement_id, rule_set_id) VALUES (1, 1, 2);

-- She looks at each case first, and a badge whose grade falls stays.
INSERT INTO award_policy (tenant_id, rule_set_id, version, review, releases, settling_seconds, on_fall, grace_seconds, brake_share, changed_by, changed_at)
VALUES (1, 1, 1, TRUE, 'POSTED', 600, 'KEEP', 259200, 60, 1, '2026-01-11 09:00:00');

INSERT INTO evaluation (tenant_id, rule_set_id, person_id, version, verdict, explanation, evaluated_at, reference)
VALUES
    (1, 1, 10, 2, 'MET', '[{"lineItem":1,"label":"Essay","atLeast":80,"unit":"percent","value":92,"maximum":100,"percent":92,"thresholdPoints":80,"missingPoints":0,"source":"ags","seq":1,"seenAt":"2026-01-12T09:00:00Z","verdict":"MET"}]', '2026-01-12 09:00:00', 'OLDER01'),
    (1, 1, 11, 2, 'MET', '[{"lineItem":1,"label":"Essay","atLeast":80,"unit":"percent","value":85,"maximum":100,"percent":85,"thresholdPoints":80,"missingPoints":0,"source":"ags","seq":2,"seenAt":"2026-01-12T09:00:00Z","verdict":"MET"}]', '2026-01-12 09:00:00', 'OLDER02'),
    (1, 1, 12, 2, 'NOT_MET', '[{"lineItem":1,"label":"Essay","atLeast":80,"unit":"percent","value":50,"maximum":100,"percent":50,"thresholdPoints":80,"missingPoints":30,"source":"ags","seq":9,"seenAt":"2026-01-12T09:00:00Z","verdict":"NOT_MET"}]', '2026-01-12 09:00:00', 'OLDER09'),
    (1, 1, 13, 2, 'MET', '[{"lineItem":1,"label":"Essay","atLeast":80,"unit":"percent","value":95,"maximum":100,"percent":95,"thresholdPoints":80,"missingPoints":0,"source":"ags","seq":4,"seenAt":"2026-01-12T09:00:00Z","verdict":"MET"}]', '2026-01-12 09:00:00', 'OLDER04'),
    (1, 1, 14, 2, 'NOT_MET', '[{"lineItem":1,"label":"Essay","atLeast":80,"unit":"percent","value":40,"maximum":100,"percent":40,"thresholdPoints":80,"missingPoints":40,"source":"ags","seq":5,"seenAt":"2026-01-12T09:00:00Z","verdict":"NOT_MET"}]', '2026-01-12 09:00:00', 'OLDER05'),
    (1, 1, 15, 2, 'MET', '[{"lineItem":1,"label":"Essay","atLeast":80,"unit":"percent","value":88,"maximum":100,"percent":88,"thresholdPoints":80,"missingPoints":0,"source":"ags","seq":6,"seenAt":"2026-01-12T09:00:00Z","verdict":"MET"}]', '2026-01-12 09:00:00', 'OLDER06'),
    (1, 1, 16, 2, 'NOT_MET', '[{"lineItem":1,"label":"Essay","atLeast":80,"unit":"percent","value":20,"maximum":100,"percent":20,"thresholdPoints":80,"missingPoints":60,"source":"ags","seq":7,"seenAt":"2026-01-12T09:00:00Z","verdict":"NOT_MET"}]', '2026-01-12 09:00:00', 'OLDER07');

-- Kept, declined, fallen since, taken back, waiting for review, given by hand.
INSERT INTO award (tenant_id, id, person_id, achievement_id, occurrence, public_id, subject_id, achievement_version, context_id, rule_set_id, rule_set_version,
    reference, decided_at, released_at, claimed_at, revoked_at, waits_for, accepted_by, accepted_at, name_shown, declined_at)
VALUES
    (1, 1, 10, 1, 1, '00000000-0000-4000-8000-000000000201', '00000000-0000-4000-8000-000000000301', 1, 1, 1, 1,
        'OLDER21', '2026-01-12 09:00:00', '2026-01-12 09:00:00', '2026-01-13 09:00:00', NULL, NULL, NULL, NULL, 'NAME', NULL),
    (1, 2, 11, 1, 1, '00000000-0000-4000-8000-000000000202', '00000000-0000-4000-8000-000000000302', 1, 1, 1, 2,
        'OLDER22', '2026-01-12 09:00:00', '2026-01-12 09:00:00', NULL, NULL, NULL, 1, '2026-01-12 09:00:00', 'NONE', '2026-01-13 09:00:00'),
    (1, 3, 12, 1, 1, '00000000-0000-4000-8000-000000000203', '00000000-0000-4000-8000-000000000303', 1, 1, 1, 2,
        'OLDER23', '2026-01-12 09:00:00', '2026-01-12 09:00:00', NULL, NULL, NULL, 1, '2026-01-12 09:00:00', 'NONE', NULL),
    (1, 4, 13, 1, 1, '00000000-0000-4000-8000-000000000204', '00000000-0000-4000-8000-000000000304', 1, 1, 1, 2,
        'OLDER24', '2026-01-12 09:00:00', '2026-01-12 09:00:00', NULL, '2026-01-14 09:00:00', NULL, 1, '2026-01-12 09:00:00', 'NONE', NULL),
    (1, 5, 15, 1, 1, '00000000-0000-4000-8000-000000000205', '00000000-0000-4000-8000-000000000305', 1, 1, 1, 2,
        'OLDER25', '2026-01-12 09:00:00', NULL, NULL, NULL, 'REVIEW', NULL, NULL, 'NONE', NULL),
    (1, 6, 16, 1, 1, '00000000-0000-4000-8000-000000000206', '00000000-0000-4000-8000-000000000306', 1, 1, 1, 2,
        'OLDER26', '2026-01-12 09:00:00', '2026-01-12 09:00:00', NULL, NULL, NULL, 1, '2026-01-12 09:00:00', 'NONE', NULL);

INSERT INTO decision_record (tenant_id, public_id, facts, created_at)
VALUES
    (1, '00000000-0000-4000-8000-000000000201', '{"rule":{"v":1,"rule":{"type":"score","lineItem":1,"atLeast":90,"unit":"percent"}},"evaluatedAt":"2026-01-12T09:00:00Z","verdict":"MET","lines":[{"lineItem":1,"label":"Essay","atLeast":80,"unit":"percent","value":92,"maximum":100,"percent":92,"thresholdPoints":80,"missingPoints":0,"source":"ags","seq":1,"seenAt":"2026-01-12T09:00:00Z","verdict":"MET"}]}', '2026-01-12 09:00:00'),
    (1, '00000000-0000-4000-8000-000000000202', '{"rule":{"v":1,"rule":{"type":"score","lineItem":1,"atLeast":80,"unit":"percent"}},"evaluatedAt":"2026-01-12T09:00:00Z","verdict":"MET","lines":[{"lineItem":1,"label":"Essay","atLeast":80,"unit":"percent","value":85,"maximum":100,"percent":85,"thresholdPoints":80,"missingPoints":0,"source":"ags","seq":2,"seenAt":"2026-01-12T09:00:00Z","verdict":"MET"}]}', '2026-01-12 09:00:00'),
    (1, '00000000-0000-4000-8000-000000000203', '{"rule":{"v":1,"rule":{"type":"score","lineItem":1,"atLeast":80,"unit":"percent"}},"evaluatedAt":"2026-01-12T09:00:00Z","verdict":"MET","lines":[{"lineItem":1,"label":"Essay","atLeast":80,"unit":"percent","value":85,"maximum":100,"percent":85,"thresholdPoints":80,"missingPoints":0,"source":"ags","seq":3,"seenAt":"2026-01-12T09:00:00Z","verdict":"MET"}]}', '2026-01-12 09:00:00'),
    (1, '00000000-0000-4000-8000-000000000204', '{"rule":{"v":1,"rule":{"type":"score","lineItem":1,"atLeast":80,"unit":"percent"}},"evaluatedAt":"2026-01-12T09:00:00Z","verdict":"MET","lines":[{"lineItem":1,"label":"Essay","atLeast":80,"unit":"percent","value":95,"maximum":100,"percent":95,"thresholdPoints":80,"missingPoints":0,"source":"ags","seq":4,"seenAt":"2026-01-12T09:00:00Z","verdict":"MET"}]}', '2026-01-12 09:00:00'),
    (1, '00000000-0000-4000-8000-000000000205', '{"rule":{"v":1,"rule":{"type":"score","lineItem":1,"atLeast":80,"unit":"percent"}},"evaluatedAt":"2026-01-12T09:00:00Z","verdict":"MET","lines":[{"lineItem":1,"label":"Essay","atLeast":80,"unit":"percent","value":88,"maximum":100,"percent":88,"thresholdPoints":80,"missingPoints":0,"source":"ags","seq":6,"seenAt":"2026-01-12T09:00:00Z","verdict":"MET"}]}', '2026-01-12 09:00:00'),
    (1, '00000000-0000-4000-8000-000000000206', '{"byHand":{"reason":"She sat the make-up exam."}}', '2026-01-12 09:00:00');

INSERT INTO award_history (tenant_id, award_id, moment, at, by_person, reason)
VALUES
    (1, 1, 'CLAIMED', '2026-01-13 09:00:00', 10, NULL),
    (1, 2, 'DECLINED', '2026-01-13 09:00:00', 11, NULL),
    (1, 4, 'REVOKED', '2026-01-14 09:00:00', 1, 'The essay is copied.');
INSERT INTO award_fall (tenant_id, award_id, rule_set_id, person_id, fell_at, follows, act_at, state, live)
VALUES (1, 3, 1, 12, '2026-01-20 09:00:00', 'KEEP', '2026-01-23 09:00:00', 'OPEN', TRUE);
INSERT INTO human_decision (tenant_id, rule_set_id, person_id, kind, reason, by_person, decided_at, live)
VALUES
    (1, 1, 13, 'WITHHELD', 'The essay is copied.', 1, '2026-01-14 09:00:00', TRUE),
    (1, 1, 16, 'GRANTED', 'She sat the make-up exam.', 1, '2026-01-12 09:00:00', TRUE);

INSERT INTO award_message (tenant_id, award_id, kind, person_id, created_at, read_at)
VALUES
    (1, 1, 'RELEASED', 10, '2026-01-12 09:00:00', '2026-01-15 09:00:00'),
    (1, 2, 'RELEASED', 11, '2026-01-12 09:00:00', '2026-01-15 09:00:00'),
    (1, 3, 'RELEASED', 12, '2026-01-12 09:00:00', '2026-01-15 09:00:00'),
    (1, 3, 'FELL', 12, '2026-01-20 09:00:00', '2026-01-15 09:00:00'),
    (1, 4, 'RELEASED', 13, '2026-01-12 09:00:00', '2026-01-15 09:00:00'),
    (1, 4, 'REVOKED', 13, '2026-01-12 09:00:00', '2026-01-15 09:00:00'),
    (1, 6, 'RELEASED', 16, '2026-01-12 09:00:00', '2026-01-15 09:00:00');

INSERT INTO mail_choice (tenant_id, person_id, allowed, changed_at, last_digest_at)
VALUES (1, 10, TRUE, '2026-01-10 09:00:00', '2026-01-12 09:00:00'), (1, 16, TRUE, '2026-01-10 09:00:00', NULL);
-- The second one waited when the installation stopped.
INSERT INTO message_outbox (tenant_id, award_id, kind, person_id, created_at, waiting, ended, ended_at)
VALUES (1, 1, 'EARNED', 10, '2026-01-12 09:00:00', NULL, 'SENT', '2026-01-12 09:00:00'), (1, 6, 'EARNED', 16, '2026-01-12 09:00:00', TRUE, NULL, NULL);
INSERT INTO message_run (id, run_at) VALUES (1, '2026-01-12 10:00:00');

INSERT INTO held_achievement (tenant_id, person_id, achievement_id, achievement_version, since, standing)
VALUES
    (1, 10, 1, 1, '2026-01-12 09:00:00', 'HELD'),
    (1, 11, 1, 1, '2026-01-12 09:00:00', 'HELD'),
    (1, 12, 1, 1, '2026-01-12 09:00:00', 'HELD'),
    (1, 13, 1, 1, '2026-01-12 09:00:00', 'REVOKED'),
    (1, 16, 1, 1, '2026-01-12 09:00:00', 'HELD');

INSERT INTO credential (tenant_id, award_id, public_id, reference, embedded, signed_at, jwt, jwt_signed_at, identity_salt, created_at)
VALUES
    (1, 1, '00000000-0000-4000-8000-000000000201', 'OLDER21', '{}', '2026-01-12 09:00:00', 'e30', '2026-01-12 09:00:00', X'00', '2026-01-12 09:00:00'),
    (1, 2, '00000000-0000-4000-8000-000000000202', 'OLDER22', '{}', '2026-01-12 09:00:00', 'e30', '2026-01-12 09:00:00', X'00', '2026-01-12 09:00:00'),
    (1, 3, '00000000-0000-4000-8000-000000000203', 'OLDER23', '{}', '2026-01-12 09:00:00', 'e30', '2026-01-12 09:00:00', X'00', '2026-01-12 09:00:00'),
    (1, 4, '00000000-0000-4000-8000-000000000204', 'OLDER24', '{}', '2026-01-12 09:00:00', 'e30', '2026-01-12 09:00:00', X'00', '2026-01-12 09:00:00'),
    (1, 6, '00000000-0000-4000-8000-000000000206', 'OLDER26', '{}', '2026-01-12 09:00:00', 'e30', '2026-01-12 09:00:00', X'00', '2026-01-12 09:00:00');

INSERT INTO passback (tenant_id, rule_set_id, line_item_id, enabled, enabled_by, changed_at) VALUES (1, 1, NULL, TRUE, 1, '2026-01-11 09:00:00');
INSERT INTO score_outbox (tenant_id, award_id, rule_set_id, context_id, person_id, reference, created_at, due_at, attempts, score_time, sent_at)
VALUES
    (1, 1, 1, 1, 10, 'OLDER21', '2026-01-12 09:00:00', '2026-01-12 09:00:00', 1, '2026-01-12 09:00:00', '2026-01-12 09:00:00'),
    (1, 4, 1, 1, 13, 'OLDER24', '2026-01-12 09:00:00', '2026-01-12 09:00:00', 1, '2026-01-12 09:00:00', '2026-01-12 09:00:00');
