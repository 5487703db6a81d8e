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
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Results, or the badge and its rule, that change while an award waits for its release and still earn it. The award then
 * rests on what is in the gradebook, and on the version that is in force, when its holder is told, and these results stand
 * as long as the first ones had to. What meets only the version that it was decided by stays under that one.
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

    Corrections(
            AwardRepository awards,
            DecisionRecordRepository records,
            DecisionRecord record,
            AwardPolicies policies,
            SecondLook secondLook,
            Releases releases,
            Spans spans) {
        this.awards = awards;
        this.records = records;
        this.record = record;
        this.policies = policies;
        this.secondLook = secondLook;
        this.releases = releases;
        this.spans = spans;
    }

    /** Within the evaluating transaction; what a person vouched for stays as she saw it. */
    void follow(TenantId tenant, RuleSet ruleSet, List<PersonEvaluation> met, Drafts.Known known, Instant now) {
        Map<Long, PersonEvaluation> reasons =
                met.stream().collect(Collectors.toMap(PersonEvaluation::personId, Function.identity()));
        List<Award> waiting = new ArrayList<>();
        for (PersonEvaluation learner : met) {
            Holding has = known.of(learner.personId());
            Award award = has == null || has.isRenewed() || has.since() != null ? null : has.standing();
            if (award != null && isOf(award, ruleSet, learner)) {
                waiting.add(award);
            }
        }
        if (waiting.isEmpty()) {
            return;
        }
        List<UUID> sameVersion = waiting.stream()
                .filter(award -> !isEarlier(award, reasons))
                .map(Award::publicId)
                .toList();
        Map<UUID, String> facts = sameVersion.isEmpty() ? Map.of() : records.facts(tenant, sameVersion);
        List<Long> changed = waiting.stream()
                .filter(award -> isEarlier(award, reasons)
                        || !record.restsOn(facts.getOrDefault(award.publicId(), "{}"), reason(reasons, award)))
                .map(Award::id)
                .toList();
        if (!changed.isEmpty()) {
            correct(tenant, ruleSet, changed, reasons, known, now);
        }
    }

    private static PersonEvaluation reason(Map<Long, PersonEvaluation> reasons, Award award) {
        return Objects.requireNonNull(reasons.get(award.personId()));
    }

    /** Another tier is another award, or none. */
    private static boolean isOf(Award award, RuleSet ruleSet, PersonEvaluation learner) {
        Award.Level reached = Drafts.level(ruleSet, learner);
        return award.isTheMachinesOwn()
                && award.ruleSetId() == ruleSet.id()
                && award.ruleSetVersion() <= learner.ruleSetVersion()
                && award.rankAmong(reached == null ? List.of() : reached.names())
                        == (reached == null ? 1 : reached.rank());
    }

    private static boolean isEarlier(Award award, Map<Long, PersonEvaluation> reasons) {
        return award.ruleSetVersion() < reason(reasons, award).ruleSetVersion();
    }

    private void correct(
            TenantId tenant,
            RuleSet ruleSet,
            List<Long> awardIds,
            Map<Long, PersonEvaluation> reasons,
            Drafts.Known known,
            Instant now) {
        List<Award> locked = awards.findForUpdate(tenant, awardIds).stream()
                .filter(Award::isTheMachinesOwn)
                .toList();
        if (locked.isEmpty()) {
            return;
        }
        List<Award> corrected = inForce(tenant, ruleSet, locked, reasons, known, now);
        AwardPolicy policy = policies.of(tenant, ruleSet.id());
        Map<Instant, List<Long>> releaseAt = new HashMap<>();
        Map<UUID, PersonEvaluation> byAward = new HashMap<>();
        for (Award award : corrected) {
            PersonEvaluation reason = reason(reasons, award);
            byAward.put(award.publicId(), reason);
            Instant at =
                    policy.releaseAt(now, policy.settled(reason.evaluation()).orElse(now));
            releaseAt.computeIfAbsent(at, any -> new ArrayList<>()).add(award.id());
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
                award -> reason(reasons, award).evaluation());
        releases.settleAnew(tenant, releaseAt, second.stream().map(Award::id).toList());
    }

    /**
     * These awards, those of an earlier version decided anew: nobody was told of them, and what their holders are told is
     * what the badge says and asks for then.
     */
    private List<Award> inForce(
            TenantId tenant,
            RuleSet ruleSet,
            List<Award> locked,
            Map<Long, PersonEvaluation> reasons,
            Drafts.Known known,
            Instant now) {
        Map<Long, AchievementVersion.Key> badges = locked.stream()
                .filter(award -> isEarlier(award, reasons))
                .collect(Collectors.toMap(Award::id, award -> known.choice().badge(award.personId())));
        if (badges.isEmpty()) {
            return locked;
        }
        Map<AchievementVersion.Key, Validity.Span> valid =
                spans.of(tenant, ruleSet.contextId(), Set.copyOf(badges.values()), now);
        // As when it is decided first: nobody gets a badge that is over on the day it is given.
        List<Award> inForce = locked.stream()
                .filter(award -> Optional.ofNullable(badges.get(award.id()))
                        .map(valid::get)
                        .map(Validity.Span::until)
                        .filter(until -> !until.isAfter(now))
                        .isEmpty())
                .map(award -> {
                    AchievementVersion.Key badge = badges.get(award.id());
                    PersonEvaluation reason = reason(reasons, award);
                    return badge == null
                            ? award
                            : award.anew(
                                    reason.ruleSetVersion(),
                                    badge,
                                    Drafts.level(ruleSet, reason),
                                    valid.get(badge),
                                    now);
                })
                .toList();
        awards.decideAnew(
                tenant,
                inForce.stream().filter(award -> badges.containsKey(award.id())).toList());
        return inForce;
    }
}
