package dev.laurel.award.decision;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Validity;
import dev.laurel.award.Award;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.ledger.AwardRepository.Holder;
import dev.laurel.award.ledger.Holding;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluator;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who of those that meet a rule is to get the badge: who has none, who has reached a higher tier of it, and who renews one
 * that ends. A standing award is never changed for that: the new one takes its place when it is released. What a badge was
 * renewed by, and what is from before that, never counts together: once renewal of what somebody has begins, a higher tier
 * rests on what happened since as well, and renews it.
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
     * @param standing what she has of it by now, which this one would take the place of
     * @param since what happened before does not count beside what the standing one was renewed by; {@code null}: it counts
     * @param span {@code null}: for ever
     */
    record Draft(
            PersonEvaluation reason,
            AchievementVersion.Key badge,
            int occurrence,
            @Nullable Award standing,
            @Nullable Instant since,
            Award.@Nullable Level level,
            Validity.@Nullable Span span) {

        long personId() {
            return reason.personId();
        }

        int rank() {
            return level == null ? 1 : level.rank();
        }

        /** The tier that she has, among those that the badge has now, which may be others than when she got it. */
        int rankSoFar() {
            return standing == null ? 0 : standing.rankAmong(tiers());
        }

        List<String> tiers() {
            return level == null ? List.of() : level.names();
        }

        /** Not only once more what she has. */
        boolean isMore() {
            return standing == null || rank() > rankSoFar();
        }

        /** When renewal of what she has began; {@code null} where it has not. */
        @Nullable
        Instant renewableSince(Instant now) {
            Instant from = standing == null ? null : standing.renewFrom();
            return from == null || now.isBefore(from) ? null : from;
        }

        /** Whether what is given now lasts longer than what she has. */
        boolean isLonger() {
            Instant until = standing == null ? null : standing.validUntil();
            return until != null && (span == null || span.until().isAfter(until));
        }

        /** By a higher tier, too: renewal began later than she got what she has, so that her results may be from before it. */
        boolean isToBeRenewed(Instant now) {
            Instant from = renewableSince(now);
            return standing != null && from != null && from.isAfter(standing.decidedAt()) && isLonger();
        }

        Draft by(RuleSet ruleSet, PersonEvaluation other) {
            return new Draft(other, badge, occurrence, standing, since, Drafts.level(ruleSet, other), span);
        }

        Draft within(Validity.@Nullable Span when) {
            return new Draft(reason, badge, occurrence, standing, since, level, when);
        }

        /** A higher tier of what could be renewed from the day on that she got it extends nothing. */
        Draft asHigher(Instant now) {
            Instant from = renewableSince(now);
            return standing == null || from == null || standing.validUntil() == null
                    ? this
                    : within(new Validity.Span(from, standing.validUntil()));
        }
    }

    /** A rule set, and who meets it. */
    record Tried(RuleSet ruleSet, List<PersonEvaluation> met) {}

    /** Which badge is meant for whom, and what they have of it. */
    record Known(Samples.Choice choice, Map<Holder, Holding> holdings) {

        @Nullable
        Holding of(long person) {
            return holdings.get(new Holder(person, choice.badge(person).achievementId()));
        }
    }

    Known known(TenantId tenant, Samples.Choice choice, Set<Long> people) {
        return new Known(choice, awards.holdings(tenant, choice.badgeIds(), people));
    }

    Known known(TenantId tenant, RuleSet ruleSet, List<PersonEvaluation> learners) {
        Set<Long> people = learners.stream().map(PersonEvaluation::personId).collect(Collectors.toSet());
        return known(tenant, samples.among(tenant, ruleSet, people), people);
    }

    /** In one order everywhere, so that two courses that give the same badge wait for each other and do not lock up. */
    List<Draft> of(TenantId tenant, RuleSet ruleSet, List<PersonEvaluation> learners, Known known, Instant now) {
        return of(tenant, List.of(new Tried(ruleSet, learners)), known, false, now)
                .get(0);
    }

    /**
     * The same for several rules of one badge, as a handful of statements for all of them.
     *
     * @param alsoEarlier whether what was reached before the badge was activated for what comes from then on counts too
     */
    List<List<Draft>> of(TenantId tenant, List<Tried> all, Known known, boolean alsoEarlier, Instant now) {
        long context = all.get(0).ruleSet().contextId();
        List<List<Draft>> candidates = withSpans(
                tenant,
                context,
                all.stream().map(tried -> candidates(tried, known, now)).toList(),
                now);
        Set<Long> people =
                candidates.stream().flatMap(List::stream).map(Draft::personId).collect(Collectors.toSet());
        Map<Long, HumanDecision> decided =
                humanDecisions.against(tenant, all.get(0).ruleSet().id(), people);
        List<List<Draft>> drafts = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            drafts.add(decided(tenant, all.get(i).ruleSet(), candidates.get(i), decided, alsoEarlier, now));
        }
        return drafts;
    }

    private static List<Draft> candidates(Tried tried, Known known, Instant now) {
        List<Draft> candidates = new ArrayList<>();
        for (PersonEvaluation learner : tried.met()) {
            Holding has = known.of(learner.personId());
            Draft draft = new Draft(
                    learner,
                    known.choice().badge(learner.personId()),
                    has == null ? 1 : has.last() + 1,
                    has == null ? null : has.standing(),
                    has == null ? null : has.since(),
                    level(tried.ruleSet(), learner),
                    null);
            if (draft.isMore() || draft.renewableSince(now) != null) {
                candidates.add(draft);
            }
        }
        return candidates;
    }

    /** Nothing where a person withheld it, or what is more than she gave; and by what was noted as earlier no level, and no renewal, counts. */
    private List<Draft> decided(
            TenantId tenant,
            RuleSet ruleSet,
            List<Draft> candidates,
            Map<Long, HumanDecision> decided,
            boolean alsoEarlier,
            Instant now) {
        Map<Long, Draft> drafts = new TreeMap<>();
        List<Renewal> higher = new ArrayList<>();
        List<Renewal> renewals = new ArrayList<>();
        for (Draft draft : candidates) {
            HumanDecision decision = decided.get(draft.personId());
            if (decision != null && decision.kind() != HumanDecision.Kind.EARLIER) {
                continue;
            }
            HumanDecision earlier = alsoEarlier ? null : decision;
            Instant from = draft.renewableSince(now);
            boolean over = draft.standing() != null && draft.standing().isOver(now);
            if (draft.isMore() && !over && !draft.isToBeRenewed(now) && isBeyond(draft, earlier)) {
                if (draft.since() == null) {
                    drafts.put(draft.personId(), draft.asHigher(now));
                } else {
                    higher.add(new Renewal(draft, draft.since()));
                }
            }
            if (from != null && draft.isLonger()) {
                Instant noted = earlier == null ? from : earlier.decidedAt();
                renewals.add(new Renewal(draft, noted.isAfter(from) ? noted : from));
            }
        }
        for (Draft draft : anew(tenant, ruleSet, higher)) {
            if (draft.isMore()) {
                drafts.put(draft.personId(), draft.asHigher(now));
            }
        }
        for (Draft draft : anew(tenant, ruleSet, renewals)) {
            Award standing = Objects.requireNonNull(draft.standing());
            Draft further = drafts.get(draft.personId());
            // At a lower tier than the standing one only once that is over.
            if ((draft.rank() >= draft.rankSoFar() || standing.isOver(now))
                    && (further == null || further.rank() <= draft.rank())) {
                drafts.put(draft.personId(), draft);
            }
        }
        return List.copyOf(drafts.values());
    }

    private static boolean isBeyond(Draft draft, @Nullable HumanDecision earlier) {
        return earlier == null || earlier.level() != null && draft.rank() > earlier.rankAmong(draft.tiers());
    }

    /** What the results reach, where the rule has tiers. */
    static Award.@Nullable Level level(RuleSet ruleSet, PersonEvaluation reason) {
        int reached = Evaluator.reached(
                Evaluator.tiers(ruleSet.rule(), reason.evaluation().lines()));
        return Award.Level.of(ruleSet.rule(), reached);
    }

    /** @param from what happened before does not count */
    private record Renewal(Draft draft, Instant from) {}

    /** Those who meet the rule by what happened since then alone, with the tier that they reach by it. */
    private List<Draft> anew(TenantId tenant, RuleSet ruleSet, List<Renewal> all) {
        Map<Long, Instant> since = new HashMap<>();
        all.forEach(each -> since.put(each.draft().personId(), each.from()));
        Map<Long, PersonEvaluation> met = verdicts.metAnew(tenant, ruleSet, since);
        return all.stream()
                .map(Renewal::draft)
                .filter(draft -> met.containsKey(draft.personId()))
                .map(draft -> draft.by(ruleSet, Objects.requireNonNull(met.get(draft.personId()))))
                .toList();
    }

    /** Nobody gets a badge that is over on the day it is given. */
    private List<List<Draft>> withSpans(TenantId tenant, long contextId, List<List<Draft>> drafts, Instant now) {
        Set<AchievementVersion.Key> badges =
                drafts.stream().flatMap(List::stream).map(Draft::badge).collect(Collectors.toSet());
        Map<AchievementVersion.Key, Validity.Span> spansByBadge = spans.of(tenant, contextId, badges, now);
        return drafts.stream()
                .map(all -> all.stream()
                        .map(draft -> draft.within(spansByBadge.get(draft.badge())))
                        .filter(draft ->
                                draft.span() == null || draft.span().until().isAfter(now))
                        .toList())
                .toList();
    }
}
