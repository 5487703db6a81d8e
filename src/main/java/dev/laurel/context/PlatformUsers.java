package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Keeps by which of its own ids a platform knows accounts, and tells which accounts it thereby says to be one. */
@Component
class PlatformUsers {

    private final PeopleRepository people;

    private final ApplicationEventPublisher events;

    PlatformUsers(PeopleRepository people, ApplicationEventPublisher events) {
        this.people = people;
        this.events = events;
    }

    /** Inside the caller's transaction. */
    void save(TenantId tenant, long registrationId, Collection<PeopleRepository.PlatformUser> told, Instant at) {
        people.savePlatformUsers(tenant, registrationId, told, at);
        people
                .samePlatformUsers(
                        tenant,
                        registrationId,
                        told.stream().map(PeopleRepository.PlatformUser::hash).toList())
                .stream()
                .filter(same -> same.size() > 1)
                .forEach(same -> events.publishEvent(new AccountsNamed(tenant, same)));
    }
}
