package dev.laurel.criteria.rule;

import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The results of a column, each attempt as it stands now and in the order of the attempts: of an attempt that was graded
 * anew only the last word counts. Where a source does not tell attempts, each result stands for itself, in the order in which
 * it was seen.
 */
public final class Attempts {

    private Attempts() {}

    /** @param log everything that was said, oldest first. A grade that was taken back takes those before with it */
    static List<Observation> standing(List<Observation> log) {
        List<Observation> standing = new ArrayList<>();
        for (Observation seen : log) {
            if (seen.status() == Status.NONE) {
                standing.clear();
            } else {
                put(standing, seen);
            }
        }
        return standing;
    }

    private static void put(List<Observation> standing, Observation seen) {
        Integer attempt = seen.attempt();
        if (attempt == null || seen.isWithoutWork()) {
            standing.add(seen);
            return;
        }
        for (int i = 0; i < standing.size(); i++) {
            Integer other = standing.get(i).attempt();
            if (attempt.equals(other)) {
                standing.set(i, seen);
                return;
            }
            if (other != null && other > attempt) {
                standing.add(i, seen);
                return;
            }
        }
        standing.add(seen);
    }

    /** Those from which the first is to be taken: what was graded without an attempt is none where the first one is known. */
    static List<Observation> fromTheFirst(List<Observation> standing) {
        boolean isKnown = standing.stream().anyMatch(each -> Integer.valueOf(1).equals(each.attempt()));
        return isKnown
                ? standing.stream().filter(each -> each.attempt() != null).toList()
                : standing;
    }

    /** Of which attempts anything was said. */
    public static Set<Integer> numbers(List<Observation> log) {
        return log.stream().map(Observation::attempt).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /**
     * Whether nothing is known of an attempt between these that may be of a period: those before one that came before its
     * first day did so, too.
     *
     * @param after only attempts after this one; 0 for all
     * @param before only attempts before this one; {@code null} for all before the last one that is known
     */
    static boolean isAnyUnknown(Facts learner, long lineItemId, Period period, int after, @Nullable Integer before) {
        Set<Integer> known = learner.attempts(lineItemId);
        int tooEarly = learner.history(lineItemId).stream()
                .filter(seen -> seen.attempt() != null
                        && period.isAfter(seen, learner.course().zone()))
                .mapToInt(Observation::attempt)
                .max()
                .orElse(0);
        int end = before != null
                ? before
                : known.stream().mapToInt(Integer::intValue).max().orElse(0);
        return IntStream.range(Math.max(after, tooEarly) + 1, end).anyMatch(attempt -> !known.contains(attempt));
    }
}
