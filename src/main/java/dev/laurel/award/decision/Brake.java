package dev.laurel.award.decision;

import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.policy.AwardSettings;
import dev.laurel.context.Contexts;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.platform.tenant.TenantId;
import org.springframework.stereotype.Component;

/** Whether a pass awards to so many more people than somebody confirmed that a person has to look first. */
@Component
class Brake {

    private static final int PERCENT = 100;

    private final PassRepository passes;

    private final Contexts contexts;

    private final Verdicts verdicts;

    private final AwardSettings settings;

    Brake(PassRepository passes, Contexts contexts, Verdicts verdicts, AwardSettings settings) {
        this.passes = passes;
        this.contexts = contexts;
        this.verdicts = verdicts;
        this.settings = settings;
    }

    boolean holds(TenantId tenant, RuleSet ruleSet, AwardPolicy policy, int people) {
        int waiting = passes.held(tenant, ruleSet.id());
        // Most passes are one person's: too few in any roster that it looks at, unless they are the rest of what it
        // holds.
        if (waiting == 0 && people * PERCENT <= policy.brakeShare() * settings.brakeFrom()) {
            return false;
        }
        int roster = contexts.countEarners(tenant, ruleSet.contextId());
        if (roster < settings.brakeFrom()) {
            return false;
        }
        int expected = passes.headCount(tenant, ruleSet.id())
                .map(heads -> heads.people() - passes.decidedSince(tenant, ruleSet.id(), heads.confirmedAt()))
                .orElse(0);
        // A large course is evaluated part by part: neither the first part nor the rest slips through by itself.
        int part = Math.min(roster, verdicts.mostAtOnce());
        return (people + waiting - Math.max(0, expected)) * PERCENT > policy.brakeShare() * part;
    }
}
