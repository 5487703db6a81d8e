package dev.laurel.context;

import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Brings memberships up to date with what a platform tells of them beside LTI. What did not change is not written. */
@Component
class ToldRoles {

    private final ContextRepository contexts;

    private final MembershipRepository memberships;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    ToldRoles(
            ContextRepository contexts,
            MembershipRepository memberships,
            ApplicationEventPublisher events,
            Clock clock) {
        this.contexts = contexts;
        this.memberships = memberships;
        this.events = events;
        this.clock = clock;
    }

    /** @param everybody by our number; whoever is not among them is not told of any more */
    @Transactional
    void record(TenantId tenant, long contextId, Map<Long, Contexts.Told> everybody) {
        contexts.lock(tenant, contextId);
        Map<Long, Standing> changed = new LinkedHashMap<>();
        Set<Long> countOtherwise = new HashSet<>();
        memberships.ofContext(tenant, contextId).forEach((personId, row) -> {
            Standing after = after(row.standing(), everybody.get(personId));
            if (!after.equals(row.standing())) {
                changed.put(personId, after);
                if (row.standing().countsOtherwise(after)) {
                    countOtherwise.add(personId);
                }
            }
        });
        memberships.save(tenant, contextId, changed, clock.instant(), Reference.next());
        if (!countOtherwise.isEmpty()) {
            events.publishEvent(new RosterChanged(tenant, contextId, countOtherwise));
        }
    }

    private static Standing after(Standing before, Contexts.@Nullable Told told) {
        if (told == null) {
            return before.toldAs(null);
        }
        return before.toldAs(told.roles()).in(told.groups() == null ? null : new GroupIds(told.groups()));
    }
}
