package dev.laurel.gradebook;

import dev.laurel.gradebook.source.ColumnResults;
import dev.laurel.gradebook.source.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The results of a reading in parts of some thousands, each with everything that is said of some people: so nobody is ever
 * decided about on half of a reading.
 */
final class ReadingParts {

    /** So many results take a database about a second. */
    static final int SIZE = 10_000;

    private final List<ColumnResults> all;

    private final Map<String, Integer> partOf;

    private final int count;

    private ReadingParts(List<ColumnResults> all, Map<String, Integer> partOf, int count) {
        this.all = all;
        this.partOf = partOf;
        this.count = count;
    }

    static ReadingParts of(List<ColumnResults> results) {
        long size = results.stream().flatMap(ColumnResults::accounts).count();
        return size <= SIZE ? new ReadingParts(results, Map.of(), 1) : split(results);
    }

    private static ReadingParts split(List<ColumnResults> results) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (ColumnResults column : results) {
            column.accounts().forEach(account -> sizes.merge(account, 1, Integer::sum));
        }
        Map<String, Integer> partOf = new HashMap<>();
        int part = 0;
        int filled = 0;
        for (Map.Entry<String, Integer> account : sizes.entrySet()) {
            if (filled > 0 && filled + account.getValue() > SIZE) {
                part++;
                filled = 0;
            }
            partOf.put(account.getKey(), part);
            filled += account.getValue();
        }
        return new ReadingParts(results, partOf, part + 1);
    }

    int count() {
        return count;
    }

    List<ColumnResults> part(int number) {
        if (count == 1) {
            return all;
        }
        List<ColumnResults> some = new ArrayList<>();
        for (ColumnResults column : all) {
            List<Result> results = column.results().stream()
                    .filter(result -> Integer.valueOf(number).equals(partOf.get(result.account())))
                    .toList();
            Set<String> unreadable = part(column.unreadable(), number);
            Set<String> withoutGrade = part(column.withoutGrade(), number);
            if (!results.isEmpty() || !unreadable.isEmpty() || !withoutGrade.isEmpty()) {
                some.add(new ColumnResults(column.externalId(), results, unreadable, withoutGrade, false));
            }
        }
        return some;
    }

    private Set<String> part(Set<String> accounts, int number) {
        return accounts.stream()
                .filter(account -> Integer.valueOf(number).equals(partOf.get(account)))
                .collect(Collectors.toSet());
    }

    /** Columns of which each part tells something only, while together they tell everything. */
    List<ColumnResults> toClose() {
        return count == 1
                ? List.of()
                : all.stream().filter(ColumnResults::whole).toList();
    }
}
