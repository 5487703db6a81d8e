package dev.laurel.award.decision;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Validity;
import dev.laurel.award.Award;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.ledger.DecisionRecordRepository;
import dev.laurel.award.ledger.Holding;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.policy.SecondLook;
import dev.laurel.award.release.Releases;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Results, or the badge and its rule, that change while an award waits for its release and still earn it. The award then
 * rests on what is in the gradebook, and on the version that is in force, when its holder is told, and these results stand
 * as long as the first ones had to. What meets only the version that it was decided by, or would be over by the one in
 * force, stays under that one.
 */
@Component
class Corrections {

    private final AwardRepository awards;

    private final DecisionRecordRepository records;

    private final DecisionRecord record;

    private final AwardPolicies policies;

    private final SecondLook secondLook;

    private final Releases releases;

    private final Spans spans;

    private final Verdicts verdicts;

    Corrections(
            AwardRepository awards,
            DecisionRecordRepository records,
            DecisionRecord record,
            AwardPolicies policies,
            SecondLook secondLook,
            Releases releases,
            Spans spans,
            Verdicts verdicts) {
        this.awards = awards;
        this.records = records;
        this.record = record;
        this.policies = policies;
        this.secondLook = secondLook;
        this.releases = releases;
        this.spans = spans;
        this.verdicts = verdicts;
    }

    /** Within the evaluating transaction; what a person vouched for stays as she saw it. */
    void follow(TenantId tenant, RuleSet ruleSet, List<PersonEvaluation> met, Drafts.Known known, Instant now) {
        Map<Long, PersonEvaluation> reasons =
                met.stream().collect(Collectors.toMap(PersonEvaluation::personId, Function.identity()));
        List<Award> waiting = new ArrayList<>();
        for (PersonEvaluation learner : met) {
            Award award = untold(known.of(learner.personId()), ruleSet);
            if (award != null && award.ruleSetVersion() <= learner.ruleSetVersion()) {
                waiting.add(award);
            }
        }
        Map<Long, AchievementVersion.Key> badges = waiting.stream()
                .filter(award -> isEarlier(award, reasons))
                .collect(Collectors.toMap(Award::id, award -> known.choice().badge(award.personId())));
        Map<AchievementVersion.Key, Validity.Span> valid =
                spans.of(tenant, ruleSet.contextId(), Set.copyOf(badges.values()), now);
        // As when it is decided first: nobody gets a badge that is over on the day it is given.
        Predicate<Award> over = award -> Optional.ofNullable(badges.get(award.id()))
                .map(valid::get)
                .filter(span -> !span.until().isAfter(now))
                .isPresent();
        follow(
                tenant,
                new Results(ruleSet, reasons),
                waiting.stream().filter(over.negate()).toList(),
                badges,
                valid,
                now);
        stay(tenant, ruleSet, waiting.stream().filter(over).toList(), now);
    }

    /** The same of those who do not meet the version in force, and may meet an earlier one that they are to be awarded by. */
    void keep(TenantId tenant, RuleSet ruleSet, List<PersonEvaluation> below, Instant now) {
        List<Long> people = below.stream()
                .filter(learner -> learner.evaluation().verdict() != Verdict.MET)
                .map(PersonEvaluation::personId)
                .toList();
        List<Award> waiting = ruleSet.version() == 1
                ? List.of()
                : awards.lockUnreleased(tenant, ruleSet.id(), people).stream()
                        .filter(award -> award.isTheMachinesOwn() && award.ruleSetVersion() < ruleSet.version())
                        .toList();
        if (!waiting.isEmpty()) {
            Map<AwardRepository.Holder, Holding> holdings = awards.holdings(
                    tenant,
                    waiting.stream().map(Award::achievementId).collect(Collectors.toSet()),
                    waiting.stream().map(Award::personId).toList());
            stay(
                    tenant,
                    ruleSet,
                    waiting.stream()
                            .map(award ->
                                    holdings.get(new AwardRepository.Holder(award.personId(), award.achievementId())))
                            .map(has -> untold(has, ruleSet))
                            .filter(Objects::nonNull)
                            .toList(),
                    now);
        }
    }

    /** What somebody is to be told of that rests on all her results, and on them alone. */
    private static @Nullable Award untold(@Nullable Holding has, RuleSet ruleSet) {
        Award award = has == null || has.isRenewed() || has.since() != null ? null : has.standing();
        return award != null && award.isTheMachinesOwn() && award.ruleSetId() == ruleSet.id() ? award : null;
    }

    /** These stay under the version that each was decided by. */
    private void stay(TenantId tenant, RuleSet ruleSet, List<Award> waiting, Instant now) {
        waiting.stream()
                .collect(Collectors.groupingBy(Award::ruleSetVersion, TreeMap::new, Collectors.toList()))
                .forEach((version, stay) -> verdicts.underVersion(
                                tenant,
                                ruleSet,
                                version,
                                stay.stream().map(Award::personId).toList())
                        .map(own -> new Results(ruleSet.trying(own.rule()), own.byPerson()))
                        .ifPresent(own -> follow(tenant, own, stay, Map.of(), Map.of(), now)));
    }

    /**
     * What people have reached by a version of a rule.
     *
     * @param byPerson may hold some who do not meet it
     */
    private record Results(RuleSet ruleSet, Map<Long, PersonEvaluation> byPerson) {

        PersonEvaluation of(Award award) {
            return Objects.requireNonNull(byPerson.get(award.personId()));
        }

        /** Another tier is another award, or none. */
        boolean reach(Award award) {
            PersonEvaluation reason = of(award);
            Award.Level reached = Drafts.level(ruleSet, reason);
            return reason.evaluation().verdict() == Verdict.MET
                    && award.rankAmong(Award.Level.names(ruleSet.rule())) == (reached == null ? 1 : reached.rank());
        }
    }

    private static boolean isEarlier(Award award, Map<Long, PersonEvaluation> reasons) {
        return award.ruleSetVersion()
                < Objects.requireNonNull(reasons.get(award.personId())).ruleSetVersion();
    }

    /** @param badges by number of those of these awards that are decided anew the version of the badge, and how long it is valid */
    private void follow(
            TenantId tenant,
            Results results,
            List<Award> waiting,
            Map<Long, AchievementVersion.Key> badges,
            Map<AchievementVersion.Key, Validity.Span> valid,
            Instant now) {
        List<Award> earned = waiting.stream().filter(results::reach).toList();
        List<UUID> sameVersion = earned.stream()
                .filter(award -> !badges.containsKey(award.id()))
                .map(Award::publicId)
                .toList();
        Map<UUID, String> facts = sameVersion.isEmpty() ? Map.of() : records.facts(tenant, sameVersion);
        List<Long> changed = earned.stream()
                .filter(award -> badges.containsKey(award.id())
                        || !record.restsOn(facts.getOrDefault(award.publicId(), "{}"), results.of(award)))
                .map(Award::id)
                .toList();
        List<Award> locked = changed.isEmpty()
                ? List.of()
                : awards.findForUpdate(tenant, changed).stream()
                        .filter(Award::isTheMachinesOwn)
                        .toList();
        if (!locked.isEmpty()) {
            correct(tenant, results, inForce(tenant, results, locked, badges, valid, now), now);
        }
    }

    private void correct(TenantId tenant, Results results, List<Award> corrected, Instant now) {
        RuleSet ruleSet = results.ruleSet();
        AwardPolicy policy = policies.of(tenant, ruleSet.id());
        Map<Long, Instant> releaseAt = new HashMap<>();
        Map<UUID, PersonEvaluation> byAward = new HashMap<>();
        for (Award award : corrected) {
            PersonEvaluation reason = results.of(award);
            byAward.put(award.publicId(), reason);
            releaseAt.put(
                    award.id(),
                    policy.releaseAt(now, policy.settled(reason.evaluation()).orElse(now)));
        }
        records.replace(tenant, record.of(ruleSet, corrected, byAward), now);
        // What the brake holds is asked when it goes on.
        List<Award> second = secondLook.needed(
                tenant,
                ruleSet,
                corrected.stream()
                        .filter(award -> award.waitsFor() != Award.Wait.BRAKE)
                        .toList(),
                Award::personId,
                award -> results.of(award).evaluation());
        releases.settleAnew(tenant, releaseAt, second.stream().map(Award::id).toList());
    }

    /**
     * These awards, those of an earlier version decided anew: nobody was told of them, and what their holders are told is
     * what the badge says and asks for then.
     */
    private List<Award> inForce(
            TenantId tenant,
            Results results,
            List<Award> locked,
            Map<Long, AchievementVersion.Key> badges,
            Map<AchievementVersion.Key, Validity.Span> valid,
            Instant now) {
        List<Award> anew = new ArrayList<>();
        List<Award> inForce = new ArrayList<>();
        for (Award award : locked) {
            AchievementVersion.Key badge = badges.get(award.id());
            if (badge == null) {
                inForce.add(award);
            } else {
                PersonEvaluation reason = results.of(award);
                anew.add(award.anew(
                        reason.ruleSetVersion(),
                        badge,
                        Drafts.level(results.ruleSet(), reason),
                        valid.get(badge),
                        now));
            }
        }
        awards.decideAnew(tenant, anew);
        inForce.addAll(anew);
        return inForce;
    }
}
