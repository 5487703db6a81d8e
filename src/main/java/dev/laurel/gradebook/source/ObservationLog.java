package dev.laurel.gradebook.source;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The change log of a course, for a source in which people enter results themselves. Everything here belongs into the
 * caller's transaction, under the lock that it takes first.
 */
public interface ObservationLog {

    /** Lets nobody else write to the log of this course until the transaction ends. */
    void lock(TenantId tenant, long contextId);

    /** Adds the column, or answers the one with the same {@code externalId}. */
    LineItem column(TenantId tenant, long contextId, String source, Column column);

    /**
     * Adds these columns or brings them up to date, in a few statements; answers them by their {@code externalId}. Others of
     * the source stay.
     */
    Map<String, LineItem> columns(TenantId tenant, long contextId, String source, Collection<Column> columns);

    /** Takes columns away; rules that name them are told. */
    void remove(TenantId tenant, long contextId, Collection<Long> lineItemIds);

    /** Appends those entries that say something new, and lets what follows from them happen; answers how many. */
    int append(TenantId tenant, long contextId, Origin origin, List<Entry> entries);

    /** What appending these entries would do; writes nothing. */
    Difference compare(TenantId tenant, long contextId, Origin origin, List<Entry> entries);

    /**
     * How entries came about.
     *
     * @param cameAbout as in {@link Observation}
     * @param visibility whether learners may see them
     */
    record Origin(String source, String cameAbout, Observation.Visibility visibility) {}

    /** Of entries: how many say something where nothing was known, something else, and what is known already. */
    record Difference(int added, int changed, int same) {}

    /**
     * What somebody says of a learner in a column.
     *
     * @param score out of {@code maximum}; {@code null} where there is none
     * @param occurredAt when it happened, UTC; another time is something new where it is {@code dated}; {@code null} where
     *     nobody knows
     * @param handedInAt of a grade: when the work was handed in last, UTC; {@code null} where it is of no such work
     */
    record Entry(
            long personId,
            long lineItemId,
            Observation.Status status,
            @Nullable BigDecimal score,
            @Nullable BigDecimal maximum,
            @Nullable Instant occurredAt,
            boolean dated,
            long byPerson,
            @Nullable Instant handedInAt) {

        /** Of what is no grade of work that was handed in. */
        public Entry(
                long personId,
                long lineItemId,
                Observation.Status status,
                @Nullable BigDecimal score,
                @Nullable BigDecimal maximum,
                @Nullable Instant occurredAt,
                boolean dated,
                long byPerson) {
            this(personId, lineItemId, status, score, maximum, occurredAt, dated, byPerson, null);
        }
    }
}
