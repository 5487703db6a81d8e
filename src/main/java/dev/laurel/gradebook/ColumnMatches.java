package dev.laurel.gradebook;

import dev.laurel.context.Copies;
import dev.laurel.gradebook.copy.ColumnMatching;
import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the columns of a course again in a copy of it, as far as both were read. Asked again it may find more. */
@Component
public class ColumnMatches {

    private final LineItemRepository lineItems;

    private final Copies copies;

    private final Sources sources;

    ColumnMatches(LineItemRepository lineItems, Copies copies, Sources sources) {
        this.lineItems = lineItems;
        this.copies = copies;
        this.sources = sources;
    }

    /** The columns of a course that a rule can look at, and that Laurel is allowed to read. */
    public List<LineItem> candidates(TenantId tenant, long contextId) {
        return inputs(tenant, contextId).stream()
                .map(LineItemRepository.Row::item)
                .toList();
    }

    /**
     * A match for every column of {@code sourceId}, by its number; deleted ones included, because rules may still name
     * them. Only columns that a rule can look at are found, each for one other at most.
     */
    public Map<Long, ColumnMatch> of(TenantId tenant, long sourceId, long contextId) {
        List<LineItemRepository.Row> there = lineItems.ofContext(tenant, sourceId);
        List<LineItemRepository.Row> here = inputs(tenant, contextId);
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

    /** The column of the same course that can take the place of this one; its own copy of what it is known by counts for none. */
    public Optional<LineItem> inPlaceOf(TenantId tenant, long contextId, long lineItemId) {
        List<LineItemRepository.Row> all = lineItems.ofContext(tenant, contextId);
        List<LineItemRepository.Row> others = inputs(tenant, contextId, all).stream()
                .filter(row -> row.item().id() != lineItemId)
                .toList();
        Map<String, String> ownIds = ownIds(tenant, contextId);
        List<LineItemRepository.Row> old =
                all.stream().filter(row -> row.item().id() == lineItemId).toList();
        return Optional.ofNullable(ColumnMatching.match(traits(old, ownIds), traits(others, ownIds))
                        .get(lineItemId))
                .flatMap(match -> others.stream()
                        .map(LineItemRepository.Row::item)
                        .filter(item -> item.id() == match.to())
                        .findFirst());
    }

    /** What these columns of a course can be known by in another one, in their order; numbers that are none are left out. */
    public List<DescribedColumn> describe(TenantId tenant, long contextId, Collection<Long> lineItemIds) {
        List<LineItemRepository.Row> rows = lineItems.ofContext(tenant, contextId).stream()
                .filter(row -> lineItemIds.contains(row.item().id()))
                .toList();
        Map<String, String> ownIds = ownIds(tenant, contextId);
        return rows.stream()
                .map(row -> new DescribedColumn(
                        row.item().id(),
                        row.item().label(),
                        row.item().kind(),
                        row.item().group(),
                        row.item().scoreMaximum(),
                        ownId(row, ownIds),
                        row.resourceId(),
                        row.tag()))
                .toList();
    }

    /** The columns of this course that are meant by a description, by its number; only of the same kind, each for one. */
    public Map<Long, ColumnMatch> of(TenantId tenant, List<DescribedColumn> described, long contextId) {
        Map<LineItem.Kind, List<LineItemRepository.Row>> here = inputs(tenant, contextId).stream()
                .collect(Collectors.groupingBy(row -> row.item().kind()));
        Map<Long, LineItem> byId = here.values().stream()
                .flatMap(List::stream)
                .map(LineItemRepository.Row::item)
                .collect(Collectors.toMap(LineItem::id, Function.identity()));
        Map<String, String> ownIds = ownIds(tenant, contextId);
        Map<Long, ColumnMatching.Match> found = new HashMap<>();
        described.stream().collect(Collectors.groupingBy(DescribedColumn::kind)).forEach((kind, wanted) -> {
            List<ColumnMatching.Traits> there = wanted.stream()
                    .map(column -> new ColumnMatching.Traits(
                            column.number(),
                            column.title(),
                            column.maximum(),
                            column.badgeId(),
                            column.resourceId(),
                            column.tag()))
                    .toList();
            found.putAll(ColumnMatching.match(there, traits(here.getOrDefault(kind, List.of()), ownIds)));
        });
        Map<Long, ColumnMatch> matches = new HashMap<>();
        for (DescribedColumn column : described) {
            ColumnMatching.Match match = found.get(column.number());
            matches.put(
                    column.number(),
                    match == null
                            ? new ColumnMatch(column.asItem(), null, ColumnMatch.By.NOTHING, false)
                            : new ColumnMatch(column.asItem(), byId.get(match.to()), match.by(), match.sure()));
        }
        return matches;
    }

    private List<LineItemRepository.Row> inputs(TenantId tenant, long contextId) {
        return inputs(tenant, contextId, lineItems.ofContext(tenant, contextId));
    }

    private List<LineItemRepository.Row> inputs(
            TenantId tenant, long contextId, List<LineItemRepository.Row> ofCourse) {
        Sources.Silent silent = sources.silent(tenant, contextId);
        return ofCourse.stream()
                .filter(row -> !row.item().deleted() && Recorder.isInput(row.item()) && !silent.mayNotRead(row.item()))
                .toList();
    }

    private List<ColumnMatching.Traits> traits(TenantId tenant, long contextId, List<LineItemRepository.Row> rows) {
        return traits(rows, ownIds(tenant, contextId));
    }

    private static List<ColumnMatching.Traits> traits(List<LineItemRepository.Row> rows, Map<String, String> ownIds) {
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

    /** Our own ids of columns, by the link that they belong to and by their own address. */
    private Map<String, String> ownIds(TenantId tenant, long contextId) {
        Map<String, String> ownIds = new HashMap<>();
        for (Copies.PlacedLink link : copies.links(tenant, contextId)) {
            if (link.badgeId() != null) {
                ownIds.put(link.linkId(), link.badgeId());
                if (link.lineitemUrl() != null) {
                    ownIds.put(link.lineitemUrl(), link.badgeId());
                }
            }
        }
        return ownIds;
    }

    private static @Nullable String ownId(LineItemRepository.Row row, Map<String, String> ownIds) {
        String link = row.resourceLinkId();
        String byLink = link == null ? null : ownIds.get(link);
        return byLink == null ? ownIds.get(row.item().externalId()) : byLink;
    }
}
