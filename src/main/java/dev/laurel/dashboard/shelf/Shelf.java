package dev.laurel.dashboard.shelf;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.release.Releases;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.dashboard.explain.Explanation;
import dev.laurel.dashboard.explain.NextStep;
import dev.laurel.platform.tenant.TenantId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What one learner has earned, and what is on the way. */
@Component
public class Shelf {

    private final Awards awards;

    private final Achievements achievements;

    private final RuleSets ruleSets;

    private final Releases releases;

    private final Falls falls;

    private final HumanDecisions humanDecisions;

    private final NextStep nextStep;

    Shelf(
            Awards awards,
            Achievements achievements,
            RuleSets ruleSets,
            Releases releases,
            Falls falls,
            HumanDecisions humanDecisions,
            NextStep nextStep) {
        this.awards = awards;
        this.releases = releases;
        this.falls = falls;
        this.achievements = achievements;
        this.ruleSets = ruleSets;
        this.humanDecisions = humanDecisions;
        this.nextStep = nextStep;
    }

    /**
     * A badge that she has.
     *
     * @param fell her result fell, and something follows from it unless she objects
     */
    record Earned(Award award, AchievementVersion version, boolean fell) {}

    /**
     * A badge that she can still earn.
     *
     * @param pending something is decided that may not be told yet: nothing is said of her results
     * @param withheld a person decided that she does not get it, whatever the rule says
     */
    public record OnTheWay(
            long ruleSetId,
            AchievementVersion version,
            Explanation explanation,
            String next,
            boolean started,
            boolean pending,
            boolean withheld) {}

    /** What she has earned anywhere, as far as she may know of it. */
    List<Earned> earned(TenantId tenant, long personId) {
        List<Award> held = awards.ofPerson(tenant, personId);
        if (held.isEmpty()) {
            return List.of();
        }
        Set<Long> fallen = falls.threatened(tenant, personId);
        Map<AchievementVersion.Key, AchievementVersion> versions =
                versions(tenant, held.stream().map(Award::badge).toList());
        List<Earned> earned = new ArrayList<>();
        for (Award award : held) {
            AchievementVersion version = versions.get(award.badge());
            if (version != null) {
                earned.add(new Earned(award, version, fallen.contains(award.id())));
            }
        }
        return earned;
    }

    /** What she can still earn in a course, worded for herself. */
    public List<OnTheWay> toLearner(CourseContext course, long personId, List<Earned> earned) {
        return onTheWay(course, personId, earned, nextStep::toLearner);
    }

    /** The same in words for others: only what is missing. */
    List<OnTheWay> toOthers(CourseContext course, long personId, List<Earned> earned) {
        return onTheWay(course, personId, earned, nextStep::toStaff);
    }

    private List<OnTheWay> onTheWay(
            CourseContext course, long personId, List<Earned> earned, Function<Explanation, String> words) {
        TenantId tenant = course.tenant();
        List<PersonEvaluation> evaluations = ruleSets.ofLearner(tenant, course.id(), personId);
        if (evaluations.isEmpty()) {
            return List.of();
        }
        Set<Long> has = earned.stream().map(each -> each.award().badgeId()).collect(Collectors.toSet());
        Set<Long> notFinal = releases.notFinal(tenant, personId, evaluations);
        Set<Long> withheld = humanDecisions.withheldFrom(tenant, personId);
        Set<Long> earlier = humanDecisions.metEarlier(tenant, personId);
        Map<Long, RuleSet> ofCourse = ruleSets.ofContext(tenant, course.id()).stream()
                .collect(Collectors.toMap(RuleSet::id, Function.identity()));
        Map<AchievementVersion.Key, AchievementVersion> versions =
                versions(tenant, ofCourse.values().stream().map(RuleSet::badge).toList());
        List<OnTheWay> badges = new ArrayList<>();
        for (PersonEvaluation evaluation : evaluations) {
            RuleSet ruleSet = ofCourse.get(evaluation.ruleSetId());
            AchievementVersion version = ruleSet == null ? null : versions.get(ruleSet.badge());
            if (ruleSet == null
                    || version == null
                    || has.contains(ruleSet.achievementId())
                    || ruleSet.version() != evaluation.ruleSetVersion()
                    || isOver(evaluation, earlier)) {
                continue;
            }
            badges.add(onTheWay(
                    ruleSet,
                    version,
                    evaluation,
                    words,
                    notFinal.contains(ruleSet.id()),
                    withheld.contains(ruleSet.id())));
        }
        // What is begun stands before what is not.
        badges.sort(Comparator.comparing((OnTheWay badge) -> !badge.started())
                .thenComparing(badge -> badge.version().name()));
        return badges;
    }

    /** She met the rule before it was activated for what comes from then on: nothing is on its way to her. */
    private static boolean isOver(PersonEvaluation evaluation, Set<Long> earlier) {
        return evaluation.evaluation().verdict() == Verdict.MET && earlier.contains(evaluation.ruleSetId());
    }

    private Map<AchievementVersion.Key, AchievementVersion> versions(
            TenantId tenant, List<AchievementVersion.Key> keys) {
        return achievements.versions(tenant, keys).stream()
                .collect(Collectors.toMap(AchievementVersion::key, Function.identity()));
    }

    private static OnTheWay onTheWay(
            RuleSet ruleSet,
            AchievementVersion version,
            PersonEvaluation evaluation,
            Function<Explanation, String> words,
            boolean pending,
            boolean withheld) {
        Explanation explanation = Explanation.of(ruleSet.rule(), evaluation.evaluation());
        boolean started = evaluation.evaluation().lines().stream().anyMatch(line -> line.value() != null);
        return new OnTheWay(ruleSet.id(), version, explanation, words.apply(explanation), started, pending, withheld);
    }
}
