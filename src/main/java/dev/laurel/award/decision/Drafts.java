package dev.laurel.award.decision;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Validity;
import dev.laurel.award.Award;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.ledger.AwardRepository.Holder;
import dev.laurel.award.ledger.AwardRepository.Holding;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluator;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who of those that meet a rule is to get the badge: who has none, who has reached a higher tier of it, and who renews one
 * that ends. A standing award is never changed for that: the new one takes its place when it is released.
 */
@Component
class Drafts {

    private final AwardRepository awards;

    private final HumanDecisions humanDecisions;

    private final Samples samples;

    private final Spans spans;

    private final Verdicts verdicts;

    Drafts(AwardRepository awards, HumanDecisions humanDecisions, Samples samples, Spans spans, Verdicts verdicts) {
        this.awards = awards;
        this.humanDecisions = humanDecisions;
        this.samples = samples;
        this.spans = spans;
        this.verdicts = verdicts;
    }

    /**
     * Somebody who is to have a badge, or a sample of it, for the first time or again.
     *
     * @param span {@code null}: for ever
     */
    record Draft(
            PersonEvaluation reason,
            AchievementVersion.Key badge,
            int occurrence,
            Award.@Nullable Level level,
            Validity.@Nullable Span span) {

        long personId() {
            return reason.personId();
        }

        int rank() {
            return level == null ? 1 : level.rank();
        }

        Draft within(Validity.@Nullable Span when) {
            return new Draft(reason, badge, occurrence, level, when);
        }
    }

    /** In one order everywhere, so that two courses that give the same badge wait for each other and do not lock up. */
    List<Draft> of(TenantId tenant, RuleSet ruleSet, List<PersonEvaluation> learners, Instant now) {
        Set<Long> earners = learners.stream().map(PersonEvaluation::personId).collect(Collectors.toSet());
        Samples.Choice choice = samples.among(tenant, ruleSet, earners);
        Map<Holder, Holding> holdings = awards.holdings(tenant, choice.badgeIds(), earners);
        List<Draft> drafts = new ArrayList<>();
        List<Renewal> renewals = new ArrayList<>();
        for (PersonEvaluation learner : learners) {
            AchievementVersion.Key badge = choice.badge(learner.personId());
            Holding has = holdings.get(new Holder(learner.personId(), badge.achievementId()));
            Award standing = has == null ? null : has.standing();
            Draft draft = draft(ruleSet, learner, badge, has == null ? 1 : has.last() + 1);
            if (standing == null || draft.rank() > standing.rank()) {
                drafts.add(draft);
            } else if (standing.renewFrom() != null && !now.isBefore(standing.renewFrom())) {
                renewals.add(new Renewal(draft, standing, standing.renewFrom()));
            }
        }
        drafts.addAll(renewed(tenant, ruleSet, renewals, now));
        Set<Long> passedOver = humanDecisions.among(
                tenant,
                ruleSet.id(),
                Set.of(HumanDecision.Kind.WITHHELD, HumanDecision.Kind.EARLIER),
                drafts.stream().map(Draft::personId).toList());
        drafts.removeIf(draft -> passedOver.contains(draft.personId()));
        drafts.sort(Comparator.comparingLong(Draft::personId));
        return withSpans(tenant, ruleSet, drafts, now);
    }

    private static Draft draft(RuleSet ruleSet, PersonEvaluation reason, AchievementVersion.Key badge, int occurrence) {
        int reached = Evaluator.reached(
                Evaluator.tiers(ruleSet.rule(), reason.evaluation().lines()));
        return new Draft(reason, badge, occurrence, Award.Level.of(ruleSet.rule(), reached), null);
    }

    /** @param from when renewal of the standing one began */
    private record Renewal(Draft draft, Award standing, Instant from) {}

    /**
     * Those who meet the rule by what happened since renewal began; at a lower tier than the standing one only once that is
     * over.
     */
    private List<Draft> renewed(TenantId tenant, RuleSet ruleSet, List<Renewal> ending, Instant now) {
        Map<Long, Instant> since = new HashMap<>();
        ending.forEach(renewal -> since.put(renewal.draft().personId(), renewal.from()));
        Map<Long, PersonEvaluation> anew = verdicts.metAnew(tenant, ruleSet, since);
        List<Draft> renewed = new ArrayList<>();
        for (Renewal renewal : ending) {
            PersonEvaluation reason = anew.get(renewal.draft().personId());
            if (reason == null) {
                continue;
            }
            Draft draft = draft(
                    ruleSet, reason, renewal.draft().badge(), renewal.draft().occurrence());
            Award standing = renewal.standing();
            if (draft.rank() >= standing.rank() || standing.isOver(now)) {
                renewed.add(draft);
            }
        }
        return renewed;
    }

    /** Nobody gets a badge that is over on the day it is given. */
    private List<Draft> withSpans(TenantId tenant, RuleSet ruleSet, List<Draft> drafts, Instant now) {
        Collection<AchievementVersion.Key> badges =
                drafts.stream().map(Draft::badge).collect(Collectors.toSet());
        Map<AchievementVersion.Key, Validity.Span> spansByBadge = spans.of(tenant, ruleSet.contextId(), badges, now);
        return drafts.stream()
                .map(draft -> draft.within(spansByBadge.get(draft.badge())))
                .filter(draft -> draft.span() == null || draft.span().until().isAfter(now))
                .toList();
    }
}
