package dev.laurel.gradebook;

import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What is known of a course's columns and results, and the ways to ask for more. */
@Component
public class Gradebook {

    /** Columns of the course, deleted ones included (rules may still name them). */
    public List<LineItem> lineItems(TenantId tenant, long contextId) {
        throw new UnsupportedOperationException();
    }

    public Optional<LineItem> lineItem(TenantId tenant, long lineItemId) {
        throw new UnsupportedOperationException();
    }

    /** How many learners have a graded result, by line item. */
    public Map<Long, Integer> gradedCounts(TenantId tenant, long contextId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Creates a column in the LMS (HTTP: never inside a transaction) that an instructor grades there, or that Laurel
     * writes ({@code output}).
     *
     * @throws GradebookException where the platform refuses, with plain words for the instructor
     */
    public LineItem createColumn(
            TenantId tenant, long contextId, String label, BigDecimal scoreMaximum, boolean output, String resourceId) {
        throw new UnsupportedOperationException();
    }

    /** The change log after {@code afterSeq}, oldest first, at most {@code limit}. */
    public List<Observation> changesAfter(TenantId tenant, long contextId, long afterSeq, int limit) {
        throw new UnsupportedOperationException();
    }

    /** The latest observation of each line item for these people; {@code null} means everybody in the course. */
    public List<Observation> latest(
            TenantId tenant,
            long contextId,
            Collection<Long> lineItemIds,
            @org.jspecify.annotations.Nullable Collection<Long> personIds) {
        throw new UnsupportedOperationException();
    }

    public SyncStatus status(TenantId tenant, long contextId) {
        throw new UnsupportedOperationException();
    }

    /** Asks for a look at the platform soon ("check now"); returns at once. */
    public void checkSoon(TenantId tenant, long contextId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Sends {@code 1 of 1} for a learner to a column that Laurel writes (HTTP: never inside a transaction).
     *
     * @throws GradebookException where the platform refuses; {@link GradebookException#isFinal()} tells whether to retry
     */
    public void sendScore(TenantId tenant, long lineItemId, long personId, BigDecimal given, BigDecimal maximum) {
        throw new UnsupportedOperationException();
    }
}
