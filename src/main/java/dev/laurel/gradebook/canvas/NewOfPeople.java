package dev.laurel.gradebook.canvas;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.KnownColumns;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Of whom something is new since they were asked for last, whoever waits longest first. Of more than one look asks for none
 * is forgotten: they are those behind a place in the change log.
 */
final class NewOfPeople {

    private static final int AT_ONCE = 1_000;

    private final long last;

    private final List<KnownColumns.Change> changes;

    private final Map<Long, String> users;

    /** @param after the place in the log behind which nobody was asked for; {@code null}: the present end of the log */
    NewOfPeople(CourseContext course, KnownColumns log, Contexts contexts, @Nullable Long after) {
        last = after == null ? log.last(course.tenant(), course.id()) : after;
        changes = after == null
                ? List.of()
                : log.changes(course.tenant(), course.id(), CanvasSource.NAME, after, AT_ONCE);
        users = contexts.platformUsers(
                course, changes.stream().map(KnownColumns.Change::personId).collect(Collectors.toSet()));
    }

    /** Canvas's numbers of them. Whoever this look says something new of is among them at the next one, and asked for once. */
    Set<String> users() {
        Set<String> all = new LinkedHashSet<>();
        changes.forEach(change -> {
            String user = users.get(change.personId());
            if (user != null) {
                all.add(user);
            }
        });
        return all;
    }

    /**
     * The place from which to go on.
     *
     * @param isOwed who has not been asked for yet, by Canvas's number
     */
    long place(Predicate<String> isOwed) {
        long place = last;
        for (KnownColumns.Change change : changes) {
            String user = users.get(change.personId());
            if (user != null && isOwed.test(user)) {
                break;
            }
            place = change.place();
        }
        return place;
    }
}
