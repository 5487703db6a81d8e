package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Keeps by which of its own ids a platform knows people, and tells which it thereby says to be one, or not. */
@Component
class PlatformUsers {

    private final PlatformUserRepository users;

    private final ApplicationEventPublisher events;

    PlatformUsers(PlatformUserRepository users, ApplicationEventPublisher events) {
        this.users = users;
        this.events = events;
    }

    /**
     * Inside the caller's transaction.
     *
     * @param host at which it was told, see {@link PlatformHost}
     */
    void save(
            TenantId tenant,
            long registrationId,
            String host,
            Collection<PlatformUserRepository.Told> told,
            Instant at) {
        if (told.isEmpty()) {
            return;
        }
        users.save(tenant, registrationId, host, told, at);
        if (host.equals(PlatformHost.NONE)) {
            return;
        }
        List<Set<Long>> same = users
                .same(
                        tenant,
                        registrationId,
                        host,
                        told.stream().map(PlatformUserRepository.Told::hash).toList())
                .stream()
                .filter(each -> each.size() > 1)
                .toList();
        Set<Long> named =
                told.stream().map(PlatformUserRepository.Told::personId).collect(Collectors.toSet());
        events.publishEvent(new AccountsNamed(tenant, registrationId, named, same));
    }
}
