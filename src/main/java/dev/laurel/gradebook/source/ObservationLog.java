package dev.laurel.gradebook.source;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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

    /** Takes columns away; rules that name them are told. */
    void remove(TenantId tenant, long contextId, Collection<Long> lineItemIds);

    /** Appends those entries that say something new, and lets what follows from them happen; answers how many. */
    int append(TenantId tenant, long contextId, String source, List<Entry> entries);

    /**
     * What somebody says of a learner in a column.
     *
     * @param score out of {@code maximum}; {@code null} where there is none
     * @param occurredAt when it happened, UTC; another time is something new where it is {@code dated}
     */
    record Entry(
            long personId,
            long lineItemId,
            Observation.Status status,
            @Nullable BigDecimal score,
            @Nullable BigDecimal maximum,
            Instant occurredAt,
            boolean dated,
            long byPerson) {}
}
