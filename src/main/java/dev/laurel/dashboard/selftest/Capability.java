package dev.laurel.dashboard.selftest;

import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.tool.Permissions;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What badges can be made of, or what Laurel can do for them, and what it takes. */
public enum Capability {
    /** Columns that a teacher adds in Laurel and grades in the gradebook. */
    ADDED_COLUMNS(Check.LINE_ITEMS, permitted -> permitted.managesColumns() && permitted.readsResults()),
    /** Columns of activities that are links of Laurel, with a score that must be reached. */
    LINKED_COLUMNS(Check.RESULTS, Permissions::readsResults),
    /** All of, any of, at least so many of several columns. */
    COMBINATIONS(Check.RESULTS, Permissions::readsResults),
    /** Everybody in the course, also who never opened Laurel, and who left. */
    WHOLE_CLASS(Check.ROSTER, Permissions::listsMembers),
    /** A badge written into the gradebook as a score, where a teacher asks for it. */
    WRITTEN_SCORES(Check.LINE_ITEMS, permitted -> permitted.managesColumns() && permitted.writesScores()),
    /** Quizzes and assignments of the platform itself. */
    OTHER_ACTIVITIES(Means.READING_KEY),
    /** Outcomes and competencies. */
    OUTCOMES(Means.READING_KEY),
    /** Activities, modules and courses completed. */
    COMPLETIONS(Means.READING_KEY),
    /** Awarded within seconds without looking again and again. */
    AT_ONCE(Means.EVENTS);

    /** How Laurel comes to know of it. */
    enum Means {
        STANDARDS,
        /** A key to the platform's own interface. Laurel has no use for one yet. */
        READING_KEY,
        /** The platform tells by itself. Laurel does not listen yet. */
        EVENTS
    }

    private final Means means;

    private final @Nullable Check proof;

    private final Predicate<Permissions> works;

    Capability(Check proof, Predicate<Permissions> works) {
        this.means = Means.STANDARDS;
        this.proof = proof;
        this.works = works;
    }

    /** What nothing that is granted today makes work. */
    Capability(Means means) {
        this.means = means;
        this.proof = null;
        this.works = permitted -> false;
    }

    /** The check that shows whether what is permitted works; {@code null} where nothing does yet. */
    @Nullable
    Check proof() {
        return proof;
    }

    Means means() {
        return means;
    }

    /** As it stands in message keys and files. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean works(Permissions permitted) {
        return works.test(permitted);
    }
}
