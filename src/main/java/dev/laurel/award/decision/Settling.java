package dev.laurel.award.decision;

import dev.laurel.criteria.RuleSet;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Visibility;
import dev.laurel.platform.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** When results have stood long enough, where nobody can say whether the student sees them in the LMS. */
@Component
class Settling {

    private final Gradebook gradebook;

    Settling(Gradebook gradebook) {
        this.gradebook = gradebook;
    }

    /** By person; of those who are not in it every result is known to be posted. */
    Map<Long, Instant> settled(TenantId tenant, RuleSet ruleSet, Collection<Long> people, Duration settling) {
        Map<Long, Instant> settled = new HashMap<>();
        if (settling.isZero() || people.isEmpty()) {
            return settled;
        }
        for (Observation result :
                gradebook.latest(tenant, ruleSet.contextId(), ruleSet.rule().lineItemIds(), people)) {
            if (result.visibility() == Visibility.UNKNOWN) {
                settled.merge(
                        result.personId(),
                        result.recordedAt().plus(settling),
                        (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        return settled;
    }
}
