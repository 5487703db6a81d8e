package dev.laurel.gradebook;

import dev.laurel.context.Copies;
import dev.laurel.gradebook.copy.ColumnMatching;
import dev.laurel.platform.tenant.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the columns of a course again in a copy of it, as far as both were read. Asked again it may find more. */
@Component
public class ColumnMatches {

    private final LineItemRepository lineItems;

    private final Copies copies;

    ColumnMatches(LineItemRepository lineItems, Copies copies) {
        this.lineItems = lineItems;
        this.copies = copies;
    }

    /**
     * A match for every column of {@code sourceId}, by its number; deleted ones included, because rules may still name
     * them. Only columns that a rule can look at are found, each for one other at most.
     */
    public Map<Long, ColumnMatch> of(TenantId tenant, long sourceId, long contextId) {
        List<LineItemRepository.Row> there = lineItems.ofContext(tenant, sourceId);
        List<LineItemRepository.Row> here = lineItems.ofContext(tenant, contextId).stream()
                .filter(row -> isInput(row.item()))
                .toList();
        Map<Long, LineItem> byId = here.stream()
                .map(LineItemRepository.Row::item)
                .collect(Collectors.toMap(LineItem::id, Function.identity()));
        Map<Long, ColumnMatching.Match> found =
                ColumnMatching.match(traits(tenant, sourceId, there), traits(tenant, contextId, here));
        Map<Long, ColumnMatch> matches = new HashMap<>();
        for (LineItemRepository.Row row : there) {
            ColumnMatching.Match match = found.get(row.item().id());
            matches.put(
                    row.item().id(),
                    match == null
                            ? new ColumnMatch(row.item(), null, ColumnMatch.By.NOTHING, false)
                            : new ColumnMatch(row.item(), byId.get(match.to()), match.by(), match.sure()));
        }
        return matches;
    }

    private static boolean isInput(LineItem item) {
        return !item.deleted() && !item.output() && item.readable();
    }

    private List<ColumnMatching.Traits> traits(TenantId tenant, long contextId, List<LineItemRepository.Row> rows) {
        Map<String, String> ownIds = new HashMap<>();
        for (Copies.PlacedLink link : copies.links(tenant, contextId)) {
            if (link.badgeId() != null) {
                ownIds.put(link.linkId(), link.badgeId());
                if (link.lineitemUrl() != null) {
                    ownIds.put(link.lineitemUrl(), link.badgeId());
                }
            }
        }
        return rows.stream()
                .map(row -> new ColumnMatching.Traits(
                        row.item().id(),
                        row.item().label(),
                        row.item().scoreMaximum(),
                        ownId(row, ownIds),
                        row.resourceId(),
                        row.tag()))
                .toList();
    }

    private static @Nullable String ownId(LineItemRepository.Row row, Map<String, String> ownIds) {
        String link = row.resourceLinkId();
        String byLink = link == null ? null : ownIds.get(link);
        return byLink == null ? ownIds.get(row.item().externalId()) : byLink;
    }
}
