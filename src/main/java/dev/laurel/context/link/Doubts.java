package dev.laurel.context.link;

import dev.laurel.context.Contexts;
import dev.laurel.context.Profile;
import dev.laurel.platform.tenant.TenantId;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What speaks against two accounts being one human's. Whoever is linked with either of them would become one human with the
 * other one too, so all of them are compared.
 */
@Component
class Doubts {

    private final PersonLinkRepository links;

    private final Humans humans;

    private final Contexts contexts;

    Doubts(PersonLinkRepository links, Humans humans, Contexts contexts) {
        this.links = links;
        this.humans = humans;
        this.contexts = contexts;
    }

    /** Where a learner says so. */
    Optional<LinkCase.Reason> ofLearner(TenantId tenant, long one, long other) {
        Set<Long> ones = humans.together(tenant, Set.of(one));
        Set<Long> others = humans.together(tenant, Set.of(other));
        if (links.wasRefused(tenant, ones, others)) {
            return Optional.of(LinkCase.Reason.REFUSED_BEFORE);
        }
        Set<Long> all = new HashSet<>(ones);
        all.addAll(others);
        if (links.wasLinkedElsewhere(tenant, all)) {
            return Optional.of(LinkCase.Reason.LINKED_BEFORE);
        }
        Map<Long, Profile> profiles = contexts.profiles(tenant, all);
        return differences(profiles, ones, others)
                .or(() -> SameName.is(of(profiles, one), of(profiles, other))
                        ? Optional.empty()
                        : Optional.of(LinkCase.Reason.NAMES));
    }

    /** Where their platform says so, also of accounts of which it tells no name. */
    Optional<LinkCase.Reason> ofPlatform(TenantId tenant, long one, long other) {
        Set<Long> ones = humans.together(tenant, Set.of(one));
        Set<Long> others = humans.together(tenant, Set.of(other));
        if (links.wasRefused(tenant, ones, others)) {
            return Optional.of(LinkCase.Reason.REFUSED_BEFORE);
        }
        Set<Long> all = new HashSet<>(ones);
        all.addAll(others);
        return differences(contexts.profiles(tenant, all), ones, others);
    }

    /** What is told of both and differs. */
    private static Optional<LinkCase.Reason> differences(
            Map<Long, Profile> profiles, Set<Long> ones, Set<Long> others) {
        boolean sameName = true;
        for (long each : ones) {
            Profile first = of(profiles, each);
            for (long with : others) {
                Profile second = of(profiles, with);
                if (first.sisId() != null
                        && second.sisId() != null
                        && !first.sisId().equals(second.sisId())) {
                    return Optional.of(LinkCase.Reason.SIS_IDS);
                }
                boolean named =
                        first.fullName().isPresent() && second.fullName().isPresent();
                sameName &= !named || SameName.is(first, second);
            }
        }
        return sameName ? Optional.empty() : Optional.of(LinkCase.Reason.NAMES);
    }

    private static Profile of(Map<Long, Profile> profiles, long person) {
        return Objects.requireNonNullElse(profiles.get(person), Profile.UNKNOWN);
    }
}
