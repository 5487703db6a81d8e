package dev.laurel.award.fall;

import dev.laurel.award.Award;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;

/** Badges that another one takes and that are not held any more: over, suspended or taken back. */
@Component
@NamedInterface("fall")
public class LostBadges {

    private final RuleSets ruleSets;

    private final Verdicts verdicts;

    LostBadges(RuleSets ruleSets, Verdicts verdicts) {
        this.ruleSets = ruleSets;
        this.verdicts = verdicts;
    }

    /** The names of those for want of which alone the holder of an award falls short; empty where her results do. */
    public List<String> of(TenantId tenant, Award award) {
        return ruleSets.find(tenant, award.ruleSetId())
                .map(ruleSet -> of(tenant, award, ruleSet))
                .orElse(List.of());
    }

    private List<String> of(TenantId tenant, Award award, RuleSet ruleSet) {
        return verdicts.stored(tenant, award.personId(), List.of(ruleSet)).stream()
                .filter(evaluation -> Merits.wantsOnlyBadges(award, ruleSet.rule(), evaluation))
                .map(PersonEvaluation::evaluation)
                .flatMap(evaluation -> evaluation.lines().stream())
                .flatMap(line -> line.badgesMissing().stream())
                .filter(name -> !name.isBlank())
                .distinct()
                .toList();
    }
}
