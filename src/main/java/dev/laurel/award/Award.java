package dev.laurel.award;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Validity;
import dev.laurel.criteria.HeldAchievement;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.platform.road.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The decision that a person earned a version of an achievement. Decided, released (the student may know), claimed (she
 * accepted it): separate moments, UTC. Sharing is the matter of {@code publication}.
 *
 * @param publicId the credential's {@code urn:uuid}
 * @param sampleOf the badge that a test student or a test copy has a sample of; {@code null} otherwise
 * @param subjectId the holder's random {@code urn:uuid}, for this award only
 * @param occurrence 1, or more where there was one before
 * @param passId the check that decided it; {@code null} where a person gave it
 * @param waitsFor what stands between it and its release, besides the time; {@code null}: nothing
 * @param releaseAt not released before this moment
 * @param acceptedBy who vouches for it
 * @param declinedAt the holder does not want it; she may still change her mind
 * @param revokedAt it left: taken back, or superseded
 * @param supersededBy the award of the same badge that took its place when it was released; where that was undone, the one
 *     that says the same as this one
 * @param level the tier that was reached; {@code null} where the badge had none
 * @param validUntil {@code null}: for ever
 * @param renewFrom what happened before counts for no renewal; {@code null} where it never ends
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
        @Nullable Long supersededBy,
        @Nullable Level level,
        @Nullable Instant validUntil,
        @Nullable Instant renewFrom,
        @Nullable Long sampleOf) {

    /**
     * A tier of a badge.
     *
     * @param rank 1 is the lowest
     * @param names of all tiers as they were, the lowest first
     */
    public record Level(int rank, List<String> names) {

        public Level {
            names = List.copyOf(names);
            if (rank < 1 || rank > names.size()) {
                throw new IllegalArgumentException("There is no tier " + rank);
            }
        }

        /** @return {@code null} where the rule has no tiers or none of them is reached */
        public static @Nullable Level of(Rule rule, int reached) {
            return rule instanceof Rule.Levels && reached > 0 ? new Level(reached, names(rule)) : null;
        }

        /** The tiers of a rule, the lowest first; empty where it has none. */
        public static List<String> names(Rule rule) {
            return rule instanceof Rule.Levels levels
                    ? levels.levels().stream().map(Rule.Levels.Level::name).toList()
                    : List.of();
        }

        public String name() {
            return names.get(rank - 1);
        }

        /**
         * Where this tier stands among those that the badge has by now: by its name or, where none is called so, by its rank,
         * but above what stood below it and below what stood above it.
         *
         * @return 1 is the lowest; 0: below all of them
         */
        public int among(List<String> now) {
            int place = now.indexOf(name()) + 1;
            if (place > 0 || now.isEmpty()) {
                return Math.max(place, 1);
            }
            int above = names.subList(0, rank - 1).stream()
                    .mapToInt(lower -> now.indexOf(lower) + 1)
                    .max()
                    .orElse(0);
            int below = names.subList(rank, names.size()).stream()
                    .mapToInt(now::indexOf)
                    .filter(index -> index >= 0)
                    .min()
                    .orElse(now.size());
            return Math.max(above, Math.min(rank, below));
        }
    }

    /** Whose word an award waits for. After one the next may be due, in this order. */
    public enum Wait {
        /** The pass would award to more people than was confirmed. */
        BRAKE,
        /** The institution signs, and it rests on results that one person brought in a file: another one has to look. */
        SECOND_PERSON,
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

    /** The same with the number that it got in the database. */
    public Award numbered(long number) {
        return new Award(
                number,
                publicId,
                subjectId,
                personId,
                achievementId,
                achievementVersion,
                occurrence,
                contextId,
                ruleSetId,
                ruleSetVersion,
                reference,
                passId,
                decidedAt,
                waitsFor,
                releaseAt,
                acceptedBy,
                releasedAt,
                claimedAt,
                declinedAt,
                nameShown,
                suspendedAt,
                revokedAt,
                supersededBy,
                level,
                validUntil,
                renewFrom,
                sampleOf);
    }

    /** A new one, released at once where nothing stands between; its number is not known yet. */
    public static Award decided(
            RuleSet ruleSet,
            long personId,
            AchievementVersion.Key badge,
            int occurrence,
            int ruleSetVersion,
            @Nullable Level level,
            Validity.@Nullable Span span,
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
                null,
                level,
                span == null ? null : span.until(),
                span == null ? null : span.renewFrom(),
                badge.achievementId() == ruleSet.achievementId() ? null : ruleSet.achievementId());
    }

    /** Decided again, under the versions of its badge and its rule that are in force; for what nobody was told of. */
    public Award anew(
            int version,
            AchievementVersion.Key badge,
            @Nullable Level reached,
            Validity.@Nullable Span span,
            Instant now) {
        return new Award(
                id,
                publicId,
                subjectId,
                personId,
                achievementId,
                badge.version(),
                occurrence,
                contextId,
                ruleSetId,
                version,
                reference,
                passId,
                now,
                waitsFor,
                releaseAt,
                acceptedBy,
                releasedAt,
                claimedAt,
                declinedAt,
                nameShown,
                suspendedAt,
                revokedAt,
                supersededBy,
                reached,
                span == null ? null : span.until(),
                span == null ? null : span.renewFrom(),
                sampleOf);
    }

    /** Once more what this one says, under names of its own, for holders to know of from now on. */
    public Award again(int number, Instant now) {
        return new Award(
                0,
                UUID.randomUUID(),
                UUID.randomUUID(),
                personId,
                achievementId,
                achievementVersion,
                number,
                contextId,
                ruleSetId,
                ruleSetVersion,
                reference,
                passId,
                decidedAt,
                null,
                releaseAt,
                acceptedBy,
                now,
                claimedAt,
                declinedAt,
                nameShown,
                null,
                null,
                null,
                level,
                validUntil,
                renewFrom,
                sampleOf);
    }

    /** What rules know of it. */
    public HeldAchievement held(HeldAchievement.Standing standing) {
        return new HeldAchievement(personId, achievementId, achievementVersion, null, decidedAt, validUntil, standing);
    }

    /** The badge that a rule set gives: this one, or the one that this is a sample of. */
    public long badgeId() {
        return sampleOf == null ? achievementId : sampleOf;
    }

    /** The version of the badge that was awarded. */
    public AchievementVersion.Key badge() {
        return new AchievementVersion.Key(achievementId, achievementVersion);
    }

    /** Whether a check decided it, and nobody was told of it or vouched for it yet. */
    public boolean isTheMachinesOwn() {
        return releasedAt == null && passId != null && acceptedBy == null;
    }

    /** 1 is the lowest tier, and that of a badge without tiers. */
    public int rank() {
        return level == null ? 1 : level.rank();
    }

    /** The tiers of the badge as they were, the lowest first; empty where it had none. */
    public List<String> tiers() {
        return level == null ? List.of() : level.names();
    }

    /**
     * Its tier among those that the badge has by now, which may be others than when it was awarded.
     *
     * @return 1 is the lowest, and that of what was awarded without tiers; 0: below all of them
     */
    public int rankAmong(List<String> tiers) {
        return level == null ? 1 : level.among(tiers);
    }

    /** When its holder is told that it ends: once it can be renewed, but never in the first half of its time. */
    public @Nullable Instant remindAt() {
        if (validUntil == null || renewFrom == null) {
            return null;
        }
        Instant halfway = decidedAt.plus(Duration.between(decidedAt, validUntil).dividedBy(2));
        Instant monthBefore = validUntil.minus(Duration.ofDays(30));
        Instant at = renewFrom.isBefore(validUntil) ? renewFrom : monthBefore;
        return at.isAfter(halfway) ? at : halfway;
    }

    public boolean isOver(Instant now) {
        return validUntil != null && !validUntil.isAfter(now);
    }

    /** It is decided by the rule alone so far: a person who teaches looks at it first. */
    public boolean waitsForReview() {
        return waitsFor == Wait.REVIEW || waitsFor == Wait.SECOND_PERSON;
    }

    /** Whether it stands, for everybody who may know of it; it may have run its time. */
    public boolean isValid() {
        return releasedAt != null && revokedAt == null && suspendedAt == null;
    }
}
