package dev.laurel.award.decision;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;

/** Nothing is real in a test copy, or for a test student. The one place where it is decided. */
@Component
@NamedInterface("decision")
public class Samples {

    private final Contexts contexts;

    private final Achievements achievements;

    private final Issuers issuers;

    Samples(Contexts contexts, Achievements achievements, Issuers issuers) {
        this.contexts = contexts;
        this.achievements = achievements;
        this.issuers = issuers;
    }

    /** Who gets a sample in place of the badge, and which. */
    public record Choice(RuleSet ruleSet, Set<Long> people, AchievementVersion.@Nullable Key sample) {

        public AchievementVersion.Key badge(long personId) {
            return sample == null || !people.contains(personId) ? ruleSet.badge() : sample;
        }

        /** Every badge that somebody may get. */
        public Set<Long> badgeIds() {
            Set<Long> ids = new HashSet<>(Set.of(ruleSet.achievementId()));
            if (sample != null) {
                ids.add(sample.achievementId());
            }
            return ids;
        }
    }

    public Choice among(TenantId tenant, RuleSet ruleSet, Set<Long> earners) {
        Set<Long> people = concerned(tenant, ruleSet, earners);
        return new Choice(
                ruleSet,
                people,
                people.isEmpty()
                        ? null
                        : achievements
                                .sampleOf(tenant, ruleSet.achievementId(), ruleSet.achievementVersion())
                                .key());
    }

    /** The same to look at: a sample that there is not yet is not made, and nobody has it. */
    Choice known(TenantId tenant, RuleSet ruleSet, Set<Long> earners) {
        Set<Long> people = concerned(tenant, ruleSet, earners);
        return new Choice(
                ruleSet,
                people,
                people.isEmpty()
                        ? null
                        : achievements
                                .knownSampleOf(tenant, ruleSet.achievementId(), ruleSet.achievementVersion())
                                .orElse(null));
    }

    /**
     * Whether anything can be done with an award from there: in a test copy, in which others may sign in as its holder, with samples
     * alone.
     */
    public boolean isOpenTo(SignedIn me, Award award) {
        return !openTo(me, List.of(award)).isEmpty();
    }

    /** The same of these: the numbers of those with which something can be done. At most one statement. */
    public Set<Long> openTo(SignedIn me, Collection<Award> awards) {
        // Badges that were made in a test copy are no samples of others.
        Set<Long> made = me.acting().testCopy()
                ? issuers.samplesAmong(
                        me.tenant(), awards.stream().map(Award::achievementId).collect(Collectors.toSet()))
                : Set.of();
        return awards.stream()
                .filter(award -> !me.acting().testCopy() || made.contains(award.achievementId()))
                .map(Award::id)
                .collect(Collectors.toSet());
    }

    private Set<Long> concerned(TenantId tenant, RuleSet ruleSet, Set<Long> earners) {
        Set<Long> people = new HashSet<>(earners);
        boolean testCopy = contexts.find(tenant, ruleSet.contextId())
                .map(CourseContext::sample)
                .orElse(false);
        if (!testCopy) {
            people.retainAll(contexts.testStudents(tenant, ruleSet.contextId()));
        }
        return people;
    }
}
