package dev.laurel.gradebook.canvas;

import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Result;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was hidden, once more: Canvas does not count it as graded when a grade is posted. A share of it at each look, one person
 * after the other, and from the first again. Mostly a whole assignment is posted at once; so where one of many turns out to be
 * posted, all of that assignment are read.
 */
final class HiddenAgain {

    /** More than a look asks for again. */
    private static final int MOST = 1_000;

    /** How many requests a look spends on it; the rest has its turn at the next ones. */
    private static final int REQUESTS = 2;

    private final OneLook look;

    private final Submissions submissions;

    HiddenAgain(OneLook look, Submissions submissions) {
        this.look = look;
        this.submissions = submissions;
    }

    /**
     * Asks for a share of it.
     *
     * @param after our number of the person whose share was the last; 0: the first is next
     * @param place told, as often as there was an answer, up to whom was asked; 0: the round begins
     */
    void read(long after, LongConsumer place) {
        List<KnownColumns.Hidden> hidden = hiddenAfter(after);
        boolean isFromFirst = after == 0;
        if (hidden.isEmpty() && !isFromFirst) {
            place.accept(0);
            hidden = hiddenAfter(0);
            isFromFirst = true;
        }
        boolean cut = hidden.size() == MOST;
        if (cut) {
            hidden = withoutLast(hidden);
        }
        Set<Long> persons = hidden.stream().map(KnownColumns.Hidden::personId).collect(Collectors.toSet());
        read(hidden, look.people().among(persons), isFromFirst && !cut, place);
    }

    private List<KnownColumns.Hidden> hiddenAfter(long person) {
        return look.tools().known().hidden(look.course().tenant(), look.course().id(), CanvasSource.NAME, person, MOST);
    }

    /** Of the last person there may be more than the list holds: she is left for the next look, unless she is the only one. */
    static List<KnownColumns.Hidden> withoutLast(List<KnownColumns.Hidden> hidden) {
        long last = hidden.get(hidden.size() - 1).personId();
        List<KnownColumns.Hidden> others =
                hidden.stream().filter(each -> each.personId() != last).toList();
        return others.isEmpty() ? hidden : others;
    }

    /** @param all whether nothing else is hidden */
    private void read(List<KnownColumns.Hidden> hidden, Map<Long, String> users, boolean all, LongConsumer place) {
        Map<Long, Set<String>> hiddenOf = new LinkedHashMap<>();
        hidden.forEach(each -> hiddenOf.computeIfAbsent(each.personId(), id -> new LinkedHashSet<>())
                .addAll(unsaid(each, users.get(each.personId()))));
        Set<String> posted = new LinkedHashSet<>();
        Map<String, Set<String>> together = new LinkedHashMap<>();
        int requests = 0;
        long last = 0;
        for (Map.Entry<Long, Set<String>> each : hiddenOf.entrySet()) {
            if (!together.isEmpty() && !fits(together, each.getValue())) {
                posted.addAll(ask(together));
                place.accept(last);
                together.clear();
                requests++;
            }
            if (requests == REQUESTS) {
                break;
            }
            if (!each.getValue().isEmpty()) {
                together.put(String.valueOf(users.get(each.getKey())), each.getValue());
            }
            last = each.getKey();
        }
        if (!together.isEmpty()) {
            posted.addAll(ask(together));
        }
        place.accept(last);
        if (!all || requests == REQUESTS) {
            posted.forEach(submissions::readAssignment);
        }
    }

    /** The assignment in which it is hidden, where this look does not say anything of it yet. */
    private Set<String> unsaid(KnownColumns.Hidden hidden, @Nullable String user) {
        return submissions.assignments().stream()
                .filter(assignment -> user != null
                        && assignment.has(hidden.externalId())
                        && look.gathered().said(assignment.columnId(), user) == null)
                .map(Assignments.Assignment::id)
                .collect(Collectors.toSet());
    }

    /** Canvas answers for all these people and all these assignments of whomever. */
    private static boolean fits(Map<String, Set<String>> together, Set<String> more) {
        long all = Stream.concat(together.values().stream(), Stream.of(more))
                .flatMap(Set::stream)
                .distinct()
                .count();
        return together.size() < Submissions.PEOPLE_AT_ONCE && (together.size() + 1) * all <= Submissions.ROWS;
    }

    /**
     * @param hiddenOf by the user, in which assignments something is hidden
     * @return in which of them it is posted now
     */
    private Set<String> ask(Map<String, Set<String>> hiddenOf) {
        Set<String> assignments =
                hiddenOf.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(LinkedHashSet::new));
        submissions.readHidden(
                hiddenOf.keySet(),
                assignments,
                (user, assignment) -> hiddenOf.getOrDefault(user, Set.of()).contains(assignment));
        return hiddenOf.entrySet().stream()
                .flatMap(each -> each.getValue().stream().filter(assignment -> isPosted(assignment, each.getKey())))
                .collect(Collectors.toSet());
    }

    private boolean isPosted(String assignment, String user) {
        Result said = look.gathered().said(Assignments.PREFIX + assignment, user);
        return said != null && said.visibility() == Observation.Visibility.POSTED;
    }
}
