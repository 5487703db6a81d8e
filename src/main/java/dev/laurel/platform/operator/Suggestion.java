package dev.laurel.platform.operator;

import dev.laurel.platform.Deployment;
import dev.laurel.platform.Tenant;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The institution that a waiting deployment most likely belongs to: that of the registration's other deployments, unless
 * the platform says that it is another one. The names that platforms give themselves prove nothing, so they are only
 * offered for an institution that is new.
 *
 * <p>Where institutions share a registration, only a server that is known to be theirs is one.
 *
 * @param tenant {@code null}: nothing is chosen beforehand
 * @param newName empty: nothing is typed beforehand
 */
record Suggestion(@Nullable TenantId tenant, String newName) {

    static Suggestion of(Deployment pending, boolean shared, List<Deployment> all, List<Tenant> tenants) {
        List<Deployment> siblings = all.stream()
                .filter(d -> d.registrationId() == pending.registrationId() && d.tenant() != null)
                .toList();
        String guid = pending.seen().platformGuid();
        Optional<TenantId> sameGuid = only(siblings.stream()
                .filter(d -> guid != null && guid.equals(d.seen().platformGuid()))
                .toList());
        if (sameGuid.isPresent()) {
            return new Suggestion(sameGuid.get(), "");
        }
        boolean anotherGuid =
                siblings.stream().map(d -> d.seen().platformGuid()).anyMatch(g -> g != null && !g.equals(guid));
        return only(siblings)
                .filter(tenant -> !anotherGuid && !shared)
                .map(tenant -> new Suggestion(tenant, ""))
                .orElseGet(() -> new Suggestion(null, newName(pending, tenants)));
    }

    private static Optional<TenantId> only(List<Deployment> deployments) {
        Set<TenantId> tenants = deployments.stream()
                .map(Deployment::tenant)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return tenants.size() == 1 ? tenants.stream().findFirst() : Optional.empty();
    }

    private static String newName(Deployment pending, List<Tenant> tenants) {
        String name = pending.seen().platformName();
        return name == null || tenants.stream().anyMatch(t -> t.name().strip().equalsIgnoreCase(name.strip()))
                ? ""
                : name.strip();
    }
}
