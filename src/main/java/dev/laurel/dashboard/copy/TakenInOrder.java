package dev.laurel.dashboard.copy;

import dev.laurel.criteria.rule.Rule;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Of badges that are taken over together those first that others ask for. */
public final class TakenInOrder {

    private TakenInOrder() {}

    /**
     * Takes the next out of those that are left: one that waits for no other of them. Where each waits for another they need
     * each other, and the first is as good as any.
     *
     * @param badge as rules name it
     */
    public static <T> T next(List<T> open, Function<T, Long> badge, Function<T, Rule> rule) {
        Set<Long> waiting = open.stream().map(badge).collect(Collectors.toSet());
        T next = open.stream()
                .filter(each -> Collections.disjoint(rule.apply(each).badgeIds(), waiting))
                .findFirst()
                .orElse(open.get(0));
        open.remove(next);
        return next;
    }

    /**
     * Whether a badge waits for one that waits for it in turn, however long the way, so that no order helps.
     *
     * @param rules of the badges that are taken over together, by badge as rules name it
     * @param known what counts already
     */
    public static boolean isInCircle(long badge, Map<Long, Rule> rules, Set<Long> known) {
        Set<Long> waitedFor = new HashSet<>();
        Deque<Long> open = new ArrayDeque<>(List.of(badge));
        while (!open.isEmpty()) {
            Rule rule = rules.get(open.remove());
            if (rule != null) {
                rule.badgeIds().stream()
                        .filter(asked -> !known.contains(asked) && waitedFor.add(asked))
                        .forEach(open::add);
            }
        }
        return waitedFor.contains(badge);
    }
}
