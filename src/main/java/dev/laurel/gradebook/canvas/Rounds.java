package dev.laurel.gradebook.canvas;

import dev.laurel.platform.ServiceProblem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * Reads what Canvas lists for every student but never by what changed: those of whom something else is new, and a page of
 * the others at each look, in rounds. A class that fits one page is read whole each time.
 */
final class Rounds {

    /** People on a page of a list of everybody. */
    private static final int PAGE = 100;

    /** Of a small class too, a few are asked for one by one. */
    private static final int ONE_BY_ONE = 30;

    private static final int BAD_REQUEST = 400;

    private static final int NOT_FOUND = 404;

    private Rounds() {}

    /** A part of the course that is read in rounds. */
    interface Part {

        /** For words. */
        String what();

        /** The address of the list of everybody. */
        String list();

        /** How many users one list can name. */
        int atOnce();

        /** The address that lists these users only, no more than one list can name. */
        String listOf(List<String> users);

        /**
         * Adds its columns, as far as no page is needed to know them.
         *
         * @param whole whether every page is read: what no page names is gone then
         */
        void columns(boolean whole);

        /** Whether what was read of everybody before means something else now. */
        default boolean isOutdated(Bookmark from) {
            return false;
        }

        /** Tells staff. */
        void warn(String words);

        /** Takes in a page and answers of whom it spoke. */
        List<String> take(JsonNode page);
    }

    /**
     * Everybody, or as many as there is time for.
     *
     * @return from where the next look goes on; empty: everybody was read
     */
    static String all(Part part, CanvasClient.Trip trip) {
        part.columns(true);
        AtomicInteger leftOut = new AtomicInteger();
        String next = trip.pagesFrom(
                part.list(),
                part.what(),
                Duration.ofMinutes(4),
                part::take,
                place -> {},
                problem -> leftOut.incrementAndGet());
        if (!next.isEmpty() || leftOut.get() > 0) {
            part.columns(false);
        }
        if (leftOut.get() > 0) {
            part.warn(CanvasProblems.leftOut(part.what(), leftOut.get()));
        }
        return next;
    }

    /**
     * These users only, or everybody where that takes fewer requests.
     *
     * @param people in the course, about
     */
    static void of(Part part, CanvasClient.Trip trip, List<String> users, int people) {
        if (isDearerThanAll(part, users, people)) {
            all(part, trip);
        } else {
            part.columns(false);
            named(part, trip, users, false);
        }
    }

    private static boolean isDearerThanAll(Part part, List<String> users, int people) {
        return Submissions.parts(users, part.atOnce()).size() > Math.max(ONE_BY_ONE, people / PAGE + 1);
    }

    /**
     * Canvas refuses a list that names anybody whom it does not have in the course: the others are asked for without her.
     *
     * @param answered whether it told something of the part in this look; otherwise it may be that it refuses all of it
     */
    private static void named(Part part, CanvasClient.Trip trip, List<String> users, boolean answered) {
        Deque<List<String>> lists = new ArrayDeque<>(Submissions.parts(users, part.atOnce()));
        boolean hasAnswer = answered;
        int refused = 0;
        while (!lists.isEmpty()) {
            List<String> some = lists.pop();
            try {
                trip.pages(part.listOf(some), part.what(), part::take);
                hasAnswer = true;
            } catch (ServiceProblem problem) {
                boolean mayBeOfOne = problem.status() == BAD_REQUEST || problem.status() == NOT_FOUND;
                if (mayBeOfOne && some.size() > 1) {
                    Submissions.parts(some, (some.size() + 1) / 2).forEach(lists::push);
                } else if (!mayBeOfOne || (++refused > Submissions.REFUSED_AT_MOST && !hasAnswer)) {
                    throw problem;
                }
            }
        }
    }

    /**
     * Those who changed, and the next page.
     *
     * @param cursor from the last look; empty: the first page
     * @param people in the course, about: where those who changed take more requests than everybody, everybody is read
     * @return from where the next look goes on; empty: from the first page
     */
    static String next(Part part, CanvasClient.Trip trip, Set<String> changed, String cursor, int people) {
        part.columns(false);
        CanvasClient.Page page = trip.page(cursor.isEmpty() ? part.list() : cursor, part.what());
        Set<String> covered = new HashSet<>(part.take(page.body()));
        Set<String> left = new LinkedHashSet<>(changed);
        left.removeAll(covered);
        String next = page.next() == null ? "" : page.next();
        if (left.isEmpty() || (cursor.isEmpty() && next.isEmpty())) {
            return next;
        }
        List<String> users = new ArrayList<>(left);
        if (isDearerThanAll(part, users, people)) {
            return all(part, trip);
        }
        named(part, trip, users, true);
        return next;
    }
}
