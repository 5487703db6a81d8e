package dev.laurel.context;

import dev.laurel.launch.EndedLaunches;
import dev.laurel.launch.Launches;
import dev.laurel.platform.ended.SomethingEnded;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Destroys what says who somebody was: the key that opens everything personal, the accounts, the memberships. What stays
 * elsewhere is a number that leads to nobody. For good: where a backup of before is restored, Laurel erases again whom it had erased
 * ({@link EndedErasures}).
 */
@Component
public class Erasures {

    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);

    private final PeopleRepository people;

    private final MembershipRepository memberships;

    private final Launches launches;

    private final EndedLaunches ended;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    Erasures(
            PeopleRepository people,
            MembershipRepository memberships,
            Launches launches,
            EndedLaunches ended,
            ApplicationEventPublisher events,
            Clock clock) {
        this.people = people;
        this.memberships = memberships;
        this.launches = launches;
        this.ended = ended;
        this.events = events;
        this.clock = clock;
    }

    /** Erasing somebody again does nothing. Every session of theirs ends. */
    @Transactional
    public void erase(TenantId tenant, long personId) {
        Instant now = clock.instant();
        events.publishEvent(new PeopleAboutToChange(tenant, Set.of(personId)));
        Set<String> accounts = people.accountHashes(tenant, personId);
        if (!people.erase(tenant, personId, now)) {
            return;
        }
        memberships.forget(tenant, personId);
        launches.forget(tenant, personId);
        ended.endForEver(tenant, personId);
        events.publishEvent(new PersonErased(tenant, personId, accounts, now));
        events.publishEvent(new SomethingEnded());
        LOG.info("A person of tenant {} was erased", tenant);
    }
}
