package dev.laurel.dashboard.selftest;

import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.tool.LtiScope;
import dev.laurel.platform.tool.ProductFamily;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What badges can be made of, or what Laurel can do for them, and what it takes. */
public enum Capability {
    /** Columns that a teacher adds in Laurel and grades in the gradebook. */
    ADDED_COLUMNS(Means.STANDARDS, Check.LINE_ITEMS) {
        @Override
        boolean works(Set<LtiScope> granted, ProductFamily family) {
            return granted.contains(LtiScope.LINE_ITEM) && LINKED_COLUMNS.works(granted, family);
        }
    },
    /** Columns of activities that are links of Laurel, with a score that must be reached. */
    LINKED_COLUMNS(Means.STANDARDS, Check.RESULTS) {
        @Override
        boolean works(Set<LtiScope> granted, ProductFamily family) {
            boolean lists = granted.contains(LtiScope.LINE_ITEM_READ)
                    || (granted.contains(LtiScope.LINE_ITEM) && family != ProductFamily.MOODLE);
            return lists && granted.contains(LtiScope.RESULT_READ);
        }
    },
    /** All of, any of, at least so many of several columns. */
    COMBINATIONS(Means.STANDARDS, Check.RESULTS) {
        @Override
        boolean works(Set<LtiScope> granted, ProductFamily family) {
            return LINKED_COLUMNS.works(granted, family);
        }
    },
    /** Everybody in the course, also who never opened Laurel, and who left. */
    WHOLE_CLASS(Means.STANDARDS, Check.ROSTER) {
        @Override
        boolean works(Set<LtiScope> granted, ProductFamily family) {
            return granted.contains(LtiScope.MEMBERSHIP_READ);
        }
    },
    /** A badge written into the gradebook as a score, where a teacher asks for it. */
    WRITTEN_SCORES(Means.STANDARDS, Check.LINE_ITEMS) {
        @Override
        boolean works(Set<LtiScope> granted, ProductFamily family) {
            return granted.containsAll(Set.of(LtiScope.LINE_ITEM, LtiScope.SCORE));
        }
    },
    /** Quizzes and assignments of the platform itself. */
    OTHER_ACTIVITIES(Means.READING_KEY, null),
    /** Outcomes and competencies. */
    OUTCOMES(Means.READING_KEY, null),
    /** Activities, modules and courses completed. */
    COMPLETIONS(Means.READING_KEY, null),
    /** Awarded within seconds without looking again and again. */
    AT_ONCE(Means.EVENTS, null);

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

    Capability(Means means, @Nullable Check proof) {
        this.means = means;
        this.proof = proof;
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

    /** Whether it works with these permissions on such a platform. */
    boolean works(Set<LtiScope> granted, ProductFamily family) {
        return false;
    }
}
