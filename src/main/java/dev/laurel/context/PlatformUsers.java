package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Keeps by which of its own ids a platform knows accounts, and tells which accounts it thereby says to be one, or not. */
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
        if (told.isEmpty()) {
            return;
        }
        people.savePlatformUsers(tenant, registrationId, told, at);
        List<Set<Long>> same = people
                .samePlatformUsers(
                        tenant,
                        registrationId,
                        told.stream().map(PeopleRepository.PlatformUser::hash).toList())
                .stream()
                .filter(each -> each.size() > 1)
                .toList();
        Set<Long> named =
                told.stream().map(PeopleRepository.PlatformUser::personId).collect(Collectors.toSet());
        events.publishEvent(new AccountsNamed(tenant, registrationId, named, same));
    }
}
