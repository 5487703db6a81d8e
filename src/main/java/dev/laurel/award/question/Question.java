package dev.laurel.award.question;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * "I think this is wrong": a student's word on what was worked out about her.
 *
 * @param facts JSON, one line per leaf, as they stood when she asked
 * @param verdict as it stood then
 */
public record Question(
        long id,
        long ruleSetId,
        long personId,
        String words,
        String facts,
        String verdict,
        Instant askedAt,
        @Nullable String answer,
        @Nullable Instant answeredAt) {}
