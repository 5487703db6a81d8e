package dev.laurel.gradebook.canvas;

import dev.laurel.platform.ServiceProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks for people by name. Canvas refuses a list that names anybody whom it does not have in the course, and it may fail at
 * one of them, or tell too much of her: the others are asked for without her.
 */
final class ByName {

    /** Where it refuses so many and answers of nobody, it is not for them. */
    private static final int REFUSED_AT_MOST = 5;

    /** Where it fails at so many in a row, others are asked for, to know whether it is for them. */
    private static final int FAILED_AT_MOST = 2;

    private static final int OTHERS = 3;

    private final CanvasClient.Trip trip;

    private final Predicate<ServiceProblem> mayBeRefusal;

    private final CoursePeople people;

    private final Set<String> leftOut = new LinkedHashSet<>();

    private boolean answered;

    private int refused;

    private int failedInARow;

    /**
     * @param mayBeRefusal whether this may be because of somebody whom Canvas does not have in the course
     * @param answered whether it told something of the same in this look; otherwise it may be that it refuses all of it
     */
    ByName(CanvasClient.Trip trip, CoursePeople people, Predicate<ServiceProblem> mayBeRefusal, boolean answered) {
        this.trip = trip;
        this.people = people;
        this.mayBeRefusal = mayBeRefusal;
        this.answered = answered;
    }

    /**
     * Asks for these users.
     *
     * @param atOnce how many a list can name
     * @param question asks for the users of one list, and takes in what is answered
     */
    void read(Collection<String> users, int atOnce, Consumer<List<String>> question) {
        Deque<List<String>> lists = new ArrayDeque<>(parts(users, atOnce));
        @Nullable ServiceProblem failure = null;
        while (!lists.isEmpty()) {
            List<String> some = lists.pop();
            try {
                trip.tryAnew();
                question.accept(some);
                answers();
            } catch (ServiceProblem problem) {
                boolean tooMuch = trip.isTooMuch(problem) || problem.isTooLarge();
                if (!tooMuch && (trip.isOver() || !mayBeRefusal.test(problem))) {
                    throw problem;
                }
                if (some.size() > 1) {
                    parts(some, Math.max(1, some.size() / (tooMuch ? 10 : 2))).forEach(lists::push);
                    continue;
                }
                if (tooMuch) {
                    leftOut.addAll(some);
                } else if (++refused > REFUSED_AT_MOST && !answered) {
                    throw problem;
                }
                if (tooMuch && !problem.isTooLarge()) {
                    failure = problem;
                    if (++failedInARow > FAILED_AT_MOST) {
                        requireAnswer(problem, question);
                    }
                }
            }
        }
        if (failure != null && !answered) {
            requireAnswer(failure, question);
        }
    }

    private void answers() {
        answered = true;
        failedInARow = 0;
    }

    /** Whether Canvas fails at everybody others show, by lot, so that not the same ones decide each time. */
    private void requireAnswer(ServiceProblem problem, Consumer<List<String>> question) {
        List<String> others = new ArrayList<>(people.everybody());
        others.removeAll(leftOut);
        Collections.shuffle(others);
        for (String other : others.subList(0, Math.min(OTHERS, others.size()))) {
            try {
                trip.tryAnew();
                question.accept(List.of(other));
                answers();
                return;
            } catch (ServiceProblem again) {
                if (again.retryAfter() != null || trip.isOver()) {
                    throw again;
                }
                if (again.isFinal()) {
                    // A refusal is no failure, but tells of nobody either.
                    failedInARow = 0;
                    return;
                }
            }
        }
        throw problem;
    }

    /** At whom Canvas fails, or of whom it says too much. */
    Set<String> leftOut() {
        return leftOut;
    }

    static <T> List<List<T>> parts(Collection<T> all, int size) {
        List<T> list = List.copyOf(all);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < list.size(); from += size) {
            parts.add(list.subList(from, Math.min(from + size, list.size())));
        }
        return parts;
    }
}
