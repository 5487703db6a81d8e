package dev.laurel.dashboard.shelf;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.question.Question;
import dev.laurel.award.question.Questions;
import dev.laurel.award.release.Unreleased;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.dashboard.explain.Explanation;
import dev.laurel.dashboard.explain.Explanations;
import dev.laurel.dashboard.explain.NextStep;
import dev.laurel.dashboard.explain.Tiers;
import dev.laurel.dashboard.shelf.OnTheWay.State;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What one learner has earned, and what is on the way: a fixed number of statements, however many badges there are. */
@Component
public class Shelf {

    private final Awards awards;

    private final Achievements achievements;

    private final RuleSets ruleSets;

    private final Verdicts verdicts;

    private final Unreleased unreleased;

    private final Falls falls;

    private final HumanDecisions humanDecisions;

    private final Questions questions;

    private final Explanations explanations;

    private final NextStep nextStep;

    private final Wording wording;

    private final Clock clock;

    Shelf(
            Awards awards,
            Achievements achievements,
            RuleSets ruleSets,
            Verdicts verdicts,
            Unreleased unreleased,
            Falls falls,
            HumanDecisions humanDecisions,
            Questions questions,
            Explanations explanations,
            NextStep nextStep,
            Wording wording,
            Clock clock) {
        this.awards = awards;
        this.unreleased = unreleased;
        this.falls = falls;
        this.achievements = achievements;
        this.ruleSets = ruleSets;
        this.verdicts = verdicts;
        this.humanDecisions = humanDecisions;
        this.questions = questions;
        this.explanations = explanations;
        this.nextStep = nextStep;
        this.wording = wording;
        this.clock = clock;
    }

    /**
     * A badge that she has.
     *
     * @param over its time has run out
     * @param fell her result fell, and something follows from it unless she objects
     */
    public record Earned(Award award, AchievementVersion version, boolean over, boolean fell) {

        /** She has not said yet whether she keeps it. */
        public boolean isNew() {
            return award.claimedAt() == null && award.declinedAt() == null && award.revokedAt() == null;
        }
    }

    /** What she has earned anywhere, as far as she may know of it; newest first. */
    List<Earned> earned(TenantId tenant, long personId) {
        List<Award> held = awards.ofPerson(tenant, personId);
        if (held.isEmpty()) {
            return List.of();
        }
        Set<Long> fallen = falls.threatened(tenant, personId);
        Map<AchievementVersion.Key, AchievementVersion> versions =
                achievements.versions(tenant, held.stream().map(Award::badge).toList());
        Instant now = clock.instant();
        List<Earned> earned = new ArrayList<>();
        for (Award award : held) {
            AchievementVersion version = versions.get(award.badge());
            if (version != null) {
                earned.add(new Earned(award, version, award.isOver(now), fallen.contains(award.id())));
            }
        }
        return earned;
    }

    /** A question of hers that somebody answered. */
    record Answered(Question question, String badge) {}

    /** Of what she asked in a course, what was answered since she last looked at it. */
    List<Answered> answers(CourseContext course, long personId) {
        TenantId tenant = course.tenant();
        Map<Long, RuleSet> all = ruleSets.ofContext(tenant, course.id()).stream()
                .collect(Collectors.toMap(RuleSet::id, Function.identity()));
        List<Question> answered = questions.unread(tenant, all.keySet(), personId);
        if (answered.isEmpty()) {
            return List.of();
        }
        Map<AchievementVersion.Key, AchievementVersion> versions = achievements.versions(
                tenant, all.values().stream().map(RuleSet::badge).toList());
        List<Answered> answers = new ArrayList<>();
        for (Question question : answered) {
            RuleSet ruleSet = all.get(question.ruleSetId());
            AchievementVersion version = ruleSet == null ? null : versions.get(ruleSet.badge());
            if (version != null) {
                answers.add(new Answered(question, version.name()));
            }
        }
        return answers;
    }

    /** She has read those. */
    void readAnswers(CourseContext course, long personId, Instant until) {
        questions.read(
                course.tenant(),
                ruleSets.ofContext(course.tenant(), course.id()).stream()
                        .map(RuleSet::id)
                        .toList(),
                personId,
                until);
    }

    /** What she can still earn in a course, worded for herself. */
    public InCourse toLearner(CourseContext course, long personId, List<Earned> earned) {
        return now(course, personId, earned, nextStep::toLearner);
    }

    /** The same in words for others: only what is missing. */
    InCourse toOthers(CourseContext course, long personId, List<Earned> earned) {
        return now(course, personId, earned, nextStep::toStaff);
    }

    /** The same of several courses, as far as it was worked out already. */
    List<InCourse> toLearner(TenantId tenant, List<CourseContext> courses, long personId, List<Earned> earned) {
        List<RuleSet> ofCourses = shown(ruleSets.ofContexts(
                tenant, courses.stream().map(CourseContext::id).toList()));
        return of(
                tenant,
                courses,
                personId,
                earned,
                ofCourses,
                verdicts.stored(tenant, personId, ofCourses),
                nextStep::toLearner);
    }

    /** What has not been worked out yet is worked out now. */
    private InCourse now(
            CourseContext course, long personId, List<Earned> earned, Function<Explanation, String> words) {
        TenantId tenant = course.tenant();
        List<PersonEvaluation> evaluations = verdicts.ofLearner(tenant, course.id(), personId);
        List<RuleSet> ofCourse = shown(ruleSets.ofContext(tenant, course.id()));
        return of(tenant, List.of(course), personId, earned, ofCourse, evaluations, words)
                .get(0);
    }

    private List<InCourse> of(
            TenantId tenant,
            List<CourseContext> courses,
            long personId,
            List<Earned> earned,
            List<RuleSet> ofCourses,
            List<PersonEvaluation> evaluations,
            Function<Explanation, String> words) {
        Map<Long, PersonEvaluation> byRuleSet =
                evaluations.stream().collect(Collectors.toMap(PersonEvaluation::ruleSetId, Function.identity()));
        Map<AchievementVersion.Key, AchievementVersion> versions = achievements.versions(
                tenant, ofCourses.stream().map(RuleSet::badge).toList());
        Standing standing = ofCourses.isEmpty() ? Standing.NONE : standing(tenant, personId, earned, evaluations);
        List<InCourse> all = new ArrayList<>();
        for (CourseContext course : courses) {
            List<OnTheWay> badges = new ArrayList<>();
            Map<Long, String> nextTiers = new HashMap<>();
            for (RuleSet ruleSet : ofCourses) {
                AchievementVersion version = versions.get(ruleSet.badge());
                if (ruleSet.contextId() != course.id() || version == null) {
                    continue;
                }
                PersonEvaluation evaluation = byRuleSet.get(ruleSet.id());
                if (standing.has().contains(ruleSet.achievementId())) {
                    if (evaluation != null && ruleSet.status() == RuleSet.Status.ACTIVE) {
                        held(ruleSet, earned)
                                .flatMap(award -> nextTier(course, ruleSet, award, evaluation, standing))
                                .ifPresent(next -> nextTiers.put(ruleSet.id(), next));
                    }
                } else if (!standing.isPassedOver(ruleSet, evaluation)) {
                    badges.add(onTheWay(course, ruleSet, version, evaluation, words, standing));
                }
            }
            // What is begun stands before what is not.
            badges.sort(Comparator.comparing(OnTheWay::state)
                    .thenComparing(badge -> badge.version().name()));
            all.add(new InCourse(course, badges, nextTiers));
        }
        return all;
    }

    /**
     * What is decided about somebody besides the rules, by badge or rule set.
     *
     * @param notFinal nothing may be told yet
     * @param has badges that she has, or that were taken back for good
     * @param earlier she met the rule before it was activated for what comes from then on
     */
    private record Standing(Set<Long> has, Set<Long> notFinal, Set<Long> withheld, Set<Long> earlier) {

        static final Standing NONE = new Standing(Set.of(), Set.of(), Set.of(), Set.of());

        /** Whether what she may still reach is known, and a check would give it. */
        boolean mayBeTold(RuleSet ruleSet) {
            return !notFinal.contains(ruleSet.id()) && !withheld.contains(ruleSet.id());
        }

        /** Nothing is on its way to her. */
        boolean isPassedOver(RuleSet ruleSet, @Nullable PersonEvaluation evaluation) {
            return evaluation != null
                    && evaluation.evaluation().verdict() == Verdict.MET
                    && earlier.contains(ruleSet.id());
        }
    }

    private Standing standing(TenantId tenant, long personId, List<Earned> earned, List<PersonEvaluation> evaluations) {
        Set<Long> withheld = humanDecisions.withheldFrom(tenant, personId);
        Set<Long> has = new HashSet<>();
        for (Earned each : earned) {
            // What fell and was taken back can be earned again; what a person took back stands with its reason.
            if (each.award().revokedAt() == null
                    || withheld.contains(each.award().ruleSetId())) {
                has.add(each.award().badgeId());
            }
        }
        return new Standing(
                has,
                unreleased.notFinal(tenant, personId, evaluations),
                withheld,
                humanDecisions.metEarlier(tenant, personId));
    }

    private static Optional<Award> held(RuleSet ruleSet, List<Earned> earned) {
        return earned.stream()
                .map(Earned::award)
                .filter(award -> award.ruleSetId() == ruleSet.id() && award.revokedAt() == null)
                .findFirst();
    }

    private OnTheWay onTheWay(
            CourseContext course,
            RuleSet ruleSet,
            AchievementVersion version,
            @Nullable PersonEvaluation evaluation,
            Function<Explanation, String> words,
            Standing standing) {
        boolean withheld = standing.withheld().contains(ruleSet.id());
        if (ruleSet.status() == RuleSet.Status.PAUSED && !withheld) {
            return new OnTheWay(ruleSet.id(), version, null, "", State.PAUSED);
        }
        if (standing.notFinal().contains(ruleSet.id())) {
            return new OnTheWay(ruleSet.id(), version, null, "", State.PENDING);
        }
        if (evaluation == null) {
            return new OnTheWay(ruleSet.id(), version, null, "", State.UNSEEN);
        }
        if (!withheld && version.isOver(clock.instant(), course.zone())) {
            return new OnTheWay(ruleSet.id(), version, null, wording.say("shelf.day-over"), State.OVER);
        }
        Explanation explanation = explanations.of(course, ruleSet.rule(), evaluation.evaluation());
        State state = withheld ? State.WITHHELD : OnTheWay.of(explanation);
        return new OnTheWay(ruleSet.id(), version, explanation, words.apply(explanation), state);
    }

    /**
     * What the tier above the one of an award takes, in a sentence; empty where there is none, where no check gives it, and
     * while nothing is told of the badge.
     */
    Optional<String> nextTier(CourseContext course, Award award) {
        TenantId tenant = course.tenant();
        RuleSet ruleSet = ruleSets.find(tenant, award.ruleSetId()).orElse(null);
        if (ruleSet == null || award.revokedAt() != null) {
            return Optional.empty();
        }
        List<PersonEvaluation> evaluations = verdicts.stored(tenant, award.personId(), List.of(ruleSet));
        Standing standing = standing(tenant, award.personId(), List.of(), evaluations);
        return evaluations.stream()
                .findFirst()
                .flatMap(evaluation -> nextTier(course, ruleSet, award, evaluation, standing));
    }

    private Optional<String> nextTier(
            CourseContext course, RuleSet ruleSet, Award award, PersonEvaluation evaluation, Standing standing) {
        // Once renewal has begun only what happens from then on counts, which this evaluation does not tell apart.
        boolean renews = award.renewFrom() != null && !award.renewFrom().isAfter(clock.instant());
        if (renews || !standing.mayBeTold(ruleSet)) {
            return Optional.empty();
        }
        Tiers tiers = explanations.tiers(course, ruleSet.rule(), evaluation.evaluation());
        return tiers.above(award.rankAmong(Award.Level.names(ruleSet.rule())))
                .map(nextStep::toTier)
                .filter(words -> !words.isEmpty());
    }

    /** Drafts are for those alone who make them, and what is no longer given is for those who have it. */
    private static List<RuleSet> shown(List<RuleSet> all) {
        return all.stream()
                .filter(ruleSet -> ruleSet.status() != RuleSet.Status.DRAFT && !ruleSet.isRetired())
                .toList();
    }
}
