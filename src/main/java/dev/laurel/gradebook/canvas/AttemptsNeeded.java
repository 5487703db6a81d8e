package dev.laurel.gradebook.canvas;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.AttemptsAsked;
import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.LineItem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What badges of a course ask for attempt by attempt, and which attempts at it are known. */
@Component
class AttemptsNeeded {

    private final AttemptsAsked asked;

    private final KnownColumns known;

    private final Contexts contexts;

    AttemptsNeeded(AttemptsAsked asked, KnownColumns known, Contexts contexts) {
        this.asked = asked;
        this.known = known;
        this.contexts = contexts;
    }

    /** One statement where nothing is asked for. */
    EarlierAttempts of(CourseContext course, List<KnownColumns.Known> columns) {
        Set<Long> numbers = asked.columns(course.tenant(), course.id());
        Map<Long, String> ids = columns.stream()
                .map(KnownColumns.Known::item)
                .filter(item -> item.source().equals(CanvasSource.NAME) && numbers.contains(item.id()))
                .collect(Collectors.toMap(LineItem::id, LineItem::externalId));
        List<KnownColumns.Attempt> log = known.attempts(course.tenant(), course.id(), ids.keySet());
        Set<Long> people =
                log.stream().map(KnownColumns.Attempt::personId).collect(Collectors.toCollection(HashSet::new));
        if (!people.isEmpty()) {
            // Canvas refuses to speak of who left, and decides nothing for her any more.
            people.retainAll(contexts.earners(course.tenant(), course.id()));
        }
        return new EarlierAttempts(
                Set.copyOf(ids.values()), log, people.isEmpty() ? Map.of() : contexts.platformUsers(course, people));
    }
}
