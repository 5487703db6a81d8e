package dev.laurel.award.decision;

import dev.laurel.award.Award;
import dev.laurel.award.decision.Drafts.Draft;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.ledger.CanonicalJson;
import dev.laurel.award.ledger.DecisionRecordRepository;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.policy.SecondLook;
import dev.laurel.award.release.Releases;
import dev.laurel.criteria.CriteriaMet;
import dev.laurel.criteria.CriteriaNotMet;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Turns met criteria into awards, once: in the transaction of the evaluation, a handful of statements for any number of
 * people. Whoever has the badge, or is not to have it, is passed over; when the others may know is a matter of the badge's
 * policy.
 */
@Component
class Decisions {

    /** Fewer are put together before others could help. */
    private static final int MANY = 500;

    private final AwardRepository awards;

    private final Drafts drafts;

    private final Corrections corrections;

    private final DecisionRecordRepository records;

    private final DecisionRecord record;

    private final AwardPolicies policies;

    private final Brake brake;

    private final SecondLook secondLook;

    private final PassRepository passes;

    private final Releases releases;

    private final StepMetrics metrics;

    private final Clock clock;

    Decisions(
            AwardRepository awards,
            Drafts drafts,
            Corrections corrections,
            DecisionRecordRepository records,
            DecisionRecord record,
            AwardPolicies policies,
            Brake brake,
            SecondLook secondLook,
            PassRepository passes,
            Releases releases,
            StepMetrics metrics,
            Clock clock) {
        this.awards = awards;
        this.drafts = drafts;
        this.corrections = corrections;
        this.records = records;
        this.record = record;
        this.policies = policies;
        this.brake = brake;
        this.secondLook = secondLook;
        this.passes = passes;
        this.releases = releases;
        this.metrics = metrics;
        this.clock = clock;
    }

    @EventListener
    @Transactional
    void on(CriteriaNotMet below) {
        corrections.keep(below.tenant(), below.ruleSet(), below.learners(), clock.instant());
    }

    @EventListener
    @Transactional
    void on(CriteriaMet met) {
        TenantId tenant = met.tenant();
        RuleSet ruleSet = met.ruleSet();
        Instant now = clock.instant();
        Drafts.Known known = this.drafts.known(tenant, ruleSet, met.learners());
        corrections.follow(tenant, ruleSet, met.learners(), known, now);
        List<Draft> drafts = this.drafts.of(tenant, ruleSet, met.learners(), known, now);
        if (drafts.isEmpty()) {
            return;
        }
        Map<UUID, PersonEvaluation> reasons = new LinkedHashMap<>();
        List<Award> wanted = awards(met, drafts, now, reasons);
        List<Instant> evaluatedAt = new ArrayList<>();
        measure(evaluatedAt);
        Supplier<Map<UUID, CanonicalJson>> facts = facts(ruleSet, wanted, reasons);
        awards.insertNew(tenant, wanted);
        List<Award> decided = awards.added(tenant, wanted);
        if (decided.isEmpty()) {
            return;
        }
        Map<UUID, CanonicalJson> recorded = new LinkedHashMap<>(facts.get());
        recorded.keySet().retainAll(decided.stream().map(Award::publicId).collect(Collectors.toSet()));
        records.add(tenant, recorded, now);
        releases.decided(tenant, decided);
        decided.stream()
                .map(award -> reasons.get(award.publicId()))
                .filter(Objects::nonNull)
                .map(PersonEvaluation::evaluatedAt)
                .forEach(evaluatedAt::add);
    }

    /** Many are put together while the database stores the awards. */
    private Supplier<Map<UUID, CanonicalJson>> facts(
            RuleSet ruleSet, List<Award> wanted, Map<UUID, PersonEvaluation> reasons) {
        return wanted.size() < MANY
                ? () -> record.of(ruleSet, wanted, reasons)
                : CompletableFuture.supplyAsync(() -> record.of(ruleSet, wanted, reasons))::join;
    }

    private List<Award> awards(CriteriaMet met, List<Draft> drafts, Instant now, Map<UUID, PersonEvaluation> reasons) {
        TenantId tenant = met.tenant();
        RuleSet ruleSet = met.ruleSet();
        AwardPolicy policy = policies.of(tenant, ruleSet.id());
        boolean held = brake.holds(
                tenant,
                ruleSet,
                policy,
                (int) drafts.stream()
                        .filter(draft -> draft.badge().achievementId() == ruleSet.achievementId())
                        .count(),
                met.since());
        long pass = passes.add(tenant, ruleSet.id(), drafts.size(), held, now);
        Award.Wait wait = Releases.first(policy, held);
        List<Draft> asked = held ? List.of() : drafts;
        Set<Long> second =
                secondLook
                        .needed(
                                tenant,
                                ruleSet,
                                asked,
                                Draft::personId,
                                draft -> draft.reason().evaluation())
                        .stream()
                        .map(Draft::personId)
                        .collect(Collectors.toSet());
        List<Award> wanted = new ArrayList<>();
        for (Draft draft : drafts) {
            Instant releaseAt = policy.releaseAt(
                    now, policy.settled(draft.reason().evaluation()).orElse(now));
            Award award = award(
                    ruleSet,
                    draft,
                    pass,
                    second.contains(draft.personId()) ? Award.Wait.SECOND_PERSON : wait,
                    releaseAt,
                    now);
            wanted.add(award);
            reasons.put(award.publicId(), draft.reason());
        }
        return wanted;
    }

    private static Award award(
            RuleSet ruleSet, Draft draft, long pass, Award.@Nullable Wait wait, Instant releaseAt, Instant now) {
        Reference reference = draft.reason().reference();
        return Award.decided(
                ruleSet,
                draft.personId(),
                draft.badge(),
                draft.occurrence(),
                draft.reason().ruleSetVersion(),
                draft.level(),
                draft.span(),
                reference == null ? Reference.next() : reference,
                pass,
                wait,
                releaseAt,
                null,
                now);
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
