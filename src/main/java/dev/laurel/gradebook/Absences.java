package dev.laurel.gradebook;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Who has a result in a column and is not in a whole list of it. Platforms delete the results of those who leave, so it was
 * taken back only from those who are still in the course: those whom the same source lists elsewhere later in its reading,
 * or the roster as it is now.
 */
@Component
class Absences {

    /** A platform may list nothing for a moment; several results at once are rarely taken back. */
    private static final Duration EMPTY_AT_LEAST = Duration.ofMinutes(10);

    private final Contexts contexts;

    private final LineItemRepository lineItems;

    private final Clock clock;

    Absences(Contexts contexts, LineItemRepository lineItems, Clock clock) {
        this.contexts = contexts;
        this.lineItems = lineItems;
        this.clock = clock;
    }

    /**
     * Whose results were taken back; of the others nobody knows it, or they left. Asks the platform where the list of a column
     * does not say it (HTTP, so never inside a transaction).
     *
     * @param absent by column: who is not listed there any more, nor in what was read later
     * @param columns that were read whole
     * @param emptied those of them in which nothing is listed, though several results were known
     * @return by column
     */
    Map<Long, Set<Long>> takenBack(
            CourseContext course,
            Map<Long, Set<Long>> absent,
            Map<Long, LineItemRepository.Row> columns,
            Set<Long> emptied) {
        Instant now = clock.instant();
        Set<Long> newlyEmptied = new HashSet<>();
        Set<Long> filled = new HashSet<>();
        Map<Long, Set<Long>> believed = new HashMap<>(absent);
        columns.forEach((id, row) -> {
            Instant since = row.emptiedAt();
            if (!emptied.contains(id)) {
                if (since != null) {
                    filled.add(id);
                }
            } else if (since == null) {
                newlyEmptied.add(id);
                believed.remove(id);
            } else if (since.plus(EMPTY_AT_LEAST).isAfter(now)) {
                believed.remove(id);
            }
        });
        lineItems.setEmptied(course.tenant(), newlyEmptied, now);
        lineItems.setEmptied(course.tenant(), filled, null);
        Set<Long> people = new HashSet<>();
        believed.values().forEach(people::addAll);
        Set<Long> present = contexts.presentAmong(course.tenant(), course.id(), people);
        Map<Long, Set<Long>> takenBack = new HashMap<>();
        believed.forEach((id, persons) -> {
            Set<Long> left = new HashSet<>(persons);
            left.retainAll(present);
            if (!left.isEmpty()) {
                takenBack.put(id, left);
            }
        });
        return takenBack;
    }
}
