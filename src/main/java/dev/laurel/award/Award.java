package dev.laurel.award;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.criteria.RuleSet;
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
 * @param occurrence 1, or more where one before was taken back and the badge earned again
 * @param passId the check that decided it; {@code null} where a person gave it
 * @param waitsFor what stands between it and its release, besides the time; {@code null}: nothing
 * @param releaseAt not released before this moment
 * @param acceptedBy who vouches for it
 * @param declinedAt the holder does not want it; she may still change her mind
 */
public record Award(
        long id,
        UUID publicId,
        UUID subjectId,
        long personId,
        long achievementId,
        int achievementVersion,
        int occurrence,
        long contextId,
        long ruleSetId,
        int ruleSetVersion,
        Reference reference,
        @Nullable Long passId,
        Instant decidedAt,
        @Nullable Wait waitsFor,
        @Nullable Instant releaseAt,
        @Nullable Long acceptedBy,
        @Nullable Instant releasedAt,
        @Nullable Instant claimedAt,
        @Nullable Instant declinedAt,
        NameShown nameShown,
        @Nullable Instant suspendedAt,
        @Nullable Instant revokedAt,
        @Nullable Long sampleOf) {

    /** Whose word an award waits for. After one the next may be due, in this order. */
    public enum Wait {
        /** The pass would award to more people than was confirmed. */
        BRAKE,
        REVIEW,
        /** The badge is released by hand. */
        INSTRUCTOR
    }

    /** What the holder lets others read on the page of her badge. The signed badge itself never says who she is. */
    public enum NameShown {
        NONE,
        INITIALS,
        NAME
    }

    /** A new one, released at once where nothing stands between; its number is not known yet. */
    public static Award decided(
            RuleSet ruleSet,
            long personId,
            AchievementVersion.Key badge,
            int occurrence,
            int ruleSetVersion,
            Reference reference,
            @Nullable Long pass,
            @Nullable Wait wait,
            Instant releaseAt,
            @Nullable Long acceptedBy,
            Instant now) {
        return new Award(
                0,
                UUID.randomUUID(),
                UUID.randomUUID(),
                personId,
                badge.achievementId(),
                badge.version(),
                occurrence,
                ruleSet.contextId(),
                ruleSet.id(),
                ruleSetVersion,
                reference,
                pass,
                now,
                wait,
                releaseAt,
                acceptedBy,
                wait == null && !releaseAt.isAfter(now) ? now : null,
                null,
                null,
                NameShown.NONE,
                null,
                null,
                badge.achievementId() == ruleSet.achievementId() ? null : ruleSet.achievementId());
    }

    /** The badge that a rule set gives: this one, or the one that this is a sample of. */
    public long badgeId() {
        return sampleOf == null ? achievementId : sampleOf;
    }

    /** The version of the badge that was awarded. */
    public AchievementVersion.Key badge() {
        return new AchievementVersion.Key(achievementId, achievementVersion);
    }

    /** Whether it stands, for everybody who may know of it. */
    public boolean isValid() {
        return releasedAt != null && revokedAt == null && suspendedAt == null;
    }
}
