package dev.laurel.dashboard.template;

import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.policy.AwardPolicy.OnFall;
import dev.laurel.award.policy.AwardPolicy.Releases;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.gradebook.DescribedColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a file of badges says.
 *
 * @param from the title of the course it was written in
 * @param columns everything that the rules look at, by the numbers of the file
 * @param others badges that a rule asks for and that are not in the file
 */
record BadgeSet(String from, List<DescribedColumn> columns, List<Other> others, List<Badge> badges) {

    /** The version of the format that is written; docs/badge-sets.md. */
    static final int VERSION = 1;

    /** As an upload may be. */
    static final int MOST_BYTES = 10 * 1024 * 1024;

    static final int MOST_BADGES = 100;

    static final int MOST_COLUMNS = 1000;

    /** @param number by which rules of the file name it */
    record Other(long number, UUID id, String name) {}

    /**
     * One badge.
     *
     * @param number by which rules of the file name it
     * @param id the same wherever the badge is taken
     * @param criteria {@code null}: what the rule says, in the words of the course
     * @param picture {@code null}: drawn from name and colour
     * @param rule over the columns and badges of the file
     * @param award {@code null}: as is usual where it is taken
     */
    record Badge(
            long number,
            UUID id,
            String name,
            String description,
            @Nullable String criteria,
            String colour,
            Worth worth,
            @Nullable Picture picture,
            Rule rule,
            @Nullable Award award) {}

    /** An uploaded picture. */
    record Picture(byte[] png, String altText) {}

    /** How it is awarded. */
    record Award(
            boolean review,
            Releases releases,
            Duration settling,
            @Nullable Instant releaseOn,
            OnFall onFall,
            Duration grace,
            int brakeShare) {

        static Award of(AwardPolicy policy) {
            return new Award(
                    policy.review(),
                    policy.releases(),
                    policy.settling(),
                    policy.releaseOn(),
                    policy.onFall(),
                    policy.grace(),
                    policy.brakeShare());
        }

        /** A date that was of another term says nothing any more. */
        boolean isPast(Instant now) {
            return AwardPolicy.isOver(releases, releaseOn, now);
        }

        /** Where its date is past, or missing, the instructor releases, so nobody is surprised. */
        AwardPolicy policy(Instant now) {
            boolean dated = releases == Releases.DATE && releaseOn != null;
            return new AwardPolicy(
                            review,
                            releases == Releases.DATE && !dated ? Releases.INSTRUCTOR : releases,
                            settling,
                            dated ? releaseOn : null,
                            onFall,
                            grace,
                            brakeShare)
                    .inAnotherCourse(now);
        }
    }

    /** What rules call the badges that they ask for. */
    Map<Long, String> badgeNames() {
        Map<Long, String> names = others.stream().collect(Collectors.toMap(Other::number, Other::name));
        badges.forEach(badge -> names.put(badge.number(), badge.name()));
        return names;
    }

    /** Those numbers that are badges of the file. */
    Set<Long> numbers() {
        return badges.stream().map(Badge::number).collect(Collectors.toSet());
    }
}
