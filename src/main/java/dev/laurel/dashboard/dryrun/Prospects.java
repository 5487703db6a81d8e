package dev.laurel.dashboard.dryrun;

import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.dashboard.explain.Say;
import dev.laurel.platform.wording.Wording;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Says of an activation only what the policy of the badge lets happen. */
@Component
class Prospects {

    private static final String NOW = "now";

    private final AwardPolicies policies;

    private final Say say;

    private final Wording wording;

    private final Clock clock;

    Prospects(AwardPolicies policies, Say say, Wording wording, Clock clock) {
        this.policies = policies;
        this.say = say;
        this.wording = wording;
        this.clock = clock;
    }

    Prospect of(CourseContext course, RuleSet ruleSet, DryRun dryRun) {
        AwardPolicy policy = policies.of(course.tenant(), ruleSet.id());
        String way = way(policy);
        Instant day = policy.releaseOn();
        Object when = way.equals("date") && day != null
                ? say.when(day, course.zone())
                : policy.settling().toMinutes();
        int heads = dryRun.heads();
        boolean atOnce = way.equals(NOW) && dryRun.secondLook() == 0;
        return new Prospect(
                wording.say(atOnce ? "activation.heads" : "activation.heads.coming", heads, dryRun.learners()),
                wording.say("activation.told." + way, heads - dryRun.secondLook(), when),
                wording.say("activation.later." + way, when),
                wording.say("activation.button." + (atOnce || !way.equals(NOW) ? way : "settling"), heads),
                wording.say("badge.activated." + way, when));
    }

    /** What an award of the badge waits for first, of what everybody waits for. */
    private String way(AwardPolicy policy) {
        if (policy.review()) {
            return "review";
        }
        if (policy.releases() == AwardPolicy.Releases.INSTRUCTOR) {
            return "instructor";
        }
        Instant day = policy.releaseOn();
        if (policy.releases() == AwardPolicy.Releases.DATE && day != null && day.isAfter(clock.instant())) {
            return "date";
        }
        return policy.settling().isZero() ? NOW : "settling";
    }
}
