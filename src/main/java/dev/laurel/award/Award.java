package dev.laurel.award;

import dev.laurel.platform.road.Reference;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The decision that a person earned a version of an achievement. Decided, released (the student may know), claimed (she
 * accepted it): separate moments, UTC. Sharing is the matter of {@code publication}.
 *
 * @param publicId the credential's {@code urn:uuid}
 * @param sampleOf the badge that a test student or a test copy has a sample of; {@code null} otherwise
 * @param subjectId the holder's random {@code urn:uuid}, for this award only
 */
public record Award(
        long id,
        UUID publicId,
        UUID subjectId,
        long personId,
        long achievementId,
        int achievementVersion,
        long contextId,
        long ruleSetId,
        int ruleSetVersion,
        Reference reference,
        Instant decidedAt,
        @Nullable Instant releasedAt,
        @Nullable Instant claimedAt,
        boolean displayNameShown,
        @Nullable Instant revokedAt,
        @Nullable Long sampleOf) {

    /** The badge that a rule set gives: this one, or the one that this is a sample of. */
    public long badgeId() {
        return sampleOf == null ? achievementId : sampleOf;
    }
}
