package dev.laurel.gradebook;

import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is known of a course already, for a source that needs it to ask for less. */
@Component
public class KnownColumns {

    private final LineItemRepository lineItems;

    private final ObservationRepository observations;

    private final GradingSchemeRepository schemes;

    KnownColumns(LineItemRepository lineItems, ObservationRepository observations, GradingSchemeRepository schemes) {
        this.lineItems = lineItems;
        this.observations = observations;
        this.schemes = schemes;
    }

    /** @param resourceLinkId of the link that the column belongs to; {@code null} where the platform names none */
    public record Known(LineItem item, @Nullable String resourceLinkId) {}

    /** Every column that the course ever had, of every source. */
    public List<Known> ever(TenantId tenant, long contextId) {
        return lineItems.ofContext(tenant, contextId).stream()
                .map(row -> new Known(row.item(), row.resourceLinkId()))
                .toList();
    }

    /** Whether Laurel writes a column in any of these courses. One statement. */
    public boolean isWrittenIn(TenantId tenant, Collection<Long> contextIds) {
        return lineItems.isWrittenIn(tenant, contextIds);
    }

    /** How the course turns percent into letters, as far as anybody said. */
    public Optional<GradingScheme> scheme(TenantId tenant, long contextId) {
        return schemes.find(tenant, contextId);
    }

    /** A result that its learner could not see when it was read last. */
    public record Hidden(String externalId, long personId) {}

    /**
     * An attempt that is in the log.
     *
     * @param last the number of the learner's last attempt, as far as is known
     */
    public record Attempt(String externalId, long personId, int number, int last) {}

    /** Attempts at these columns, of those only of whom more than one is known to be there. */
    public List<Attempt> attempts(TenantId tenant, long contextId, Collection<Long> lineItemIds) {
        return observations.attempts(tenant, contextId, lineItemIds);
    }

    /** What is known of these people in these columns. */
    public List<Observation> latest(
            TenantId tenant, long contextId, Collection<Long> lineItemIds, Collection<Long> personIds) {
        return observations.latest(tenant, contextId, lineItemIds, personIds);
    }

    /** @param place in the change log */
    public record Change(long place, long personId) {}

    /** Of whom a source said something after a place in the log, oldest first; completions follow from the rest. */
    public List<Change> changes(TenantId tenant, long contextId, String source, long after, int most) {
        return observations.changes(tenant, contextId, source, after, most);
    }

    /** The last place in the log of a course; 0 where it is empty. */
    public long last(TenantId tenant, long contextId) {
        return observations.last(tenant, contextId);
    }

    /** Points out of which results are kept. */
    public record Maximum(String externalId, @Nullable BigDecimal points) {}

    /** Out of how many points the results of a source in a course are, each column and number once. */
    public List<Maximum> maxima(TenantId tenant, long contextId, String source) {
        return observations.maxima(tenant, contextId, source);
    }

    /**
     * The hidden results of a source in a course, without those that follow from others, of one person after the other.
     *
     * @param after of people with greater numbers
     * @param most so many at most
     */
    public List<Hidden> hidden(TenantId tenant, long contextId, String source, long after, int most) {
        return observations.hidden(tenant, contextId, source, after, most);
    }
}
