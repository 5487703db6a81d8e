package dev.laurel.gradebook.canvas;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.Observation.Visibility;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether students may see what they reached in assignments, so that nothing that rests on it gives it away: as this look
 * says, and of whom it says nothing as it was known.
 */
final class Postings {

    private final CourseContext course;

    private final List<LineItem> known;

    private final KnownColumns log;

    private final Contexts contexts;

    private final Predicate<String> hasAll;

    private final Map<Work, Visibility> said = new HashMap<>();

    private Map<String, Assignments.Assignment> assignments = Map.of();

    private boolean tellsRows;

    /**
     * @param known columns that this source told before
     * @param hasAll whether all grades of a user were read: where nothing is known she has none then
     */
    Postings(
            CourseContext course, List<LineItem> known, KnownColumns log, Contexts contexts, Predicate<String> hasAll) {
        this.course = course;
        this.known = known;
        this.log = log;
        this.contexts = contexts;
        this.hasAll = hasAll;
    }

    private record Work(String assignment, String user) {}

    /** @param withRows whether what was reached in rows of rubrics is told, too */
    void of(Map<String, Assignments.Assignment> read, boolean withRows) {
        assignments = read;
        tellsRows = withRows;
    }

    /** @param rated whether rows of a rubric are filled in */
    void said(Assignments.Assignment assignment, String user, SubmissionFacts facts, boolean rated) {
        boolean isJudged = facts.score() != null || rated;
        boolean mayBeRated = facts.submittedAt() != null && assignment.manual() && !tellsRows;
        Visibility seen = facts.posted() || isJudged || mayBeRated ? facts.visibility() : Visibility.UNKNOWN;
        said.put(new Work(assignment.id(), user), seen);
    }

    /** What was known of these users in these assignments, as far as this look does not say. */
    void remember(Collection<String> assignmentIds, Collection<String> users) {
        Map<Long, String> ids = known.stream()
                .filter(item -> assignmentOf(item, assignmentIds) != null)
                .collect(Collectors.toMap(LineItem::id, item -> String.valueOf(assignmentOf(item, assignmentIds))));
        Map<String, Long> persons =
                ids.isEmpty() ? Map.of() : contexts.personsByPlatformUser(course, Set.copyOf(users));
        Map<Long, Set<String>> names = persons.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toSet())));
        Map<Work, Visibility> before = new HashMap<>();
        for (Observation seen : log.latest(course.tenant(), course.id(), ids.keySet(), names.keySet())) {
            String assignment = String.valueOf(ids.get(seen.lineItemId()));
            for (String user : names.getOrDefault(seen.personId(), Set.of())) {
                before.merge(new Work(assignment, user), visibility(assignment, seen), Postings::stricter);
            }
        }
        before.forEach(said::putIfAbsent);
    }

    private static @Nullable String assignmentOf(LineItem item, Collection<String> ids) {
        return ids.stream()
                .filter(id -> item.externalId().equals(Assignments.PREFIX + id)
                        || item.externalId().startsWith(Assignments.ROWS + id + "-"))
                .findFirst()
                .orElse(null);
    }

    private Visibility visibility(String assignment, Observation seen) {
        if (seen.status() == Status.SUBMITTED) {
            Assignments.Assignment told = assignments.get(assignment);
            return told == null || told.manual() && !tellsRows ? Visibility.HIDDEN : Visibility.UNKNOWN;
        }
        return seen.status() == Status.NONE ? Visibility.UNKNOWN : seen.visibility();
    }

    private Visibility untold(String assignment, String user) {
        Assignments.Assignment read = assignments.get(assignment);
        boolean mayHide = read != null && (read.anonymous() || (read.manual() && !hasAll.test(user)));
        return mayHide ? Visibility.HIDDEN : Visibility.UNKNOWN;
    }

    /** A grade of hers may come to be there while the look goes on, and may be seen then; of others somebody says so first. */
    private boolean postsByItself(String assignment) {
        Assignments.Assignment read = assignments.get(assignment);
        return read != null && !read.manual();
    }

    private static Visibility stricter(Visibility one, Visibility other) {
        if (one == Visibility.HIDDEN || other == Visibility.HIDDEN) {
            return Visibility.HIDDEN;
        }
        return one == Visibility.POSTED ? one : other;
    }

    /**
     * Whether she may see what rests on these assignments.
     *
     * @return {@code HIDDEN} where something of hers in them is not posted, or may be: of what is graded anonymously Canvas tells
     *     whose it is only once it is posted, and of what somebody has to post nothing may be read yet; {@code POSTED} where all
     *     that is known of hers is, and {@code UNKNOWN} where nothing of hers is known, or one of them is not read, or somebody has
     *     to post it and it has no grade yet
     */
    Visibility of(Collection<String> assignmentIds, String user) {
        Visibility all = Visibility.UNKNOWN;
        boolean sure = true;
        for (String id : assignmentIds) {
            Visibility seen = said.getOrDefault(new Work(id, user), untold(id, user));
            all = stricter(all, seen);
            sure &= seen == Visibility.POSTED || postsByItself(id);
        }
        return all == Visibility.POSTED && (!sure || !assignments.keySet().containsAll(assignmentIds))
                ? Visibility.UNKNOWN
                : all;
    }
}
