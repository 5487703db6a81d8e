package dev.laurel.award;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.CriteriaMet;
import dev.laurel.criteria.HeldAchievement;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Turns met criteria into awards, once: in the transaction of the evaluation, a handful of statements for any number of
 * people. Release is immediate in this version.
 */
@Component
class Decisions {

    private final AwardRepository awards;

    private final RuleSets ruleSets;

    private final Contexts contexts;

    private final Achievements achievements;

    private final DecisionRecord record;

    private final ApplicationEventPublisher events;

    private final StepMetrics metrics;

    private final Clock clock;

    Decisions(
            AwardRepository awards,
            RuleSets ruleSets,
            Contexts contexts,
            Achievements achievements,
            DecisionRecord record,
            ApplicationEventPublisher events,
            StepMetrics metrics,
            Clock clock) {
        this.awards = awards;
        this.ruleSets = ruleSets;
        this.contexts = contexts;
        this.achievements = achievements;
        this.record = record;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
    }

    @EventListener
    @Transactional
    void on(CriteriaMet met) {
        TenantId tenant = met.tenant();
        RuleSet ruleSet = met.ruleSet();
        List<Long> people =
                met.learners().stream().map(PersonEvaluation::personId).toList();
        Set<Long> earners = new HashSet<>(contexts.evaluatedAmong(tenant, ruleSet.contextId(), people));
        if (earners.size() < people.size()) {
            earners.addAll(contexts.leftAmong(tenant, ruleSet.contextId(), people));
        }
        Samples samples = samples(tenant, ruleSet, earners);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<UUID, PersonEvaluation> reasons = new LinkedHashMap<>();
        List<Award> wanted = new ArrayList<>();
        // In one order everywhere, so that two courses that give the same badge wait for each other and do not lock up.
        met.learners().stream()
                .filter(learner -> earners.contains(learner.personId()))
                .sorted(Comparator.comparingLong(PersonEvaluation::personId))
                .forEach(learner -> {
                    Award award = award(ruleSet, samples, learner, now);
                    wanted.add(award);
                    reasons.put(award.publicId(), learner);
                });
        if (wanted.isEmpty()) {
            return;
        }
        List<Instant> evaluatedAt = new ArrayList<>();
        measure(evaluatedAt);
        awards.insertNew(tenant, wanted);
        List<Award> decided = awards.added(tenant, reasons.keySet());
        if (decided.isEmpty()) {
            return;
        }
        awards.insertFacts(tenant, record.of(ruleSet, decided, reasons), now);
        ruleSets.recordHeld(tenant, decided.stream().map(Decisions::held).toList());
        events.publishEvent(new AwardsDecided(tenant, decided));
        decided.stream()
                .map(award -> reasons.get(award.publicId()))
                .filter(Objects::nonNull)
                .map(PersonEvaluation::evaluatedAt)
                .forEach(evaluatedAt::add);
    }

    /** Who gets a sample in place of the badge, and which. */
    private record Samples(Set<Long> people, @Nullable AchievementVersion version) {}

    /** Nothing is real in a test copy, or for a test student. The one place where it is decided. */
    private Samples samples(TenantId tenant, RuleSet ruleSet, Set<Long> earners) {
        Set<Long> people = new HashSet<>(earners);
        boolean testCopy = contexts.find(tenant, ruleSet.contextId())
                .map(CourseContext::sample)
                .orElse(false);
        if (!testCopy) {
            people.retainAll(contexts.testStudents(tenant, ruleSet.contextId()));
        }
        return people.isEmpty()
                ? new Samples(people, null)
                : new Samples(
                        people, achievements.sampleOf(tenant, ruleSet.achievementId(), ruleSet.achievementVersion()));
    }

    private static Award award(RuleSet ruleSet, Samples samples, PersonEvaluation learner, Instant now) {
        AchievementVersion sample = samples.people().contains(learner.personId()) ? samples.version() : null;
        boolean another = sample != null && sample.achievementId() != ruleSet.achievementId();
        Reference reference = learner.reference();
        return new Award(
                0,
                UUID.randomUUID(),
                UUID.randomUUID(),
                learner.personId(),
                sample == null ? ruleSet.achievementId() : sample.achievementId(),
                sample == null ? ruleSet.achievementVersion() : sample.version(),
                ruleSet.contextId(),
                ruleSet.id(),
                learner.ruleSetVersion(),
                reference == null ? Reference.next() : reference,
                now,
                now,
                null,
                false,
                null,
                another ? ruleSet.achievementId() : null);
    }

    private static HeldAchievement held(Award award) {
        return new HeldAchievement(
                award.personId(),
                award.achievementId(),
                award.achievementVersion(),
                null,
                award.decidedAt(),
                null,
                HeldAchievement.Standing.HELD);
    }

    /** An award counts as decided when others can see it. */
    private void measure(List<Instant> evaluatedAt) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) {
                    metrics.failed(Step.AWARD);
                    return;
                }
                Instant seen = clock.instant();
                evaluatedAt.forEach(evaluated -> metrics.passed(Step.AWARD, Duration.between(evaluated, seen)));
            }
        });
    }
}
