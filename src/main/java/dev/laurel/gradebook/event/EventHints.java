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

    /**
     * What names no course of this platform is forgotten. Who is no learner of the course, or nobody whom Laurel knows,
     * makes the course be looked at, and nobody in particular.
     */
    void take(TenantId tenant, long registrationId, List<Said> said) {
        Map<String, Set<String>> users = new HashMap<>();
        Set<String> ofSomebody = new HashSet<>();
        for (Said each : said) {
            Set<String> ofCourse = users.computeIfAbsent(each.course(), course -> new HashSet<>());
            if (each.user() == null) {
                ofSomebody.add(each.course());
            } else {
                ofCourse.add(each.user());
            }
        }
        contexts.byPlatformCourse(tenant, registrationId, users.keySet(), false).forEach((name, courses) -> {
            Set<String> names = Objects.requireNonNull(users.get(name));
            for (long contextId : courses) {
                Set<Long> learners = new HashSet<>();
                boolean allAre = learnersAmong(tenant, registrationId, contextId, names, learners);
                if (!learners.isEmpty()) {
                    hints.hint(tenant, contextId, learners);
                }
                if (!allAre || ofSomebody.contains(name)) {
                    hints.hint(tenant, contextId, Set.of());
                }
            }
        });
    }

    /**
     * Whether all of these are learners of the course.
     *
     * @param learners is told which of them are
     */
    private boolean learnersAmong(
            TenantId tenant, long registrationId, long contextId, Set<String> names, Set<Long> learners) {
        Map<String, Long> known = new HashMap<>(contexts.personsBySub(tenant, registrationId, names));
        contexts.find(tenant, contextId)
                .ifPresent(course -> known.putAll(contexts.personsByPlatformUser(course, names)));
        learners.addAll(contexts.evaluatedAmong(tenant, contextId, known.values()));
        return known.size() == names.size() && learners.containsAll(known.values());
    }
}
