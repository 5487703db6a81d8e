package dev.laurel.dashboard.reading;

import dev.laurel.context.Contexts;
import dev.laurel.context.Profile;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who gave a permission, as staff know her. */
final class Owners {

    private Owners() {}

    static @Nullable String name(Contexts contexts, TenantId tenant, long personId) {
        return Optional.ofNullable(contexts.profiles(tenant, List.of(personId)).get(personId))
                .flatMap(Profile::fullName)
                .orElse(null);
    }
}
