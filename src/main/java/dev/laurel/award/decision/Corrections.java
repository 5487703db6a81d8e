package dev.laurel.award.decision;

import dev.laurel.award.Award;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.ledger.AwardRepository.Holding;
import dev.laurel.award.ledger.DecisionRecordRepository;
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
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Results that change while an award waits for its release and still earn it. The award then rests on what is in the
 * gradebook when its holder is told, and these results stand as long as the first ones had to.
 */
@Component
class Corrections {

    private final AwardRepository awards;

    private final DecisionRecordRepository records;

    private final DecisionRecord record;

    private final AwardPolicies policies;

    private final SecondLook secondLook;

    private final Releases releases;

    Corrections(
            AwardRepository awards,
            DecisionRecordRepository records,
            DecisionRecord record,
            AwardPolicies policies,
            SecondLook secondLook,
            Releases releases) {
        this.awards = awards;
        this.records = records;
        this.record = record;
        this.policies = policies;
        this.secondLook = secondLook;
        this.releases = releases;
    }

    /** Within the evaluating transaction; what a person vouched for stays as she saw it. */
    void follow(TenantId tenant, RuleSet ruleSet, List<PersonEvaluation> met, Drafts.Known known, Instant now) {
        Map<Long, PersonEvaluation> reasons =
                met.stream().collect(Collectors.toMap(PersonEvaluation::personId, Function.identity()));
        List<Award> waiting = new ArrayList<>();
        for (PersonEvaluation learner : met) {
            Holding has = known.of(learner.personId());
            Award award = has == null || has.isRenewed() ? null : has.standing();
            if (award != null && isOf(award, ruleSet, learner)) {
                waiting.add(award);
            }
        }
        if (waiting.isEmpty()) {
            return;
        }
        Map<UUID, String> facts =
                records.facts(tenant, waiting.stream().map(Award::publicId).toList());
        List<Long> changed = waiting.stream()
                .filter(award -> !record.restsOn(facts.getOrDefault(award.publicId(), "{}"), reason(reasons, award)))
                .map(Award::id)
                .toList();
        if (!changed.isEmpty()) {
            correct(tenant, ruleSet, changed, reasons, now);
        }
    }

    private static PersonEvaluation reason(Map<Long, PersonEvaluation> reasons, Award award) {
        return Objects.requireNonNull(reasons.get(award.personId()));
    }

    private static boolean isOf(Award award, RuleSet ruleSet, PersonEvaluation learner) {
        return award.isTheMachinesOwn()
                && award.ruleSetId() == ruleSet.id()
                && award.ruleSetVersion() == learner.ruleSetVersion()
                && Objects.equals(award.level(), Drafts.level(ruleSet, learner));
    }

    private void correct(
            TenantId tenant, RuleSet ruleSet, List<Long> awardIds, Map<Long, PersonEvaluation> reasons, Instant now) {
        List<Award> corrected = awards.findForUpdate(tenant, awardIds).stream()
                .filter(Award::isTheMachinesOwn)
                .toList();
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
        if (!corrected.isEmpty()) {
            records.replace(tenant, record.of(ruleSet, corrected, byAward), now);
            releases.settleAnew(tenant, releaseAt, needSecondPerson(tenant, ruleSet, corrected, reasons));
        }
    }

    /** What the brake holds is asked when it goes on. */
    private List<Long> needSecondPerson(
            TenantId tenant, RuleSet ruleSet, List<Award> corrected, Map<Long, PersonEvaluation> reasons) {
        List<Award> asked = corrected.stream()
                .filter(award -> award.waitsFor() != Award.Wait.BRAKE)
                .filter(award -> SecondLook.mayRestOnFile(reason(reasons, award).evaluation()))
                .toList();
        Set<Long> people = secondLook.needed(
                tenant, ruleSet, asked.stream().map(Award::personId).toList());
        return asked.stream()
                .filter(award -> people.contains(award.personId()))
                .map(Award::id)
                .toList();
    }
}
