package dev.laurel.award.decision;

import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.policy.AwardSettings;
import dev.laurel.context.Contexts;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
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

    /**
     * A large course is evaluated part by part: neither the first part nor the rest slips through by itself.
     *
     * @param people to whom a part of a pass of evaluation awards
     * @param since when that pass began
     */
    boolean holds(TenantId tenant, RuleSet ruleSet, AwardPolicy policy, int people, Instant since) {
        int waiting = passes.held(tenant, ruleSet.id());
        int given = passes.givenSince(tenant, ruleSet.id(), since);
        // Most passes are one person's: too few in any roster that it looks at, unless they are the rest of more.
        if (waiting == 0 && (people + given) * PERCENT <= policy.brakeShare() * settings.brakeFrom()) {
            return false;
        }
        int roster = contexts.countEarners(tenant, ruleSet.contextId());
        if (roster < settings.brakeFrom()) {
            return false;
        }
        // How many of those somebody confirmed were still to come when the pass began.
        int expected = passes.headCount(tenant, ruleSet.id())
                .map(heads -> heads.people() - passes.decidedSince(tenant, ruleSet.id(), heads.confirmedAt()) + given)
                .orElse(0);
        int part = Math.min(roster, verdicts.mostAtOnce());
        return isTooMany(people + waiting, expected - given, policy, part)
                || isTooMany(people + given, expected, policy, roster);
    }

    /** @param expected how many of these somebody confirmed */
    private static boolean isTooMany(int people, int expected, AwardPolicy policy, int of) {
        return (people - Math.max(0, expected)) * PERCENT > policy.brakeShare() * of;
    }
}
