package dev.laurel.gradebook.event;

import dev.laurel.context.Contexts;
import dev.laurel.gradebook.source.Hints;
import dev.laurel.platform.tenant.TenantId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Turns what events say into courses to look at, and people to look at first. */
@Component
class EventHints {

    private final Contexts contexts;

    private final Hints hints;

    EventHints(Contexts contexts, Hints hints) {
        this.contexts = contexts;
        this.hints = hints;
    }

    /** What names no course of this platform is forgotten; who is not known yet makes the course be looked at. */
    void take(TenantId tenant, long registrationId, List<Said> said) {
        Map<String, Set<String>> users = new HashMap<>();
        for (Said each : said) {
            Set<String> ofCourse = users.computeIfAbsent(each.course(), course -> new HashSet<>());
            if (each.user() != null) {
                ofCourse.add(each.user());
            }
        }
        contexts.byPlatformCourse(tenant, registrationId, users.keySet()).forEach((name, courses) -> {
            Set<String> names = Objects.requireNonNull(users.get(name));
            for (long contextId : courses) {
                Map<String, Long> known = new HashMap<>(contexts.personsBySub(tenant, registrationId, names));
                known.putAll(contexts.personsByPlatformUser(tenant, registrationId, contextId, names));
                Set<Long> people = known.values().stream().collect(Collectors.toSet());
                hints.hint(tenant, contextId, people);
            }
        });
    }
}
