package dev.laurel.gradebook.source;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.ServiceProblem;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A way to read the gradebook of a course. It never guesses: what it does not understand it reports. */
public interface GradebookSource {

    /** Stands in the database, e.g. {@code ags}. */
    String name();

    /** Why this course cannot be read this way, in plain words; empty where it can. */
    Optional<String> obstacle(CourseContext course);

    /** What kinds of results it tells of this course now; nothing where there is an obstacle. */
    Set<LineItem.Kind> tells(CourseContext course);

    /** What it would tell of a course of this platform with every permission there is; nothing of other platforms. */
    Set<LineItem.Kind> couldTell(CourseContext course);

    /**
     * What would have to be switched on more for results of this kind, as message keys of what it is called where that is
     * done; nothing where it tells them, or never does.
     */
    default Set<String> permissionsFor(CourseContext course, LineItem.Kind kind) {
        return Set.of();
    }

    /** Whether it tells the letters of a course's total, where the course has any. */
    default boolean hasLetters() {
        return false;
    }

    /** Whether it tells of which attempt a score is, and the attempts before the last one. */
    default boolean hasAttempts() {
        return false;
    }

    /** Whether it reads with a key or permission that somebody gave beside the installation, and may take away. */
    default boolean needsKey() {
        return false;
    }

    /** Whether the platform has ended the course: it is read no more, and that is as it should be. */
    default boolean hasEnded(CourseContext course) {
        return false;
    }

    /** Whether it tells who of this course's members is a teaching assistant. */
    default boolean tellsAssistants(CourseContext course) {
        return false;
    }

    /**
     * The shortest time between two looks at one course, where people are there or grades are changing. Looks that cost
     * the platform more are rarer.
     */
    Duration pace();

    /**
     * Whether a look that ended at this bookmark read only a part of what it was to read, so that the next one should
     * come as soon as {@link #pace()} allows.
     */
    default boolean isBehind(@Nullable String bookmark) {
        return false;
    }

    /**
     * Looks at the platform (HTTP: never inside a transaction).
     *
     * @param progress is told of each request before it is sent, and how many columns of how many are read, where there are
     *     many
     * @throws ServiceProblem where not even the list of columns could be read completely
     */
    Reading read(CourseContext course, Look look, Progress progress);

    /** Whether it can be asked for single people, see {@link Look#people}: then events about them cost little. */
    default boolean readsPeople() {
        return false;
    }

    /** Somebody waits, and somebody pays. */
    interface Progress {

        void columns(int done, int of);

        /** A request is about to be sent. */
        default void request() {}
    }
}
