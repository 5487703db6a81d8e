package dev.laurel.gradebook.canvas;

import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.ColumnResults;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.ServiceProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a look finds: columns, and for each what is said of whom. Whoever is said twice, in two sections or on two pages,
 * is kept once, as said last.
 */
final class Gathered {

    private final Look look;

    private final List<LineItem> known;

    private final Map<String, Column> columns = new LinkedHashMap<>();

    private final Map<String, LineItem.StillThere> stillThere = new LinkedHashMap<>();

    private final Map<String, Map<String, Result>> results = new LinkedHashMap<>();

    private final Map<String, Set<String>> unreadable = new LinkedHashMap<>();

    private final Set<String> warnings = new LinkedHashSet<>();

    /** Canvas's numbers of those of whom something is new, so that what follows from it is asked for, too. */
    private final Set<String> changed = new LinkedHashSet<>();

    private @Nullable GradingScheme scheme;

    private @Nullable ServiceProblem problem;

    /** @param known every column that this source ever told */
    Gathered(Look look, List<LineItem> known) {
        this.look = look;
        this.known = known;
    }

    void add(Column column) {
        columns.put(column.externalId(), column);
    }

    /** It is there, and not read. */
    void stillThere(String externalId, LineItem.StillThere why) {
        stillThere.put(externalId, why);
    }

    Map<String, LineItem.StillThere> stillThere() {
        return stillThere;
    }

    /**
     * As they were before, where this part of the course is not asked for columns now, or could not be read.
     *
     * @return whether there are any
     */
    boolean addKnown(String prefix) {
        boolean any = false;
        for (LineItem item : known) {
            if (!item.externalId().startsWith(prefix)) {
                continue;
            }
            if (item.deleted() && item.stillThere() != null) {
                stillThere.putIfAbsent(item.externalId(), item.stillThere());
            } else if (!item.deleted()
                    && !columns.containsKey(item.externalId())
                    && !stillThere.containsKey(item.externalId())) {
                add(new Column(
                        item.externalId(),
                        item.label(),
                        item.kind(),
                        item.group(),
                        item.mastery(),
                        item.scoreMaximum(),
                        null,
                        null,
                        null));
                any = true;
            }
        }
        return any;
    }

    /** Whether there is a column that no look told before, so that of nobody it is known what she reached there. */
    boolean isNew(String prefix) {
        Set<String> before = known.stream()
                .filter(item -> !item.deleted())
                .map(LineItem::externalId)
                .collect(Collectors.toSet());
        return columns(prefix).stream().anyMatch(column -> !before.contains(column.externalId()));
    }

    boolean has(String externalId) {
        return columns.containsKey(externalId);
    }

    /** Those of these columns that are there. */
    List<Column> columns(String prefix) {
        return columns.values().stream()
                .filter(column -> column.externalId().startsWith(prefix))
                .toList();
    }

    /** Nothing is said where the column is not there, or nobody wants it. */
    void say(String externalId, Result result) {
        Column column = columns.get(externalId);
        if (column != null && look.isInput().test(column)) {
            results.computeIfAbsent(externalId, id -> new LinkedHashMap<>()).put(result.account(), result);
            unreadable.computeIfAbsent(externalId, id -> new LinkedHashSet<>()).remove(result.account());
        }
    }

    void sayUnreadable(String externalId, String account) {
        if (columns.containsKey(externalId)) {
            unreadable.computeIfAbsent(externalId, id -> new LinkedHashSet<>()).add(account);
            results.computeIfAbsent(externalId, id -> new LinkedHashMap<>()).remove(account);
        }
    }

    @Nullable
    Result said(String externalId, String account) {
        return results.getOrDefault(externalId, Map.of()).get(account);
    }

    /** Whether nothing was said of her there, be it understood or not. */
    boolean isSilent(String externalId, String account) {
        return said(externalId, account) == null
                && !unreadable.getOrDefault(externalId, Set.of()).contains(account);
    }

    void changed(String account) {
        changed.add(account);
    }

    Set<String> changed() {
        return changed;
    }

    void warn(String words) {
        warnings.add(words);
    }

    void scheme(@Nullable GradingScheme found) {
        scheme = found;
    }

    @Nullable
    GradingScheme scheme() {
        return scheme;
    }

    /** A part could not be read. The first one is told, but before what is refused for good what may work soon. */
    void failed(ServiceProblem failure) {
        if (problem == null || (problem.isFinal() && !failure.isFinal())) {
            problem = failure;
        }
    }

    @Nullable
    ServiceProblem problem() {
        return problem;
    }

    Collection<Column> columns() {
        return columns.values();
    }

    /** Of those who are not named nothing is said: Canvas leaves out who left, and their results stay. */
    List<ColumnResults> results() {
        List<ColumnResults> all = new ArrayList<>();
        results.forEach((externalId, said) -> all.add(new ColumnResults(
                externalId, List.copyOf(said.values()), unreadable.getOrDefault(externalId, Set.of()), false)));
        return all;
    }

    List<String> warnings() {
        List<String> words = new ArrayList<>(warnings);
        unreadable.forEach((externalId, accounts) -> {
            if (!accounts.isEmpty()) {
                Column column = columns.get(externalId);
                words.add("In \u201c" + (column == null ? externalId : column.label()) + "\u201d " + accounts.size()
                        + (accounts.size() == 1 ? " result is" : " results are")
                        + " no number that Laurel can read. Nothing is decided on them until they are corrected.");
            }
        });
        return words;
    }
}
