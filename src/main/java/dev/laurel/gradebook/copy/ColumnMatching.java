package dev.laurel.gradebook.copy;

import dev.laurel.gradebook.ColumnMatch.By;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the columns of two courses, the surest first. Each column is used once, and where two could be meant nothing is
 * guessed. A pure function: the order of the columns does not matter.
 */
public final class ColumnMatching {

    /** Beyond that many pairs of names to compare, names that are merely alike are not looked for. */
    private static final int MOST_COMPARISONS = 100_000;

    private final Map<Long, Traits> left = new LinkedHashMap<>();

    private final Map<Long, Traits> right = new LinkedHashMap<>();

    private final Map<Long, Match> matches = new HashMap<>();

    private ColumnMatching(List<Traits> from, List<Traits> to) {
        from.stream().sorted(Comparator.comparingLong(Traits::id)).forEach(traits -> left.put(traits.id(), traits));
        to.stream().sorted(Comparator.comparingLong(Traits::id)).forEach(traits -> right.put(traits.id(), traits));
    }

    /** By what a column is known. */
    public record Traits(
            long id,
            String label,
            @Nullable BigDecimal maximum,
            @Nullable String ownId,
            @Nullable String resourceId,
            @Nullable String tag) {

        String title() {
            return Normalizer.normalize(label.strip(), Normalizer.Form.NFC);
        }

        boolean hasMaximumOf(Traits other) {
            BigDecimal one = maximum;
            BigDecimal two = other.maximum;
            return one == null || two == null ? one == two : one.compareTo(two) == 0;
        }
    }

    /** The column that was found. */
    public record Match(long to, By by, boolean sure) {}

    /** The matches by the number of the column in {@code from}; those without one are missing. */
    public static Map<Long, Match> match(List<Traits> from, List<Traits> to) {
        ColumnMatching matching = new ColumnMatching(from, to);
        matching.pass(By.OWN_ID, Traits::ownId);
        matching.pass(By.RESOURCE_ID, Traits::resourceId);
        matching.pass(By.TAG, Traits::tag);
        matching.pass(By.TITLE, Traits::title);
        matching.similarTitles();
        return matching.matches;
    }

    /** Pairs what has the same key where nothing else has it, or where as many have it on both sides. */
    private void pass(By by, Function<Traits, @Nullable String> key) {
        Map<String, List<Traits>> there = group(left, key);
        Map<String, List<Traits>> here = group(right, key);
        there.forEach((value, from) -> {
            List<Traits> to = here.getOrDefault(value, List.of());
            if (from.size() == 1 && to.size() == 1) {
                Traits one = from.get(0);
                Traits other = to.get(0);
                pair(one, other, by, by.compareTo(By.RESOURCE_ID) <= 0 || (by == By.TITLE && one.hasMaximumOf(other)));
            } else if (by == By.TITLE && from.size() == to.size()) {
                // Several of one name come over in their order.
                for (int i = 0; i < from.size(); i++) {
                    pair(from.get(i), to.get(i), by, false);
                }
            }
        });
    }

    private static Map<String, List<Traits>> group(Map<Long, Traits> columns, Function<Traits, @Nullable String> key) {
        Map<String, List<Traits>> groups = new LinkedHashMap<>();
        for (Traits traits : columns.values()) {
            String value = key.apply(traits);
            if (value != null && !value.isEmpty()) {
                groups.computeIfAbsent(value, any -> new ArrayList<>()).add(traits);
            }
        }
        return groups;
    }

    private void similarTitles() {
        if ((long) left.size() * right.size() > MOST_COMPARISONS) {
            return;
        }
        List<Title> there = left.values().stream().map(Title::new).toList();
        List<Title> here = right.values().stream().map(Title::new).toList();
        Map<Title, Title> nearestHere = nearest(there, here);
        Map<Title, Title> nearestThere = nearest(here, there);
        nearestHere.forEach((from, to) -> {
            if (from.equals(nearestThere.get(to))) {
                pair(from.traits(), to.traits(), By.SIMILAR_TITLE, false);
            }
        });
    }

    /** For each of {@code from} the one that is clearly most like it; those without one are missing. */
    private static Map<Title, Title> nearest(List<Title> from, List<Title> to) {
        Map<Title, Title> nearest = new LinkedHashMap<>();
        for (Title title : from) {
            Title best = null;
            double most = 0;
            double second = 0;
            for (Title other : to) {
                double likeness = title.words().likeness(other.words());
                if (likeness > most) {
                    second = most;
                    most = likeness;
                    best = other;
                } else {
                    second = Math.max(second, likeness);
                }
            }
            if (best != null && most >= TitleWords.ALIKE && most - second >= TitleWords.CLEARLY) {
                nearest.put(title, best);
            }
        }
        return nearest;
    }

    private record Title(Traits traits, TitleWords words) {

        Title(Traits traits) {
            this(traits, TitleWords.of(traits.label()));
        }
    }

    private void pair(Traits from, Traits to, By by, boolean sure) {
        left.remove(from.id());
        right.remove(to.id());
        matches.put(from.id(), new Match(to.id(), by, sure));
    }
}
