package dev.laurel.dashboard.account;

import dev.laurel.context.Contexts;
import dev.laurel.context.Profile;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Accounts as pages show them to whoever may know. */
@Component
class Accounts {

    private final Contexts contexts;

    private final Platforms platforms;

    Accounts(Contexts contexts, Platforms platforms) {
        this.contexts = contexts;
        this.platforms = platforms;
    }

    /**
     * @param name empty where the platform tells none
     * @param platforms where it is, by the names that the admin gave them
     * @param sisId empty where no platform tells one
     */
    record Account(long personId, String name, List<String> platforms, String sisId) {

        /** Who was erased has none. */
        boolean isThere() {
            return !platforms.isEmpty();
        }
    }

    Map<Long, Account> of(TenantId tenant, Collection<Long> personIds) {
        Map<Long, Profile> profiles = contexts.profiles(tenant, personIds);
        Map<Long, Set<Long>> registrations = contexts.registrations(tenant, personIds);
        Map<Long, Account> accounts = new HashMap<>();
        for (long person : personIds) {
            Profile profile = profiles.getOrDefault(person, Profile.UNKNOWN);
            accounts.put(
                    person,
                    new Account(
                            person,
                            profile.fullName().orElse(""),
                            registrations.getOrDefault(person, Set.of()).stream()
                                    .flatMap(registration -> platforms.registration(registration).stream())
                                    .map(Registration::name)
                                    .toList(),
                            profile.sisId() == null ? "" : profile.sisId()));
        }
        return accounts;
    }
}
